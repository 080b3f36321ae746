// What the shell hands to every action: the store and the effects that tests replace.
import { createHash, randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Limits } from './limits.ts';
import type { Store } from './store/store.ts';
import type { Publisher } from './publish.ts';

export interface Deps {
  store: Store;
  /** Epoch ms. */
  now(): number;
  random(bytes: number): Uint8Array;
  log: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
  /** Seals and opens the secrets of workspaces (SECRET_KEY). */
  secretKey: Uint8Array;
  publish: Publisher;
  team: TeamPresence;
  jobs: JobClock;
  limits: Limits;
}

export interface TeamPresence {
  /** Some agent of the workspace is connected now. */
  isOnline(workspaceId: string): boolean;
}

export interface JobClock {
  /** A job is due at this time: whoever works on them looks no later than then. */
  wake(dueAt: number): void;
}

/** Tokens are stored hashed; 256 random bits need no salt. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

export function newToken(random: (bytes: number) => Uint8Array = randomBytes): string {
  return Buffer.from(random(32)).toString('base64url');
}
