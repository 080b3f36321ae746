import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAgent, connectVisitor, must, newCid, startServer } from '../../helpers/server.ts';
import type { TestServer } from '../../helpers/server.ts';
import type { AgentClient, VisitorClient } from '../../helpers/server.ts';
import { describeStores } from '../../helpers/databases.ts';
import { answer, arrive, logOf, pushed, putForm, say, seqsOf, upTo } from '../../helpers/talk.ts';

describe('the log of a conversation', () => {
  let server: TestServer;
  let agent: AgentClient;
  let visitor: VisitorClient;
  beforeAll(async () => {
    server = await startServer({ settings: { bot: 'off' } });
    agent = await connectAgent(server);
    visitor = await arrive(server);
  });
  afterAll(async () => {
    agent.close();
    visitor.close();
    await server.stop();
  });

  it('[P5] is dense 1..n over messages, status, assignment, bot, edits, deletions, read marks and form answers; notes are hidden from the visitor', async () => {
    const { conversation } = await say(visitor, 'hello');
    const on = { conversation };
    const key = () => ({ cid: newCid(), conversation });
    const reply = await answer(agent, conversation, 'hi');
    must(await visitor.send('conversation.read', { ...on, seq: reply.seq }));
    const note = await answer(agent, conversation, 'an inner thought', true);
    must(await agent.send('message.edit', { ...key(), message: note.id, text: 'a second inner thought' }));
    must(await agent.send('message.edit', { ...key(), message: reply.id, text: 'hi there' }));
    must(await agent.send('message.delete', { ...key(), message: reply.id }));
    must(await agent.send('conversation.assign', { ...key(), agent: null }));
    must(await agent.send('conversation.close', key()));
    must(await agent.send('conversation.reopen', key()));
    const form = await putForm(server, conversation, [{ name: 'email', kind: 'email', label: 'Email', required: true }]);
    must(await visitor.send('form.submit', { ...key(), message: form, values: { email: 'ada@example.com' } }));
    const last = await say(visitor, 'that is all', conversation);
    must(await agent.send('conversation.read', { ...on, seq: last.seq }));

    const seen = await logOf(agent, conversation);
    expect(seqsOf(seen)).toEqual(upTo(seen.length));
    expect(seen.map((c) => c.kind)).toEqual([
      'message',
      'assigned',
      'message',
      'read',
      'message',
      'edited',
      'edited',
      'deleted',
      'assigned',
      'status',
      'status',
      'message',
      'answered',
      'message',
      'read',
    ]);
    const own = await logOf(visitor, conversation);
    expect(seqsOf(own)).toEqual(seqsOf(seen));
    expect(own.flatMap((c) => (c.kind === 'hidden' ? [c.seq] : []))).toEqual([5, 6]);
    expect(own.find((c) => c.kind === 'hidden')).toEqual({ kind: 'hidden', seq: 5, at: expect.any(Number) });
    expect(JSON.stringify([own, visitor.received])).not.toContain('inner thought');
    await expect.poll(() => pushed(visitor, conversation).at(-1)?.seq).toBe(seen.length);
    // The form was put in beside the server, so it alone was not pushed.
    expect(seqsOf(pushed(visitor, conversation))).toEqual(upTo(seen.length).filter((n) => n !== 12));
  });

  it('[P5] a read mark that reads no message takes no seq, and never goes back', async () => {
    const { conversation } = await say(visitor, 'again');
    const reply = await answer(agent, conversation, 'read me');
    const first = must(await visitor.send('conversation.read', { conversation, seq: reply.seq }));
    expect(first.seq).toBe(reply.seq + 1);
    for (const seq of [reply.seq, first.seq, first.seq + 50, 1, 0]) {
      expect(must(await visitor.send('conversation.read', { conversation, seq })).seq).toBe(first.seq);
    }
    const view = must(await visitor.send('sync', {})).conversations.find((c) => c.id === conversation);
    expect(view).toMatchObject({ head: first.seq, contactReadSeq: reply.seq, unread: 0 });
  });

  it('[P5] refused commands take no seq', async () => {
    const { conversation, seq } = await say(visitor, 'nothing more', (await say(visitor, 'x')).conversation);
    await visitor.send('message.send', { cid: newCid(), conversation, text: '' });
    await agent.send('message.delete', { cid: newCid(), conversation, message: 99_999 });
    await agent.send('conversation.handback', { cid: newCid(), conversation });
    const next = await say(visitor, 'after', conversation);
    expect(next.seq).toBe(seq + 1);
  });

  it('[I4] what one socket sends without waiting stands in the order it was typed', async () => {
    const { conversation } = await say(visitor, 'go');
    const texts = Array.from({ length: 60 }, (_, i) => `typed ${i}`);
    const replies = await Promise.all(texts.map((text) => say(visitor, text, conversation)));
    expect(seqsOf(replies)).toEqual(seqsOf(replies).toSorted((a, b) => a - b));
    const log = await logOf(agent, conversation);
    expect(log.flatMap((c) => (c.kind === 'message' && c.message.text.startsWith('typed') ? [c.message.text] : []))).toEqual(texts);
  });
});

describeStores('under concurrency', (places) => {
  const start = async (
    nodes = 1,
  ): Promise<{ servers: TestServer[]; stop: () => Promise<void>; place: Awaited<ReturnType<typeof places.fresh>> }> => {
    const place = await places.fresh();
    const servers: TestServer[] = [];
    for (let i = 0; i < nodes; i++) servers.push(await startServer({ database: place.database }));
    return { servers, place, stop: async () => void (await Promise.all(servers.map((s) => s.stop()))) };
  };

  it('[I15] 50 parallel first messages of one visitor make one conversation and one lead', async () => {
    const { servers, place, stop } = await start();
    const server = servers[0] as TestServer;
    const visitor = await connectVisitor(server);
    const tabs = [visitor, ...(await Promise.all(Array.from({ length: 4 }, () => connectVisitor(server, { token: visitor.token }))))];
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        say(tabs[i % 5] as VisitorClient, i % 2 === 0 ? `message ${i}` : `me: one-lead@example.com (${i})`),
      ),
    );
    expect(new Set(replies.map((r) => r.conversation)).size).toBe(1);
    expect(new Set(replies.map((r) => r.seq)).size).toBe(50);
    const log = await logOf(visitor, replies[0]?.conversation ?? 0);
    expect(seqsOf(log)).toEqual(upTo(log.length));
    expect(log.filter((c) => c.kind === 'message' && c.message.author.kind === 'contact')).toHaveLength(50);
    expect(await place.rows('select type, email from contacts')).toEqual([{ type: 'lead', email: 'one-lead@example.com' }]);
    expect(await place.rows('select id from conversations')).toHaveLength(1);
    expect(await place.rows('select token_hash from sessions')).toHaveLength(1);
    expect(await place.rows(`select rev from events where type = 'contact.promoted'`)).toHaveLength(1);
    expect(await place.rows(`select rev from events where type = 'contact.created'`)).toHaveLength(1);
    for (const tab of tabs) tab.close();
    await stop();
  });

  it('eight simultaneous email messages of one visitor give exactly one promotion', async () => {
    const { servers, place, stop } = await start();
    const visitor = await arrive(servers[0] as TestServer);
    const { conversation } = await say(visitor, 'hello');
    await Promise.all(Array.from({ length: 8 }, (_, i) => say(visitor, `my email is ada${i}@example.com`, conversation)));
    expect(await place.rows(`select data from events where type = 'contact.promoted'`)).toHaveLength(1);
    expect(await place.rows('select type from contacts')).toEqual([{ type: 'lead' }]);
    expect(await place.rows(`select value from contact_details where field = 'email' and status = 'current'`)).toHaveLength(1);
    visitor.close();
    await stop();
  });

  if (places.dialect === 'postgres')
    it('two nodes on one database: eight simultaneous email messages give one promotion, and the log stays dense', async () => {
      const { servers, place, stop } = await start(2);
      const [here, there] = servers as [TestServer, TestServer];
      const first = await arrive(here);
      const { conversation } = await say(first, 'hello');
      const second = await arrive(there, { token: first.token });
      const bodies = Array.from({ length: 8 }, (_, i) => ({ cid: newCid(), conversation, text: `my email is ada${i}@example.com` }));
      const send = async (body: (typeof bodies)[number], client: VisitorClient): Promise<void> => {
        // What the widget does: a retryable refusal is sent again with the same cid.
        await expect.poll(async () => (await client.send('message.send', body)).ok, { timeout: 10_000 }).toBe(true);
      };
      await Promise.all(bodies.map((body, i) => send(body, i % 2 === 0 ? first : second)));
      expect(await place.rows(`select data from events where type = 'contact.promoted'`)).toHaveLength(1);
      const log = await logOf(second, conversation);
      expect(seqsOf(log)).toEqual(upTo(log.length));
      expect(log.filter((c) => c.kind === 'message' && c.message.author.kind === 'contact')).toHaveLength(9);
      const revs = await place.rows<{ rev: number }>('select rev from events order by rev');
      expect(revs.map((r) => r.rev)).toEqual(upTo(revs.length));
      first.close();
      second.close();
      await stop();
    });

  if (places.dialect === 'postgres')
    it('two nodes on one database: first messages on both at once make one contact and one conversation', async () => {
      const { servers, place, stop } = await start(2);
      const [here, there] = servers as [TestServer, TestServer];
      const first = await connectVisitor(here);
      const second = await connectVisitor(there, { token: first.token });
      const send = (client: VisitorClient, i: number) => {
        const body = { cid: newCid(), text: `first ${i}` };
        return expect.poll(async () => (await client.send('message.send', body)).ok, { timeout: 10_000 }).toBe(true);
      };
      await Promise.all(upTo(12).map((i) => send(i % 2 === 0 ? first : second, i)));
      expect(await place.rows('select id from contacts')).toHaveLength(1);
      expect(await place.rows('select id from conversations')).toHaveLength(1);
      first.close();
      second.close();
      await stop();
    });

  it('[P3] at the moment of the ack, another connection reads the message, its feed row and the conversation’s head', async () => {
    const { servers, place, stop } = await start();
    const visitor = await arrive(servers[0] as TestServer);
    const { conversation } = await say(visitor, 'hello');
    for (let i = 0; i < 10; i++) {
      const acked = await say(visitor, `durable ${i}`, conversation);
      expect(await place.rows(`select seq from messages where id = ${acked.id}`)).toEqual([{ seq: acked.seq }]);
      expect(await place.rows(`select seq from conversations where id = ${conversation} and seq >= ${acked.seq}`)).toHaveLength(1);
      expect(await place.rows(`select seq from events where conversation_id = ${conversation} and seq = ${acked.seq}`)).toHaveLength(1);
    }
    visitor.close();
    await stop();
  });
});
