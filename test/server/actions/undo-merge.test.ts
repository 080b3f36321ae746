// An undone merge leaves each with what it would have by itself: what came meanwhile by the one's devices, identity and conversations is the
// one's, and none of it stays with the other.
import { describe, expect, it } from 'vitest';
import { editContact } from '../../../server/actions/contact/edit-contact.ts';
import { blockContact } from '../../../server/actions/contact/flag-contact.ts';
import { insertConsent } from '../../../server/store/consents.ts';
import { findMerge, saveSnapshot } from '../../../server/store/merges.ts';
import type { Merge } from '../../../server/store/merges.ts';
import { ids, setMergeStage } from '../../helpers/merge-stage.ts';
import { must, newCid } from '../../helpers/server.ts';
import type { VisitorClient } from '../../helpers/server.ts';
import { answer, hmac, say } from '../../helpers/talk.ts';

const stage = setMergeStage();
const { device, proved, sync, card, actorOf, mergeOf, undo, aLead, aUser } = stage;
const byEmail = (email: string) => ({ email, user_hash: hmac(stage.secret, email) });
const begin = async (visitor: VisitorClient): Promise<number> =>
  must(await visitor.send('conversation.start', { cid: newCid() })).conversation.id;

describe('what the host app signed', () => {
  const crm = () => ({ kind: 'token' as const, id: 7, name: 'CRM', workspaceId: stage.server.workspace.id });
  it('goes with the one that brought it, there and back, also where the merge was kept by a version that knew of neither signed fields nor when people signed up', async () => {
    for (const isOld of [false, true]) {
      const [user, lead] = [await aUser(`signed-${isOld}`), await aLead(`signed-${isOld}@example.com`)];
      const by = isOld ? await actorOf() : crm();
      await editContact(stage.server.deps, by, user.id, { company: 'ACME', signed_up_at: '2024-03-12' });
      await editContact(stage.server.deps, by, lead.id, { custom_attributes: { plan: 'pro' } });
      const { id } = await mergeOf(lead.id, user.id);
      expect((await card(user.id)).signedFields).toEqual(isOld ? undefined : ['attributes.plan', 'company', 'signed_up_at']);
      if (isOld)
        await stage.server.deps.store.in(stage.server.workspace.id).write(async (tx) => {
          const { snapshot } = (await findMerge(tx, id)) as Merge;
          const { survivor, absorbed, merged } = snapshot;
          const old = (one: typeof merged) => ({ ...one, signedFields: undefined, signedUpAt: undefined }) as unknown as typeof merged;
          await saveSnapshot(tx, id, { ...snapshot, survivor: old(survivor), absorbed: old(absorbed), merged: old(merged) });
        });
      await undo(id);
      expect(await card(user.id)).toMatchObject({ company: 'ACME', signedUpAt: Date.UTC(2024, 2, 12), attributes: {} });
      expect(await card(lead.id)).not.toHaveProperty('signedUpAt');
      expect(await card(lead.id)).toMatchObject({ company: null, attributes: { plan: 'pro' } });
      expect((await card(user.id)).signedFields).toEqual(isOld ? undefined : ['company', 'signed_up_at']);
      expect((await card(lead.id)).signedFields).toEqual(isOld ? undefined : ['attributes.plan']);
    }
  });
});

describe('whoever signed in while two were one', () => {
  it('a device that came by the second user’s id goes back with the second user: nothing of the first is listed, told, or heard on it', async () => {
    const [one, two] = [await aUser('back-one'), await aUser('back-two')];
    const { id } = await mergeOf(two.id, one.id, { force: true });
    const laptop = await device();
    must(await laptop.send('identify', proved('back-two')));
    const { conversation: begun } = await say(laptop, 'new question', await begin(laptop));
    await undo(id);
    const state = await sync(laptop);
    expect(state.me).toMatchObject({ contact_id: two.id, verified: true });
    expect(ids(state)).toEqual([two.conversation, begun]);
    expect(ids(await sync(one.visitor))).toEqual([one.conversation]);
    expect((await card(two.id)).conversations.map((c) => c.id)).toContain(begun);
    // Neither after a reload.
    const again = await device(laptop.token);
    expect(ids(await sync(again))).toEqual([two.conversation, begun]);
    const heard = laptop.received.length;
    await answer(stage.agent, one.conversation, 'for the first one only');
    await answer(stage.agent, begun, 'for the second one');
    await expect.poll(() => JSON.stringify(laptop.received.slice(heard))).toContain('for the second one');
    expect(JSON.stringify(laptop.received.slice(heard))).not.toContain('for the first one only');
    expect(must(await (await device()).send('identify', proved('back-two'))).contact_id).toBe(two.id);
  });

  it('an account that was signed in to on the absorbed lead’s device goes with that device, with all that it brought', async () => {
    const [older, younger] = [await aLead('account-b@example.com', 'mine is account-b@example.com'), await aLead('account-a@example.com')];
    const before = await card(older.id);
    const merge = await mergeOf(younger.id, older.id);
    expect(merge).toMatchObject({ from: younger.id, into: older.id });
    must(
      await younger.visitor.send(
        'identify',
        proved('account', { email: 'work@example.com', name: 'Wanda Work', company: 'Work', custom_attributes: { plan: 'pro' } }),
      ),
    );
    await undo(merge.id);
    const state = await sync(younger.visitor);
    expect(state.me).toMatchObject({ contact_id: younger.id, verified: true, name: 'Wanda Work' });
    expect(ids(state)).toEqual([younger.conversation]);
    const [left, back] = [await card(older.id), await card(younger.id)];
    expect(left).toMatchObject({ type: 'lead', userId: null, verified: false, name: null, company: null, email: 'account-b@example.com' });
    expect(left.attributes).toEqual(before.attributes);
    expect(left.details).toEqual(before.details);
    expect(back).toMatchObject({ type: 'user', userId: 'account', verified: true, email: 'work@example.com', company: 'Work' });
    expect(back.details.find((d) => d.value === 'work@example.com')).toMatchObject({ status: 'current' });
    expect(must(await (await device()).send('identify', proved('account'))).contact_id).toBe(younger.id);
    expect((await sync(older.visitor)).me).toMatchObject({ contact_id: older.id, verified: false, email: 'account-b@example.com' });
  });

  it('the survivor’s own device that signed in to that account goes with the account, its conversations stay', async () => {
    const [older, younger] = [await aLead('', 'hello'), await aLead('', 'hello')];
    const { id } = await mergeOf(younger.id, older.id);
    must(await younger.visitor.send('identify', proved('shared-account')));
    must(await older.visitor.send('identify', proved('shared-account')));
    await undo(id);
    expect((await sync(older.visitor)).me).toMatchObject({ contact_id: younger.id, verified: true });
    expect(ids(await sync(older.visitor))).toEqual([younger.conversation]);
    expect(await card(older.id)).toMatchObject({ type: 'visitor', userId: null });
    expect((await card(older.id)).conversations.map((c) => c.id)).toEqual([older.conversation]);
  });

  it('of merges within merges each session goes back to where it came from', async () => {
    const [outer, inner, user] = [await aLead('outer@example.com'), await aLead('inner@example.com'), await aUser('within')];
    const first = await mergeOf(inner.id, outer.id);
    const second = await mergeOf(outer.id, user.id);
    const begun = await begin(inner.visitor);
    await say(inner.visitor, 'my number is +49 30 5550188', begun);
    await undo(second.id);
    expect(ids(await sync(inner.visitor))).toEqual([inner.conversation, begun]);
    expect(await card(outer.id)).toMatchObject({ phone: '+49305550188' });
    expect(await card(user.id)).toMatchObject({ phone: null });
    await undo(first.id);
    expect((await sync(inner.visitor)).me).toMatchObject({ contact_id: inner.id });
    expect(await card(inner.id)).toMatchObject({ phone: '+49305550188', email: 'inner@example.com' });
    expect(await card(outer.id)).toMatchObject({ phone: null, email: 'outer@example.com' });
  });

  it('[M11] users known by email only, merged by force, stay one when either signs in again, and are two after the undo', async () => {
    const [one, two] = [await device(), await device()];
    const a = must(await one.send('identify', byEmail('force-one@example.com'))).contact_id;
    const { conversation } = await say(one, 'one');
    const b = must(await two.send('identify', byEmail('force-two@example.com'))).contact_id;
    await say(two, 'two');
    const { id } = await mergeOf(b, a, { force: true });
    expect(must(await two.send('identify', byEmail('force-two@example.com'))).contact_id).toBe(a);
    const laptop = await device();
    expect(must(await laptop.send('identify', byEmail('force-two@example.com'))).contact_id).toBe(a);
    expect(await card(a)).toMatchObject({ email: 'force-one@example.com' });
    await undo(id);
    expect((await sync(laptop)).me).toMatchObject({ contact_id: b, verified: true, email: 'force-two@example.com' });
    expect(ids(await sync(laptop))).not.toContain(conversation);
    expect(must(await (await device()).send('identify', byEmail('force-two@example.com'))).contact_id).toBe(b);
    expect(must(await (await device()).send('identify', byEmail('force-one@example.com'))).contact_id).toBe(a);
  });
});

describe('values that more than one brought', () => {
  it('two merges with the same values, undone oldest first, leave nothing', async () => {
    const user = await aUser('twice');
    const before = await card(user.id);
    const [one, two] = [await aLead('twice@example.com'), await aLead('twice@example.com')];
    for (const lead of [one, two]) must(await stage.agent.send('contact.tag', { contact: lead.id, tag: 'twice', on: true }));
    const [first, second] = [await mergeOf(one.id, user.id), await mergeOf(two.id, user.id)];
    await undo(first.id);
    expect(await card(user.id)).toMatchObject({ email: 'twice@example.com', tags: ['twice'] });
    await undo(second.id);
    const { email, tags, createdAt, firstTouch } = before;
    expect(await card(user.id)).toMatchObject({ email, tags, createdAt, firstTouch });
    expect(email).toBeNull();
  });

  it('[M21] the tags by which people are found are united by a merge, and each one’s own after its undo', async () => {
    const [lead, user] = [await aLead('found@example.com'), await aUser('found')];
    for (const [id, tag] of [
      [lead.id, 'fair'],
      [lead.id, 'both'],
      [user.id, 'both'],
      [user.id, 'vip'],
    ] as const)
      must(await stage.agent.send('contact.tag', { contact: id, tag, on: true }));
    const found = async () => {
      const rows = await stage.server.deps.store
        .in('main')
        .read((tx) =>
          tx.execute((db) =>
            db.selectFrom('contact_tags').select(['contact_id as id', 'tag']).where('contact_id', 'in', [lead.id, user.id]),
          ),
        );
      return [lead, user].map(({ id }) => rows.flatMap((row) => (row.id === id ? [row.tag] : [])).toSorted());
    };
    const { id } = await mergeOf(lead.id, user.id);
    expect(await found()).toEqual([[], ['both', 'fair', 'vip']]);
    await undo(id);
    expect(await found()).toEqual([
      ['both', 'fair'],
      ['both', 'vip'],
    ]);
  });

  it('[M22] nor does the block of two leads stay, which is one on each of them', async () => {
    const user = await aUser('blocks');
    const [one, two, third] = [await aLead('blocks1@example.com'), await aLead('blocks2@example.com'), await aLead('blocks3@example.com')];
    for (const lead of [one, two]) await blockContact(stage.server.deps, await actorOf(), lead.id, true);
    const merges = [await mergeOf(third.id, user.id), await mergeOf(one.id, user.id), await mergeOf(two.id, user.id)];
    for (const { id } of merges) await undo(id);
    const blocked = async (id: string): Promise<boolean> => (await card(id)).blocked;
    expect([await blocked(user.id), await blocked(third.id), await blocked(one.id), await blocked(two.id)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('[M22] a block lifted and put on again while they were one is on both; so is what was unsubscribed', async () => {
    const [lead, user] = [await aLead('again@example.com'), await aUser('again')];
    await blockContact(stage.server.deps, await actorOf(), lead.id, true);
    const { id } = await mergeOf(lead.id, user.id);
    for (const on of [false, true]) await blockContact(stage.server.deps, await actorOf(), user.id, on);
    await editContact(stage.server.deps, await actorOf(), user.id, { unsubscribed: true });
    await undo(id);
    for (const each of [lead, user]) expect(await card(each.id)).toMatchObject({ blocked: true, unsubscribed: true });
  });

  it('an address that both devices said while they were one is both’s', async () => {
    const [lead, user] = [await aLead('', 'hello'), await aUser('both-said')];
    const { id } = await mergeOf(lead.id, user.id);
    await say(lead.visitor, 'mail me at both-said@example.com', lead.conversation);
    await say(user.visitor, 'mail me at both-said@example.com', user.conversation);
    await undo(id);
    for (const each of [lead, user]) expect(await card(each.id)).toMatchObject({ email: 'both-said@example.com' });
  });

  it('what the survivor’s own app or device said since is its own, though the other had brought it', async () => {
    const [user, other] = [await aUser('own-app'), await aUser('own-device')];
    const [one, two] = [await aLead('own-app@example.com'), await aLead('own-device@example.com')];
    const merges = [await mergeOf(one.id, user.id), await mergeOf(two.id, other.id)];
    must(await (await device()).send('identify', proved('own-app', { email: 'own-app@example.com' })));
    await say(other.visitor, 'mail me at own-device@example.com', other.conversation);
    for (const { id } of merges) await undo(id);
    expect(await card(user.id)).toMatchObject({ email: 'own-app@example.com' });
    expect(await card(other.id)).toMatchObject({ email: 'own-device@example.com' });
    expect(await card(one.id)).toMatchObject({ email: 'own-app@example.com' });
    expect(await card(two.id)).toMatchObject({ email: 'own-device@example.com' });
  });
});

describe('what was given in a conversation that goes back', () => {
  it('a consent goes back with it', async () => {
    const [lead, user] = [await aLead('consent@example.com'), await aUser('consent')];
    const { id } = await mergeOf(lead.id, user.id);
    const given = { version: 1, text: 'ok', how: 'asked', messageId: null, at: 1 } as const;
    await stage.server.deps.store.in('main').write(async (tx) => {
      for (const { conversation } of [lead, user]) await insertConsent(tx, { contactId: user.id, conversationId: conversation, ...given });
    });
    await undo(id);
    for (const each of [lead, user]) expect((await card(each.id)).consents).toHaveLength(1);
  });
});

it('[M21] asked for again, a merge in which `from` survived is the first one’s answer', async () => {
  const [lead, user] = [await aLead('asked-again@example.com'), await aUser('asked-again')];
  const first = await mergeOf(user.id, lead.id);
  expect(first).toMatchObject({ from: lead.id, into: user.id });
  expect(await mergeOf(user.id, lead.id)).toEqual(first);
});
