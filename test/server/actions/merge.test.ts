// M20 to M24 as agents and other servers do them: merged by hand, seen live on every screen.
import { expect, it, describe } from 'vitest';
import type { Actor } from '../../../server/actions/actor.ts';
import { editContact } from '../../../server/actions/contact/edit-contact.ts';
import { mergeByRequest, previewMerge } from '../../../server/actions/contact/merge.ts';
import { ids, refusal, setMergeStage } from '../../helpers/merge-stage.ts';
import { aConversation } from '../../helpers/rows.ts';
import { must, newCid } from '../../helpers/server.ts';
import { answer, messagesOf, say } from '../../helpers/talk.ts';

const stage = setMergeStage();
const { device, proved, sync, card, feed, actorOf, mergeOf, undo, idOf, aLead, aUser } = stage;
const api: Actor = { kind: 'token', id: 7, name: 'CRM', workspaceId: 'main' };

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
