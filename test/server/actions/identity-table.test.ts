// Rows of the identity table which tell of settings, flags, blocks, archives and erasures.
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../server/actions/actor.ts';
import { eraseContact } from '../../../server/actions/contact/erase-contact.ts';
import { archiveContact, blockContact } from '../../../server/actions/contact/flag-contact.ts';
import { editContact } from '../../../server/actions/contact/edit-contact.ts';
import { mergeByRequest } from '../../../server/actions/contact/merge.ts';
import { dismissDuplicate } from '../../../server/actions/contact/duplicates.ts';
import { setIdentityStage } from '../../helpers/identity-stage.ts';
import { connectVisitor, must, newCid, startServer } from '../../helpers/server.ts';
import type { VisitorClient } from '../../helpers/server.ts';
import { arrive, hmac, identitySecret, jwt, say } from '../../helpers/talk.ts';

const stage = setIdentityStage();
const { device, proved, sync, card } = stage;

const owner = async (): Promise<Actor> => ({ kind: 'agent', agent: (await stage.server.agent()).agent });
const idOf = async (visitor: VisitorClient): Promise<string> => (await sync(visitor)).me.contact_id ?? '';
async function aLead(email: string): Promise<{ visitor: VisitorClient; id: string; conversation: number }> {
  const visitor = await device();
  const { conversation } = await say(visitor, `my email is ${email}`);
  return { visitor, id: await idOf(visitor), conversation };
}
const duplicatesOf = async (id: string) => (await card(id)).duplicates.map((d) => [d.contact.id, ...d.reasons]);

describe('M8 by setting', () => {
  it.each([
    ['same_email_or_none', false],
    ['always', true],
    ['never', false],
  ] as const)('[M8] %s: a lead with another email is merged: %s', async (leadMerging, isMerged) => {
    const server = await startServer({ settings: { bot: 'off', leadMerging } });
    const secret = identitySecret(server);
    const known = { user_id: 'u', email: 'u@example.com', user_hash: hmac(secret, 'u') };
    const first = await arrive(server);
    must(await first.send('identify', known));
    const lead = await arrive(server);
    await say(lead, 'my email is somebody-else@example.com');
    const reply = must(await lead.send('identify', known));
    expect(reply.merged_from !== undefined).toBe(isMerged);
    for (const client of [first, lead]) client.close();
    await server.stop();
  });

  it('[M8] never: not even a lead with the same email', async () => {
    const server = await startServer({ settings: { bot: 'off', leadMerging: 'never' } });
    const secret = identitySecret(server);
    const known = { user_id: 'u', email: 'u@example.com', user_hash: hmac(secret, 'u') };
    const first = await arrive(server);
    must(await first.send('identify', known));
    const lead = await arrive(server);
    await say(lead, 'my email is u@example.com');
    expect(must(await lead.send('identify', known)).merged_from).toBeUndefined();
    for (const client of [first, lead]) client.close();
    await server.stop();
  });

  it('[M8] the lead that was left whole is flagged beside the user whose device it was, live; dismissed, it stays away', async () => {
    must(await (await device()).send('identify', proved('m8-flag', { email: 'm8-flag@example.com' })));
    const { visitor, id } = await aLead('colleague@example.com');
    const { contact_id: user } = must(await visitor.send('identify', proved('m8-flag')));
    expect(await duplicatesOf(id)).toEqual([[user, 'same_device']]);
    expect(await duplicatesOf(user)).toEqual([[id, 'same_device']]);
    await expect
      .poll(() =>
        stage
          .feed()
          .filter((i) => i.type === 'contact.duplicate_found')
          .map((i) => i.contactId),
      )
      .toContain(user);
    await dismissDuplicate(stage.server.deps, await owner(), id, user);
    expect([await duplicatesOf(id), await duplicatesOf(user)]).toEqual([[], []]);
  });
});

describe('flagged, never merged', () => {
  it('[M3] [M25] whoever has the same email stands beside the lead a moment later, for agents alone, with what each of them is known by', async () => {
    const { contact_id: user } = must(
      await (await device()).send('identify', { user_jwt: await jwt(stage.secret, { user_id: 'm25', email: 'm25@example.com' }) }),
    );
    const { id, visitor } = await aLead('m25@example.com');
    await expect.poll(() => duplicatesOf(id)).toEqual([[user, 'same_email']]);
    const [found] = (await card(id)).duplicates;
    expect(found).toMatchObject({ contact: { id: user, verified: true }, conversations: 0, needsForce: false });
    expect(found?.evidence).toContainEqual({
      field: 'email',
      here: { value: 'm25@example.com', grade: 'claimed' },
      there: { value: 'm25@example.com', grade: 'signed' },
      match: 'same',
    });
    expect(JSON.stringify(visitor.received)).not.toContain(user);
  });

  it('[M25] a lead that claims an email before a proof covers it is flagged beside that user, and neither is touched', async () => {
    const lead = await aLead('m25-later@example.com');
    const before = await card(lead.id);
    const { contact_id: user } = must(
      await (
        await device()
      ).send('identify', { user_jwt: await jwt(stage.secret, { user_id: 'm25-later', email: 'm25-later@example.com' }) }),
    );
    expect(user).not.toBe(lead.id);
    await expect.poll(() => duplicatesOf(lead.id)).toEqual([[user, 'same_email']]);
    expect({ ...(await card(lead.id)), duplicates: [] }).toEqual(before);
    expect((await card(user)).conversations).toEqual([]);
    expect(JSON.stringify(lead.visitor.received)).not.toContain(user);
  });

  it('[M12] a new user_id with the email of a user without one is another user, flagged; covered by the proof, it is that one', async () => {
    const mail = 'm12@example.com';
    const byMail = must(await (await device()).send('identify', { email: mail, user_hash: hmac(stage.secret, mail) }));
    const beside = must(await (await device()).send('identify', proved('m12-beside', { email: mail })));
    expect(beside.contact_id).not.toBe(byMail.contact_id);
    await expect.poll(() => duplicatesOf(beside.contact_id)).toEqual([[byMail.contact_id, 'same_email']]);
    const covered = must(await (await device()).send('identify', { user_jwt: await jwt(stage.secret, { user_id: 'm12', email: mail }) }));
    expect(covered.contact_id).toBe(byMail.contact_id);
    expect(await card(covered.contact_id)).toMatchObject({ userId: 'm12' });
  });

  it('[M13] two user_ids with one email are two users, side by side for agents', async () => {
    const [one, other] = [
      must(await (await device()).send('identify', proved('m13-a', { email: 'm13-both@example.com' }))),
      must(await (await device()).send('identify', proved('m13-b', { email: 'm13-both@example.com' }))),
    ];
    await expect.poll(() => duplicatesOf(one.contact_id)).toEqual([[other.contact_id, 'same_email']]);
    expect((await card(one.contact_id)).duplicates[0]).toMatchObject({ needsForce: true });
  });

  it('an email that was withdrawn or changed is no reason any more', async () => {
    const [one, other] = [await aLead('gone@example.com'), await aLead('gone@example.com')];
    await expect.poll(() => duplicatesOf(one.id)).toEqual([[other.id, 'same_email']]);
    await editContact(stage.server.deps, await owner(), other.id, { email: 'another@example.com' });
    expect(await duplicatesOf(one.id)).toEqual([]);
  });
});

describe('blocked, archived, erased', () => {
  const refused = (visitor: VisitorClient): Promise<unknown> => visitor.send('message.send', { cid: newCid(), text: 'hello' });

  it('[M22] identifying does not shed a block: not in place, and not as somebody else without a proof', async () => {
    const { visitor, id } = await aLead('m22@example.com');
    await blockContact(stage.server.deps, await owner(), id, true);
    expect(await refused(visitor)).toMatchObject({ code: 'blocked' });
    must(await visitor.send('identify', { user_id: 'm22-claimed' }));
    expect(await refused(visitor)).toMatchObject({ code: 'blocked' });
    const other = must(await visitor.send('identify', { user_id: 'm22-another' }));
    expect(other.contact_id).not.toBe(id);
    expect(await refused(visitor)).toMatchObject({ code: 'blocked' });
    expect(await card(other.contact_id)).toMatchObject({ blocked: true, claimedUserId: 'm22-another' });
    expect(must(await visitor.send('sync', {})).me.contact_id).toBe(other.contact_id);
  });

  it('[M22] a user who is proved is not blocked by who sat there before; one who goes in with a blocked visitor is', async () => {
    const { visitor, id } = await aLead('m22-lead@example.com');
    await blockContact(stage.server.deps, await owner(), id, true);
    must(await (await device()).send('identify', proved('m22-user', { email: 'other-m22@example.com' })));
    must(await visitor.send('identify', proved('m22-user')));
    await say(visitor, 'I am another person');
    const anonymous = await device();
    await say(anonymous, 'hello');
    await blockContact(stage.server.deps, await owner(), await idOf(anonymous), true);
    const { contact_id } = must(await anonymous.send('identify', proved('m22-user')));
    expect(await card(contact_id)).toMatchObject({ blocked: true });
  });

  it('[M23] an archived contact comes back when it writes, and when it is identified', async () => {
    const { visitor, id } = await aLead('m23@example.com');
    await archiveContact(stage.server.deps, await owner(), id, true);
    expect((await card(id)).archivedAt).not.toBeNull();
    await say(visitor, 'me again');
    expect((await card(id)).archivedAt).toBeNull();
    const { contact_id } = must(await (await device()).send('identify', proved('m23-user')));
    await archiveContact(stage.server.deps, await owner(), contact_id, true);
    expect(must(await (await device()).send('identify', proved('m23-user'))).contact_id).toBe(contact_id);
    expect((await card(contact_id)).archivedAt).toBeNull();
    const told = must(await stage.agent.send('contact.timeline', { contact: contact_id })).items.map((i) => i.type);
    expect(told).toEqual(expect.arrayContaining(['contact.archived', 'contact.restored']));
  });

  it('[M23] [I17] an erased contact never comes back: its user_id starts anew, its devices are strangers, nothing of it is left in the database', async () => {
    const secretWords = 'a very particular sentence';
    const phone = await device();
    await say(phone, `${secretWords}, my email is m23-erased@example.com, I am Grace Hopper, +49 30 5550177`);
    const merged = await idOf(phone);
    const { contact_id } = must(
      await phone.send('identify', proved('m23-erased', { name: 'Grace Hopper', custom_attributes: { plan: 'm23-plan' } })),
    );
    const other = await aLead('m23-erased-too@example.com');
    await mergeByRequest(stage.server.deps, await owner(), { from: other.id, into: contact_id });
    const token = phone.token;
    expect(await eraseContact(stage.server.deps, await owner(), contact_id)).toEqual({ id: contact_id, erased: true });
    await phone.waitFor('session.ended', (b: { reason: string }) => b.reason === 'revoked');
    for (const id of new Set([merged, contact_id, other.id]))
      expect(await stage.agent.send('contact.get', { contact: id })).toMatchObject({ code: 'not_found' });
    const again = must(await (await device()).send('identify', proved('m23-erased')));
    expect(again.contact_id).not.toBe(contact_id);
    const stranger = await connectVisitor(stage.server, { token });
    expect(must(await stranger.send('sync', {}))).toMatchObject({ me: { contact_id: null }, conversations: [] });
    stranger.close();
    const tables = ['contacts', 'contact_details', 'contact_merges', 'messages', 'changes', 'events', 'conversations', 'jobs'] as const;
    const left = await stage.server.deps.store.in('').read(async (tx) => {
      const rows: unknown[] = [];
      for (const table of tables) rows.push(...(await tx.execute((db) => db.selectFrom(table).selectAll())));
      return JSON.stringify(rows);
    });
    for (const words of [secretWords, 'm23-erased@example.com', 'm23-erased-too@example.com', '5550177', 'm23-plan'])
      expect(left).not.toContain(words);
  });
});
