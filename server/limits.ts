// How much one caller may do in a while. Counted on this node; where there are several, each hears what the others counted.
import { RateLimiterMemory } from 'rate-limiter-flexible';

export interface Limiter {
  /** Takes one; rejects with RateLimiterRes where nothing is left. */
  consume(key: string): Promise<unknown>;
  /** Gives one back. */
  reward(key: string): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** What was taken, by limiter and key; given back is below zero. */
export type Counted = Record<string, Record<string, number>>;

export interface Limits {
  /** @param name the same on all nodes */
  limiter(name: string, points: number, seconds: number): Limiter;
  /** What the other nodes should know of the time since it was last asked for. */
  drain(): Counted;
  add(counted: Counted): void;
}

/** Less than this share of what a caller has is not worth telling. */
const share = 0.02;

/** @param isShared there are other nodes, and somebody calls `drain` for them */
export function createLimits(isShared: boolean): Limits {
  const known = new Map<string, { memory: RateLimiterMemory; points: number; taken: Map<string, number> }>();
  return {
    limiter(name, points, seconds) {
      const memory = new RateLimiterMemory({ points, duration: seconds });
      const taken = new Map<string, number>();
      known.set(name, { memory, points, taken });
      const count = (key: string, n: number): void => {
        if (isShared) taken.set(key, (taken.get(key) ?? 0) + n);
      };
      return {
        consume(key) {
          count(key, 1);
          return memory.consume(key);
        },
        reward(key) {
          count(key, -1);
          return memory.reward(key);
        },
        delete(key) {
          taken.delete(key);
          return memory.delete(key);
        },
      };
    },
    drain() {
      const counted: Counted = {};
      for (const [name, { points, taken }] of known) {
        for (const [key, n] of taken) if (Math.abs(n) >= points * share) (counted[name] ??= {})[key] = n;
        taken.clear();
      }
      return counted;
    },
    add(counted) {
      for (const [name, byKey] of Object.entries(counted))
        for (const [key, n] of Object.entries(byKey)) void known.get(name)?.memory.penalty(key, n);
    },
  };
}
