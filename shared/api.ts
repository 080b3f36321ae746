// REST routes as a table: method, path, params, body, reply. The server binds handlers to it; the inbox types its calls from it.
import { z } from 'zod';
import { identityModes, keyAlgorithms, tokenScopes } from './api-views.ts';
import type {
  ApiTokenView,
  AuditEntry,
  BotSettings,
  CaptureReport,
  ChecklistReply,
  ContactView,
  FlowReply,
  FlowSummary,
  FlowVersionView,
  FunnelReply,
  IdentitySettings,
  MeReply,
  MergePreview,
  MergeReply,
  TeamView,
  UndoReply,
} from './api-views.ts';
import { conditionSchema } from './bot/condition-schema.ts';
import { leadMergings } from './contact.ts';
import type { FlowFault } from './bot/flow.ts';
import type { FactValue } from './bot/types.ts';
import { askPolicies } from './bot/types.ts';
import type { AgentView } from './protocol.ts';
import { identityClaims } from './protocol.ts';
import { fewKeys, line } from './schema-pieces.ts';
import type { WidgetSettings } from './settings.ts';

export type * from './api-views.ts';

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

const contactParam = z.object({ contact: line(40) });
const mergeBody = z.object({
  from: line(40),
  into: line(40),
  /** Merges two users; for owners. */
  force: z.boolean().optional(),
  /** Why, in the words of whoever merges; kept with it. */
  note: line(500).optional(),
});
const text = (max: number) => line(max).trim().nullable().optional();
/** RFC 3339, Unix seconds, or milliseconds. */
const hostTime = z
  .union([line(100), z.number()])
  .nullable()
  .optional();
/** Merge-patch: what is left out stays, null clears. */
const contactPatch = z.strictObject({
  /** Refused, with its own code: a type is never set. */
  type: z.unknown().optional(),
  user_id: z.union([line(200), z.number()]).optional(),
  email: text(254),
  name: text(200),
  phone: text(40),
  avatar: text(2000),
  company: text(200),
  signed_up_at: hostTime,
  unsubscribed: z.boolean().optional(),
  custom_attributes: fewKeys<FactValue>(40)
    .pipe(z.record(line(64), z.union([line(2000), z.number(), z.boolean(), z.null()])))
    .optional(),
});
export type ContactPatch = z.output<typeof contactPatch>;

const flowId = z.object({ flow: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/) });
const teamId = z.object({ team: z.coerce.number().int().positive() });
const tokenId = z.object({ token: z.coerce.number().int().positive() });
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
  'GET /api/v1/identity_secret': { ...returns<{ identity_secret: string; next_identity_secret: string | null }>() },
  /** Makes a second one; both verify until the rotation is finished or dropped. */
  'POST /api/v1/identity_secret/rotation': { body: z.object({}), ...returns<IdentitySettings>() },
  /** The second one becomes the only one. */
  'POST /api/v1/identity_secret/rotation/finish': { body: z.object({}), ...returns<IdentitySettings>() },
  /** The first one stays the only one. */
  'DELETE /api/v1/identity_secret/rotation': { ...returns<IdentitySettings>() },
  'GET /api/v1/settings/identity': { ...returns<IdentitySettings>() },
  /** Merge-patch: what is left out stays, `public_key: null` goes back to the identity secret. */
  'PATCH /api/v1/settings/identity': {
    body: z.strictObject({
      mode: z.enum(identityModes).optional(),
      lead_merging: z.enum(leadMergings).optional(),
      public_key: z
        .strictObject({ algorithm: z.enum(keyAlgorithms), pem: line(20_000) })
        .nullable()
        .optional(),
    }),
    ...returns<IdentitySettings>(),
  },
  /** A `user_jwt` made here, for host apps that cannot sign one themselves. */
  'POST /api/v1/identity_tokens': {
    body: z.strictObject({
      user_id: z.union([line(200), z.number()]),
      email: text(254),
      name: text(200),
      phone: text(40),
      avatar: text(2000),
      company: text(200),
      created_at: hostTime,
      custom_attributes: identityClaims.shape.custom_attributes,
      /** Seconds; an hour unless told. */
      expires_in: z.int().min(60).max(86_400).optional(),
    }),
    ...returns<{ token: string; expires_at: string }>(),
  },
  'GET /api/v1/tokens': { ...returns<{ data: ApiTokenView[] }>() },
  /** The only answer that holds the token. */
  'POST /api/v1/tokens': {
    body: z.object({
      name: line(100).trim().min(1),
      scopes: z.array(z.enum(tokenScopes)).min(1),
      /** Left out or null: it does not expire. */
      expires_in_days: z.int().min(1).max(3650).nullable().optional(),
    }),
    ...returns<ApiTokenView & { token: string }>(),
  },
  /** Revokes it, at once and for good. */
  'DELETE /api/v1/tokens/:token': { params: tokenId, ...returns<ApiTokenView>() },
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
      extraction: z.enum(['all', 'asked']).optional(),
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
  /** 410 with `Link` to the survivor where it was merged away, 410 alone where it was erased. */
  'GET /api/v1/contacts/:contact': { params: contactParam, ...returns<ContactView>() },
  'PATCH /api/v1/contacts/:contact': { params: contactParam, body: contactPatch, ...returns<ContactView>() },
  /** Erases everything personal, for good; the id answers 410 from then on. */
  'DELETE /api/v1/contacts/:contact': { params: contactParam, ...returns<{ id: string; erased: true }>() },
  'POST /api/v1/contacts/merge/preview': { body: mergeBody.omit({ force: true, note: true }), ...returns<MergePreview>() },
  'POST /api/v1/contacts/merge': { body: mergeBody, ...returns<MergeReply>() },
  'POST /api/v1/merges/:merge/undo': {
    params: z.object({ merge: z.coerce.number().int().positive() }),
    body: z.object({}),
    ...returns<UndoReply>(),
  },
  'POST /api/v1/contacts/:contact/block': { params: contactParam, body: z.object({ blocked: z.boolean() }), ...returns<ContactView>() },
  'POST /api/v1/contacts/:contact/archive': { params: contactParam, body: z.object({ archived: z.boolean() }), ...returns<ContactView>() },
  /** These two are not the same person: no longer suggested. */
  'POST /api/v1/contacts/:contact/duplicates/dismiss': {
    params: contactParam,
    body: z.object({ other: line(40) }),
    ...returns<{ ok: true }>(),
  },
  /** Mails a link by which the contact proves its email (M20). */
  'POST /api/v1/contacts/:contact/verification': {
    params: contactParam,
    body: z.object({}),
    ...returns<{ sent_to: string; expires_at: string }>(),
  },
  'GET /api/v1/audit': {
    query: z.object({ cursor: z.coerce.number().int().positive().optional(), limit: z.coerce.number().int().min(1).max(100).optional() }),
    ...returns<{ data: AuditEntry[]; has_more: boolean; next_cursor: string | null }>(),
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
