// REST routes as a table: method, path, params, body, reply. The server binds handlers to it; the inbox types its calls from it.
import { z } from 'zod';
import { line } from './schema-pieces.ts';
import type { AgentView } from './protocol.ts';
import type { WidgetSettings } from './settings.ts';

export interface MeReply {
  agent: AgentView;
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

export const password = line(200).min(10, 'at least 10 characters');
const email = z.email().max(254);

const returns = <T>(): { reply: T } => ({ reply: undefined as T });

export const routes = {
  'GET /api/widget/settings': { query: z.object({ app_id: line(64) }), ...returns<WidgetSettings>() },
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
} as const;

export type RouteName = keyof typeof routes;
export type RouteReply<K extends RouteName> = (typeof routes)[K]['reply'];
export type RouteBody<K extends RouteName> = (typeof routes)[K] extends { body: infer B extends z.ZodType } ? z.input<B> : undefined;
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
