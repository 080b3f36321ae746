// M20 to M24 as agents and other servers do them: merged by hand, seen live on every screen, and undone with everything put back.
import { expect, it, describe } from 'vitest';
import type { MergeReply } from '../../../shared/api.ts';
import type { FeedItem } from '../../../shared/protocol.ts';
import type { Actor } from '../../../server/actions/actor.ts';
import { editContact } from '../../../server/actions/contact/edit-contact.ts';
import { mergeByRequest, previewMerge } from '../../../server/actions/contact/merge.ts';
import { undoMerge } from '../../../server/actions/contact/undo-merge.ts';
import { Refusal } from '../../../server/actions/refusal.ts';
import { setIdentityStage } from '../../helpers/identity-stage.ts';
import { aConversation } from '../../helpers/rows.ts';
import { must, newCid } from '../../helpers/server.ts';
import type { VisitorClient } from '../../helpers/server.ts';
import { answer, messagesOf, say } from '../../helpers/talk.ts';

const stage = setIdentityStage();
const { device, proved, sync, card, feed } = stage;

const actorOf = async (name = 'Ada'): Promise<Actor> => ({ kind: 'agent', agent: (await stage.server.agent(name)).agent });
const api: Actor = { kind: 'token', id: 7, name: 'CRM', workspaceId: 'main' };
const mergeOf = async (from: string, into: string, more: object = {}): Promise<MergeReply> =>
  mergeByRequest(stage.server.deps, await actorOf(), { from, into, ...more });
const undo = async (id: number) => undoMerge(stage.server.deps, await actorOf(), id);
const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof Refusal ? error.failure.code : `no refusal: ${String(error)}`;
};
const idOf = async (visitor: VisitorClient): Promise<string> => (await sync(visitor)).me.contact_id ?? '';
async function aLead(email: string, text = `my email is ${email}`): Promise<{ visitor: VisitorClient; id: string; conversation: number }> {
  const visitor = await device();
  const { conversation } = await say(visitor, text);
  return { visitor, id: await idOf(visitor), conversation };
}
async function aUser(userId: string, more: object = {}): Promise<{ visitor: VisitorClient; id: string; conversation: number }> {
  const visitor = await device();
  const { contact_id: id } = must(await visitor.send('identify', proved(userId, more)));
  const { conversation } = await say(visitor, `I am ${userId}`);
  return { visitor, id, conversation };
}
const ids = (reply: { conversations: { id: number }[] }): number[] => reply.conversations.map((c) => c.id).toSorted((a, b) => a - b);

describe('merging by hand', () => {
  it('[M21] a lead goes into a user: conversations, details and tags move, the agent sees it live, the old id leads on', async () => {
    const lead = await aLead('m21@example.com', 'my email is m21@example.com and my number +49 30 1234567');
    const user = await aUser('m21');
    must(await stage.agent.send('contact.tag', { contact: lead.id, tag: 'fair', on: true }));
    const reply = await mergeOf(lead.id, user.id, { note: 'Same person, asked on the phone' });
    expect(reply).toMatchObject({ from: lead.id, into: user.id, contact: { type: 'user', email: 'm21@example.com', tags: ['fair'] } });
    const merged = await card(lead.id);
    expect(merged).toMatchObject({ id: user.id, email: 'm21@example.com', phone: '+49301234567', verified: true });
    expect(merged.conversations.map((c) => c.id).toSorted((a, b) => a - b)).toEqual([lead.conversation, user.conversation]);
    expect(merged.merges).toMatchObject([
      {
        id: reply.id,
        from: { id: lead.id, type: 'lead', email: 'm21@example.com' },
        reason: 'agent',
        by: { name: 'Ada' },
        note: 'Same person, asked on the phone',
      },
    ]);
    await expect
      .poll(() => feed().find((i) => i.mergedFrom === lead.id))
      .toMatchObject({ contactId: user.id, contact: { email: 'm21@example.com' } });
    const told = must(await stage.agent.send('contact.timeline', { contact: user.id })).items;
    expect(told.find((i) => i.type === 'contact.merged')).toMatchObject({
      by: { name: 'Ada' },
      data: { from: lead.id, into: user.id, reason: 'agent', 'after.email': 'm21@example.com' },
    });
    expect(told.map((i) => [i.type, i.contact])).toEqual(
      expect.arrayContaining([
        ['contact.promoted', lead.id],
        ['contact.identified', user.id],
        ['contact.tagged', lead.id],
      ]),
    );
  });

  it('[M21] the user’s other devices hear of the conversations at once, the lead’s own sees only what it began', async () => {
    const lead = await aLead('m21-live@example.com');
    const user = await aUser('m21-live', { name: 'Grace', email: 'grace@example.com' });
    await mergeOf(lead.id, user.id);
    await user.visitor.waitFor('changes', (b: { conversation: number }) => b.conversation === lead.conversation);
    expect(ids(await sync(user.visitor))).toEqual([lead.conversation, user.conversation]);
    await lead.visitor.waitFor('me', (b: { contact_id: string }) => b.contact_id === user.id);
    const seen = await sync(lead.visitor);
    expect(ids(seen)).toEqual([lead.conversation]);
    // The agent's judgement is no proof: the device is told what was said on it, not whom it is taken for.
    expect(seen.me).toEqual({ contact_id: user.id, type: 'user', verified: false, email: 'm21-live@example.com', name: null });
    expect(await lead.visitor.send('conversation.history', { conversation: user.conversation })).toMatchObject({ code: 'not_found' });
    const own = await say(lead.visitor, 'still me', lead.conversation);
    await user.visitor.waitFor('changes', (b: { changes: { seq: number }[] }) => b.changes.some((c) => c.seq === own.seq));
    expect((await messagesOf(lead.visitor, lead.conversation)).map((m) => m.author.name)).toEqual([null, null]);
  });

  it('[M21] the user’s devices also hear the conversation that the lead’s own device begins after it', async () => {
    const [lead, user] = [await aLead('m21-begun@example.com'), await aUser('m21-begun')];
    await mergeOf(lead.id, user.id);
    const begun = must(await lead.visitor.send('conversation.start', { cid: newCid() })).conversation.id;
    await say(lead.visitor, 'another thing', begun);
    const told = await answer(stage.agent, begun, 'the answer');
    for (const { visitor } of [lead, user])
      await visitor.waitFor(
        'changes',
        (b: { conversation: number; changes: { seq: number }[] }) => b.conversation === begun && b.changes.some((c) => c.seq === told.seq),
      );
  });

  it('[M21] a merge leaves one current email, and the attributes of both', async () => {
    const lead = await aLead('m21-named@example.com', 'my email is m21-named@example.com, my phone is +49 30 5550123');
    await editContact(stage.server.deps, api, lead.id, { custom_attributes: { plan: 'z' } });
    const user = await aUser('m21-named', { email: 'm21-own@example.com' });
    await mergeOf(lead.id, user.id);
    const { details, attributes } = await card(user.id);
    expect(attributes).toEqual({ plan: 'z' });
    expect(details.flatMap((d) => (d.status === 'current' ? [d.value] : [])).toSorted()).toEqual(['+49305550123', 'm21-own@example.com']);
  });

  it('[M21] neither of two leads’ devices is told what was said on the other: not at the merge, not at a change, not after coming back', async () => {
    const other = await aLead('m21-told@example.com', 'I am Vera Victim, m21-told@example.com');
    const own = await aLead('none', 'hello, I give no address');
    await mergeOf(own.id, other.id);
    const nothing = { contact_id: other.id, type: 'lead', verified: false, email: null, name: null };
    expect(await own.visitor.waitFor('me', (me: { contact_id: string }) => me.contact_id === other.id)).toEqual(nothing);
    expect((await sync(own.visitor)).me).toEqual(nothing);
    await say(own.visitor, 'my number is +49 30 7654321', own.conversation);
    await say(own.visitor, 'I am Otto', own.conversation);
    expect((await sync(await device(own.visitor.token))).me).toMatchObject({ email: null, name: 'Otto' });
    expect(JSON.stringify(own.visitor.received)).not.toMatch(/Vera|m21-told/);
    expect((await sync(other.visitor)).me).toMatchObject({ email: 'm21-told@example.com', name: 'Vera Victim' });
    // What both say is both's.
    await say(own.visitor, 'write to m21-told@example.com', own.conversation);
    expect((await sync(own.visitor)).me).toMatchObject({ email: 'm21-told@example.com', name: 'Otto' });
  });

  it('[M21] of two leads the older survives, whichever way it was asked; asked again it is the same merge', async () => {
    const [older, younger] = [await aLead('older@example.com'), await aLead('younger@example.com')];
    const first = await mergeOf(older.id, younger.id);
    expect(first).toMatchObject({ from: younger.id, into: older.id });
    expect(await mergeOf(younger.id, older.id)).toEqual(first);
    expect((await card(older.id)).details.filter((d) => d.field === 'email').map((d) => [d.value, d.status])).toEqual([
      ['older@example.com', 'current'],
      ['younger@example.com', 'alternate'],
    ]);
  });

  it('[M21] with itself is refused; two users only an owner merges, by force, and the second’s user_id leads to the first', async () => {
    const [ada, bob] = [await aUser('force-ada'), await aUser('force-bob')];
    expect(await refusal(mergeOf(ada.id, ada.id, { force: true }))).toBe('same_contact');
    expect(await refusal(mergeOf(bob.id, ada.id))).toBe('two_users');
    const { agent } = await stage.server.agent('Ada');
    const colleague: Actor = { kind: 'agent', agent: { ...agent, role: 'agent' } };
    expect(await refusal(mergeByRequest(stage.server.deps, colleague, { from: bob.id, into: ada.id, force: true }))).toBe('forbidden');
    await mergeOf(bob.id, ada.id, { force: true });
    const back = await device();
    expect(must(await back.send('identify', proved('force-bob')))).toMatchObject({ contact_id: ada.id, verified: true });
    expect(await card(ada.id)).toMatchObject({ userId: 'force-ada' });
    expect(ids(await sync(back))).toEqual([ada.conversation, bob.conversation]);
  });

  it('[M21] the preview says what each field would become and why, changes nothing, and picks the survivor itself', async () => {
    const lead = await aLead('preview@example.com', 'my email is preview@example.com, I am Grace Hopper');
    const user = await aUser('preview', { name: 'G. Hopper' });
    const before = [await card(lead.id), await card(user.id)];
    const preview = await previewMerge(stage.server.deps, await actorOf(), { from: user.id, into: lead.id });
    expect(preview).toMatchObject({ into: { id: user.id, type: 'user' }, from: { id: lead.id, type: 'lead' }, needs_force: false });
    expect(preview.conversations).toEqual({ moved: 1, kept: 1 });
    const rows = Object.fromEntries(preview.fields.map((f) => [f.field, [f.outcome, f.why]]));
    expect(rows).toMatchObject({ email: ['adopted', 'only_one'], name: ['discarded', 'survivor_wins'], user_id: ['kept', 'only_one'] });
    expect([await card(lead.id), await card(user.id)]).toEqual(before);
  });

  it('[M9] two devices whose visitors an agent merged sign in as one user, and are that one', async () => {
    const [one, two] = [await device(), await device()];
    for (const visitor of [one, two]) await say(visitor, 'hello');
    await mergeOf(await idOf(two), await idOf(one));
    const first = must(await one.send('identify', proved('both-sides')));
    expect(must(await two.send('identify', proved('both-sides')))).toMatchObject({ contact_id: first.contact_id, verified: true });
    expect(ids(await sync(two))).toEqual(ids(await sync(one)));
  });

  it('[M22] a block survives the merge, and its undoing puts it back on the one it was on', async () => {
    const { blockContact } = await import('../../../server/actions/contact/flag-contact.ts');
    const [lead, user] = [await aLead('blocked@example.com'), await aUser('m22')];
    await blockContact(stage.server.deps, await actorOf(), lead.id, true);
    const { id } = await mergeOf(lead.id, user.id);
    expect(await user.visitor.send('message.send', { cid: newCid(), text: 'hello' })).toMatchObject({
      ok: false,
      code: 'blocked',
      retryable: false,
    });
    await undo(id);
    expect(await card(lead.id)).toMatchObject({ blocked: true });
    expect(await card(user.id)).toMatchObject({ blocked: false });
    await say(user.visitor, 'hello again');
    expect(await lead.visitor.send('message.send', { cid: newCid(), text: 'hello' })).toMatchObject({ code: 'blocked' });
  });
});

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

describe('edited by hand or by another server', () => {
  it('[M24] a type is never set: user to lead is impossible', async () => {
    const user = await aUser('m24-rest', { email: 'm24-rest@example.com' });
    expect(await refusal(editContact(stage.server.deps, api, user.id, { type: 'lead' }))).toBe('type_is_derived');
    await editContact(stage.server.deps, api, user.id, { email: null });
    expect(await card(user.id)).toMatchObject({ type: 'user', email: null });
  });

  it('what an agent says is claimed and never overwrites what is signed; what a token says is signed', async () => {
    const lead = await aLead('edit@example.com');
    await editContact(stage.server.deps, await actorOf(), lead.id, { name: 'By hand', company: 'ACME' });
    expect(await card(lead.id)).toMatchObject({ name: 'By hand', company: 'ACME' });
    const view = await editContact(stage.server.deps, api, lead.id, { name: 'By the CRM' });
    expect(view).toMatchObject({ name: 'By the CRM', name_grade: 'signed' });
    expect(await refusal(editContact(stage.server.deps, await actorOf(), lead.id, { name: 'By hand' }))).toBe('surer_value');
    await editContact(stage.server.deps, api, lead.id, { custom_attributes: { plan: 'pro' } });
    const byHand = (plan: string) => editContact(stage.server.deps, agent, lead.id, { company: 'ACME Ltd', custom_attributes: { plan } });
    const agent = await actorOf();
    expect(await refusal(byHand('free'))).toBe('surer_value');
    expect(await card(lead.id)).toMatchObject({ company: 'ACME', attributes: { plan: 'pro' } });
    expect(await byHand('pro')).toMatchObject({ company: 'ACME Ltd', custom_attributes: { plan: 'pro' } });
    const told = must(await stage.agent.send('contact.timeline', { contact: lead.id })).items.filter((i) => i.type === 'contact.updated');
    expect(told.map((i) => [i.data['field'], i.data['by'], i.data['value']])).toEqual([
      ['company', 'agent', 'ACME Ltd'],
      ['plan', 'api', 'pro'],
      ['name', 'api', 'By the CRM'],
      ['company', 'agent', 'ACME'],
      ['name', 'agent', 'By hand'],
    ]);
  });

  it('an attribute of the host’s own cannot bear the name of what is known otherwise, nor be taken for it', async () => {
    const { id } = await aLead('own-names@example.com');
    const before = await card(id);
    for (const name of ['email', 'type', 'verified', 'user_id', 'phone', 'score'])
      for (const actor of [api, await actorOf()])
        expect(await refusal(editContact(stage.server.deps, actor, id, { custom_attributes: { plan: 'pro', [name]: 'x' } })), name).toBe(
          'form_invalid',
        );
    expect(await card(id)).toEqual(before);
    expect(await editContact(stage.server.deps, api, id, { custom_attributes: { plan: 'pro', email: null } })).toMatchObject({
      custom_attributes: { plan: 'pro' },
    });
  });

  it('an email given to a visitor makes a lead; a user_id from the server makes a user, which no other contact has', async () => {
    const visitor = await device();
    await say(visitor, 'hello');
    const id = await idOf(visitor);
    expect(await editContact(stage.server.deps, await actorOf(), id, { email: 'By-Hand@Example.com' })).toMatchObject({
      type: 'lead',
      email: 'by-hand@example.com',
    });
    expect(await editContact(stage.server.deps, api, id, { user_id: 'from-rest' })).toMatchObject({ type: 'user', verified: true });
    const other = await aLead('other-rest@example.com');
    expect(await refusal(editContact(stage.server.deps, api, other.id, { user_id: 'from-rest' }))).toBe('in_use');
    for (const user_id of [2 ** 53, 4.5, 0, 'undefined'])
      expect(await refusal(editContact(stage.server.deps, api, other.id, { user_id }))).toBe('invalid_identity');
  });

  it('[M21] a merged lead’s device lists its own conversation, however many newer ones the survivor has', async () => {
    const [lead, user] = [await aLead('among-many@example.com'), await aUser('of-many')];
    const scope = stage.server.deps.store.in('main');
    for (let i = 0; i < 50; i++) await aConversation(scope, user.id, Date.now() + 1000 + i);
    await mergeOf(lead.id, user.id);
    expect((await sync(lead.visitor)).conversations.map(({ id }) => id)).toEqual([lead.conversation]);
  });
});
