// What the HTTP side is given, and what a handler of a route is given.
import type { z } from 'zod';
import type { RouteName, RouteReply, routes } from '../../shared/api.ts';
import type { Auth, SignedIn } from '../auth.ts';
import type { Caller } from '../caller.ts';
import type { Deps } from '../deps.ts';
import type { FileOptions } from '../files.ts';
import type { Assets } from './assets.ts';

/** What the sockets know and can do. */
export interface Live {
  isAgentOnline(workspaceId: string, agentId: number): boolean;
  /** Closes the sockets of a session that was logged out. */
  endAgentSession(sessionHash: string): void;
}

export interface HttpOptions {
  version: string;
  /** As configured; null: whatever address the request came to. */
  publicUrl: string | null;
  /** As Express takes it. */
  trustProxy: false | number | string[];
  /** Where files of conversations lie, and how large one may be. */
  files: FileOptions;
  /** `local`: for browsers on this very machine. */
  demo: boolean | 'local';
}

export interface HttpContext {
  deps: Deps;
  auth: Auth;
  live: Live;
  assets: Assets;
  options: HttpOptions;
  /** False while the server drains. */
  isServing(): boolean;
}

/** Routes for people without a session; every other one wants a signed-in agent. */
export const openRoutes = [
  'GET /api/widget/settings',
  'GET /api/v1/setup',
  'POST /api/v1/setup',
  'POST /api/v1/session',
] as const satisfies RouteName[];
type OpenRoute = (typeof openRoutes)[number];

type Parsed<K extends RouteName, Part extends string> =
  (typeof routes)[K] extends Record<Part, infer S extends z.ZodType> ? z.output<S> : undefined;

export interface Call<K extends RouteName> {
  query: Parsed<K, 'query'>;
  body: Parsed<K, 'body'>;
  signedIn: K extends OpenRoute ? SignedIn | null : SignedIn;
  /** Whom tries are counted by. */
  caller: Caller;
  /** The `Origin` header. */
  origin: string | undefined;
  /** The page it came from, as far as the browser tells. */
  referrer: string | undefined;
  /** Where this server was reached, as an origin. */
  here: string;
  setHeader(name: string, value: string): void;
}

export type Handler<K extends RouteName> = (call: Call<K>) => Promise<RouteReply<K>>;
