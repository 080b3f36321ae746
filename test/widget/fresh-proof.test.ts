// @vitest-environment happy-dom
// A page that stays open all day stays proved: refresh_user_jwt of the host, asked in time, one call at a time, and never in a loop.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FoyerError } from '../../widget/naming.ts';
import { fakeServer, refusal, type FakeServer } from './fakes.ts';
import { jwt, known, setUpIdentity, type IdentityStage } from './identity-stage.ts';

const start = Date.UTC(2030, 0, 1);
const minute = 60_000;
let visibility: 'visible' | 'hidden' = 'visible';

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  vi.spyOn(console, 'error').mockImplementation(() => {});
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
});
afterEach(() => {
  visibility = 'visible';
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const seconds = (): number => Math.floor(Date.now() / 1000);
/** Signed now, for so many minutes. */
const token = (user: string, minutes: number): string => jwt({ user_id: user, iat: seconds(), exp: seconds() + minutes * 60 });
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const sent = ({ server }: IdentityStage): unknown[] => server.of('identify').map((body) => body.user_jwt);

function see(state: 'visible' | 'hidden'): void {
  visibility = state;
  document.dispatchEvent(new Event('visibilitychange'));
}

/** A host that signs for an hour. */
const signing = (user = '42') => vi.fn<(userId: string | null) => unknown>(() => token(user, 60));

async function identified(refresh: unknown, minutes = 60, server?: FakeServer): Promise<IdentityStage> {
  const stage = setUpIdentity({}, server);
  await stage.identity.identify({ user_jwt: token('42', minutes), refreshUserJwt: refresh });
  return stage;
}

describe('a proof that has expired', () => {
  it('is not sent: the host is asked for a fresh one, and that is identified with', async () => {
    const refresh = signing();
    const stage = setUpIdentity();
    const old = token('42', 10);
    await pass(11 * minute);
    expect(await stage.identity.identify({ userId: '42', user_jwt: old, refresh_user_jwt: refresh, plan: 'pro' })).toMatchObject({
      verified: true,
    });
    expect(refresh.mock.calls).toEqual([['42']]);
    expect(stage.server.of('identify')).toEqual([
      { user_id: '42', user_jwt: token('42', 60), custom_attributes: { plan: 'pro' }, next_token: 'next-token' },
    ]);
  });

  it('is told from its payload alone; whose it is, too', async () => {
    const refresh = signing();
    const stage = setUpIdentity();
    await stage.identity.identify({ user_jwt: jwt({ sub: 'Zoë 7', exp: seconds() - 1 }), refresh_user_jwt: refresh });
    expect(refresh.mock.calls).toEqual([['Zoë 7']]);
  });

  it.each([
    'garbage',
    'a.b.c',
    `x.${Buffer.from('null').toString('base64url')}.y`,
    `x.${Buffer.from('{"exp":"soon"}').toString('base64url')}.y`,
    42,
    { not: 'a token' },
  ])('what is no token (%j) is sent as it is, for the server to say so', async (garbage) => {
    const refresh = signing();
    const server = fakeServer(() => refusal('identity_verification_failed', { message: 'user_jwt is not a signed JSON Web Token' }));
    const stage = setUpIdentity({}, server);
    expect(await stage.identity.identify({ user_jwt: garbage, refresh_user_jwt: refresh })).toMatchObject({
      code: 'identity_verification_failed',
    });
    expect([refresh.mock.calls.length, server.asked.length]).toEqual([0, 1]);
    await pass(60 * minute);
    expect(refresh).not.toHaveBeenCalled();
  });

  it('which only the server knows to be expired is replaced once, and the call goes on', async () => {
    const replies = [refusal('identity_token_expired'), known];
    const server = fakeServer(() => replies.shift() ?? known);
    const refresh = signing();
    const stage = await identified(refresh, 60, server);
    expect(refresh.mock.calls).toEqual([['42']]);
    expect(server.asked).toHaveLength(2);
    expect(stage.identity.me.value).toMatchObject({ verified: true });
    expect(stage.reasons()).toEqual([]);
  });

  it('without anybody to ask, resolves to the error with its reason, as ever', async () => {
    const server = fakeServer(() => refusal('identity_token_expired'));
    const stage = setUpIdentity({}, server);
    const answer = await stage.identity.identify({ user_jwt: jwt({ sub: '42', exp: seconds() - 10 }) });
    expect(answer).toBeInstanceOf(FoyerError);
    expect(answer).toMatchObject({ code: 'identity_token_expired' });
    await pass(60 * minute);
    expect(server.asked).toHaveLength(1);
  });

  it('update replaces it as well; the function alone asks the server nothing', async () => {
    const refresh = signing();
    const stage = setUpIdentity();
    await stage.identity.identify({ user_jwt: token('42', 10) });
    await pass(11 * minute);
    await stage.identity.update({ refresh_user_jwt: refresh });
    expect(sent(stage)).toHaveLength(1);
    await stage.identity.update({ plan: 'pro' });
    expect(sent(stage)).toEqual([expect.anything(), token('42', 60)]);
  });
});

describe('a page that stays open', () => {
  it('asks shortly before the proof expires, again and again', async () => {
    const refresh = signing();
    const stage = await identified(refresh);
    await pass(58 * minute);
    expect(refresh).not.toHaveBeenCalled();
    await pass(1.5 * minute);
    expect(refresh).toHaveBeenCalledTimes(1);
    await pass(4 * 60 * minute);
    expect(refresh).toHaveBeenCalledTimes(5);
    expect(sent(stage)).toHaveLength(6);
    expect(stage.reasons()).toEqual([]);
  });

  it('asks nothing while nobody sees it, and at once when it is seen again', async () => {
    const refresh = signing();
    const stage = await identified(refresh);
    see('hidden');
    await pass(5 * 60 * minute);
    expect(refresh).not.toHaveBeenCalled();
    see('visible');
    await pass(1);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(sent(stage)).toHaveLength(2);
  });

  it('keeps to the token’s own word where this clock is wrong, and never asks without end', async () => {
    const refresh = vi.fn<() => unknown>(() => jwt({ sub: '42', iat: seconds() - 7200, exp: seconds() - 3600 }));
    await identified(refresh, 60);
    await pass(60 * minute);
    expect(refresh).toHaveBeenCalledTimes(1);
    await pass(60 * minute);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('a host that signs for moments only is asked every ten seconds at most', async () => {
    const refresh = vi.fn<() => unknown>(() => jwt({ sub: '42', exp: seconds() + 1 }));
    await identified(refresh, 0.05);
    await pass(10 * minute);
    expect(refresh.mock.calls.length).toBeGreaterThan(50);
    expect(refresh.mock.calls.length).toBeLessThanOrEqual(60);
  });

  it('a proof without an end is left alone', async () => {
    const refresh = signing();
    const stage = setUpIdentity();
    await stage.identity.identify({ user_jwt: jwt({ sub: '42' }), refresh_user_jwt: refresh });
    await pass(48 * 60 * minute);
    expect(refresh).not.toHaveBeenCalled();
  });
});

describe('what the host answers', () => {
  it('[M10] a proof of somebody else: nothing of the former person goes with it', async () => {
    const replies = [known, { ...known, contact_id: 'u9', token: 't'.repeat(43) }];
    const stage = setUpIdentity(
      {},
      fakeServer(() => replies.shift() ?? known),
    );
    await stage.identity.identify({ user_id: '42', user_jwt: token('42', 60), refresh_user_jwt: signing('43') });
    await pass(60 * minute);
    expect(stage.server.of('identify').at(-1)).toEqual({ user_jwt: expect.any(String), next_token: 'next-token' });
    expect(stage.acts.switched).toEqual(['t'.repeat(43)]);
    expect(stage.events.at(-1)).toEqual(['identity:changed', { contact_id: 'u9', type: 'user', verified: true }]);
  });

  it.each([null, ''])('[M16] %j: nobody is signed in any more, so the chat is shut down', async (nobody) => {
    const stage = await identified(async () => nobody);
    await pass(60 * minute);
    expect(stage.acts.signedOut).toBe(1);
    expect(stage.reasons()).toEqual([]);
    await pass(24 * 60 * minute);
    expect(stage.acts.signedOut).toBe(1);
  });

  it('[M16] that nobody is signed in, to an identify: it resolves to an error that says so', async () => {
    const stage = setUpIdentity();
    const answer = await stage.identity.identify({ user_jwt: jwt({ sub: '42', exp: seconds() - 1 }), refresh_user_jwt: () => null });
    expect(answer).toMatchObject({ code: 'session_revoked', message: expect.stringContaining('nobody is signed in') });
    expect(stage.server.asked).toEqual([]);
  });

  const failing: [how: string, answer: () => unknown, reason: RegExp][] = [
    ['an exception', () => Promise.reject(new Error('HTTP 500')), /refresh_user_jwt failed: HTTP 500/],
    ['an exception at once', () => decodeURIComponent('%'), /refresh_user_jwt failed: .*URI/],
    ['nothing', () => undefined, /answered with undefined/],
    ['something else', () => ({ token: 'x' }), /answered with object/],
    ['silence', () => new Promise(() => {}), /did not answer within 10 s/],
  ];
  it.each(failing)(
    '%s: the session stays as it is, the reason is told, and it is asked again later and later',
    async (_, answer, reason) => {
      const calls: number[] = [];
      const stage = await identified(() => (calls.push(Date.now()), answer()));
      await pass(90 * minute);
      expect(stage.acts).toMatchObject({ signedOut: 0, switched: [], rotated: [] });
      expect(stage.identity.me.value).toMatchObject({ contact_id: 'c1', verified: true });
      expect(stage.reasons()[0]).toMatch(reason);
      expect(stage.reasons().length).toBeGreaterThan(6);
      const waits = calls.slice(1).map((at, index) => at - calls[index]!);
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(2_500);
      expect(waits.slice(1, 5).every((wait, index) => wait > waits[index]!)).toBe(true);
      expect(calls.length).toBeLessThan(25);
    },
  );

  it('an exception to an identify: it resolves to the reason, and the person is named once a proof comes', async () => {
    const answers = [() => Promise.reject(new Error('offline')), async () => token('42', 60)];
    const stage = setUpIdentity();
    const attributes = { user_jwt: jwt({ sub: '42', exp: seconds() - 1 }), plan: 'pro', refresh_user_jwt: () => answers.shift()!() };
    expect(await stage.identity.identify(attributes)).toMatchObject({ code: 'identity_token_expired' });
    expect(stage.server.asked).toEqual([]);
    await pass(10_000);
    expect(stage.server.of('identify')).toMatchObject([{ custom_attributes: { plan: 'pro' } }]);
    expect(stage.identity.me.value).toMatchObject({ verified: true });
  });

  it('a proof which the server does not take: told, and asked again later', async () => {
    const server = fakeServer((_, body) => (body.user_jwt === 'forged' ? refusal('identity_verification_failed') : known));
    const answers = ['forged', 'forged'];
    const refresh = vi.fn<() => unknown>(() => answers.shift() ?? token('42', 60));
    const stage = await identified(refresh, 60, server);
    await pass(59 * minute);
    expect(stage.reasons()).toHaveLength(1);
    await pass(5 * minute);
    expect(stage.reasons()).toHaveLength(2);
    expect(refresh).toHaveBeenCalledTimes(3);
    expect(stage.identity.me.value).toMatchObject({ verified: true });
  });
});

describe('one call at a time', () => {
  it('two calls with expired proofs and the clock’s own never ask the host at once', async () => {
    let running = 0;
    let most = 0;
    const refresh = vi.fn<(userId: string | null) => Promise<string>>(async (userId) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 3000));
      running--;
      return token(userId ?? '', 60);
    });
    const stage = await identified(refresh, 10);
    await pass(9 * minute + 1000);
    const expired = (user: string) => ({ user_jwt: jwt({ sub: user, exp: seconds() - 1 }) });
    const answers = [stage.identity.identify(expired('43')), stage.identity.identify(expired('44'))];
    await pass(20_000);
    await Promise.all(answers);
    expect(refresh.mock.calls.map(([user]) => user)).toEqual(['42', '43', '44']);
    expect(most).toBe(1);
  });

  it.each([() => token('42', 60), () => null])('an answer for somebody who is not here any more is of no use', async (late) => {
    let answer: (token: string | null) => void = () => {};
    const refresh = vi.fn<() => Promise<unknown>>(() => new Promise((resolve) => (answer = resolve)));
    const stage = await identified(refresh, 10);
    await pass(9 * minute + 1000);
    expect(refresh).toHaveBeenCalledTimes(1);
    await stage.identity.identify({ user_id: '77', user_hash: 'x' });
    answer(late());
    await pass(1000);
    expect(stage.server.of('identify').at(-1)).toMatchObject({ user_id: '77' });
    expect(stage.acts.signedOut).toBe(0);
  });
});

describe('the end', () => {
  it('[M16] after a shutdown the host is asked nothing', async () => {
    const refresh = signing();
    const stage = await identified(refresh);
    stage.identity.reset();
    await pass(24 * 60 * minute);
    await stage.identity.identify({ user_jwt: jwt({ sub: '43', exp: seconds() - 1 }) });
    expect(refresh).not.toHaveBeenCalled();
  });

  it('null in its place takes the function back', async () => {
    const refresh = signing();
    const stage = await identified(refresh);
    await stage.identity.update({ refresh_user_jwt: null });
    await pass(24 * 60 * minute);
    expect(refresh).not.toHaveBeenCalled();
  });

  it('the function is never sent', async () => {
    const stage = await identified(signing());
    await pass(60 * minute);
    expect(JSON.stringify(stage.server.asked)).not.toMatch(/refresh/i);
    for (const { body } of stage.server.asked) expect(Object.values(body).some((value) => typeof value === 'function')).toBe(false);
  });
});
