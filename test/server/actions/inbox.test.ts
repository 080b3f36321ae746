// What the agents' inbox asks for: the list, the card with its sources, the timeline.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentBody, AgentTimelineItem, FeedItem } from '../../../shared/protocol.ts';
import { connectAgent, must, newCid, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer, VisitorClient } from '../../helpers/server.ts';
import { answer, arrive, hmac, identitySecret, say } from '../../helpers/talk.ts';

let server: TestServer;
let agent: AgentClient;
let me: number;
const clients: { close(): void }[] = [];

beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off' } });
  agent = await connectAgent(server);
  me = must(await agent.send('sync', {})).me.id;
  clients.push(agent);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

async function visitorNamed(name: string, email?: string): Promise<{ visitor: VisitorClient; conversation: number; contact: string }> {
  const visitor = await arrive(server);
  clients.push(visitor);
  const user_id = `id-${name}`;
  const user_hash = hmac(identitySecret(server), user_id);
  const { contact_id } = must(await visitor.send('identify', { user_id, user_hash, name, ...(email !== undefined && { email }) }));
  const { conversation } = await say(visitor, `hello from ${name}`);
  return { visitor, conversation, contact: contact_id };
}

const isTold =
  (contact: string, online: boolean) =>
  ({ changes }: { changes: { contact: string; online: boolean }[] }): boolean =>
    changes.some((change) => change.contact === contact && change.online === online);
const list = async (body: AgentBody<'conversation.list'> = {}) => must(await agent.send('conversation.list', body));
const ids = async (body: AgentBody<'conversation.list'>): Promise<number[]> => (await list(body)).conversations.map((c) => c.id);
const key = (conversation: number) => ({ cid: newCid(), conversation });

describe('the list', () => {
  it('is searched: people at once, what was said some seconds later, and people alone where that is asked', async () => {
    const { visitor, conversation } = await visitorNamed('Searched Quokka');
    expect(await ids({ filter: 'all', search: 'quok sear' })).toEqual([conversation]);
    await say(visitor, 'my wombat is broken', conversation);
    await expect.poll(() => ids({ filter: 'all', search: 'WOMB' }), { timeout: 8000 }).toEqual([conversation]);
    expect(await ids({ filter: 'closed', search: 'womb' })).toEqual([]);
    expect(await ids({ filter: 'all', search: 'womb', searchIn: 'contacts' })).toEqual([]);
    expect(await ids({ filter: 'all', search: '%' })).toEqual([]);
    expect(await list({ search: 'womb' })).not.toHaveProperty('searchCut');
  });

  it('shows the newest word first, with badge, last message, waiting time and unread, as of a rev', async () => {
    const one = await visitorNamed('List One', 'list-one@example.com');
    const two = await visitorNamed('List Two');
    expect((await ids({})).slice(0, 2)).toEqual([two.conversation, one.conversation]);
    const said = await say(one.visitor, 'second thoughts', one.conversation);
    const reply = await list();
    expect(reply.conversations.slice(0, 2).map((c) => c.id)).toEqual([one.conversation, two.conversation]);
    expect(reply.conversations[0]).toMatchObject({
      preview: 'second thoughts',
      lastAuthor: 'contact',
      lastAt: said.at,
      agentUnread: 2,
      contact: { id: one.contact, type: 'user', name: 'List One', email: 'list-one@example.com', verified: true, unverified: false },
    });
    expect(reply.conversations[0]?.waitingSince).toBeLessThanOrEqual(said.at);
    expect(reply.rev).toBe(must(await agent.send('sync', {})).rev);
  });

  it('each filter holds what it says, and the counts agree', async () => {
    const { conversation } = await visitorNamed('Filter');
    const holding = async (): Promise<string[]> => {
      const held: string[] = [];
      for (const filter of ['open', 'waiting', 'mine', 'unassigned', 'bot', 'closed', 'all'] as const) {
        const reply = await list({ filter, limit: 100 });
        expect(reply.counts[filter], filter).toBe(reply.conversations.length);
        if (reply.conversations.some((c) => c.id === conversation)) held.push(filter);
      }
      return held;
    };
    expect(await holding()).toEqual(['open', 'waiting', 'unassigned', 'all']);
    await answer(agent, conversation, 'mine now');
    expect(await holding()).toEqual(['open', 'mine', 'all']);
    must(await agent.send('conversation.close', key(conversation)));
    expect(await holding()).toEqual(['closed', 'all']);
  });

  it('a search finds people by name and email in any case, by how their words begin', async () => {
    const { conversation } = await visitorNamed('Åsa 100%_Öberg', 'asa.search@example.com');
    for (const search of ['åsa', 'ÅSA', '100%', '%_öb', 'ASA.SEARCH@', ' öberg '])
      expect(await ids({ search }), search).toEqual([conversation]);
    for (const search of ['%%', 'berg', 'asa nobody']) expect(await ids({ search }), search).toEqual([]);
  });

  it('pages by cursor meet each conversation once; a made-up cursor is refused', async () => {
    for (let i = 0; i < 4; i++) await visitorNamed(`Page ${i}`);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const reply = await list({ filter: 'all', limit: 3, ...(cursor !== undefined && { cursor }) });
      seen.push(...reply.conversations.map((c) => c.id));
      cursor = reply.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(await ids({ filter: 'all', limit: 100 }));
    expect(new Set(seen).size).toBe(seen.length);
    for (const made of ['x', '-1-2', '1-', '1-2-3', "1-2' or 1=1", '9'.repeat(100)])
      expect(await agent.send('conversation.list', { cursor: made }), made).toMatchObject({ ok: false, code: 'bad_request' });
  });
});

describe('the contact card', () => {
  it('tells each detail with its grade and the message, form or call it came from', async () => {
    const visitor = await arrive(server, { page: { url: 'https://shop.example/cart', title: 'Cart' } });
    clients.push(visitor);
    const first = await say(visitor, 'my name is Grace Hopper');
    const second = await say(visitor, 'my email is grace@example.com and my phone is +1 202 555 0143', first.conversation);
    const { contact_id } = must(await visitor.send('sync', {})).me;
    const before = must(await agent.send('contact.get', { contact: contact_id ?? '' })).contact;
    const from = (m: { id: number }) => ({
      grade: 'claimed',
      status: 'current',
      source: { kind: 'message', conversation: first.conversation, message: m.id },
    });
    expect(before.details.find((d) => d.field === 'name')).toMatchObject({ value: 'Grace Hopper', ...from(first) });
    expect(before.details.find((d) => d.field === 'email')).toMatchObject({ value: 'grace@example.com', ...from(second) });
    expect(before.details.find((d) => d.field === 'phone')).toMatchObject({ value: '+12025550143', ...from(second) });
    expect(before).toMatchObject({ type: 'lead', online: true, page: { url: 'https://shop.example/cart', title: 'Cart' } });
    const user_hash = hmac(identitySecret(server), 'grace');
    must(await visitor.send('identify', { user_id: 'grace', user_hash, name: 'Rear Admiral Hopper' }));
    const after = must(await agent.send('contact.get', { contact: contact_id ?? '' })).contact;
    expect(after.details.filter((d) => d.field === 'name').map((d) => [d.value, d.status, d.grade, d.source.kind])).toEqual([
      ['Grace Hopper', 'former', 'claimed', 'message'],
      ['Rear Admiral Hopper', 'current', 'claimed', 'identify'],
    ]);
    expect(after).toMatchObject({ name: 'Rear Admiral Hopper', userId: 'grace', type: 'user', email: 'grace@example.com' });
  });

  it('says who is there, and that who left is gone', async () => {
    const { visitor, contact } = await visitorNamed('Presence');
    await agent.waitFor('visitors', isTold(contact, true));
    const second = await arrive(server, { token: visitor.token });
    visitor.close();
    expect(must(await agent.send('contact.get', { contact })).contact.online).toBe(true);
    second.close();
    await agent.waitFor('visitors', isTold(contact, false));
    expect(must(await agent.send('contact.get', { contact })).contact.online).toBe(false);
  });

  it('of somebody who logged out says gone, though the page is still open', async () => {
    const { visitor, contact } = await visitorNamed('Logged Out');
    await expect.poll(async () => must(await agent.send('contact.get', { contact })).contact.online).toBe(true);
    must(await visitor.send('session.end', {}));
    await agent.waitFor('visitors', isTold(contact, false));
  });
});

describe('the timeline', () => {
  it('tells newest first how the contact came to be what it is, with links to the messages, and leaves the thread out', async () => {
    const visitor = await arrive(server);
    clients.push(visitor);
    const told = await say(visitor, 'my email is timeline@example.com');
    await answer(agent, told.conversation, 'thanks');
    must(await agent.send('conversation.close', key(told.conversation)));
    const user_hash = hmac(identitySecret(server), 'timeline');
    const { contact_id } = must(await visitor.send('identify', { user_id: 'timeline', user_hash }));
    const { items } = must(await agent.send('contact.timeline', { contact: contact_id }));
    expect(items.toReversed().map((i) => i.type)).toEqual([
      'contact.created',
      'conversation.created',
      'detail.captured',
      'contact.promoted',
      'conversation.assigned',
      'conversation.closed',
      'contact.identified',
      'contact.promoted',
    ]);
    expect(items.find((i) => i.type === 'detail.captured')).toMatchObject({
      message: told.id,
      conversation: told.conversation,
      data: { field: 'email', value: 'timeline@example.com' },
    });
    expect(items.find((i) => i.type === 'conversation.closed')).toMatchObject({ by: { kind: 'agent', id: me, name: 'Ada' } });
    const paged: AgentTimelineItem[] = [];
    let cursor: string | undefined;
    do {
      const page = must(await agent.send('contact.timeline', { contact: contact_id, limit: 3, ...(cursor !== undefined && { cursor }) }));
      paged.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(items);
    for (const made of ['x', '1.5', '']) {
      const reply = await agent.send('contact.timeline', { contact: contact_id, cursor: made });
      if (!reply.ok) expect(reply.code, made).toBe('bad_request');
      else expect(made).toBe('');
    }
  });
});

describe('the feed', () => {
  it('carries each entry once, with the state of the row on the last item about it', async () => {
    const { visitor, conversation } = await visitorNamed('Feed');
    const said = await say(visitor, 'the word', conversation);
    type Body = { items: FeedItem[] };
    const body = await agent.waitFor<Body>('feed', (b) =>
      b.items.some((i) => i.conversationId === conversation && i.change?.seq === said.seq),
    );
    const item = body.items.findLast((i) => i.conversationId === conversation);
    expect(item?.conversation).toMatchObject({ id: conversation, head: said.seq, preview: 'the word', rev: item?.seq });
  });

  it('typing goes both ways, to the conversation’s visitor and to the team, and is stored nowhere', async () => {
    const { visitor, conversation } = await visitorNamed('Typing');
    const colleague = await connectAgent(server, 'Grace');
    clients.push(colleague);
    const { rev } = must(await colleague.send('sync', {}));
    must(await visitor.send('typing', { conversation, on: true }));
    type Body = { conversation: number; on: boolean; by: { kind: string } };
    await agent.waitFor<Body>('typing', (b) => b.conversation === conversation && b.by.kind === 'contact');
    must(await agent.send('typing', { conversation, on: true }));
    await visitor.waitFor<Body>('typing', (b) => b.conversation === conversation && b.by.kind === 'agent');
    await colleague.waitFor<Body>('typing', (b) => b.conversation === conversation && b.by.kind === 'agent');
    expect(must(await colleague.send('sync', {})).rev).toBe(rev);
  });

  it('visitors are told when the first agent comes and the last one leaves', async () => {
    const own = await startServer({ settings: { bot: 'off' } });
    const visitor = await arrive(own);
    const colleague = await connectAgent(own);
    await visitor.waitFor('presence', (b: { online: boolean }) => b.online);
    colleague.close();
    await visitor.waitFor('presence', (b: { online: boolean }) => !b.online);
    visitor.close();
    await own.stop();
  });
});
