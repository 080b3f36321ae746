import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Limiter } from './limits.ts';
import { Refusal } from './actions/refusal.ts';

/** Takes one from a bucket. @throws Refusal rate_limited, with these words, where it is empty */
export async function takeOne(limiter: Limiter, key: string, words: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new Refusal('rate_limited', words, { retryAfterMs: error.msBeforeNext });
  }
}
