import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../shared/conversation.ts';
import type { FeedItem } from '../../../shared/protocol.ts';
import { connectAgent, connectVisitor, must, newCid, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer, VisitorClient } from '../../helpers/server.ts';
import { answer, arrive, logOf, messagesOf, pushed, putForm, say } from '../../helpers/talk.ts';

let server: TestServer;
let agent: AgentClient;
const clients: { close(): void }[] = [];

beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off' } });
  agent = await connectAgent(server);
  must(await agent.send('sync', {}));
});
afterAll(async () => {
  for (const client of [agent, ...clients]) client.close();
  await server.stop();
});

async function visitorWithTalk(): Promise<{ visitor: VisitorClient; conversation: number }> {
  const visitor = await arrive(server);
  clients.push(visitor);
  return { visitor, conversation: (await say(visitor, 'Hello')).conversation };
}

const feedOf = (conversation: number): FeedItem[] =>
  agent.received
    .filter((e) => e.name === 'feed')
    .flatMap((e) => (e.body as { items: FeedItem[] }).items)
    .filter((i) => i.conversationId === conversation);

/** All that was pushed before is there once a later message is. */
async function settled(visitor: VisitorClient, conversation: number): Promise<void> {
  const last = await say(visitor, 'the last word', conversation);
  await agent.waitFor<{ items: FeedItem[] }>('feed', (b) =>
    b.items.some((i) => i.change?.seq === last.seq && i.conversationId === conversation),
  );
  await visitor.waitFor<{ changes: Change[] }>('changes', (b) => b.changes.some((c) => c.seq === last.seq));
}

describe('a cid names one action for good', () => {
  it('[P2] a visitor’s repeat gets the same id, seq and time, and is neither stored nor pushed again', async () => {
    const { visitor, conversation } = await visitorWithTalk();
    const body = { cid: newCid(), conversation, text: 'once' };
    const first = must(await visitor.send('message.send', body));
    const again = await Promise.all([1, 2, 3].map(() => visitor.send('message.send', body)));
    for (const reply of again) expect(reply).toEqual(first);
    await settled(visitor, conversation);
    expect((await messagesOf(visitor, conversation)).filter((m) => m.text === 'once')).toHaveLength(1);
    expect(pushed(visitor, conversation).filter((c) => c.kind === 'message' && c.message.text === 'once')).toHaveLength(1);
    expect(feedOf(conversation).filter((i) => i.change?.kind === 'message' && i.change.message.text === 'once')).toHaveLength(1);
  });

  it('[P2] a repeat on a new socket, after reconnecting, gets the same answer', async () => {
    const { visitor, conversation } = await visitorWithTalk();
    const body = { cid: newCid(), conversation, text: 'sent, then the line died' };
    const first = must(await visitor.send('message.send', body));
    visitor.close();
    const back = await connectVisitor(server, { token: visitor.token });
    clients.push(back);
    expect(await back.send('message.send', body)).toEqual(first);
  });

  it('[P2] a repeat that names no conversation finds its message wherever it came to stand', async () => {
    const visitor = await arrive(server);
    clients.push(visitor);
    const body = { cid: newCid(), text: 'first words' };
    const first = must(await visitor.send('message.send', body));
    must(await agent.send('conversation.close', { cid: newCid(), conversation: first.conversation }));
    await say(visitor, 'another conversation begins');
    expect(await visitor.send('message.send', body)).toEqual(first);
    expect(must(await visitor.send('sync', {})).conversations).toHaveLength(2);
  });

  it('[P2] the same cid with another text is refused for good, and the stored row stays as it was', async () => {
    const { visitor, conversation } = await visitorWithTalk();
    const cid = newCid();
    must(await visitor.send('message.send', { cid, conversation, text: 'original' }));
    for (const body of [
      { cid, conversation, text: 'other' },
      { cid, conversation, text: 'original', choice: 'x' },
    ]) {
      expect(await visitor.send('message.send', body)).toMatchObject({ ok: false, code: 'cid_conflict', retryable: false });
    }
    const texts = (await messagesOf(visitor, conversation)).map((m) => m.text);
    expect(texts).toEqual(['Hello', 'original']);
  });

  it('[P1] a conversation begun twice with one cid is one, and a bot greets in it once', async () => {
    const own = await startServer();
    const visitor = await arrive(own);
    const cid = newCid();
    const begun = await Promise.all([1, 2, 3, 4].map(async () => must(await visitor.send('conversation.start', { cid })).conversation.id));
    expect(new Set(begun).size).toBe(1);
    expect(must(await visitor.send('sync', {})).conversations).toHaveLength(1);
    const greeting = (await messagesOf(visitor, begun[0] ?? 0)).map((m) => m.text);
    expect(greeting.length).toBeGreaterThan(0);
    expect(new Set(greeting).size).toBe(greeting.length);
    visitor.close();
    await own.stop();
  });

  it('[P2] an agent’s repeated reply and note get the same answers, and are not pushed again', async () => {
    const { visitor, conversation } = await visitorWithTalk();
    for (const note of [false, true]) {
      const body = { cid: newCid(), conversation, text: `agent ${note}`, note };
      const first = must(await agent.send('message.send', body));
      expect(await agent.send('message.send', body)).toEqual(first);
      expect(await agent.send('message.send', { ...body, text: 'other' })).toMatchObject({
        ok: false,
        code: 'cid_conflict',
        retryable: false,
      });
      expect(await agent.send('message.send', { ...body, note: !note })).toMatchObject({ ok: false, code: 'cid_conflict' });
    }
    await settled(visitor, conversation);
    const said = feedOf(conversation).filter((i) => i.change?.kind === 'message' && i.change.message.text.startsWith('agent '));
    expect(said).toHaveLength(2);
  });

  it('[P1] two agents, and an agent and the visitor, may use the same cid: each side has its own', async () => {
    const { visitor, conversation } = await visitorWithTalk();
    const other = await connectAgent(server, 'Grace');
    clients.push(other);
    const cid = newCid();
    const replies = [
      must(await visitor.send('message.send', { cid, conversation, text: 'v' })),
      must(await agent.send('message.send', { cid, conversation, text: 'a' })),
      must(await other.send('message.send', { cid, conversation, text: 'g' })),
    ];
    expect(new Set(replies.map((r) => r.id)).size).toBe(3);
  });

  it('[P2] an agent’s repeated changes get the same seq and take no second one', async () => {
    const { visitor, conversation } = await visitorWithTalk();
    const message = await answer(agent, conversation, 'to be changed');
    const { agent: ada } = await server.agent();
    const steps = [
      () => ['message.edit', { cid: newCid(), conversation, message: message.id, text: 'changed' }] as const,
      () => ['conversation.assign', { cid: newCid(), conversation, agent: null }] as const,
      () => ['conversation.assign', { cid: newCid(), conversation, agent: ada.id }] as const,
      () => ['conversation.close', { cid: newCid(), conversation }] as const,
      () => ['conversation.reopen', { cid: newCid(), conversation }] as const,
      () => ['message.delete', { cid: newCid(), conversation, message: message.id }] as const,
    ];
    for (const step of steps) {
      const [name, body] = step();
      const first = must(await agent.send(name, body));
      expect(await agent.send(name, body), name).toEqual(first);
      const foreign = name === 'message.edit' ? { ...body, text: 'x' } : name === 'conversation.assign' ? { ...body, agent: 99 } : null;
      if (foreign) expect(await agent.send(name, foreign as never), name).toMatchObject({ ok: false, code: 'cid_conflict' });
    }
    await settled(visitor, conversation);
    const log = await logOf(agent, conversation);
    expect(log.map((c) => c.kind)).toEqual([
      'message',
      'assigned',
      'message',
      'edited',
      'assigned',
      'assigned',
      'status',
      'status',
      'deleted',
      'message',
    ]);
    expect(
      feedOf(conversation)
        .filter((i) => i.change)
        .map((i) => i.change?.seq),
    ).toEqual(log.map((c) => c.seq));
  });

  it('[P2] a form answered twice with one cid gets the same answer; with another cid it is refused', async () => {
    const { visitor, conversation } = await visitorWithTalk();
    const form = await putForm(server, conversation, [{ name: 'email', kind: 'email', label: 'Email', required: true }]);
    const body = { cid: newCid(), conversation, message: form, values: { email: 'ada@example.com' } };
    const first = must(await visitor.send('form.submit', body));
    expect(await visitor.send('form.submit', body)).toEqual(first);
    expect(await visitor.send('form.submit', { ...body, values: { email: 'b@example.com' } })).toMatchObject({
      ok: false,
      code: 'cid_conflict',
    });
    expect(await visitor.send('form.submit', { ...body, cid: newCid() })).toMatchObject({
      ok: false,
      code: 'already_answered',
      retryable: false,
    });
    expect((await logOf(visitor, conversation)).filter((c) => c.kind === 'answered')).toHaveLength(1);
    expect(must(await visitor.send('sync', {})).me).toMatchObject({ type: 'lead', email: 'ada@example.com' });
  });
});
