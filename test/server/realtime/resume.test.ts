import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../shared/conversation.ts';
import { createOrderedLog } from '../../../shared/log.ts';
import { maxPageBytes, maxPageChanges } from '../../../shared/protocol.ts';
import type { FeedItem } from '../../../shared/protocol.ts';
import { lockConversation, saveConversation } from '../../../server/store/conversations.ts';
import { insertEvents } from '../../../server/store/events.ts';
import { insertMessage } from '../../../server/store/messages.ts';
import { connectAgent, connectVisitor, must, newCid, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer, VisitorClient } from '../../helpers/server.ts';
import { answer, arrive, logOf, pushed, say, seqsOf, upTo } from '../../helpers/talk.ts';

let server: TestServer;
let agent: AgentClient;
const clients: { close(): void }[] = [];

beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off' } });
  agent = await connectAgent(server);
  clients.push(agent);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

type ChangesBody = { conversation: number; changes: Change[] };

/** A conversation whose log already holds `n` messages of `size` characters. */
async function longTalk(n: number, size = 10): Promise<{ token: string; conversation: number }> {
  const visitor = await arrive(server);
  const { conversation } = await say(visitor, 'first');
  visitor.close();
  await server.deps.store.in(server.workspace.id).write(async (tx) => {
    const row = await lockConversation(tx, conversation);
    if (!row) throw new Error('the conversation is gone');
    const author = { kind: 'agent', id: 1, name: 'Ada' } as const;
    for (let seq = row.seq + 1; seq <= n; seq++) {
      const text = `${seq} `.padEnd(size, 'ö');
      await insertMessage(tx, {
        conversationId: conversation,
        seq,
        side: '1',
        cid: `long-${seq}`,
        bodyHash: '',
        author,
        kind: 'text',
        text,
        data: {},
        createdAt: seq,
      });
    }
    await saveConversation(tx, { ...row, seq: n });
  });
  return { token: visitor.token, conversation };
}

async function resume(token: string, conversation: number, last: number, epoch?: string): Promise<VisitorClient> {
  const visitor = await connectVisitor(server, { token });
  clients.push(visitor);
  must(await visitor.send('sync', { conversations: { [conversation]: last }, ...(epoch !== undefined && { epoch }) }));
  return visitor;
}

const synced = (visitor: VisitorClient, conversation: number) =>
  visitor.waitFor<{ conversation: number; head: number }>('synced', (b) => b.conversation === conversation);

describe('a visitor that comes back', () => {
  it('[P7] gets what it missed oldest first, then synced with the head', async () => {
    const { token, conversation } = await longTalk(30);
    const visitor = await resume(token, conversation, 12, server.deps.store.epoch);
    expect((await synced(visitor, conversation)).head).toBe(30);
    expect(seqsOf(pushed(visitor, conversation))).toEqual(upTo(30).slice(12));
    const order = visitor.received.map((e) => e.name);
    expect(order.lastIndexOf('changes')).toBeLessThan(order.indexOf('synced'));
  });

  it('[P7] that missed nothing gets synced and no changes', async () => {
    const { token, conversation } = await longTalk(5);
    const visitor = await resume(token, conversation, 5);
    expect((await synced(visitor, conversation)).head).toBe(5);
    expect(pushed(visitor, conversation)).toEqual([]);
  });

  it('[P7] gets pages of at most 200 changes', async () => {
    const { token, conversation } = await longTalk(701);
    const visitor = await resume(token, conversation, 1);
    await synced(visitor, conversation);
    const pages = visitor.received.filter((e) => e.name === 'changes').map((e) => (e.body as ChangesBody).changes);
    expect(pages.length).toBeGreaterThanOrEqual(4);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(maxPageChanges);
    expect(seqsOf(pages.flat())).toEqual(upTo(701).slice(1));
  });

  it('[P7] gets pages of at most 256 kB, counted in bytes and not in characters', async () => {
    const { token, conversation } = await longTalk(60, 8000);
    const visitor = await resume(token, conversation, 0);
    await synced(visitor, conversation);
    const pages = visitor.received.filter((e) => e.name === 'changes').map((e) => (e.body as ChangesBody).changes);
    for (const page of pages) expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThanOrEqual(maxPageBytes + 1000);
    expect(seqsOf(pages.flat())).toEqual(upTo(60));
  });

  it('[P7] a gap of 1,000 is filled; one of 1,001 is a reload, and nothing of it is sent', async () => {
    const { token, conversation } = await longTalk(1001);
    const filled = await resume(token, conversation, 1);
    await synced(filled, conversation);
    expect(pushed(filled, conversation)).toHaveLength(1000);
    const tooFar = await resume(token, conversation, 0);
    await tooFar.waitFor<{ conversation: number }>('reload', (b) => b.conversation === conversation);
    await synced(tooFar, conversation);
    expect(pushed(tooFar, conversation)).toEqual([]);
  });

  it('[P6] ahead of the head gets a reload of that conversation', async () => {
    const { token, conversation } = await longTalk(3);
    const visitor = await resume(token, conversation, 4);
    await visitor.waitFor<{ conversation: number }>('reload', (b) => b.conversation === conversation);
    expect(pushed(visitor, conversation)).toEqual([]);
  });

  it('[P6] with another epoch gets a reload of everything, and learns the epoch that holds', async () => {
    const { token, conversation } = await longTalk(3);
    const visitor = await connectVisitor(server, { token });
    clients.push(visitor);
    const reply = must(await visitor.send('sync', { epoch: 'of a database before', conversations: { [conversation]: 1 } }));
    expect(reply.epoch).toBe(server.deps.store.epoch);
    await visitor.waitFor<{ conversation: number | null }>('reload', (b) => b.conversation === null);
    expect(pushed(visitor, conversation)).toEqual([]);
  });

  it('[P7] after a reload the history gives the log back in pages, dense to its first entry', async () => {
    const { token, conversation } = await longTalk(450);
    const visitor = await connectVisitor(server, { token });
    clients.push(visitor);
    expect(seqsOf(await logOf(visitor, conversation))).toEqual(upTo(450));
    const page = must(await visitor.send('conversation.history', { conversation, before: 3, limit: 200 }));
    expect(page).toMatchObject({ head: 450, more: false });
    expect(seqsOf(page.changes)).toEqual([1, 2]);
    expect(must(await visitor.send('conversation.history', { conversation, before: 1 })).changes).toEqual([]);
    expect(must(await visitor.send('conversation.history', { conversation, before: 0 })).changes).toEqual([]);
  });

  it('[P7] rooms are joined before reading: what is said during the resume is not lost', async () => {
    const { token, conversation } = await longTalk(600);
    const back = await connectVisitor(server, { token });
    clients.push(back);
    const log = createOrderedLog<Change>(0);
    const shown: number[] = [];
    back.socket.on('changes', (body: ChangesBody) => {
      if (body.conversation === conversation) shown.push(...seqsOf(log.offer(body.changes)));
    });
    const saying = Array.from({ length: 40 }, (_, i) => answer(agent, conversation, `meanwhile ${i}`));
    must(await back.send('sync', { conversations: { [conversation]: 0 } }));
    saying.push(...Array.from({ length: 40 }, (_, i) => answer(agent, conversation, `and after ${i}`)));
    const last = Math.max(...seqsOf(await Promise.all(saying)));
    await expect.poll(() => shown.at(-1)).toBe(last);
    expect(shown).toEqual(upTo(last));
    expect(log.hasGap()).toBe(false);
  });

  it('[P9] a heartbeat’s sync brings what a lost push left out', async () => {
    const visitor = await arrive(server);
    clients.push(visitor);
    const { conversation } = await say(visitor, 'first');
    // All that joins rooms after the first act has run once its contact is told as present.
    const { contact } = must(await agent.send('conversation.get', { conversation })).conversation;
    await agent.waitFor('visitors', (b: { changes: { contact: string }[] }) => b.changes.some((change) => change.contact === contact.id));
    // What an adapter that silently drops does: the socket is in no room any more.
    const id = visitor.socket.id ?? '';
    const socket = server.app.io.of('/visitor').sockets.get(id);
    for (const room of socket?.rooms ?? []) if (room !== id) void socket?.leave(room);
    const missed = await answer(agent, conversation, 'never pushed');
    const heads = must(await visitor.send('sync', { epoch: server.deps.store.epoch, conversations: { [conversation]: 1 } })).conversations;
    expect(heads[0]?.head).toBe(missed.seq);
    await synced(visitor, conversation);
    expect(seqsOf(pushed(visitor, conversation).filter((c) => c.seq > 1))).toEqual(upTo(missed.seq).slice(1));
    const live = await answer(agent, conversation, 'pushed again');
    await visitor.waitFor<ChangesBody>('changes', (b) => b.changes.some((c) => c.seq === live.seq));
  });

  it('[P11] its own message comes to its other tab with the cid it joins by', async () => {
    const one = await arrive(server);
    const other = await arrive(server, { token: one.token });
    clients.push(one, other);
    const cid = newCid();
    const sent = must(await one.send('message.send', { cid, text: 'from the first tab' }));
    const seen = await other.waitFor<ChangesBody>('changes', (b) => b.conversation === sent.conversation);
    expect(seen.changes).toMatchObject([{ seq: 1, kind: 'message', message: { cid, text: 'from the first tab' } }]);
    const reply = await answer(agent, sent.conversation, 'to both');
    for (const tab of [one, other]) {
      const body = await tab.waitFor<ChangesBody>('changes', (b) => b.changes.some((c) => c.seq === reply.seq));
      expect(JSON.stringify(body.changes)).not.toContain('"cid"');
    }
  });
});

describe('an agent that comes back', () => {
  const items = (client: AgentClient): FeedItem[] =>
    client.received.filter((e) => e.name === 'feed').flatMap((e) => (e.body as { items: FeedItem[] }).items);

  it('[P7] gets the feed it missed, dense, oldest first, with the state of each conversation on its last item', async () => {
    const before = must(await agent.send('sync', {})).rev;
    const visitor = await arrive(server);
    clients.push(visitor);
    const { conversation } = await say(visitor, 'please reach me at feed@example.com');
    await answer(agent, conversation, 'thanks');
    const back = await connectAgent(server);
    clients.push(back);
    const { rev } = must(await back.send('sync', { rev: before, epoch: server.deps.store.epoch }));
    expect((await back.waitFor<{ rev: number }>('synced')).rev).toBe(rev);
    const missed = items(back);
    expect(seqsOf(missed)).toEqual(Array.from({ length: rev - before }, (_, i) => before + 1 + i));
    expect(missed.filter((i) => i.change).map((i) => i.change?.seq)).toEqual(upTo(missed.filter((i) => i.change).length));
    const last = missed.findLast((i) => i.conversationId === conversation);
    expect(last?.conversation).toMatchObject({
      id: conversation,
      contact: { type: 'lead', email: 'feed@example.com' },
      lastAuthor: 'agent',
    });
    expect(missed.find((i) => i.type === 'detail.captured')).toMatchObject({
      detail: { field: 'email', value: 'feed@example.com', outcome: 'current' },
    });
  });

  it('[P7] with a gap over 1,000, ahead of the head, or of another epoch gets a reload', async () => {
    const fact = { type: 'contact.updated', contactId: null, conversationId: null, seq: null, data: {}, at: 1 } as const;
    await server.deps.store.in(server.workspace.id).write((tx) =>
      insertEvents(
        tx,
        Array.from({ length: 1001 }, () => fact),
      ),
    );
    const { rev } = must(await agent.send('sync', {}));
    for (const body of [{ rev: rev - 1001 }, { rev: rev + 1 }, { rev, epoch: 'another' }]) {
      const back = await connectAgent(server);
      clients.push(back);
      must(await back.send('sync', body));
      await back.waitFor('reload');
      expect(items(back)).toEqual([]);
    }
    const near = await connectAgent(server);
    clients.push(near);
    must(await near.send('sync', { rev: rev - 1000 }));
    await near.waitFor('synced');
    expect(items(near)).toHaveLength(1000);
    for (const e of near.received.filter((r) => r.name === 'feed'))
      expect((e.body as { items: unknown[] }).items.length).toBeLessThanOrEqual(maxPageChanges);
  });

  it('[P5] revs of the live feed are dense while many visitors write at once', async () => {
    const watching = await connectAgent(server);
    clients.push(watching);
    const { rev } = must(await watching.send('sync', {}));
    const visitors = await Promise.all(Array.from({ length: 6 }, () => arrive(server)));
    clients.push(...visitors);
    await Promise.all(visitors.flatMap((v) => Array.from({ length: 5 }, (_, i) => say(v, `word ${i}`))));
    const head = must(await agent.send('sync', {})).rev;
    await expect.poll(() => items(watching).at(-1)?.seq).toBe(head);
    expect(seqsOf(items(watching))).toEqual(Array.from({ length: head - rev }, (_, i) => rev + 1 + i));
  });
});
