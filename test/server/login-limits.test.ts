import { describe, expect, it } from 'vitest';
import type { Caller } from '../../server/caller.ts';
import { createLimits } from '../../server/limits.ts';
import { createLoginLimits } from '../../server/login-limits.ts';
import type { LoginCounter } from '../../server/login-limits.ts';

const limits = { perAccount: 3, perAddress: 5, perAccountByProxy: 10, perProxy: 20 };
const stranger: Caller = { address: '203.0.113.66', proxy: null };
const colleague: Caller = { address: '203.0.113.7', proxy: null };
const behind = ({ address }: Caller): Caller => ({ address: `${address} behind 127.0.0.1`, proxy: '127.0.0.1' });

/** How many of the tries were let through. */
async function fail(counter: LoginCounter, caller: Caller, account: (i: number) => string, tries = 100): Promise<number> {
  let passed = 0;
  for (let i = 0; i < tries; i++)
    await counter.count(caller, account(i)).then(
      () => passed++,
      () => {},
    );
  return passed;
}

describe('wrong passwords', () => {
  it('stop one address at one account, and at all accounts together', async () => {
    const counter = createLoginLimits(createLimits(false), limits);
    expect(await fail(counter, stranger, () => 'ada')).toBe(3);
    expect(await fail(counter, stranger, (i) => `account ${i}`)).toBe(2);
    await expect(counter.count(stranger, 'ada')).rejects.toMatchObject({ failure: { code: 'rate_limited' } });
  });

  it.each([
    ['where addresses tell people apart', (c: Caller) => c],
    ['behind a proxy that nobody named', behind],
  ])('of a stranger lock no colleague out, %s', async (_, seen) => {
    const counter = createLoginLimits(createLimits(false), limits);
    await fail(counter, seen(stranger), () => 'ada');
    await fail(counter, seen(stranger), (i) => `account ${i}`);
    await counter.count(seen(colleague), 'ada');
  });

  it('from addresses which only such a proxy tells are counted for the account as well, or nobody would stop guessing', async () => {
    const counter = createLoginLimits(createLimits(false), limits);
    let passed = 0;
    for (let i = 0; i < 100; i++) passed += await fail(counter, behind({ address: `198.51.100.${i}`, proxy: null }), () => 'ada', 1);
    expect(passed).toBe(10);
  });

  it('are forgotten at the right one, and right ones are no failures of their address', async () => {
    const counter = createLoginLimits(createLimits(false), limits);
    for (let i = 0; i < 50; i++) {
      await counter.count(behind(colleague), 'ada');
      await counter.forgive(behind(colleague), 'ada');
    }
    expect(await fail(counter, behind(colleague), () => 'ada')).toBe(3);
  });
});
