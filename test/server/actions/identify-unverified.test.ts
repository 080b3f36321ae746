// [M14] [M15] The page says who somebody is without a proof, and what becomes of that once there is one.
import { describe, expect, it } from 'vitest';
import { setIdentityStage } from '../../helpers/identity-stage.ts';
import { must } from '../../helpers/server.ts';
import { hmac, say } from '../../helpers/talk.ts';

const stage = setIdentityStage();
const { device, proved, sync, card } = stage;

describe('identify, unverified', () => {
  it('[M14] an existing user is neither shown nor touched: a contact of its own with the claimed id and a badge', async () => {
    const owner = await device();
    const real = must(await owner.send('identify', proved('m14', { name: 'Owner', email: 'm14@example.com' })));
    const private_ = await say(owner, 'for my eyes');
    const before = await card(real.contact_id);
    const impostor = await device();
    const mine = await say(impostor, 'hello');
    const reply = must(await impostor.send('identify', { user_id: 'm14', name: 'Impostor', custom_attributes: { plan: 'stolen' } }));
    expect(reply).toMatchObject({ type: 'user', verified: false });
    expect(reply.contact_id).not.toBe(real.contact_id);
    expect((await sync(impostor)).conversations.map((c) => c.id)).toEqual([mine.conversation]);
    expect(await impostor.send('conversation.history', { conversation: private_.conversation })).toMatchObject({ code: 'not_found' });
    expect(await card(reply.contact_id)).toMatchObject({ userId: null, claimedUserId: 'm14', verified: false, unverified: true });
    // For agents the two stand side by side; of the real one nothing changed.
    await expect
      .poll(async () => (await card(real.contact_id)).duplicates)
      .toMatchObject([{ contact: { id: reply.contact_id }, reasons: ['same_user_id'] }]);
    const after = await card(real.contact_id);
    expect({ ...after, lastSeenAt: 0, duplicates: [] }).toEqual({ ...before, lastSeenAt: 0 });
  });

  it('[M14] an email alone, said without a proof, leads to nobody: neither to the user who has it, nor to a lead', async () => {
    const email = 'm14-email@example.com';
    const owner = await device();
    const real = must(await owner.send('identify', { email, user_hash: hmac(stage.secret, email), name: 'Owner' }));
    await say(owner, 'for my eyes');
    const lead = await device();
    await say(lead, `my email is ${email}`);
    const impostor = await device();
    const reply = must(await impostor.send('identify', { email, name: 'Impostor' }));
    expect(reply).toMatchObject({ type: 'user', verified: false });
    const ids = [real.contact_id, (await sync(lead)).me.contact_id, reply.contact_id];
    expect(new Set(ids).size).toBe(3);
    expect((await sync(impostor)).conversations).toEqual([]);
    expect(await card(reply.contact_id)).toMatchObject({
      unverified: true,
      verified: false,
      email,
      details: [{ field: 'email', grade: 'claimed' }, { field: 'name' }],
    });
    expect(await card(real.contact_id)).toMatchObject({ name: 'Owner', verified: true });
    // Nor does it make the address lead to two.
    expect(must(await (await device()).send('identify', { email, user_hash: hmac(stage.secret, email) })).contact_id).toBe(real.contact_id);
  });

  it('[M14] the same id claimed on two devices are two contacts, and each sees only what it began', async () => {
    const [one, two] = [await device(), await device()];
    const replies = [
      must(await one.send('identify', { user_id: 'm14-twice' })),
      must(await two.send('identify', { user_id: 'm14-twice' })),
    ];
    expect(replies[0]?.contact_id).not.toBe(replies[1]?.contact_id);
    const { conversation } = await say(one, 'mine');
    expect((await sync(two)).conversations).toEqual([]);
    expect(await two.send('conversation.history', { conversation })).toMatchObject({ code: 'not_found' });
  });

  it('[M14] an unverified device of a verified user’s merged contact still sees only what it began', async () => {
    const one = await device();
    const first = await say(one, 'begun here');
    must(await one.send('identify', { user_id: 'm15' }));
    must(await one.send('identify', proved('m15')));
    const elsewhere = await device();
    must(await elsewhere.send('identify', proved('m15')));
    expect((await sync(elsewhere)).conversations.map((c) => c.id)).toEqual([first.conversation]);
    const claimed = await device();
    must(await claimed.send('identify', { user_id: 'm15' }));
    expect((await sync(claimed)).conversations).toEqual([]);
  });

  it('[M15] the proof comes later: the same contact is verified, its history kept', async () => {
    const visitor = await device();
    const { conversation } = await say(visitor, 'hello');
    const claimed = must(await visitor.send('identify', { user_id: 'm15-later' }));
    const verified = must(await visitor.send('identify', proved('m15-later')));
    expect(verified).toMatchObject({ contact_id: claimed.contact_id, verified: true });
    expect(await card(verified.contact_id)).toMatchObject({
      userId: 'm15-later',
      claimedUserId: null,
      verified: true,
      unverified: false,
      conversations: [{ id: conversation }],
    });
  });

  it('[M15] [M7] [M8] the proof comes later and the user exists: what was said without it goes in, but with another email', async () => {
    const first = await device();
    const { contact_id } = must(await first.send('identify', proved('m15-exists', { email: 'm15@example.com' })));
    const plain = await device();
    const { conversation } = await say(plain, 'not proved yet');
    const claimed = must(await plain.send('identify', { user_id: 'm15-exists' }));
    const merged = must(await plain.send('identify', proved('m15-exists')));
    expect(merged).toMatchObject({ contact_id, verified: true, merged_from: claimed.contact_id });
    expect((await sync(first)).conversations.map((c) => c.id)).toEqual([conversation]);
    const other = await device();
    const said = must(await other.send('identify', { user_id: 'm15-exists', email: 'not-m15@example.com' }));
    const reply = must(await other.send('identify', proved('m15-exists')));
    expect([reply.contact_id, reply.merged_from]).toEqual([contact_id, undefined]);
    expect(await card(said.contact_id)).toMatchObject({ id: said.contact_id, unverified: true, email: 'not-m15@example.com' });
  });

  it('[M10] on a verified session: the same id changes nothing, another one is a fresh contact', async () => {
    const visitor = await device();
    const real = must(await visitor.send('identify', proved('m10-verified', { name: 'Real' })));
    const same = must(await visitor.send('identify', { user_id: 'm10-verified', name: 'Fake' }));
    expect(same).toEqual({ ok: true, contact_id: real.contact_id, type: 'user', verified: true });
    expect((await card(real.contact_id)).name).toBe('Real');
    const other = must(await visitor.send('identify', { user_id: 'm10-other', name: 'Fake' }));
    expect(other.contact_id).not.toBe(real.contact_id);
    expect(other).toMatchObject({ verified: false, token: expect.any(String) });
  });
});
