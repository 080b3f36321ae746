// An undone merge puts both back as they were, on every screen, and is told in both histories.
import { expect, it, describe } from 'vitest';
import type { FeedItem } from '../../../shared/protocol.ts';
import { editContact } from '../../../server/actions/contact/edit-contact.ts';
import { ids, refusal, setMergeStage } from '../../helpers/merge-stage.ts';
import { must, newCid } from '../../helpers/server.ts';
import { answer, say } from '../../helpers/talk.ts';

const stage = setMergeStage();
const { device, proved, sync, card, feed, actorOf, mergeOf, undo, idOf, aLead, aUser } = stage;

describe('undoing a merge', () => {
  const still = (of: Awaited<ReturnType<typeof card>>) => ({ ...of, lastSeenAt: 0, online: false, page: null, merges: [], duplicates: [] });

  it('puts both back as they were: fields, details, tags, conversations, consents, and what each device sees, live', async () => {
    const lead = await aLead('undo@example.com', 'my email is undo@example.com, I am Grace Hopper, +49 30 7654321');
    const user = await aUser('undo', { name: 'G. Hopper', company: 'Navy' });
    must(await stage.agent.send('contact.tag', { contact: lead.id, tag: 'navy', on: true }));
    const before = [still(await card(lead.id)), still(await card(user.id))];
    const { id } = await mergeOf(lead.id, user.id);
    await user.visitor.waitFor('changes', (b: { conversation: number }) => b.conversation === lead.conversation);
    const reply = await undo(id);
    expect(reply).toMatchObject({ id, contact: { id: user.id }, restored: { id: lead.id, type: 'lead', email: 'undo@example.com' } });
    expect([still(await card(lead.id)), still(await card(user.id))]).toEqual(before);
    await user.visitor.waitFor('reload', (b: { conversation: number }) => b.conversation === lead.conversation);
    expect(ids(await sync(user.visitor))).toEqual([user.conversation]);
    expect(await user.visitor.send('conversation.history', { conversation: lead.conversation })).toMatchObject({ code: 'not_found' });
    await lead.visitor.waitFor(
      'me',
      (b: { contact_id: string; email: string | null }) => b.contact_id === lead.id && b.email === 'undo@example.com',
    );
    expect(ids(await sync(lead.visitor))).toEqual([lead.conversation]);
    const moved = () => feed().findLast((i: FeedItem) => i.type === 'conversation.moved' && i.conversationId === lead.conversation);
    await expect.poll(moved).toMatchObject({ contactId: lead.id, conversation: { contact: { id: lead.id, email: 'undo@example.com' } } });
    expect(feed().findLast((i) => i.type === 'contact.unmerged')).toMatchObject({ contactId: user.id, restored: { id: lead.id } });
  });

  it('[I12] nothing of a returned conversation reaches the other one’s devices any more', async () => {
    const [lead, user] = [await aLead('quiet@example.com'), await aUser('quiet')];
    const { id } = await mergeOf(lead.id, user.id);
    await user.visitor.waitFor('changes', (b: { conversation: number }) => b.conversation === lead.conversation);
    await sync(user.visitor);
    await undo(id);
    await user.visitor.waitFor('reload', (b: { conversation: number }) => b.conversation === lead.conversation);
    const heard = user.visitor.received.length;
    const { seq } = await answer(stage.agent, lead.conversation, 'for the lead only');
    await lead.visitor.waitFor('changes', (b: { changes: { seq: number }[] }) => b.changes.some((c) => c.seq === seq));
    await answer(stage.agent, user.conversation, 'for the user');
    await expect.poll(() => JSON.stringify(user.visitor.received.slice(heard))).toContain('for the user');
    expect(JSON.stringify(user.visitor.received.slice(heard))).not.toContain('for the lead only');
  });

  it('a conversation begun meanwhile by the lead’s device, and what was read out of it, go back with the lead', async () => {
    const lead = await aLead('since@example.com');
    const user = await aUser('since');
    const { id } = await mergeOf(lead.id, user.id);
    await lead.visitor.waitFor('me', (b: { contact_id: string }) => b.contact_id === user.id);
    const begun = must(await lead.visitor.send('conversation.start', { cid: newCid() })).conversation.id;
    await say(lead.visitor, 'my number is +49 30 5550199', begun);
    expect(await card(user.id)).toMatchObject({ phone: '+49305550199' });
    await undo(id);
    expect(ids(await sync(lead.visitor))).toEqual([lead.conversation, begun]);
    expect(await card(lead.id)).toMatchObject({ phone: '+49305550199', email: 'since@example.com' });
    expect(await card(user.id)).toMatchObject({ phone: null, email: null });
  });

  const history = async (contact: string) => must(await stage.agent.send('contact.timeline', { contact, limit: 100 }));

  it('the one that was merged away tells of it in its own history: into whom, what it said meanwhile, and that it was undone', async () => {
    const lead = await aLead('told@example.com');
    const user = await aUser('told', { name: 'Grace Hopper', email: 'grace-told@example.com' });
    const { id } = await mergeOf(lead.id, user.id, { note: 'She called' });
    await lead.visitor.waitFor('me', (b: { contact_id: string }) => b.contact_id === user.id);
    await say(lead.visitor, 'my number is +49 30 5550188', lead.conversation);
    await say(user.visitor, 'my number is +49 30 5550177', user.conversation);
    await undo(id);
    const { items, people } = await history(lead.id);
    expect(items.slice(0, 3)).toMatchObject([
      { type: 'contact.unmerged', contact: lead.id, data: { from: lead.id, into: user.id, merge: id }, by: { name: 'Ada' } },
      { type: 'detail.captured', contact: user.id, conversation: lead.conversation, data: { value: '+49305550188' } },
      { type: 'contact.merged', contact: lead.id, data: { from: lead.id, into: user.id, merge: id }, note: 'She called' },
    ]);
    expect((await history(user.id)).items.find(({ type }) => type === 'contact.merged')).toMatchObject({ note: 'She called' });
    expect(items.map((item) => item.rev)).toEqual(items.map((item) => item.rev).toSorted((a, b) => b - a));
    expect(items.map((item) => item.data['value'])).not.toContain('+49305550177');
    expect(people).toContainEqual({ id: user.id, name: 'Grace Hopper', email: 'grace-told@example.com' });
    const paged: number[] = [];
    for (let cursor: string | undefined, page = 0; page < 20; page++) {
      const part = must(
        await stage.agent.send('contact.timeline', { contact: lead.id, limit: 2, ...(cursor !== undefined && { cursor }) }),
      );
      paged.push(...part.items.map((item) => item.rev));
      if (part.nextCursor === null) break;
      cursor = part.nextCursor;
    }
    expect(paged).toEqual(items.map((item) => item.rev));
  });

  it('a merge within another is told to whom it happened, and everybody by name', async () => {
    const [lead, one, two] = [
      await aLead('chain@example.com'),
      await aUser('chain-1', { name: 'One' }),
      await aUser('chain-2', { name: 'Two' }),
    ];
    const first = await mergeOf(lead.id, one.id);
    const second = await mergeOf(one.id, two.id, { force: true });
    expect((await history(two.id)).people.map(({ id }) => id)).toEqual(expect.arrayContaining([lead.id, one.id, two.id]));
    await undo(second.id);
    await undo(first.id);
    const merging = (await history(lead.id)).items.filter(({ type }) => type.endsWith('merged'));
    expect(merging.map(({ type, contact, data }) => [type, contact, data['into']])).toEqual([
      ['contact.unmerged', lead.id, one.id],
      ['contact.unmerged', one.id, two.id],
      ['contact.merged', one.id, two.id],
      ['contact.merged', lead.id, one.id],
    ]);
  });

  it('merged again after it was undone, nothing is told twice', async () => {
    const [lead, user] = [await aLead('again@example.com'), await aUser('again')];
    await undo((await mergeOf(lead.id, user.id)).id);
    await mergeOf(lead.id, user.id);
    const { items } = await history(user.id);
    expect(items.filter(({ type }) => type.endsWith('merged')).map(({ type, contact }) => [type, contact])).toEqual([
      ['contact.merged', user.id],
      ['contact.unmerged', user.id],
      ['contact.merged', user.id],
    ]);
    expect(new Set(items.map(({ rev }) => rev)).size).toBe(items.length);
  });

  it('what was changed since by somebody else stays; tags and details of other merges too', async () => {
    const [one, two, user] = [await aLead('one@example.com'), await aLead('two@example.com'), await aUser('several')];
    for (const lead of [one, two]) must(await stage.agent.send('contact.tag', { contact: lead.id, tag: 'both', on: true }));
    const first = await mergeOf(one.id, user.id);
    await mergeOf(two.id, user.id);
    await editContact(stage.server.deps, await actorOf(), user.id, { name: 'Since then' });
    await undo(first.id);
    expect(await card(user.id)).toMatchObject({ name: 'Since then', tags: ['both'], email: 'two@example.com' });
    expect(await card(one.id)).toMatchObject({ tags: ['both'], email: 'one@example.com', name: null });
  });

  it('twice is no more than once; a merge under another one waits for that one to be undone', async () => {
    const [a, b] = [await aLead('a-chain@example.com'), await aLead('b-chain@example.com')];
    const user = await aUser('chain');
    const inner = await mergeOf(b.id, a.id);
    const outer = await mergeOf(a.id, user.id);
    expect(await refusal(undo(inner.id))).toBe('undo_blocked');
    const [once, twice] = [await undo(outer.id), await undo(outer.id)];
    expect({ ...twice, contact: once.contact, restored: once.restored }).toEqual(once);
    await undo(inner.id);
    expect([ids(await sync(a.visitor)), ids(await sync(b.visitor))]).toEqual([[a.conversation], [b.conversation]]);
    expect(await card(b.id)).toMatchObject({ id: b.id, email: 'b-chain@example.com' });
  });

  it('[M7] of a visitor whom an identify merged: the history leaves the user, whose device stays signed in', async () => {
    await aUser('m7-undo');
    const phone = await device();
    const { conversation } = await say(phone, 'not me after all');
    const absorbed = await idOf(phone);
    const { contact_id } = must(await phone.send('identify', proved('m7-undo')));
    const [merge] = (await card(contact_id)).merges;
    expect(merge).toMatchObject({ reason: 'identify', by: null, from: { id: absorbed, type: 'visitor' } });
    await undo(merge?.id ?? 0);
    const state = await sync(phone);
    expect(state.me).toMatchObject({ contact_id, verified: true });
    expect(ids(state)).not.toContain(conversation);
    expect((await card(absorbed)).conversations.map((c) => c.id)).toEqual([conversation]);
  });

  it('what agents missed while away tells them the same: the row belongs to the contact again', async () => {
    const [lead, user] = [await aLead('away@example.com'), await aUser('away')];
    const rev = must(await stage.agent.send('sync', {})).rev;
    const { id } = await mergeOf(lead.id, user.id);
    await undo(id);
    const { connectAgent } = await import('../../helpers/server.ts');
    const late = await connectAgent(stage.server);
    const { epoch } = must(await late.send('sync', {}));
    must(await late.send('sync', { epoch, rev }));
    await late.waitFor('synced');
    const items = late.received.filter((e) => e.name === 'feed').flatMap((e) => (e.body as { items: FeedItem[] }).items);
    expect(items.find((i) => i.type === 'contact.unmerged')).toMatchObject({ contact: { id: user.id }, restored: { id: lead.id } });
    expect(items.findLast((i) => i.conversationId === lead.conversation)?.conversation?.contact.id).toBe(lead.id);
    late.close();
  });
});
