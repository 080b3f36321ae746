// Waits and calls of flows: what is left for later comes back once, at its time, whatever happened meanwhile.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { must, newCid } from '../../helpers/server.ts';
import type { VisitorClient } from '../../helpers/server.ts';
import { flowOf, startFlowStage } from '../../helpers/flow-stage.ts';
import type { FlowStage } from '../../helpers/flow-stage.ts';
import { answer, logOf, say, seqsOf, upTo } from '../../helpers/talk.ts';

let stage: FlowStage;
afterEach(() => stage.close());

const end = { type: 'end' };
const jobs = async () => stage.server.deps.store.in('').read((tx) => tx.execute((db) => db.selectFrom('jobs').selectAll().orderBy('id')));

describe('a wait', () => {
  const waiting = flowOf({
    hello: { type: 'say', text: 'One moment.', next: 'pause' },
    pause: { type: 'wait', ms: 60_000, next: 'q' },
    q: { type: 'ask-text', text: 'Still there?', next: 'bye' },
    bye: { type: 'say', text: 'Thank you.', next: 'done' },
    done: end,
  });

  it('ends at its time: the flow goes on, and the visitor and the agents see it as it happens', async () => {
    stage = await startFlowStage(waiting);
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    expect(await stage.said(visitor, conversation)).toEqual(['One moment.']);
    stage.pass(59_999);
    await expect.poll(async () => (await jobs())[0]?.attempts).toBe(0);
    stage.pass(1);
    await expect.poll(() => stage.said(visitor, conversation)).toEqual(['One moment.', 'Still there?']);
    await visitor.waitFor<{ conversation: number; changes: { message?: { text: string } }[] }>('changes', (b) =>
      b.changes.some((c) => c.message?.text === 'Still there?'),
    );
    expect(await jobs()).toEqual([]);
    await say(visitor, 'a price list', conversation);
    expect((await stage.said(visitor, conversation)).at(-1)).toBe('Thank you.');
    const log = await logOf(visitor, conversation);
    expect(seqsOf(log)).toEqual(upTo(log.length));
  });

  it('is not kept by who writes meanwhile; its end then changes nothing', async () => {
    stage = await startFlowStage(waiting);
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    await say(visitor, 'Hello?', conversation);
    const before = await stage.said(visitor, conversation);
    expect(before.at(-1)).toContain('Still there?');
    stage.pass(60_000);
    await expect.poll(jobs).toEqual([]);
    expect(await stage.said(visitor, conversation)).toEqual(before);
  });

  it('that the flow comes round to again ends at its own time, not at the first one’s', async () => {
    stage = await startFlowStage(
      flowOf({
        pause: { type: 'wait', ms: 60_000, next: 'q' },
        q: { type: 'ask-text', text: 'And?', next: 'pause' },
      }),
    );
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    stage.pass(40_000);
    await say(visitor, 'first', conversation);
    await say(visitor, 'second', conversation);
    const before = await stage.said(visitor, conversation);
    stage.pass(20_000);
    expect(await jobs()).toMatchObject([{ due_at: stage.clock.now + 40_000 }]);
    expect(await stage.said(visitor, conversation)).toEqual(before);
    stage.pass(40_000);
    await expect.poll(async () => (await stage.said(visitor, conversation)).length).toBe(before.length + 1);
  });

  it('ends in silence where a human has answered; handed back, the flow goes on after it', async () => {
    stage = await startFlowStage(waiting);
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    await answer(stage.agent, conversation, 'I am here myself');
    stage.pass(60_000);
    await expect.poll(jobs).toEqual([]);
    expect(await stage.said(visitor, conversation)).toEqual(['One moment.']);
    must(await stage.agent.send('conversation.handback', { cid: newCid(), conversation }));
    expect((await stage.said(visitor, conversation)).at(-1)).toBe('Still there?');
  });

  it('outlives the server: what is due when it comes back is done then', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'foyer-wait-'));
    stage = await startFlowStage(waiting, { dataDir });
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    const { token } = visitor;
    const { now } = stage.clock;
    await stage.close();
    stage = await startFlowStage({ ...waiting, version: 2 }, { dataDir, now: () => now + 3_600_000, agent: 'Grace' });
    const back = await stage.arrive({ token });
    await expect.poll(() => stage.said(back, conversation)).toEqual(['One moment.', 'Still there?']);
    rmSync(dataDir, { recursive: true, force: true });
  });
});

describe('a call', () => {
  let target: Server;
  let url = '';
  let hits: { request: IncomingMessage; body: string }[] = [];
  let respond: (response: ServerResponse, nth: number) => void;

  beforeAll(async () => {
    target = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        hits.push({ request, body });
        respond(response, hits.length);
      });
    });
    await new Promise<void>((ready) => target.listen(0, '127.0.0.1', ready));
    url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/crm`;
  });
  beforeEach(() => {
    hits = [];
    respond = (response) => void response.end('{"data":{"plan":"gold","seats":12}}');
  });
  afterAll(async () => {
    target.closeAllConnections();
    await new Promise((closed) => target.close(closed));
  });

  const calling = (more: object = {}) =>
    flowOf({
      q: { type: 'ask-text', text: 'Your company?', attribute: 'company', next: 'call' },
      call: {
        type: 'call',
        method: 'POST',
        url,
        headers: { Authorization: 'Bearer secret', 'idempotency-key': 'mine' },
        body: '{"company": "{{contact.company}}"}',
        mapping: [
          { path: 'data.plan', attribute: 'plan' },
          { path: 'data.seats', attribute: 'seats' },
        ],
        timeoutMs: 500,
        next: 'good',
        failed: 'bad',
        ...more,
      },
      good: { type: 'say', text: 'You are on {{contact.plan}}.', next: 'done' },
      bad: { type: 'say', text: 'We look it up ourselves.', next: 'done' },
      done: end,
    });

  async function asked(): Promise<{ visitor: VisitorClient; conversation: number }> {
    const visitor = await stage.arrive();
    const conversation = await stage.begin(visitor);
    await say(visitor, 'Acme "Ltd"', conversation);
    return { visitor, conversation };
  }
  const lastSaid = async ({ visitor, conversation }: { visitor: VisitorClient; conversation: number }) =>
    (await stage.said(visitor, conversation)).at(-1);

  it('leaves after the commit; what is answered becomes attributes, and the flow goes on', async () => {
    stage = await startFlowStage(calling());
    const talk = await asked();
    await expect.poll(() => lastSaid(talk)).toBe('You are on gold.');
    const [hit] = hits;
    expect(hits).toHaveLength(1);
    expect(JSON.parse(hit?.body ?? '')).toEqual({ company: 'Acme "Ltd"' });
    expect(hit?.request.headers).toMatchObject({
      authorization: 'Bearer secret',
      'idempotency-key': expect.stringMatching(new RegExp(`^${talk.conversation}-call-\\d+$`)),
    });
    expect((await stage.card(talk.conversation)).attributes).toMatchObject({ plan: 'gold', seats: 12 });
    expect(await jobs()).toEqual([]);
    await stage.told('contact.updated', talk.conversation);
  });

  it('that fails is tried again under the same key, then the flow goes its failed way; the dead job says why', async () => {
    respond = (response) => void response.writeHead(503).end();
    stage = await startFlowStage(calling());
    const talk = await asked();
    for (const pause of [1000, 4000]) {
      await expect.poll(async () => (await jobs())[0]?.last_error).toBe('answered with 503');
      await expect.poll(async () => (await jobs())[0]?.leased_until).toBeNull();
      stage.pass(pause);
      await expect.poll(async () => (await jobs())[0]?.attempts).toBe(pause === 1000 ? 2 : 3);
    }
    await expect.poll(() => lastSaid(talk)).toBe('We look it up ourselves.');
    expect(new Set(hits.map((hit) => hit.request.headers['idempotency-key'])).size).toBe(1);
    expect(hits).toHaveLength(3);
    expect(await jobs()).toMatchObject([{ attempts: 3, dead_at: expect.any(Number), last_error: 'answered with 503' }]);
  });

  it('that fails once and then is answered goes the good way', async () => {
    respond = (response, nth) => void (nth === 1 ? response.destroy() : response.end('{"data":{"plan":"silver"}}'));
    stage = await startFlowStage(calling());
    const talk = await asked();
    await expect.poll(async () => (await jobs())[0]?.last_error ?? null).not.toBeNull();
    stage.pass(1000);
    await expect.poll(() => lastSaid(talk)).toBe('You are on silver.');
  });

  it('that is refused, moved or answered with too much is not tried again', async () => {
    stage = await startFlowStage(calling());
    const answers: ((response: ServerResponse) => void)[] = [
      (response) => void response.writeHead(404).end(),
      (response) => void response.writeHead(302, { location: url }).end(),
      (response) => void response.end('x'.repeat(70_000)),
    ];
    for (const [i, each] of answers.entries()) {
      respond = each;
      const talk = await asked();
      await expect.poll(() => lastSaid(talk)).toBe('We look it up ourselves.');
      expect(hits).toHaveLength(i + 1);
    }
  });

  it('whose answer is no JSON was taken all the same', async () => {
    respond = (response) => void response.end('thanks');
    stage = await startFlowStage(calling());
    const talk = await asked();
    await expect.poll(() => lastSaid(talk)).toMatch(/^You are on/);
  });

  it('into the server’s own network is refused, and the flow goes its failed way', async () => {
    stage = await startFlowStage(calling(), { outbound: { allowPrivate: false } });
    const talk = await asked();
    await expect.poll(() => lastSaid(talk)).toBe('We look it up ourselves.');
    expect(hits).toHaveLength(0);
    expect(await jobs()).toMatchObject([{ dead_at: expect.any(Number), last_error: expect.stringContaining('private network') }]);
  });

  it('answered after a human took over changes nothing; handed back, the flow does not call twice', async () => {
    let release: () => void = () => {};
    respond = (response) => void (release = () => response.end('{"data":{"plan":"gold"}}'));
    stage = await startFlowStage(calling({ timeoutMs: 15_000 }));
    const talk = await asked();
    await expect.poll(() => hits.length).toBe(1);
    must(await stage.agent.send('conversation.takeover', { cid: newCid(), conversation: talk.conversation }));
    release();
    await expect.poll(jobs).toEqual([]);
    expect(await stage.said(talk.visitor, talk.conversation)).toEqual(['Your company?']);
    must(await stage.agent.send('conversation.handback', { cid: newCid(), conversation: talk.conversation }));
    await expect.poll(() => lastSaid(talk)).toBe('We look it up ourselves.');
    expect(hits).toHaveLength(1);
  });

  it('that hangs does not keep the server from stopping, and is made by the next one', async () => {
    respond = () => {};
    const dataDir = mkdtempSync(join(tmpdir(), 'foyer-call-'));
    stage = await startFlowStage(calling({ timeoutMs: 15_000 }), { dataDir });
    const talk = await asked();
    await expect.poll(() => hits.length).toBe(1);
    const begun = performance.now();
    const { token } = talk.visitor;
    await stage.close();
    expect(performance.now() - begun).toBeLessThan(5000);
    respond = (response) => void response.end('{"data":{"plan":"late"}}');
    stage = await startFlowStage({ ...calling(), version: 2 }, { dataDir, agent: 'Grace' });
    const back = await stage.arrive({ token });
    await expect.poll(() => lastSaid({ visitor: back, conversation: talk.conversation })).toBe('You are on late.');
    rmSync(dataDir, { recursive: true, force: true });
  });
});
