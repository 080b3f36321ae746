// From a page load to a lead: what is stored when, and what an email in a chat may and may not do.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedItem } from '../../../shared/protocol.ts';
import { lockConversation, saveConversation } from '../../../server/store/conversations.ts';
import { insertMessage } from '../../../server/store/messages.ts';
import { connectAgent, connectVisitor, must, newCid, newVisitorToken, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer, VisitorClient } from '../../helpers/server.ts';
import { answer, arrive, hmac, identitySecret, logOf, messagesOf, putForm, say } from '../../helpers/talk.ts';

let server: TestServer;
let agent: AgentClient;
const clients: { close(): void }[] = [];

beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off' } });
  agent = await connectAgent(server);
  must(await agent.send('sync', {}));
  clients.push(agent);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

async function newcomer(): Promise<VisitorClient> {
  const visitor = await arrive(server);
  clients.push(visitor);
  return visitor;
}

const count = async (table: 'contacts' | 'sessions' | 'conversations' | 'messages' | 'changes' | 'events'): Promise<number> =>
  (await server.deps.store.in('').read((tx) => tx.execute((db) => db.selectFrom(table).select((eb) => eb.lit(1).as('one'))))).length;
const everything = async (): Promise<number[]> =>
  Promise.all((['contacts', 'sessions', 'conversations', 'messages', 'changes', 'events'] as const).map((table) => count(table)));

const feedItem = (fits: (item: FeedItem) => boolean): Promise<FeedItem> =>
  agent.waitFor<{ items: FeedItem[] }>('feed', (b) => b.items.some(fits)).then((b) => b.items.find(fits) as FeedItem);

describe('before the first act', () => {
  it('[M1] connecting, syncing, asking for a history and leaving stores nothing', async () => {
    const before = await everything();
    for (const more of [
      {},
      { token: newVisitorToken() },
      { language: 'sv-SE', page: { url: 'https://shop.example/', title: 'Shop', referrer: 'https://x.example' } },
    ]) {
      const visitor = await connectVisitor(server, more);
      const state = must(await visitor.send('sync', {}));
      expect(state).toEqual({
        ok: true,
        epoch: server.deps.store.epoch,
        me: { contact_id: null, type: 'visitor', verified: false, email: null, name: null },
        conversations: [],
      });
      await visitor.send('conversation.history', { conversation: 1 });
      await visitor.send('conversation.read', { conversation: 1, seq: 1 });
      await visitor.send('typing', { conversation: 1, on: true });
      await visitor.send('session.end', {});
      await visitor.send('message.send', { cid: newCid(), text: '' });
      visitor.close();
    }
    expect(await everything()).toEqual(before);
  });

  it('[M1] the first message makes one contact and one session, with the page it came from', async () => {
    const [contacts = 0, sessions = 0] = await everything();
    const visitor = await connectVisitor(server, { language: 'sv-SE', page: { url: 'https://shop.example/prices', title: 'Prices' } });
    clients.push(visitor);
    const { conversation } = await say(visitor, 'Hello');
    const [contactsNow, sessionsNow] = await everything();
    expect([contactsNow, sessionsNow]).toEqual([contacts + 1, sessions + 1]);
    const { contact } = must(await agent.send('conversation.get', { conversation })).conversation;
    const card = must(await agent.send('contact.get', { contact: contact.id })).contact;
    expect(card).toMatchObject({
      type: 'visitor',
      email: null,
      language: 'sv-SE',
      page: { url: 'https://shop.example/prices', title: 'Prices' },
      online: true,
    });
  });

  it('without a session token, an act is refused with the reason', async () => {
    const { io } = await import('socket.io-client');
    const socket = io(`${server.url}/visitor`, {
      transports: ['websocket'],
      forceNew: true,
      auth: { appId: server.workspace.appId, protocol: 1 },
    });
    clients.push(socket);
    for (const [name, body] of [
      ['message.send', { cid: newCid(), text: 'x' }],
      ['conversation.start', { cid: newCid() }],
      ['identify', { user_id: 'u' }],
    ] as const) {
      expect(await socket.timeout(5000).emitWithAck(name, body), name).toMatchObject({ ok: false, code: 'unauthorized' });
    }
  });
});

describe('a visitor that writes', () => {
  it('[M2] without an email stays a visitor; the conversation is attached to it', async () => {
    const visitor = await newcomer();
    const { conversation } = await say(visitor, 'Do you ship to Norway?');
    await say(visitor, 'I am Ada Lovelace, call me on +46 70 123 45 67', conversation);
    const { me, conversations } = must(await visitor.send('sync', {}));
    expect(me).toMatchObject({ type: 'visitor', email: null, verified: false });
    expect(conversations.map((c) => c.id)).toEqual([conversation]);
  });

  it('a phone number makes a lead where the workspace’s setting says so', async () => {
    const own = await startServer({ settings: { bot: 'off', phoneMakesLead: true } });
    const visitor = await arrive(own);
    await say(visitor, 'call me on +46 70 123 45 67');
    expect(must(await visitor.send('sync', {})).me.type).toBe('lead');
    visitor.close();
    await own.stop();
  });

  it('[M3] with an email becomes a lead in place, once, in the transaction of the message; the agent sees it live', async () => {
    const visitor = await newcomer();
    const { conversation } = await say(visitor, 'Hello');
    const before = must(await visitor.send('sync', {})).me.contact_id;
    const told = await say(visitor, 'my email is live-lead@example.com', conversation);
    const promoted = await feedItem((i) => i.type === 'contact.promoted' && i.conversationId === conversation);
    expect(promoted).toMatchObject({
      contactId: before,
      contact: { id: before, type: 'lead', email: 'live-lead@example.com', verified: false },
    });
    const message = await feedItem((i) => i.conversationId === conversation && i.change?.seq === told.seq);
    expect(promoted.at).toBe(message.at);
    expect(must(await visitor.send('sync', {})).me).toMatchObject({ contact_id: before, type: 'lead', email: 'live-lead@example.com' });
    await say(visitor, 'as said: live-lead@example.com, or live-lead-2@example.com', conversation);
    const timeline = must(await agent.send('contact.timeline', { contact: before ?? '' })).items;
    expect(timeline.filter((i) => i.type === 'contact.promoted')).toMatchObject([
      { message: told.id, data: { from: 'visitor', to: 'lead' } },
    ]);
  });

  it('[M3] a form’s email makes a lead too; a wrong one is named and nothing is stored', async () => {
    const visitor = await newcomer();
    const { conversation } = await say(visitor, 'Hello');
    const form = await putForm(server, conversation, [
      { name: 'email', kind: 'email', label: 'Email', required: true },
      { name: 'who', kind: 'name', label: 'Name', required: true },
      { name: 'seats', kind: 'number', label: 'Seats', required: false },
    ]);
    const submit = (values: Record<string, string | number>) =>
      visitor.send('form.submit', { cid: newCid(), conversation, message: form, values });
    const before = await logOf(visitor, conversation);
    expect(await submit({ email: 'nonsense', seats: 'many' })).toMatchObject({
      ok: false,
      code: 'form_invalid',
      retryable: false,
      errors: [{ pointer: '/values/email' }, { pointer: '/values/who' }, { pointer: '/values/seats' }],
    });
    expect(await logOf(visitor, conversation)).toEqual(before);
    must(await submit({ email: 'Form@Example.com', who: 'xi', seats: '12' }));
    const { me } = must(await visitor.send('sync', {}));
    expect(me).toMatchObject({ type: 'lead', email: 'form@example.com', name: 'xi' });
    const card = must(await agent.send('contact.get', { contact: me.contact_id ?? '' })).contact;
    expect(card.attributes).toMatchObject({ seats: 12 });
    expect(card.details.find((d) => d.field === 'email')).toMatchObject({
      value: 'form@example.com',
      grade: 'claimed',
      status: 'current',
      source: { kind: 'form', conversation, message: form },
    });
  });

  it('[M4] a second email stands beside the first; a correction takes its place, the first is kept as alternate', async () => {
    const visitor = await newcomer();
    const { conversation } = await say(visitor, 'my email is one@example.com');
    await say(visitor, 'my colleague uses two@example.com', conversation);
    expect(must(await visitor.send('sync', {})).me.email).toBe('one@example.com');
    const { me } = must(await visitor.send('sync', {}));
    await say(visitor, 'no wait, my email is three@example.com', conversation);
    expect(must(await visitor.send('sync', {})).me.email).toBe('three@example.com');
    const { details } = must(await agent.send('contact.get', { contact: me.contact_id ?? '' })).contact;
    const emails = details.filter((d) => d.field === 'email').map((d) => [d.value, d.status]);
    expect(emails).toContainEqual(['one@example.com', 'alternate']);
    expect(emails).toContainEqual(['three@example.com', 'current']);
    expect(emails.filter(([, status]) => status === 'current')).toHaveLength(1);
  });

  it('[M4] an email that was asked for takes the place of the one before, which is kept as alternate', async () => {
    const visitor = await newcomer();
    const { conversation } = await say(visitor, 'my email is before@example.com');
    await server.deps.store.in(server.workspace.id).write(async (tx) => {
      const row = await lockConversation(tx, conversation);
      if (!row) throw new Error('the conversation is gone');
      const [seq, author] = [row.seq + 1, { kind: 'bot', id: null, name: null }] as const;
      const message = {
        conversationId: conversation,
        seq,
        side: 'bot',
        cid: 'asks-again',
        bodyHash: '',
        author,
        kind: 'text',
        createdAt: 1,
      } as const;
      await insertMessage(tx, { ...message, text: 'Which address shall we write to?', data: { asks: 'email' } });
      await saveConversation(tx, { ...row, seq });
    });
    await say(visitor, 'asked-for@example.com', conversation);
    const { me } = must(await visitor.send('sync', {}));
    expect(me).toMatchObject({ type: 'lead', email: 'asked-for@example.com' });
    const { details } = must(await agent.send('contact.get', { contact: me.contact_id ?? '' })).contact;
    expect(details.filter((d) => d.field === 'email').map((d) => [d.value, d.status])).toEqual([
      ['before@example.com', 'alternate'],
      ['asked-for@example.com', 'current'],
    ]);
  });

  it('[M5] a user who types an email stays that user with that email; the typed one is kept beside', async () => {
    const visitor = await newcomer();
    const secret = identitySecret(server);
    must(await visitor.send('identify', { email: 'signed@example.com', user_hash: hmac(secret, 'signed@example.com') }));
    const { conversation } = await say(visitor, 'sorry, my email is typed@example.com');
    const { me } = must(await visitor.send('sync', {}));
    expect(me).toMatchObject({ type: 'user', verified: true, email: 'signed@example.com' });
    const { details } = must(await agent.send('contact.get', { contact: me.contact_id ?? '' })).contact;
    expect(details.filter((d) => d.field === 'email')).toMatchObject([
      { value: 'signed@example.com', grade: 'signed', status: 'current', source: { kind: 'identify' } },
      { value: 'typed@example.com', grade: 'claimed', status: 'alternate', source: { kind: 'message', conversation } },
    ]);
  });
});

describe('what an answer gives away', () => {
  /** Everything a visitor was told, with ids, times and tokens made equal by order of appearance. */
  function normalised(visitor: VisitorClient, replies: unknown[]): string {
    const seen = new Map<string, string>();
    const name = (value: string): string => seen.get(value) ?? (seen.set(value, `#${seen.size}`).get(value) as string);
    return JSON.stringify({ replies, events: visitor.received.filter((e) => e.name !== 'presence') })
      .replace(/\b1[0-9]{12}\b/g, 'TIME')
      .replace(/"[0-9a-f]{24}"/g, (id) => name(id))
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => name(id))
      .replace(
        /"(id|conversation|message)":(\d+)/g,
        (_, key: string, id: string) => `"${key}":"${name(`${key === 'conversation' ? 'c' : 'x'}${id}`)}"`,
      );
  }

  async function run(email: string): Promise<string> {
    const own = await startServer();
    const secret = identitySecret(own);
    const owner = await arrive(own);
    must(await owner.send('identify', { user_id: 'u-1', email: 'known@example.com', name: 'Known', user_hash: hmac(secret, 'u-1') }));
    await say(owner, 'my private matter');
    const lead = await arrive(own);
    await say(lead, 'I am known-lead@example.com');
    const visitor = await arrive(own);
    const replies: unknown[] = [];
    const first = await say(visitor, `my email is ${email}`);
    replies.push(first);
    replies.push(must(await visitor.send('sync', { conversations: { [first.conversation]: 0 } })));
    await visitor.waitFor('synced');
    replies.push(await say(visitor, `and again: ${email}`, first.conversation));
    replies.push(must(await visitor.send('conversation.history', { conversation: first.conversation })));
    await expect.poll(() => JSON.stringify(visitor.received)).toContain('and again');
    const told = normalised(visitor, replies).replaceAll(email, 'EMAIL');
    for (const client of [owner, lead, visitor]) client.close();
    await own.stop();
    return told;
  }

  it('[M3] the answers to an email are byte-identical whether it is a user’s, a lead’s, or nobody’s', async () => {
    const nobody = await run('nobodys@example.com');
    expect(await run('known@example.com')).toBe(nobody);
    expect(await run('known-lead@example.com')).toBe(nobody);
    expect(nobody).toContain('"type":"lead"');
  });

  it('[M3] [M25] an email that a user has merges nothing and shows nothing of that user', async () => {
    const secret = identitySecret(server);
    const owner = await newcomer();
    must(await owner.send('identify', { user_id: 'm3-owner', email: 'm3@example.com', user_hash: hmac(secret, 'm3-owner') }));
    const own = await say(owner, 'secret of the owner');
    const other = await newcomer();
    const theirs = await say(other, 'I am m3@example.com');
    expect(must(await other.send('sync', {})).me).toMatchObject({ type: 'lead', verified: false, email: 'm3@example.com' });
    expect(must(await other.send('sync', {})).conversations.map((c) => c.id)).toEqual([theirs.conversation]);
    expect(await other.send('conversation.history', { conversation: own.conversation })).toMatchObject({ code: 'not_found' });
    await answer(agent, own.conversation, 'for the owner only');
    expect((await messagesOf(other, theirs.conversation)).map((m) => m.text)).toEqual(['I am m3@example.com']);
  });
});
