// What the HTTP side is given, and what a handler of a route is given.
import type { z } from 'zod';
import type { IdentityMode, RouteName, RouteReply, routes } from '../../shared/api.ts';
import type { Actor } from '../actions/actor.ts';
import type { Auth, SignedIn } from '../auth.ts';
import type { Caller } from '../caller.ts';
import type { Deps } from '../deps.ts';
import type { FileOptions } from '../files.ts';
import type { MailSettings } from '../mail-settings.ts';
import type { ClosedToTokens, OpenRoute } from './access.ts';
import type { Assets } from './assets.ts';

/** What the sockets know and can do. */
export interface Live {
  isAgentOnline(workspaceId: string, agentId: number): boolean;
  /** Closes the sockets of a session that was logged out. */
  endAgentSession(sessionHash: string): void;
  /** Its settings or its flow changed: the next conversation begins with the new ones. */
  forgetWorkspace(workspaceId: string): void;
}

export interface HttpOptions {
  version: string;
  /** As configured; null: whatever address the request came to. */
  publicUrl: string | null;
  /** As Express takes it. */
  trustProxy: false | number | string[];
  /** Where files of conversations lie, and how large one may be. */
  files: FileOptions;
  /** Left out or null: no mail is sent. */
  mail?: MailSettings | null;
  /** Left out or null: the workspace decides. */
  identityMode?: IdentityMode | null;
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

/** A flow is longer than anything else that is sent, bytes; what is not listed takes 64 kB. */
export const bodyLimits: Partial<Record<RouteName, number>> = {
  'POST /api/v1/flows': 1_048_576,
  'PUT /api/v1/flows/:flow/draft': 1_048_576,
};

type Parsed<K extends RouteName, Part extends string> =
  (typeof routes)[K] extends Record<Part, infer S extends z.ZodType> ? z.output<S> : undefined;

export interface Call<K extends RouteName> {
  params: Parsed<K, 'params'>;
  query: Parsed<K, 'query'>;
  body: Parsed<K, 'body'>;
  /** The agent whose session asks; not there where a token may ask in its place. */
  signedIn: K extends OpenRoute ? SignedIn | null : K extends ClosedToTokens ? SignedIn : undefined;
  /** Who asks. */
  actor: K extends OpenRoute ? Actor | null : Actor;
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
