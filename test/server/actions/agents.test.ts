import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationSummary, FeedItem } from '../../../shared/protocol.ts';
import { connectAgent, must, newCid, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer, VisitorClient } from '../../helpers/server.ts';
import { answer, arrive, logOf, messagesOf, say } from '../../helpers/talk.ts';

let server: TestServer;
let ada: AgentClient;
let grace: AgentClient;
const ids = { ada: 0, grace: 0 };
const clients: { close(): void }[] = [];

beforeAll(async () => {
  server = await startServer();
  ada = await connectAgent(server);
  grace = await connectAgent(server, 'Grace');
  ids.ada = must(await ada.send('sync', {})).me.id;
  ids.grace = must(await grace.send('sync', {})).me.id;
  clients.push(ada, grace);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

async function talk(text = 'How much is it?'): Promise<{ visitor: VisitorClient; conversation: number }> {
  const visitor = await arrive(server);
  clients.push(visitor);
  return { visitor, conversation: (await say(visitor, text)).conversation };
}

const row = async (conversation: number): Promise<ConversationSummary> =>
  must(await ada.send('conversation.get', { conversation })).conversation;
const key = (conversation: number) => ({ cid: newCid(), conversation });
const kinds = async (conversation: number): Promise<string[]> => (await logOf(ada, conversation)).map((c) => c.kind);
const byBot = async (visitor: VisitorClient, conversation: number): Promise<number> =>
  (await messagesOf(visitor, conversation)).filter((m) => m.author.kind === 'bot').length;

describe('an agent’s message', () => {
  it('silences the bot, assigns the conversation to who wrote, and ends the wait', async () => {
    const { visitor, conversation } = await talk();
    expect(await row(conversation)).toMatchObject({ botActive: true, assignee: null });
    await answer(ada, conversation, 'Hello, a person here');
    expect(await row(conversation)).toMatchObject({
      botActive: false,
      assignee: { kind: 'agent', id: ids.ada, name: 'Ada' },
      waitingSince: null,
      agentUnread: 0,
    });
    const before = await byBot(visitor, conversation);
    await say(visitor, 'great', conversation);
    await say(visitor, 'we are 20 people', conversation);
    expect(await byBot(visitor, conversation)).toBe(before);
  });

  it('of a colleague takes nothing away from who has it', async () => {
    const { conversation } = await talk();
    await answer(ada, conversation, 'mine');
    await answer(grace, conversation, 'helping');
    expect((await row(conversation)).assignee?.id).toBe(ids.ada);
  });

  it('as a note silences nobody, assigns nobody, and is neither preview nor unread', async () => {
    const { visitor, conversation } = await talk();
    const before = await row(conversation);
    await answer(ada, conversation, 'seems important', true);
    const after = await row(conversation);
    expect(after).toEqual({ ...before, head: before.head + 1, rev: after.rev });
    const botBefore = await byBot(visitor, conversation);
    await say(visitor, 'are you there?', conversation);
    expect(await byBot(visitor, conversation)).toBeGreaterThan(botBefore);
  });

  it('opens a closed conversation again', async () => {
    const { conversation } = await talk();
    must(await ada.send('conversation.close', key(conversation)));
    await answer(ada, conversation, 'one more thing');
    expect((await row(conversation)).status).toBe('open');
  });
});

describe('takeover and handback', () => {
  it('taking over silences the bot and assigns, as two entries of the log; nothing is said', async () => {
    const { visitor, conversation } = await talk();
    const before = await messagesOf(visitor, conversation);
    must(await ada.send('conversation.takeover', key(conversation)));
    expect((await kinds(conversation)).slice(-2)).toEqual(['bot', 'assigned']);
    expect(await row(conversation)).toMatchObject({ botActive: false, assignee: { id: ids.ada } });
    expect(await messagesOf(visitor, conversation)).toEqual(before);
  });

  it('handing back lets the bot go on where it stood, with the question that is still open', async () => {
    const { visitor, conversation } = await talk('pricing please');
    must(await ada.send('conversation.takeover', key(conversation)));
    await say(visitor, 'we are 20 people', conversation);
    const before = await byBot(visitor, conversation);
    must(await ada.send('conversation.handback', key(conversation)));
    expect(await row(conversation)).toMatchObject({ botActive: true, waitingSince: null });
    expect(await byBot(visitor, conversation)).toBeGreaterThan(before);
    const next = await byBot(visitor, conversation);
    await say(visitor, '20', conversation);
    expect(await byBot(visitor, conversation)).toBeGreaterThan(next);
  });

  it('handing back what the bot has is no change; what its flow has finished is refused and changes nothing', async () => {
    const { visitor, conversation } = await talk();
    const head = (await row(conversation)).head;
    must(await ada.send('conversation.handback', key(conversation)));
    expect((await row(conversation)).head).toBe(head);
    await say(visitor, 'I want to talk to a human', conversation);
    await say(visitor, 'no, I will not say', conversation);
    await expect.poll(async () => (await row(conversation)).botActive).toBe(false);
    const before = await logOf(ada, conversation);
    expect(await ada.send('conversation.handback', key(conversation))).toMatchObject({ ok: false, code: 'forbidden', retryable: false });
    expect(await logOf(ada, conversation)).toEqual(before);
  });
});

describe('assigning, closing, reopening', () => {
  it('a conversation is given to a colleague, to nobody, and to no one who does not exist; each side sees it live', async () => {
    const { visitor, conversation } = await talk();
    must(await ada.send('conversation.assign', { ...key(conversation), agent: ids.grace }));
    expect((await row(conversation)).assignee).toEqual({ kind: 'agent', id: ids.grace, name: 'Grace' });
    type Body = { changes: { kind: string; agent?: { id: number } | null }[] };
    await visitor.waitFor<Body>('changes', (b) => b.changes.some((c) => c.kind === 'assigned' && c.agent?.id === ids.grace));
    await grace.waitFor<{ items: FeedItem[] }>('feed', (b) =>
      b.items.some((i) => i.type === 'conversation.assigned' && i.conversation?.assignee?.id === ids.grace),
    );
    must(await ada.send('conversation.assign', { ...key(conversation), agent: null }));
    expect((await row(conversation)).assignee).toBeNull();
    expect(await ada.send('conversation.assign', { ...key(conversation), agent: 4242 })).toMatchObject({ ok: false, code: 'not_found' });
  });

  it('closing ends the wait and silences the bot; the visitor sees it, and its next message opens it again with nobody’s bot', async () => {
    const { visitor, conversation } = await talk();
    must(await ada.send('conversation.close', key(conversation)));
    expect(await row(conversation)).toMatchObject({ status: 'closed', waitingSince: null, botActive: false });
    await visitor.waitFor('changes', (b: { changes: { kind: string }[] }) => b.changes.some((c) => c.kind === 'status'));
    const said = await say(visitor, 'one more question', conversation);
    expect(said.conversation).toBe(conversation);
    expect(await row(conversation)).toMatchObject({ status: 'open', botActive: false, waitingSince: said.at });
    const log = await logOf(visitor, conversation);
    expect(log.find((c) => c.seq === said.seq - 1)).toMatchObject({ kind: 'status', status: 'open', by: { kind: 'contact' } });
  });

  it('after closing, words that name no conversation begin a new one', async () => {
    const { visitor, conversation } = await talk();
    must(await ada.send('conversation.close', key(conversation)));
    expect((await say(visitor, 'something else')).conversation).not.toBe(conversation);
  });

  it('what is so already takes no seq', async () => {
    const { conversation } = await talk();
    must(await ada.send('conversation.close', key(conversation)));
    const { head } = await row(conversation);
    for (const name of ['conversation.close', 'conversation.close'] as const) must(await grace.send(name, key(conversation)));
    expect((await row(conversation)).head).toBe(head);
    must(await ada.send('conversation.reopen', key(conversation)));
    must(await grace.send('conversation.reopen', key(conversation)));
    expect((await row(conversation)).head).toBe(head + 1);
  });
});

describe('edits and deletions', () => {
  it('an edit shows everywhere: in the message’s own place, as an entry, and in the list', async () => {
    const { visitor, conversation } = await talk();
    const said = await answer(ada, conversation, 'It costs 5');
    must(await ada.send('message.edit', { ...key(conversation), message: said.id, text: 'It costs 7' }));
    for (const client of [visitor, ada]) {
      const log = await logOf(client, conversation);
      expect(log.find((c) => c.seq === said.seq)).toMatchObject({ message: { text: 'It costs 7', editedAt: expect.any(Number) } });
      expect(log.at(-1)).toMatchObject({ kind: 'edited', message: said.id, text: 'It costs 7' });
      expect(JSON.stringify(log)).not.toContain('It costs 5');
    }
    expect((await row(conversation)).preview).toBe('It costs 7');
  });

  it('[I17] a deletion leaves a tombstone; the text is gone from log, list and every later read', async () => {
    const { visitor, conversation } = await talk();
    const kept = await answer(ada, conversation, 'this stays');
    const said = await answer(ada, conversation, 'secret-5 slipped out');
    must(await ada.send('message.edit', { ...key(conversation), message: said.id, text: 'secret-6 slipped out' }));
    must(await ada.send('message.delete', { ...key(conversation), message: said.id }));
    for (const client of [visitor, ada]) {
      const log = await logOf(client, conversation);
      expect(log.find((c) => c.seq === said.seq)).toMatchObject({ kind: 'message', message: { id: said.id, text: '', deleted: true } });
      expect(log.at(-1)).toMatchObject({ kind: 'deleted', message: said.id });
      expect(JSON.stringify(log)).not.toContain('secret-');
    }
    const views = [
      await row(conversation),
      must(await visitor.send('sync', {})).conversations,
      must(await ada.send('conversation.list', { filter: 'all' })),
    ];
    expect(JSON.stringify(views)).not.toContain('secret-');
    expect(await row(conversation)).toMatchObject({ preview: 'this stays' });
    expect(kept.seq).toBeLessThan(said.seq);
    const stored = await server.deps.store
      .in(server.workspace.id)
      .read((tx) => tx.execute((db) => db.selectFrom('changes').selectAll().where('conversation_id', '=', conversation)));
    expect(JSON.stringify(stored)).not.toContain('secret-');
  });

  it('nobody changes another’s words: neither a colleague’s, the visitor’s nor the bot’s; and nothing deleted', async () => {
    const { visitor, conversation } = await talk();
    const own = await answer(ada, conversation, 'of Ada');
    const others = (await messagesOf(visitor, conversation)).filter((m) => m.author.kind !== 'agent').map((m) => m.id);
    expect(others.length).toBeGreaterThan(1);
    for (const name of ['message.edit', 'message.delete'] as const) {
      expect(await grace.send(name, { ...key(conversation), message: own.id, text: 'x' })).toMatchObject({ ok: false, code: 'forbidden' });
      for (const message of others)
        expect(await ada.send(name, { ...key(conversation), message, text: 'x' })).toMatchObject({ ok: false, code: 'forbidden' });
    }
    must(await ada.send('message.delete', { ...key(conversation), message: own.id }));
    expect(await ada.send('message.edit', { ...key(conversation), message: own.id, text: 'back?' })).toMatchObject({
      ok: false,
      code: 'not_found',
    });
  });

  it('a message is not found through another conversation', async () => {
    const [one, two] = [await talk(), await talk()];
    const said = await answer(ada, one.conversation, 'here');
    expect(await ada.send('message.delete', { ...key(two.conversation), message: said.id })).toMatchObject({
      ok: false,
      code: 'not_found',
    });
  });
});

describe('unread and waiting', () => {
  it('nobody waits while the bot answers; from the hand-over on the contact waits since its first word', async () => {
    const { visitor, conversation } = await talk();
    expect((await row(conversation)).waitingSince).toBeNull();
    must(await ada.send('conversation.takeover', key(conversation)));
    const first = await say(visitor, 'hello?', conversation);
    await say(visitor, 'anybody?', conversation);
    expect(await row(conversation)).toMatchObject({ waitingSince: first.at });
    await answer(grace, conversation, 'yes');
    expect((await row(conversation)).waitingSince).toBeNull();
  });

  it('the contact’s messages are unread until an agent reads or answers, for the whole team', async () => {
    const { visitor, conversation } = await talk();
    await say(visitor, 'two', conversation);
    const { head, agentUnread } = await row(conversation);
    expect(agentUnread).toBe(2);
    must(await ada.send('conversation.read', { conversation, seq: head }));
    expect((await row(conversation)).agentUnread).toBe(0);
    type Item = { items: FeedItem[] };
    await grace.waitFor<Item>('feed', (b) =>
      b.items.some((i) => i.type === 'conversation.read' && i.conversation?.id === conversation && i.conversation.agentUnread === 0),
    );
    await say(visitor, 'three', conversation);
    expect((await row(conversation)).agentUnread).toBe(1);
    await answer(grace, conversation, 'answered');
    expect((await row(conversation)).agentUnread).toBe(0);
  });

  it('what agents and bot said is unread for the visitor until it reads, or writes itself', async () => {
    const { visitor, conversation } = await talk();
    const unread = async (): Promise<number> =>
      must(await visitor.send('sync', {})).conversations.find((c) => c.id === conversation)?.unread ?? -1;
    const atStart = await unread();
    expect(atStart).toBeGreaterThan(0);
    const reply = await answer(ada, conversation, 'one');
    const second = await answer(ada, conversation, 'two');
    await answer(ada, conversation, 'a note', true);
    expect(await unread()).toBe(atStart + 2);
    must(await visitor.send('conversation.read', { conversation, seq: reply.seq }));
    expect(await unread()).toBe(1);
    must(await visitor.send('conversation.read', { conversation, seq: second.seq }));
    expect(await unread()).toBe(0);
    await answer(ada, conversation, 'three');
    await say(visitor, 'thanks', conversation);
    expect(await unread()).toBe(0);
  });
});
