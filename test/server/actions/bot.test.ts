// The bot at work in the server; its rules themselves are tested in test/shared/bot.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedItem } from '../../../shared/protocol.ts';
import { findConversation } from '../../../server/store/conversations.ts';
import { insertFlow } from '../../../server/store/flows.ts';
import { updateWorkspace } from '../../../server/store/workspaces.ts';
import { connectAgent, connectVisitor, must, newCid, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer, VisitorClient } from '../../helpers/server.ts';
import { arrive, hmac, identitySecret, logOf, messagesOf, say, seqsOf, upTo } from '../../helpers/talk.ts';

let server: TestServer;
let agent: AgentClient;
const clients: { close(): void }[] = [];

beforeAll(async () => {
  server = await startServer();
  agent = await connectAgent(server);
  must(await agent.send('sync', {}));
  clients.push(agent);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

async function arrived(): Promise<VisitorClient> {
  const visitor = await arrive(server);
  clients.push(visitor);
  return visitor;
}
const start = async (visitor: VisitorClient): Promise<number> =>
  must(await visitor.send('conversation.start', { cid: newCid() })).conversation.id;
const botSaid = async (visitor: VisitorClient, conversation: number): Promise<string[]> =>
  (await messagesOf(visitor, conversation)).filter((m) => m.author.kind === 'bot').map((m) => m.text);
const row = async (conversation: number) => must(await agent.send('conversation.get', { conversation })).conversation;
const feedOf = (conversation: number): FeedItem[] =>
  agent.received
    .filter((e) => e.name === 'feed')
    .flatMap((e) => (e.body as { items: FeedItem[] }).items)
    .filter((i) => i.conversationId === conversation);

/** The words of the flow's question for a field, as it asks them. */
const asks = { email: /email address/i, size: /how big is your team/i, timing: /when would you like/i, name: /who are we talking to/i };

describe('a flow by name', () => {
  it('is begun in place of the workspace’s own, in its latest published version, and counted as that one', async () => {
    await server.deps.store
      .in(server.workspace.id)
      .write((tx) =>
        insertFlow(tx, { id: 'book-demo', version: 3, body: JSON.stringify(flowOf('book-demo', 'Which day suits you?')), now: 1 }),
      );
    const visitor = await arrived();
    const { conversation } = must(await visitor.send('conversation.start', { cid: newCid(), flow: 'book-demo' }));
    expect(await botSaid(visitor, conversation.id)).toEqual(['Which day suits you?']);
    const stored = await server.deps.store.in(server.workspace.id).read((tx) => findConversation(tx, conversation.id));
    expect(stored).toMatchObject({ flowId: 'book-demo', flowVersion: 3, askPolicy: 'flow' });
  });

  it('is part of what a cid stands for [P2]', async () => {
    const visitor = await arrived();
    const body = { cid: newCid(), flow: 'book-demo' };
    const { conversation } = must(await visitor.send('conversation.start', body));
    expect(must(await visitor.send('conversation.start', body)).conversation.id).toBe(conversation.id);
    expect(await visitor.send('conversation.start', { ...body, flow: 'another' })).toMatchObject({ ok: false, code: 'cid_conflict' });
  });

  it('is refused where none of it is published, and nothing is begun', async () => {
    const visitor = await arrived();
    expect(await visitor.send('conversation.start', { cid: newCid(), flow: 'nobody' })).toMatchObject({ ok: false, code: 'not_found' });
    expect(must(await visitor.send('sync', {})).conversations).toEqual([]);
  });
});

function flowOf(id: string, text: string): object {
  const steps = { ask: { type: 'ask-text', text, retries: 1, next: 'end' }, end: { type: 'end' } };
  return { id, version: 3, name: id, start: 'ask', steps };
}

describe('the default flow', () => {
  it('greets a conversation before the first word, with chips to tap, and as part of the log', async () => {
    const visitor = await arrived();
    const conversation = await start(visitor);
    const messages = await messagesOf(visitor, conversation);
    expect(messages.map((m) => m.author.kind)).toEqual(['bot', 'bot']);
    expect(messages.at(-1)?.chips?.map((c) => c.value)).toEqual(['pricing', 'demo', 'support', 'just-looking']);
    expect(seqsOf(await logOf(visitor, conversation))).toEqual([1, 2]);
  });

  it('qualifies from the first word to the hand-over: need, size, timing, contact details, and the agent sees a lead', async () => {
    const visitor = await arrived();
    const conversation = await start(visitor);
    const tap = async (text: string, choice: string) =>
      must(await visitor.send('message.send', { cid: newCid(), conversation, text, choice }));
    await tap('See pricing', 'pricing');
    expect((await botSaid(visitor, conversation)).at(-1)).toMatch(asks.size);
    await tap('11–50', '11-50');
    expect((await botSaid(visitor, conversation)).at(-1)).toMatch(asks.timing);
    await tap('Right away', 'now');
    const question = (await messagesOf(visitor, conversation)).at(-1);
    expect(question).toMatchObject({ author: { kind: 'bot' }, text: expect.stringMatching(asks.email), input: 'email' });
    const told = await say(visitor, 'flow@example.com', conversation);
    expect((await botSaid(visitor, conversation)).at(-1)).toMatch(asks.name);
    await say(visitor, 'Ada Lovelace', conversation);
    expect(await row(conversation)).toMatchObject({
      botActive: false,
      waitingSince: expect.any(Number),
      contact: { type: 'lead', email: 'flow@example.com', name: 'Ada Lovelace' },
    });
    const log = await logOf(visitor, conversation);
    expect(seqsOf(log)).toEqual(upTo(log.length));
    expect(log.filter((c) => c.kind === 'bot')).toMatchObject([{ active: false, by: { kind: 'bot' } }]);
    await expect
      .poll(() => feedOf(conversation).map((i) => i.type))
      .toEqual(expect.arrayContaining(['contact.promoted', 'bot.handed_over']));
    const { contact } = must(await agent.send('contact.get', { contact: (await row(conversation)).contact.id }));
    expect(contact.attributes).toMatchObject({ team_size: '11-50' });
    expect(contact.details.find((d) => d.field === 'email')?.source).toEqual({ kind: 'message', conversation, message: told.id });
    expect(contact.score).toBeGreaterThan(0);
    expect(contact.points.length).toBeGreaterThan(0);
    const before = (await botSaid(visitor, conversation)).length;
    await say(visitor, 'are you still there?', conversation);
    expect(await botSaid(visitor, conversation)).toHaveLength(before);
  });

  it('takes an answer given early, and asks none of it again', async () => {
    const visitor = await arrived();
    const conversation = await start(visitor);
    await say(visitor, 'How much is it for a team of 30? I am Grace Hopper, my email is early@example.com', conversation);
    for (const text of ['30', 'right away', 'nothing else'])
      if ((await row(conversation)).botActive) await say(visitor, text, conversation);
    const said = (await botSaid(visitor, conversation)).join('\n');
    expect(said).not.toMatch(asks.email);
    expect(said).not.toMatch(asks.name);
    expect(await row(conversation)).toMatchObject({ contact: { type: 'lead', email: 'early@example.com', name: 'Grace Hopper' } });
  });

  it('never asks a user for what the host app told', async () => {
    const visitor = await arrived();
    const user_hash = hmac(identitySecret(server), 'bot-user');
    must(await visitor.send('identify', { user_id: 'bot-user', user_hash, name: 'Known Person', email: 'bot-user@example.com' }));
    const conversation = await start(visitor);
    expect((await botSaid(visitor, conversation))[0]).toContain('Known');
    for (const text of ['pricing', '20', 'right away']) await say(visitor, text, conversation);
    const said = (await botSaid(visitor, conversation)).join('\n');
    expect(said).not.toMatch(asks.email);
    expect(said).not.toMatch(asks.name);
    expect((await row(conversation)).botActive).toBe(false);
  });

  it('in a second conversation asks no more for an email it has', async () => {
    const visitor = await arrived();
    const first = await start(visitor);
    await say(visitor, 'my email is second@example.com, my name is Alan Turing', first);
    must(await agent.send('conversation.close', { cid: newCid(), conversation: first }));
    const second = await start(visitor);
    for (const text of ['pricing', '20', 'right away']) await say(visitor, text, second);
    expect((await botSaid(visitor, second)).join('\n')).not.toMatch(asks.email);
  });

  it('a repeat of a message is not answered twice', async () => {
    const visitor = await arrived();
    const conversation = await start(visitor);
    const body = { cid: newCid(), conversation, text: 'pricing', choice: 'pricing' };
    const first = must(await visitor.send('message.send', body));
    const before = await logOf(visitor, conversation);
    expect(await Promise.all([1, 2, 3].map(() => visitor.send('message.send', body)))).toEqual([first, first, first]);
    expect(await logOf(visitor, conversation)).toEqual(before);
  });

  it('is silent where the workspace switched it off', async () => {
    const own = await startServer({ settings: { bot: 'off' } });
    const visitor = await connectVisitor(own);
    const { conversation } = await say(visitor, 'hello');
    expect(await messagesOf(visitor, conversation)).toHaveLength(1);
    visitor.close();
    await own.stop();
  });
});

describe('a flow is data', () => {
  const flow = (version: number, question: string, more: object = {}) => ({
    id: 'own',
    version,
    name: 'Own',
    start: 'ask',
    steps: {
      ask: { type: 'ask-text', text: question, next: 'thanks' },
      thanks: { type: 'say', text: `Thanks, says version ${version}.`, next: 'done' },
      done: { type: 'end' },
      ...more,
    },
  });

  async function publish(own: TestServer, version: number, body: unknown): Promise<void> {
    await own.deps.store.in(own.workspace.id).write(async (tx) => {
      await insertFlow(tx, { id: 'own', version, body: JSON.stringify(body), now: 1 });
      await updateWorkspace(tx, { flow: { id: 'own', version } });
    });
  }

  async function withFlow(body: unknown, test: (own: TestServer) => Promise<void>): Promise<void> {
    let clock = Date.UTC(2031, 0, 1);
    // The clock jumps with each look at it, so that a new version is seen at once.
    const own = await startServer({ now: () => (clock += 5000) });
    await publish(own, 1, body);
    await test(own);
    await own.stop();
  }

  it('a running conversation goes on with the version it began with; a new one begins with the new', async () => {
    await withFlow(flow(1, 'Old question?'), async (own) => {
      const visitor = await arrive(own);
      const old = await start(visitor);
      expect(await botSaid(visitor, old)).toEqual(['Old question?']);
      await publish(own, 2, flow(2, 'New question?'));
      const fresh = await start(visitor);
      expect(await botSaid(visitor, fresh)).toEqual(['New question?']);
      await say(visitor, 'an answer', old);
      expect(await botSaid(visitor, old)).toEqual(['Old question?', 'Thanks, says version 1.']);
      await say(visitor, 'an answer', fresh);
      expect((await botSaid(visitor, fresh)).at(-1)).toBe('Thanks, says version 2.');
      visitor.close();
    });
  });

  it('a running conversation survives a restart of the server at the step where it stood', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'foyer-bot-'));
    const own = await startServer({ dataDir });
    const visitor = await arrive(own);
    const conversation = await start(visitor);
    must(await visitor.send('message.send', { cid: newCid(), conversation, text: 'pricing', choice: 'pricing' }));
    const { token } = visitor;
    visitor.close();
    await own.stop();
    const again = await startServer({ dataDir });
    const back = await arrive(again, { token });
    await say(back, '20 people', conversation);
    expect((await botSaid(back, conversation)).at(-1)).toMatch(asks.timing);
    back.close();
    await again.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('a published version that is gone or does not parse silences the bot, and the visitor’s word is stored all the same', async () => {
    await withFlow({ ...flow(1, 'Q?'), start: 'nowhere' }, async (own) => {
      const visitor = await arrive(own);
      const said = await say(visitor, 'hello');
      const log = await logOf(visitor, said.conversation);
      expect(log.map((c) => c.kind)).toEqual(['bot', 'message']);
      expect(log[0]).toMatchObject({ active: false });
      visitor.close();
    });
  });
});
