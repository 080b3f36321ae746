import { describe, expect, it } from 'vitest';
import { setIdentityStage } from '../../helpers/identity-stage.ts';
import { must, newVisitorToken } from '../../helpers/server.ts';
import { hmac, say } from '../../helpers/talk.ts';

const stage = setIdentityStage();
const { device, stranger, proved, sync, card } = stage;

describe('the session that is proved', () => {
  it('a token that was known before the proof opens nothing after it', async () => {
    const planted = await device();
    await say(planted, 'written by whoever sat here before');
    const known = planted.token;
    const { conversation } = await say(planted, 'and again');
    must(await planted.send('identify', proved('fixation')));
    const thief = await stranger(known);
    expect(await thief.send('sync', {})).toMatchObject({ ok: false, code: 'session_revoked' });
    expect(await thief.send('conversation.history', { conversation })).toMatchObject({ ok: false, code: 'session_revoked' });
  });

  it('also a token which no session had yet is replaced by the first verified identify', async () => {
    const planted = await device();
    const known = planted.token;
    must(await planted.send('identify', proved('fixation-2')));
    expect(planted.token).not.toBe(known);
    expect(must(await (await device(known)).send('sync', {})).me.contact_id).toBeNull();
  });

  it('an identify whose answer was lost is answered again under the token the client made for it', async () => {
    const visitor = await device();
    const { conversation } = await say(visitor, 'hello');
    const old = visitor.token;
    const body = { ...proved('lost-answer'), next_token: newVisitorToken() };
    const first = must(await visitor.send('identify', body));
    const retry = await stranger(old);
    expect(must(await retry.send('identify', body))).toEqual(first);
    expect((await sync(retry)).conversations.map((c) => c.id)).toEqual([conversation]);
  });

  it('so is the very first act, by an address or by a user_id, where no session was before; once it ended, it is not', async () => {
    const email = 'lost-first@example.com';
    for (const claim of [proved('lost-first'), { email, user_hash: hmac(stage.secret, email) }]) {
      const visitor = await device();
      const old = visitor.token;
      const body = { ...claim, next_token: newVisitorToken() };
      const first = must(await visitor.send('identify', body));
      const retry = await stranger(old);
      expect(must(await retry.send('identify', body))).toEqual(first);
      expect((await sync(retry)).me).toMatchObject({ contact_id: first.contact_id, verified: true });
      must(await visitor.send('session.end', {}));
      expect(await (await stranger(old)).send('identify', body)).toMatchObject({ ok: false, code: 'session_revoked' });
    }
  });

  it('attributes have a bound, and what is over it is refused whole', async () => {
    const visitor = await device();
    const some = (from: number) => Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`a${from + i}`, i]));
    for (const from of [0, 40]) must(await visitor.send('identify', proved('many', { custom_attributes: some(from) })));
    const reply = await visitor.send('identify', proved('many', { custom_attributes: some(80) }));
    expect(reply).toMatchObject({ ok: false, code: 'too_many_attributes', retryable: false });
    expect(Object.keys((await card((await sync(visitor)).me.contact_id ?? '')).attributes)).toHaveLength(80);
  });
});
