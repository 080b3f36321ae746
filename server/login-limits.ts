// How often a password may be wrong, such that nobody guesses one and no stranger locks a colleague out.
import type { Limiter, Limits } from './limits.ts';
import type { Caller } from './caller.ts';
import { takeOne } from './take-one.ts';

/** Failures in 15 minutes. */
export interface LoginLimits {
  /** For one account from one address: a colleague who mistypes is not locked out for long. */
  perAccount: number;
  /** From one address, for all accounts. */
  perAddress: number;
  /**
   * The same two where all come by a proxy that TRUST_PROXY does not name. Generous, for one of them could lock out all; 200 a
   * quarter of an hour is still too slow to find a password of ten characters.
   */
  perAccountByProxy: number;
  perProxy: number;
}

const tooMany = 'Too many tries to sign in; wait a few minutes.';

export const loginLimits: LoginLimits = { perAccount: 8, perAddress: 60, perAccountByProxy: 200, perProxy: 2000 };

export interface LoginCounter {
  /** Counts a try as a failure. @throws Refusal rate_limited */
  count(caller: Caller, account: string): Promise<void>;
  /** The password was right: it was no failure, and what went before was mistyped. */
  forgive(caller: Caller, account: string): Promise<void>;
}

interface Bucket {
  limiter: Limiter;
  key: string;
  isAccount: boolean;
}

export function createLoginLimits(counts: Limits, limits: LoginLimits = loginLimits): LoginCounter {
  const bucket = (name: string, points: number): Limiter => counts.limiter(`sign-in ${name}`, points, 15 * 60);
  const own = { account: bucket('account', limits.perAccount), place: bucket('address', limits.perAddress) };
  const shared = { account: bucket('account by proxy', limits.perAccountByProxy), place: bucket('proxy', limits.perProxy) };
  const at = (place: string | null, account: string, { account: one, place: all }: typeof own): Bucket[] =>
    place === null
      ? []
      : [
          { limiter: one, key: `${place} ${account}`, isAccount: true },
          { limiter: all, key: place, isAccount: false },
        ];
  /** Their own first: who is refused by those takes nothing from the shared ones. */
  const bucketsOf = ({ address, proxy }: Caller, account: string): Bucket[] => [
    ...at(address, account, own),
    ...at(proxy, account, shared),
  ];
  return {
    async count(caller, account) {
      for (const { limiter, key } of bucketsOf(caller, account)) await takeOne(limiter, key, tooMany);
    },
    async forgive(caller, account) {
      for (const { limiter, key, isAccount } of bucketsOf(caller, account)) await (isAccount ? limiter.delete(key) : limiter.reward(key));
    },
  };
}
