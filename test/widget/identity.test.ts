// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readHostTime } from '../../shared/host-time.ts';
import { namesPerson, split, toIdentifyBody } from '../../widget/attributes.ts';
import { FoyerError } from '../../widget/naming.ts';
import { fakeServer, refusal } from './fakes.ts';
import { known, setUpIdentity as setUp } from './identity-stage.ts';

const consoleError = vi.spyOn(console, 'error');
beforeEach(() => void consoleError.mockImplementation(() => {}));
afterEach(() => consoleError.mockReset());

describe('identify', () => {
  it('resolves to who the visitor is now', async () => {
    const { identity, acts } = setUp();
    expect(await identity.identify({ user_id: '42', user_hash: 'x' })).toEqual({ contact_id: 'c1', type: 'user', verified: true });
    expect(acts.act).toBe(1);
    expect(identity.me.value).toMatchObject({ contact_id: 'c1', type: 'user', verified: true });
  });

  it('tells of a merge', async () => {
    const { identity } = setUp(
      {},
      fakeServer(() => ({ ok: true, contact_id: 'c2', type: 'user', verified: true, merged_from: 'c1' })),
    );
    expect(await identity.identify({ user_id: '42' })).toMatchObject({ merged_from: 'c1' });
  });

  it('a new token for the same person keeps what is shown; for somebody else everything of before goes', async () => {
    const replies = [
      { ok: true, contact_id: 'c1', type: 'user', verified: true, token: 't1' },
      { ok: true, contact_id: 'u7', type: 'user', verified: true, merged_from: 'c1', token: 't2' },
      { ok: true, contact_id: 'u8', type: 'user', verified: true, token: 't3' },
    ] as const;
    let call = 0;
    const { identity, acts } = setUp(
      {},
      fakeServer(() => replies[call++]),
    );
    identity.takeMe({ contact_id: 'c1', type: 'visitor', verified: false, email: null, name: null });
    for (const user_id of ['1', '7', '8']) await identity.identify({ user_id });
    expect(acts.rotated).toEqual(['t1', 't2']);
    expect(acts.switched).toEqual(['t3']);
  });

  it('every repeat of a call carries the token made for it, so that a lost answer is given again', async () => {
    let failures = 2;
    const server = fakeServer(() =>
      failures-- > 0 ? refusal('unavailable') : { ok: true, contact_id: 'c1', type: 'user', verified: true },
    );
    let made = 0;
    await setUp({ newToken: () => `next-${++made}` }, server).identity.identify({ user_id: '42' });
    expect(server.asked.map((a) => (a.body as { next_token: string }).next_token)).toEqual(['next-1', 'next-1', 'next-1']);
  });

  it('where another tab had the token replaced, the call is made again under the new one', async () => {
    let revoked = true;
    const server = fakeServer(() => (revoked ? refusal('session_revoked') : { ok: true, contact_id: 'c1', type: 'user', verified: true }));
    const follow = () => {
      revoked = false;
      return true;
    };
    expect(await setUp({ follow }, server).identity.identify({ user_id: '42' })).toMatchObject({ contact_id: 'c1', verified: true });
  });

  it('a wrong proof resolves to an error with its code and reason, and is said on the console', async () => {
    const { identity, events } = setUp(
      {},
      fakeServer(() => refusal('identity_verification_failed', { message: 'user_hash is not of this user_id' })),
    );
    const answer = await identity.identify({ user_id: '42', user_hash: 'wrong' });
    expect(answer).toBeInstanceOf(FoyerError);
    expect(answer).toMatchObject({ code: 'identity_verification_failed', message: 'user_hash is not of this user_id' });
    expect(events.map(([name]) => name)).toEqual(['identity:error']);
    expect(consoleError).toHaveBeenCalledWith(expect.stringContaining('[Foyer] identify: identity_verification_failed'));
  });

  it('what can be tried again is tried again', async () => {
    let failures = 3;
    const server = fakeServer(() =>
      failures-- > 0 ? refusal('unavailable') : { ok: true, contact_id: 'c1', type: 'user', verified: false },
    );
    expect(await setUp({}, server).identity.identify({ user_id: '42' })).toMatchObject({ contact_id: 'c1' });
    expect(server.asked).toHaveLength(4);
  });

  it('on a page where the server refuses us it resolves to that error instead of waiting forever', async () => {
    const { identity } = setUp({ whenOnline: async () => ({ code: 'origin_refused', message: 'Not on this site.' }) });
    expect(await identity.identify({ user_id: '42' })).toMatchObject({ code: 'origin_refused', message: 'Not on this site.' });
  });

  it('calls are answered one after the other, in the order made', async () => {
    const { identity, server } = setUp();
    await Promise.all([identity.identify({ user_id: 'a' }), identity.identify({ user_id: 'b' })]);
    expect(server.of('identify').map((body) => body.user_id)).toEqual(['a', 'b']);
  });

  it('[M10] a token in the answer takes the session’s place before anything else is said', async () => {
    const { identity, acts, events } = setUp(
      {},
      fakeServer(() => ({ ok: true, contact_id: 'c2', type: 'user', verified: true, token: 't'.repeat(43) })),
    );
    identity.takeMe({ contact_id: 'c1', type: 'user', verified: true, email: null, name: null });
    await identity.identify({ user_id: 'b' });
    expect(acts.switched).toEqual(['t'.repeat(43)]);
    expect(events.at(-1)).toEqual(['identity:changed', { contact_id: 'c2', type: 'user', verified: true }]);
  });

  it('[M16] a shutdown while it waits for the line ends it with an error', async () => {
    let online: (() => void) | undefined;
    const { identity, server } = setUp({ whenOnline: () => new Promise((resolve) => (online = () => resolve(null))) });
    const answer = identity.identify({ user_id: '42' });
    await vi.waitFor(() => expect(online).toBeDefined());
    identity.reset();
    online!();
    expect(await answer).toMatchObject({ code: 'session_revoked' });
    expect(server.asked).toEqual([]);
  });

  it('[M16] a call that waited for its turn is no act any more after a shutdown: there is no session again', async () => {
    let online: (() => void) | undefined;
    const { identity, acts } = setUp({ whenOnline: () => new Promise((resolve) => (online = () => resolve(null))) });
    const answers = [identity.identify({ user_id: 'a' }), identity.identify({ user_id: 'b' })];
    await vi.waitFor(() => expect(online).toBeDefined());
    identity.reset();
    online!();
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ code: 'session_revoked' });
    expect(acts.act).toBe(1);
  });

  it('what cannot be sent is told with the reason, and holds up no later call', async () => {
    const { identity, server } = setUp();
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    expect(await identity.identify({ user_id: '42', name: circular })).toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('circular'),
    });
    expect(await identity.identify({ user_id: '42', bio: 'x'.repeat(300_000) })).toMatchObject({ code: 'bad_request' });
    expect(await identity.identify({ user_id: 9007199254740993n, points: 1n })).toMatchObject({ verified: true });
    expect(server.asked.map(({ body }) => body)).toMatchObject([{ user_id: '9007199254740993', custom_attributes: { points: '1' } }]);
  });

  it('[M16] a shutdown ends every call made before it, also those that wait for their turn or for their answer', async () => {
    let reply: (answer: unknown) => void = () => {};
    const { identity, server, acts } = setUp(
      {},
      fakeServer(() => new Promise((resolve) => (reply = resolve))),
    );
    const answers = [identity.identify({ user_id: 'a' }), identity.identify({ user_id: 'b' })];
    await vi.waitFor(() => expect(server.asked).toHaveLength(1));
    identity.reset();
    reply({ ok: true, contact_id: 'u1', type: 'user', verified: true, token: 't'.repeat(43) });
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ code: 'session_revoked' });
    expect(server.asked).toHaveLength(1);
    expect([...acts.rotated, ...acts.switched]).toEqual([]);
    expect(identity.me.value.contact_id).toBeNull();
  });

  it('[M17] where another tab changed who is here, what the host of this page asks for goes on', async () => {
    let online: (() => void) | undefined;
    const { identity } = setUp({ whenOnline: () => new Promise((resolve) => (online = () => resolve(null))) });
    const answer = identity.identify({ user_id: '42' });
    await vi.waitFor(() => expect(online).toBeDefined());
    identity.leave();
    online!();
    expect(await answer).toMatchObject({ contact_id: 'c1' });
  });

  it('[P10] it waits until what the former person wrote is sent, and nothing is sent before its answer is carried out', async () => {
    const order: string[] = [];
    const server = fakeServer(() => (order.push('identify'), { ...known, contact_id: 'u2', token: 't'.repeat(43) }));
    const quiet = async () => (order.push('quiet'), () => void order.push('go on'));
    const onSwitched = async () => (order.push('switched'), 2);
    const { identity, events } = setUp({ quiet, onSwitched }, server);
    identity.takeMe({ contact_id: 'u1', type: 'user', verified: true, email: null, name: null });
    await identity.identify({ user_id: 'b' });
    expect(order).toEqual(['quiet', 'identify', 'switched', 'go on']);
    expect(events.at(-1)).toEqual(['identity:changed', { contact_id: 'u2', type: 'user', verified: true, unsent: 2 }]);
  });

  it('update sends who it is and the proof of before with what is new, and nothing for somebody unknown', async () => {
    const { identity, server } = setUp();
    await identity.update({ plan: 'pro' });
    expect(server.asked).toEqual([]);
    await identity.identify({ userId: '42', user_hash: 'x', name: 'Ada', phone: null });
    await identity.update({ plan: 'pro' });
    expect(server.of('identify').at(-1)).toEqual({
      user_id: '42',
      user_hash: 'x',
      custom_attributes: { plan: 'pro' },
      next_token: 'next-token',
    });
  });
});

describe('events', () => {
  it('an email that falls is captured, and a visitor who rises to lead is told of, once each', () => {
    const { identity, events } = setUp();
    const lead = { contact_id: 'c1', type: 'lead', verified: false, email: 'jo@example.com', name: null } as const;
    identity.takeMe({ ...lead, type: 'visitor', email: null });
    identity.takeMe(lead);
    identity.takeMe(lead);
    expect(events.map(([name]) => name)).toEqual(['identity:changed', 'email:captured', 'lead:captured', 'identity:changed']);
  });
});

describe('attributes', () => {
  it('camelCase is taken for the reserved names, flat others become custom attributes', () => {
    expect(toIdentifyBody({ userId: 7, userHash: 'x', createdAt: '2026-01-01', planName: 'pro', customAttributes: { seats: 3 } })).toEqual({
      user_id: 7,
      user_hash: 'x',
      created_at: '2026-01-01',
      custom_attributes: { planName: 'pro', seats: 3 },
    });
  });

  it('empty text and undefined mean unchanged, null clears', () => {
    expect(toIdentifyBody({ user_id: '1', name: '', phone: undefined, avatar: null })).toEqual({ user_id: '1', avatar: null });
    const cleared = { email: null, name: null, phone: null, avatar: null, company: null };
    expect(toIdentifyBody({ user_id: '1', ...cleared })).toEqual({ user_id: '1', ...cleared });
  });

  it('a company of which nothing is told stays as it is', () => {
    for (const company of [{ name: '' }, { id: 'k' }, '', undefined])
      expect(toIdentifyBody({ user_id: '1', company })).toEqual({ user_id: '1' });
    expect(toIdentifyBody({ user_id: '1', company: { name: null } })).toEqual({ user_id: '1', company: null });
  });

  it('the host’s own function stays in its page', () => {
    const refresh = (): null => null;
    expect(toIdentifyBody({ user_id: '1', refreshUserJwt: refresh })).toEqual({ user_id: '1' });
    expect(toIdentifyBody({ user_id: '1', refresh_user_jwt: refresh })).toEqual({ user_id: '1' });
    expect(consoleError).not.toHaveBeenCalled();
  });

  it('an empty user_id is sent as it is, for the server to say why it is none; and one that only looks like a number', () => {
    expect(toIdentifyBody({ user_id: '' })).toEqual({ user_id: '' });
    expect(toIdentifyBody({ user_id: Number.NaN, email: 'a@b.co' })).toEqual({ user_id: 'NaN', email: 'a@b.co' });
  });

  it('when they signed up is known by either name; what is no time is left out with a word, and keeps nobody from being named', () => {
    for (const said of [{ signed_up_at: 1_710_235_805 }, { signedUpAt: 1_710_235_805 }, { created_at: new Date(1_710_235_805_000) }])
      expect(readHostTime(toIdentifyBody({ user_id: '1', ...said }).created_at)).toBe(1_710_235_805_000);
    for (const other of [null, undefined, 'soon'])
      expect(toIdentifyBody({ signed_up_at: other, user_id: '1', createdAt: '2024-03-12', signedUpAt: other })).toEqual({
        user_id: '1',
        created_at: '2024-03-12',
      });
    for (const none of ['', undefined]) expect(toIdentifyBody({ user_id: '1', created_at: none })).toEqual({ user_id: '1' });
    expect(toIdentifyBody({ user_id: '1', created_at: null })).toEqual({ user_id: '1', created_at: null });
    expect(consoleError).not.toHaveBeenCalled();
    for (const odd of [0, Number.NaN, new Date(Number.NaN), 'last week', { seconds: 5 }, '0000-00-00'])
      expect(toIdentifyBody({ user_id: '1', created_at: odd })).toEqual({ user_id: '1' });
    expect(consoleError).toHaveBeenCalledTimes(6);
  });

  it('a number that is none says nothing: JSON would write null for it, and clear', () => {
    expect(toIdentifyBody({ user_id: '1', seats: Number.NaN, since: new Date(Number.NaN), name: 0 / 0 })).toEqual({ user_id: '1' });
    expect(consoleError).toHaveBeenCalledTimes(2);
  });

  it('a company may be an object with a name; dates become text; what is not flat is left out with a word', () => {
    expect(toIdentifyBody({ user_id: '1', company: { id: 'k', name: 'Acme' }, since: new Date(0), tags: ['a'] })).toEqual({
      user_id: '1',
      company: 'Acme',
      custom_attributes: { since: '1970-01-01T00:00:00.000Z' },
    });
    expect(consoleError).toHaveBeenCalledWith(expect.stringContaining('"tags"'));
  });

  it('boot’s argument holds settings and person', () => {
    const { options, person } = split({ app_id: 'app_x', zIndex: 3, hideDefaultLauncher: true, userId: '1', plan: 'pro' });
    expect(options).toEqual({ app_id: 'app_x', z_index: 3, hide_default_launcher: true });
    expect(person).toEqual({ user_id: '1', plan: 'pro' });
    expect([namesPerson(person), namesPerson({ plan: 'pro' })]).toEqual([true, false]);
  });
});
