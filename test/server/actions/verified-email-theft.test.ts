// M20 against thieves: somebody types another person's address, an agent asks for the proof, and the person clicks without thinking. Their
// conversations become one contact's for the team; on the thief's device nothing of the other device appears, whatever is tried there.
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../shared/conversation.ts';
import type { Failure } from '../../../shared/errors.ts';
import { factsOf } from '../../../server/actions/bot-facts.ts';
import { mergeByRequest } from '../../../server/actions/contact/merge.ts';
import { openTurn } from '../../../server/actions/turn.ts';
import { findContact, lockContact, saveContact } from '../../../server/store/contacts.ts';
import { findConversation } from '../../../server/store/conversations.ts';
import type { Flow } from '../../../shared/bot/flow.ts';
import { describeStores } from '../../helpers/databases.ts';
import { connectVisitor, must, newCid } from '../../helpers/server.ts';
import type { VisitorClient } from '../../helpers/server.ts';
import { answer, hmac, identitySecret, jwt, logOf, messagesOf, pushed, say } from '../../helpers/talk.ts';
import { setVerificationStage } from '../../helpers/verification-stage.ts';
import type { Person } from '../../helpers/verification-stage.ts';

const secret = 'the gate code is 4711';
const byNumber = (a: number, b: number): number => a - b;

describeStores('a thief with somebody else’s address', (places) => {
  const stage = setVerificationStage(places);
  const { lead, user, prove, card } = stage;

  interface Robbery {
    victim: Person;
    thief: Person;
    /** What must never stand on the thief's device. */
    hidden: string[];
  }
  let robberies = 0;
  async function rob(who: 'lead' | 'user', first: 'victim' | 'thief'): Promise<Robbery> {
    const mailbox = `victim-${++robberies}-${places.dialect}@acme.com`;
    const phone = `+4930123${String(4000 + robberies)}`;
    const comeVictim = async (): Promise<Person> => {
      const victim = who === 'lead' ? await lead(mailbox, `I am Vera Victim, ${mailbox}, ${phone}`) : await user({ email: mailbox });
      if (who === 'user') await say(victim.visitor, `I am Vera Victim, my number is ${phone}`, victim.conversation);
      await say(victim.visitor, secret, victim.conversation);
      return victim;
    };
    const comeThief = (): Promise<Person> => lead(mailbox, `hello, mine is ${mailbox}`);
    const [one, other] = first === 'victim' ? [await comeVictim(), await comeThief()] : [await comeThief(), await comeVictim()];
    const [victim, thief] = first === 'victim' ? [one, other] : [other, one];
    if (who === 'lead') await prove(victim.id);
    expect(await prove(thief.id)).toBe('confirmed');
    expect((await card(thief.id)).id).toBe((await card(victim.id)).id);
    return { victim, thief, hidden: ['Vera', 'Victim', phone, secret] };
  }

  const everything = async ({ visitor }: Person): Promise<string> => {
    const sync = must(await visitor.send('sync', {}));
    const logs = await Promise.all(sync.conversations.map((c) => messagesOf(visitor, c.id)));
    return JSON.stringify([visitor.received, sync, logs]);
  };
  async function seesOnlyItsOwn({ thief, victim, hidden }: Robbery): Promise<void> {
    const seen = await everything(thief);
    for (const word of hidden) expect(seen).not.toContain(word);
    const { me, conversations } = must(await thief.visitor.send('sync', {}));
    expect(me.verified).toBe(false);
    expect(conversations.map((c) => c.id)).not.toContain(victim.conversation);
  }
  const refusal = async (work: Promise<unknown>): Promise<Failure['code'] | null> => ((await work) as Partial<Failure>).code ?? null;

  describe.each([
    ['lead', 'victim'],
    ['lead', 'thief'],
    ['user', 'victim'],
    ['user', 'thief'],
  ] as const)('of a %s, the %s being here first', (who, first) => {
    it('[M20] sees the own conversation and nothing else: not at once, not live, not after coming back', async () => {
      const robbery = await rob(who, first);
      const { victim, thief } = robbery;
      await seesOnlyItsOwn(robbery);
      await say(victim.visitor, `${secret}, again`, victim.conversation);
      await answer(stage.agent, victim.conversation, `Thank you, Vera Victim: ${secret}`);
      await answer(stage.agent, thief.conversation, 'What can I do for you?');
      await expect.poll(async () => (await messagesOf(thief.visitor, thief.conversation)).at(-1)?.text).toBe('What can I do for you?');
      await seesOnlyItsOwn(robbery);
      const again = await connectVisitor(stage.server, { token: thief.visitor.token });
      await seesOnlyItsOwn({ ...robbery, thief: { ...thief, visitor: again } });
      again.close();
    });

    it('[M20] can neither read, write, mark nor follow the victim’s conversation', async () => {
      const { victim, thief } = await rob(who, first);
      const { visitor } = thief;
      const { conversation } = victim;
      expect(await refusal(visitor.send('conversation.history', { conversation }))).toBe('not_found');
      expect(await refusal(visitor.send('message.send', { cid: newCid(), text: 'let me in', conversation }))).toBe('not_found');
      expect(await refusal(visitor.send('conversation.read', { conversation, seq: 1 }))).toBe('not_found');
      const { conversations } = must(await visitor.send('sync', { conversations: { [String(conversation)]: 0 } } as never));
      expect(conversations.map((c) => c.id)).toEqual([thief.conversation]);
    });

    it('[M6][M20] signing in with an account of one’s own does not open it, with the address beside the proof neither', async () => {
      for (const more of [{}, { email: 'victim' }]) {
        const robbery = await rob(who, first);
        const { thief, victim } = robbery;
        const userId = `thief-${robberies}-${places.dialect}`;
        const email = (await card(victim.id)).email ?? '';
        const body = { user_id: userId, user_hash: hmac(identitySecret(stage.server), userId), ...('email' in more && { email }) };
        const reply = must(await thief.visitor.send('identify', body));
        expect(reply.verified).toBe(true);
        expect(reply.contact_id).not.toBe((await card(victim.id)).id);
        const { conversations } = must(await thief.visitor.send('sync', {}));
        expect(conversations.map((c) => c.id)).not.toContain(victim.conversation);
        const seen = await everything(thief);
        for (const word of robbery.hidden) expect(seen).not.toContain(word);
        // Once more, now that the account is there, from where the thief stood before.
        const second = await lead(email, `it is me, ${email}`);
        expect(await prove(second.id)).toBe('confirmed');
        must(await second.visitor.send('identify', body));
        const now = must(await second.visitor.send('sync', {}));
        expect(now.conversations.map((c) => c.id)).not.toContain(victim.conversation);
      }
    });

    it('[M14][M20] what the thief’s page says without a proof is no part of the victim’s contact', async () => {
      const { victim, thief } = await rob(who, first);
      const before = await card(victim.id);
      const reply = must(await thief.visitor.send('identify', { user_id: 'evil', name: 'Eve', phone: '+4930999', company: 'Evil' }));
      expect(reply.contact_id).not.toBe(before.id);
      expect(await card(victim.id)).toMatchObject({
        type: before.type,
        name: before.name,
        phone: before.phone,
        company: null,
        claimedUserId: null,
      });
    });

    it('[M20] the entry that reopens the thief’s conversation names nobody: not live, not in the history', async () => {
      const robbery = await rob(who, first);
      const { thief } = robbery;
      must(await stage.agent.send('conversation.close', { cid: newCid(), conversation: thief.conversation }));
      await say(thief.visitor, 'hello?', thief.conversation);
      const reopened = (c: Change): boolean => c.kind === 'status' && c.status === 'open';
      await expect.poll(() => pushed(thief.visitor, thief.conversation).filter(reopened)).toMatchObject([{ by: { name: null } }]);
      expect((await logOf(thief.visitor, thief.conversation)).filter(reopened)).toMatchObject([{ by: { name: null } }]);
      await seesOnlyItsOwn(robbery);
    });

    it('[M3] typing what the victim may have typed tells nothing: it is taken as new', async () => {
      const { thief, hidden } = await rob(who, first);
      const [, , phone = ''] = hidden;
      await say(thief.visitor, `my number is ${phone}`, thief.conversation);
      const last = (await messagesOf(thief.visitor, thief.conversation)).findLast((message) => message.author.kind === 'contact');
      expect(last?.captured).toEqual([{ field: 'phone', value: phone }]);
    });
  });

  it('[M15][M20] the victim who signs in by that very address has all of it, the thief’s conversation too', async () => {
    const { victim, thief } = await rob('lead', 'victim');
    const { email } = await card(victim.id);
    must(await victim.visitor.send('identify', { email: email ?? '', user_hash: hmac(identitySecret(stage.server), email ?? '') }));
    const { conversations, me } = must(await victim.visitor.send('sync', {}));
    expect(me.verified).toBe(true);
    expect(conversations.map((c) => c.id).toSorted(byNumber)).toEqual([victim.conversation, thief.conversation].toSorted(byNumber));
  });

  it('[M14][M20] the victim who signs in keeps the history of this device, whatever the thief’s page said before', async () => {
    const { victim, thief } = await rob('lead', 'victim');
    const { email } = await card(victim.id);
    must(await thief.visitor.send('identify', { user_id: 'evil' }));
    const body = { user_jwt: await jwt(identitySecret(stage.server), { user_id: `vera-${places.dialect}`, email }) };
    must(await victim.visitor.send('identify', body));
    expect(must(await victim.visitor.send('sync', {})).conversations.map((c) => c.id)).toContain(victim.conversation);
  });
});

describeStores('a device whose contact an agent merged into one with a proved address', (places) => {
  const stage = setVerificationStage(places);
  const { lead, prove } = stage;

  it('[M21] is not told that address', async () => {
    const other = await lead('m21-proved@acme.com');
    await prove(other.id);
    const own = await lead('none', 'hello, I give no address');
    await mergeByRequest(stage.server.deps, stage.actor, { from: own.id, into: other.id });
    expect(must(await own.visitor.send('sync', {})).me).toMatchObject({ contact_id: other.id, email: null });
    expect(JSON.stringify(own.visitor.received)).not.toContain('m21-proved');
  });
});

describeStores('the bot, to a thief', (places) => {
  const stage = setVerificationStage(places, { settings: { bot: 'on' } });

  const textsOf = async (visitor: VisitorClient, conversation: number): Promise<string> =>
    (await messagesOf(visitor, conversation)).map((message) => message.text).join('\n');

  it('[M20] greets whom it knows from this device, and asks for what was said on another', async () => {
    const mailbox = `bot-${places.dialect}@acme.com`;
    const victim = await stage.lead(mailbox, `I am Vera Victim, ${mailbox}, +49 30 1234567`);
    const thief = await stage.lead(mailbox, mailbox);
    await stage.prove(victim.id);
    await stage.prove(thief.id);
    expect((await stage.card(thief.id)).id).toBe((await stage.card(victim.id)).id);
    stage.clock.now += 1000;
    const begin = async (visitor: VisitorClient) => must(await visitor.send('conversation.start', { cid: newCid() })).conversation.id;
    const forThief = await textsOf(thief.visitor, await begin(thief.visitor));
    expect(forThief).toMatch(/^Hi!/);
    expect(forThief).not.toContain('Vera');
    expect(await textsOf(victim.visitor, await begin(victim.visitor))).toMatch(/^Hi Vera!/);
  });

  it('[M21] knows no more where an agent merged the two, and nothing was proved', async () => {
    const other = await stage.lead(`merged-${places.dialect}@acme.com`, `I am Vera Victim, merged-${places.dialect}@acme.com`);
    const own = await stage.lead('none', 'hello');
    await mergeByRequest(stage.server.deps, stage.actor, { from: own.id, into: other.id });
    const { conversation } = must(await own.visitor.send('conversation.start', { cid: newCid() }));
    expect(await textsOf(own.visitor, conversation.id)).toMatch(/^Hi!/);
  });

  it('[M20] that goes on by itself is not told where the victim’s device is, nor in which language', async () => {
    const mailbox = `page-${places.dialect}@acme.com`;
    const [victim, thief] = [await stage.lead(mailbox, `I am Vera, ${mailbox}`), await stage.lead(mailbox, mailbox)];
    const { deps, workspace } = stage.server;
    const scope = deps.store.in(workspace.id);
    const page = { pageUrl: 'https://acme.example/orders/secret-4711', pageTitle: 'Order of Vera', language: 'de' };
    await scope.write(async (tx) => saveContact(tx, { ...(await lockContact(tx, victim.id, null)), ...page }));
    const factsFor = (conversationId: number) =>
      scope.read(async (tx) => {
        const conversation = await findConversation(tx, conversationId);
        const contact = conversation && (await findContact(tx, conversation.contactId));
        if (!contact) throw new Error('no such conversation');
        const flow: Flow = { id: 'f', version: 1, name: 'F', start: 's', steps: {} } as never;
        return factsOf({ turn: openTurn(tx, deps.now(), contact, conversation), deps, workspace, visitor: null }, flow);
      });
    const about = { 'page.url': page.pageUrl, 'page.title': page.pageTitle, 'contact.language': 'de' };
    expect(await factsFor(victim.conversation)).toMatchObject(about);
    await stage.prove(victim.id);
    await stage.prove(thief.id);
    expect((await stage.card(thief.id)).id).toBe(victim.id);
    expect(await factsFor(thief.conversation)).toMatchObject({ 'page.url': null, 'page.title': null, 'contact.language': null });
  });
});
