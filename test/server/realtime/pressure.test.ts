// P14, C4: a client that asks and does not read holds a page or two, and is cut when more piles up.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockConversation, saveConversation } from '../../../server/store/conversations.ts';
import { insertMessage } from '../../../server/store/messages.ts';
import { maxPageBytes } from '../../../shared/protocol.ts';
import { connectAgent, connectVisitor, must, startServer } from '../../helpers/server.ts';
import type { TestServer } from '../../helpers/server.ts';
import { arrive, logOf, say, seqsOf, upTo } from '../../helpers/talk.ts';

let server: TestServer;
let token: string;
let conversation: number;
const length = 600;
const text = 'ö'.repeat(7900);

beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off' } });
  const visitor = await arrive(server);
  ({ conversation } = await say(visitor, 'first'));
  ({ token } = visitor);
  visitor.close();
  await server.deps.store.in(server.workspace.id).write(async (tx) => {
    const row = await lockConversation(tx, conversation);
    if (!row) throw new Error('the conversation is gone');
    const author = { kind: 'agent', id: 1, name: 'Ada' } as const;
    const common = { conversationId: conversation, side: '1', bodyHash: '', author, kind: 'text', text, data: {} } as const;
    for (let seq = 2; seq <= length; seq++) await insertMessage(tx, { ...common, seq, cid: `long-${seq}`, createdAt: seq });
    await saveConversation(tx, { ...row, seq: length });
  });
});
afterAll(() => server.stop());

interface Poller {
  sid: string;
  post(packet: string): Promise<number>;
  get(): Promise<string>;
}

/** A visitor by polling that reads only when told to. */
async function poller(): Promise<Poller> {
  const base = `${server.url}/socket.io/?EIO=4&transport=polling&app_id=${server.workspace.appId}`;
  const { sid } = JSON.parse((await (await fetch(base)).text()).slice(1)) as { sid: string };
  const url = `${base}&sid=${sid}`;
  const post = async (body: string): Promise<number> => (await fetch(url, { method: 'POST', body })).status;
  const get = async (): Promise<string> => (await fetch(url)).text();
  await post(`40/visitor,${JSON.stringify({ appId: server.workspace.appId, protocol: 1, token })}`);
  await expect.poll(() => unsent(sid)).toBeGreaterThan(0);
  expect(await get()).toContain('40/visitor');
  return { sid, post, get };
}

interface Engine {
  clients: Record<string, { writeBuffer: { data?: string }[] }>;
}
const connectionOf = (sid: string) => (server.app.io.engine as unknown as Engine).clients[sid];
/** What waits for the client's next poll. */
const unsent = (sid: string): number =>
  (connectionOf(sid)?.writeBuffer ?? []).reduce((sum, packet) => sum + Buffer.byteLength(packet.data ?? ''), 0);
const isThere = (sid: string): boolean => connectionOf(sid) !== undefined;

const sync = (id: number): string => `42/visitor,${id}["sync",{"conversations":{"${conversation}":0}}]`;
const history = (id: number): string => `42/visitor,${id}["conversation.history",{"conversation":${conversation},"limit":200}]`;

describe('a client that asks and does not read', () => {
  it('[P14] [I13] holds two pages of what it missed, however often it asks for it, and gets the rest when it reads', async () => {
    const slow = await poller();
    for (let id = 0; id < 30; id++) expect(await slow.post(sync(id))).toBe(200);
    await expect.poll(() => unsent(slow.sid)).toBeGreaterThan(maxPageBytes);
    // The last of the asks was answered: what it started has begun to run.
    await expect
      .poll(() => JSON.stringify(connectionOf(slow.sid)?.writeBuffer.map((p) => p.data?.slice(0, 20))))
      .toContain('3/visitor,29[');
    expect(unsent(slow.sid)).toBeLessThan(2.5 * maxPageBytes);
    let read = '';
    while (!read.includes('"synced"')) read += await slow.get();
    expect(read.match(/"seq":600\b/g)?.length).toBe(1);
    // Of the thirty, the first was running and the last one waited.
    while (read.split('"synced"').length < 3) read += await slow.get();
    expect(read.match(/"seq":600\b/g)?.length).toBe(2);
    expect(isThere(slow.sid)).toBe(true);
  });

  it('[P14] is cut once over 1 MB waits for it, be it answers by polling', async () => {
    const slow = await poller();
    let id = 0;
    while (isThere(slow.sid) && id < 40) await slow.post(history(id++));
    await expect.poll(() => isThere(slow.sid)).toBe(false);
    expect(id).toBeLessThan(40);
  });

  it('[P14] on a WebSocket is cut as well, with what it was sent thrown away', async () => {
    const visitor = await connectVisitor(server, { token });
    const id = visitor.socket.id ?? '';
    visitor.socket.io.reconnection(false);
    const raw = (visitor.socket.io.engine as unknown as { transport: { ws: { pause(): void; resume(): void } } }).transport.ws;
    raw.pause();
    const there = () => server.app.io.of('/visitor').sockets.has(id);
    for (let i = 0; i < 150 && there(); i++) {
      visitor.socket.emit('conversation.history', { conversation, limit: 200 }, () => {});
      await server.deps.store.in('').read(async () => {});
    }
    await expect.poll(there, { timeout: 5000 }).toBe(false);
    raw.resume();
    visitor.close();
  });
});

describe('a page of the history', () => {
  it('[P7] holds at most 256 kB: there are more below it, and none is missing', async () => {
    const visitor = await connectVisitor(server, { token });
    const page = must(await visitor.send('conversation.history', { conversation, limit: 200 }));
    expect(Buffer.byteLength(JSON.stringify(page.changes))).toBeLessThanOrEqual(maxPageBytes + 200);
    expect(page.more).toBe(true);
    expect(page.changes.at(-1)?.seq).toBe(length);
    expect(seqsOf(await logOf(visitor, conversation))).toEqual(upTo(length));
    const agent = await connectAgent(server);
    expect(seqsOf(must(await agent.send('conversation.history', { conversation, limit: 200 })).changes)).toEqual(seqsOf(page.changes));
    for (const client of [visitor, agent]) client.close();
  });
});
