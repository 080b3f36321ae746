import { describe, expect, it } from 'vitest';
import { setIdentityStage } from '../../helpers/identity-stage.ts';
import { must, newCid } from '../../helpers/server.ts';
import { say } from '../../helpers/talk.ts';

const { device, stranger, proved, sync, card } = setIdentityStage();

describe('logging out', () => {
  it('[M16] ends the session for good: its token is refused, and the next boot is a new visitor', async () => {
    const visitor = await device();
    must(await visitor.send('identify', proved('m16')));
    await say(visitor, 'hello');
    must(await visitor.send('session.end', {}));
    const again = await stranger(visitor.token);
    for (const [name, body] of [
      ['sync', {}],
      ['message.send', { cid: newCid(), text: 'x' }],
      ['identify', proved('m16')],
    ] as const) {
      expect(await again.send(name, body), name).toMatchObject({ ok: false, code: 'session_revoked', retryable: false });
    }
    const next = await device();
    expect(await sync(next)).toMatchObject({ me: { contact_id: null, type: 'visitor' }, conversations: [] });
  });

  it('[M16] ending twice, or what never began, is no error', async () => {
    const visitor = await device();
    must(await visitor.send('session.end', {}));
    await say(visitor, 'hello');
    must(await visitor.send('session.end', {}));
    must(await visitor.send('session.end', {}));
  });

  it('[M19] who logs out, chats and logs in again is merged into the user it was', async () => {
    const before = await device();
    const user = must(await before.send('identify', proved('m19')));
    const old = await say(before, 'signed in');
    must(await before.send('session.end', {}));
    const between = await device();
    const anonymous = await say(between, 'signed out');
    expect(must(await between.send('identify', proved('m19')))).toMatchObject({
      contact_id: user.contact_id,
      merged_from: expect.any(String),
    });
    expect(new Set((await sync(between)).conversations.map((c) => c.id))).toEqual(new Set([old.conversation, anonymous.conversation]));
  });

  it('[M19] [M8] a lead with another email that came to be in between is left whole', async () => {
    const before = await device();
    const user = must(await before.send('identify', proved('m19-lead', { email: 'm19@example.com' })));
    must(await before.send('session.end', {}));
    const between = await device();
    const { conversation } = await say(between, 'my email is somebody-else@example.com');
    const { contact_id: lead } = (await sync(between)).me;
    const reply = must(await between.send('identify', proved('m19-lead')));
    expect(reply).toMatchObject({ contact_id: user.contact_id });
    expect(reply.merged_from).toBeUndefined();
    expect(await card(lead ?? '')).toMatchObject({ id: lead, type: 'lead', conversations: [{ id: conversation }] });
    expect((await card(user.contact_id)).conversations).toEqual([]);
  });

  it('[M24] a user stays a user, whatever is said or left out afterwards', async () => {
    const visitor = await device();
    const { contact_id } = must(await visitor.send('identify', proved('m24', { email: 'm24@example.com' })));
    await say(visitor, 'my email is other@example.com');
    expect(await card(contact_id)).toMatchObject({ type: 'user', email: 'm24@example.com' });
    must(await visitor.send('identify', proved('m24', { email: null, name: null })));
    must(await visitor.send('session.end', {}));
    expect(await card(contact_id)).toMatchObject({ type: 'user', email: null, userId: 'm24' });
  });
});
