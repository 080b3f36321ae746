// REST routes as a table: method, path, params, body, reply. The server binds handlers to it; the inbox types its calls from it.
import { z } from 'zod';
import { line } from './schema-pieces.ts';
import type { AgentView } from './protocol.ts';
import type { WidgetSettings } from './settings.ts';
import type { FlowFault } from './bot/flow.ts';
import type { AskPolicy } from './bot/types.ts';
import { askPolicies } from './bot/types.ts';
import type { ScoreRule } from './score.ts';
import { conditionSchema } from './bot/condition-schema.ts';
import type { Hours } from './hours.ts';

export interface MeReply {
  agent: AgentView;
  /** Owners change settings, others read them; absent: as an owner. */
  role?: 'owner' | 'agent';
  /** Sent back as `X-CSRF-Token` with every request that changes something. */
  csrf_token: string;
  workspace: { id: string; name: string; app_id: string; snippet: string };
}

/** The set-up checklist of the inbox. */
export interface ChecklistReply {
  script_seen_at: number | null;
  first_message_at: number | null;
  agent_replied_at: number | null;
  first_verified_user_at: number | null;
}

export interface FlowSummary {
  id: string;
  name: string;
  /** The one new conversations begin with. */
  active: boolean;
  published_version: number | null;
  published_at: string | null;
  draft_updated_at: string;
  /** The draft is other than what is published. */
  has_changes: boolean;
}

export interface FlowVersionView {
  version: number;
  published_at: string;
  published_by: string | null;
  note: string | null;
}

export interface FlowReply extends FlowSummary {
  draft: {
    /** Rises with every save; a save says which one it changes. */
    rev: number;
    /** As last saved; perhaps not yet whole. */
    body: unknown;
    faults: FlowFault[];
    updated_by: string | null;
  };
  /** Newest first. */
  versions: FlowVersionView[];
}

export interface StepCount {
  reached: number;
  answered: number;
  /** Left here: no word for half an hour, or closed, with this step pending. */
  dropped: number;
  /** Still here. */
  waiting: number;
}

export interface FunnelReply {
  flow: string;
  version: number;
  since: string;
  conversations: number;
  /** Conversations that gave an email while this version spoke. */
  leads: number;
  /** Those for which `lead.captured` was raised. */
  qualified: number;
  steps: Record<string, StepCount>;
  /** Conversations that went from one step to the next, by `from>to`. */
  edges: Record<string, number>;
  /** Counted over the newest conversations only, where there were more. */
  sampled: boolean;
}

export interface CaptureReport {
  since: string;
  rows: {
    flow: string;
    flow_name: string;
    version: number;
    policy: AskPolicy;
    /** In which the visitor wrote at least once. */
    conversations: number;
    leads: number;
    qualified: number;
  }[];
}

export interface BotSettings {
  bot: 'on' | 'off';
  ask_policy: AskPolicy;
  /** `version` rises by itself whenever a text changes. */
  consent: { version: number; text: string; translations: Record<string, string> } | null;
  hours: Hours | null;
  score_rules: ScoreRule[];
}

export interface TeamView {
  id: number;
  name: string;
  /** Ids of agents. */
  members: number[];
}

const shift = z
  .object({ from: z.int().min(0).max(1439), to: z.int().min(1).max(1440) })
  .refine((s) => s.from < s.to, 'a shift ends after it begins');
const day = z.array(shift).max(6);
const hoursBody = z.object({
  timeZone: line(64).refine(isTimeZone, 'no such time zone'),
  week: z.tuple([day, day, day, day, day, day, day]),
  holidays: z.array(z.object({ date: z.iso.date(), name: line(80).optional(), shifts: day.optional() })).max(200),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const flowId = z.object({ flow: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/) });
const teamId = z.object({ team: z.coerce.number().int().positive() });
const members = z.array(z.int().positive()).max(500);

export const password = line(200).min(10, 'at least 10 characters');
const email = z.email().max(254);

const returns = <T>(): { reply: T } => ({ reply: undefined as T });

export const routes = {
  'GET /api/widget/settings': { query: z.object({ app_id: line(64), language: line(35).optional() }), ...returns<WidgetSettings>() },
  /** Tells whether the link still works. */
  'GET /api/v1/setup': { query: z.object({ token: line(100) }), ...returns<{ valid: boolean }>() },
  'POST /api/v1/setup': {
    body: z.object({ token: line(100), name: line(100).trim().min(1), email, password }),
    ...returns<MeReply>(),
  },
  'POST /api/v1/session': { body: z.object({ email: line(254), password: line(200) }), ...returns<MeReply>() },
  'DELETE /api/v1/session': { ...returns<{ ok: true }>() },
  'GET /api/v1/me': { ...returns<MeReply>() },
  /** What the host app's server signs its users with; for owners. */
  'GET /api/v1/identity_secret': { ...returns<{ identity_secret: string }>() },
  'GET /api/v1/checklist': { ...returns<ChecklistReply>() },
  'GET /api/v1/flows': { ...returns<{ data: FlowSummary[] }>() },
  /** From a ready one, from an exported file, or blank. */
  'POST /api/v1/flows': {
    body: z.object({ name: line(120).optional(), template: line(64).optional(), flow: z.unknown().optional() }),
    ...returns<FlowReply>(),
  },
  'GET /api/v1/flows/:flow': { params: flowId, ...returns<FlowReply>() },
  'DELETE /api/v1/flows/:flow': { params: flowId, ...returns<{ ok: true }>() },
  /** Saves the draft, whole or not; `rev` is the one it was made from. */
  'PUT /api/v1/flows/:flow/draft': {
    params: flowId,
    body: z.object({ rev: z.int().min(0), body: z.unknown() }),
    ...returns<{ rev: number; faults: FlowFault[] }>(),
  },
  'POST /api/v1/flows/:flow/publish': {
    params: flowId,
    body: z.object({ rev: z.int().min(0), note: line(500).optional() }),
    ...returns<FlowReply>(),
  },
  /** Publishes an old version anew, as the next one. */
  'POST /api/v1/flows/:flow/rollback': { params: flowId, body: z.object({ version: z.int().min(1) }), ...returns<FlowReply>() },
  /** New conversations begin with it. */
  'POST /api/v1/flows/:flow/activate': { params: flowId, body: z.object({}), ...returns<FlowReply>() },
  'GET /api/v1/flows/:flow/versions/:version': {
    params: flowId.extend({ version: z.coerce.number().int().min(1) }),
    ...returns<FlowVersionView & { body: unknown }>(),
  },
  'GET /api/v1/flows/:flow/funnel': {
    params: flowId,
    query: z.object({ version: z.coerce.number().int().min(1).optional(), days: z.coerce.number().int().min(1).max(365).optional() }),
    ...returns<FunnelReply>(),
  },
  'GET /api/v1/reports/capture': {
    query: z.object({ days: z.coerce.number().int().min(1).max(365).optional() }),
    ...returns<CaptureReport>(),
  },
  'GET /api/v1/settings/bot': { ...returns<BotSettings>() },
  /** Merge-patch: what is left out stays. */
  'PATCH /api/v1/settings/bot': {
    body: z.strictObject({
      bot: z.enum(['on', 'off']).optional(),
      ask_policy: z.enum(askPolicies).optional(),
      consent: z
        .object({ text: line(500).trim().min(1), translations: z.record(line(35), line(500)).optional() })
        .nullable()
        .optional(),
      hours: hoursBody.nullable().optional(),
      score_rules: z
        .array(z.object({ points: z.int().min(-1000).max(1000), reason: line(200).trim().min(1), when: conditionSchema }))
        .max(50)
        .optional(),
    }),
    ...returns<BotSettings>(),
  },
  'GET /api/v1/agents': { ...returns<{ data: AgentView[] }>() },
  'GET /api/v1/teams': { ...returns<{ data: TeamView[] }>() },
  'POST /api/v1/teams': { body: z.object({ name: line(80).trim().min(1), members: members.optional() }), ...returns<TeamView>() },
  'PATCH /api/v1/teams/:team': {
    params: teamId,
    body: z.object({ name: line(80).trim().min(1).optional(), members: members.optional() }),
    ...returns<TeamView>(),
  },
  'DELETE /api/v1/teams/:team': { params: teamId, ...returns<{ ok: true }>() },
  /** Names of the custom attributes contacts have, and of the tags in use. */
  'GET /api/v1/attributes': { ...returns<{ attributes: string[]; tags: string[] }>() },
} as const;

export type RouteName = keyof typeof routes;
export type RouteReply<K extends RouteName> = (typeof routes)[K]['reply'];
export type RouteBody<K extends RouteName> = (typeof routes)[K] extends { body: infer B extends z.ZodType } ? z.input<B> : undefined;
export type RouteParams<K extends RouteName> = (typeof routes)[K] extends { params: infer P extends z.ZodType } ? z.input<P> : undefined;
export type RouteQuery<K extends RouteName> = (typeof routes)[K] extends { query: infer Q extends z.ZodType } ? z.input<Q> : undefined;

/** RFC 9457 body of every refused request. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  request_id: string;
  errors?: { pointer: string; message: string }[];
}
