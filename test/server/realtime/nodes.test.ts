// P13, I8, I12, I14: two nodes on one database, with Redis between them, without it, and with a Redis that dies or hangs.
import { createCatchUp } from '../../../server/realtime/catch-up.ts';
import type { Published } from '../../../server/publish.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectAgentWith, must, newCid, startServer } from '../../helpers/server.ts';
import type { AgentClient, connectVisitor, ServerOptions, TestServer, VisitorClient } from '../../helpers/server.ts';
import { describePostgres } from '../../helpers/databases.ts';
import { hasRedis, startRedis } from '../../helpers/redis.ts';
import type { TestRedis } from '../../helpers/redis.ts';
import { answer, arrive, hmac, identitySecret, logOf, pushed, say, seqsOf, upTo } from '../../helpers/talk.ts';

const proofOf = (server: TestServer, userId: string): string => hmac(identitySecret(server), userId);

interface Pair {
  one: TestServer;
  two: TestServer;
  /** The same colleague on either node. */
  agentOn(server: TestServer): Promise<AgentClient>;
  arriveOn(server: TestServer, more?: Parameters<typeof connectVisitor>[1]): Promise<VisitorClient>;
  stop(): Promise<void>;
}

if (!hasRedis && process.env['CI'] !== 'true') process.stderr.write('two nodes with Redis: SKIPPED, no redis-server on this machine\n');

describePostgres('two nodes', (places) => {
  let redis: TestRedis;
  let pair: Pair;

  async function start(options: ServerOptions): Promise<Pair> {
    const place = await places.fresh();
    const common = { database: place.database, settings: { bot: 'off' as const }, ...options };
    const one = await startServer(common);
    const two = await startServer(common);
    const { cookie } = await one.agent();
    const clients: { close(): void }[] = [];
    const keep = <T extends { close(): void }>(client: T): T => (clients.push(client), client);
    return {
      one,
      two,
      agentOn: async (server) => keep(await connectAgentWith(server.url, cookie)),
      arriveOn: async (server, more) => keep(await arrive(server, more)),
      async stop() {
        for (const client of clients) client.close();
        await Promise.all([one.stop(), two.stop()]);
      },
    };
  }
  afterEach(() => pair.stop());

  const linked = async ({ one, two }: Pair): Promise<void> => {
    for (const server of [one, two]) await expect.poll(() => server.isLinked(), { timeout: 8000 }).toBe(true);
  };
  const distinct = (seqs: readonly number[]): number[] => [...new Set(seqs)].toSorted((a, b) => a - b);
  const fedSeqs = (agent: AgentClient, conversation: number): number[] =>
    agent.received
      .filter((e) => e.name === 'feed')
      .flatMap((e) => (e.body as Feed).items)
      .flatMap((item) => (item.conversationId === conversation && item.change ? [item.change.seq] : []));
  type Feed = { items: { conversationId?: number; change?: { seq: number; message?: { text: string } } }[] };
  const heard = (text: string) => (b: Feed) => b.items.some((item) => item.change?.message?.text === text);

  /** What holds with Redis and without. */
  function itIsOneHouse(options: () => ServerOptions, isLinked: boolean): void {
    const open = async (): Promise<Pair> => {
      pair = await start(options());
      if (isLinked) await linked(pair);
      return pair;
    };

    it('[I8] what a visitor says on one is on the agent’s screen at the other, and the reply comes back, in the order of the log', async () => {
      const { one, two, agentOn, arriveOn } = await open();
      const [visitor, agent] = [await arriveOn(one), await agentOn(two)];
      const { conversation } = await say(visitor, 'Is anybody there?');
      expect(seqsOf(await logOf(agent, conversation))).toEqual([1]);
      await agent.waitFor<Feed>('feed', heard('Is anybody there?'));
      for (let i = 0; i < 5; i++) {
        await answer(agent, conversation, `yes ${i}`);
        await say(visitor, `good ${i}`, conversation);
      }
      const all = seqsOf(await logOf(agent, conversation));
      expect(all).toEqual(upTo(all.length));
      await expect.poll(() => distinct(seqsOf(pushed(visitor, conversation))), { timeout: 8000 }).toEqual(all);
      await expect.poll(() => distinct(fedSeqs(agent, conversation)), { timeout: 8000 }).toEqual(all);
    });

    it('[M18] a conversation begun on one device reaches the same user’s other device at the other node', async () => {
      const { one, two, arriveOn } = await open();
      const [laptop, phone] = [await arriveOn(one), await arriveOn(two)];
      const who = { user_id: 'grace', user_hash: proofOf(one, 'grace'), email: 'grace@example.com' };
      must(await laptop.send('identify', who));
      must(await phone.send('identify', who));
      const { conversation } = await say(laptop, 'from the laptop');
      // The phone is told of one it does not know, and asks.
      await phone.waitFor<{ conversation: number }>('changes', (b) => b.conversation === conversation);
      must(await phone.send('sync', { conversations: { [conversation]: 0 } }));
      await say(laptop, 'and again', conversation);
      await expect.poll(() => new Set(seqsOf(pushed(phone, conversation))).size, { timeout: 8000 }).toBe(2);
    });

    it('[I6] another tab of a visitor whom nobody knew till then hears of the first conversation at the other node, too', async () => {
      const { one, two, arriveOn } = await open();
      const here = await arriveOn(one);
      const there = await arriveOn(two, { token: here.token });
      const { conversation } = await say(here, 'My first words');
      await there.waitFor<{ conversation: number }>('changes', (b) => b.conversation === conversation);
      await say(here, 'and more', conversation);
      await expect.poll(() => JSON.stringify(pushed(there, conversation)), { timeout: 5000 }).toContain('and more');
    });

    it('[M16][I12] a session that is ended on one hears nothing more at the other', async () => {
      const { one, two, agentOn, arriveOn } = await open();
      const here = await arriveOn(one);
      const { conversation } = await say(here, 'I leave soon');
      const there = await arriveOn(two, { token: here.token });
      there.socket.io.reconnection(false);
      const agent = await agentOn(one);
      must(await here.send('session.end', {}));
      // The word of it comes at once; where none comes, sessions are looked up every ten seconds.
      await expect.poll(() => there.received.some((e) => e.name === 'session.ended'), { timeout: isLinked ? 2000 : 15_000 }).toBe(true);
      await answer(agent, conversation, 'for nobody’s ears');
      await expect.poll(() => there.socket.connected).toBe(false);
      expect(JSON.stringify(there.received)).not.toContain('nobody’s ears');
    }, 30_000);

    it('[M7][M18] what a proof makes one at one node is one at the other: the phone hears the conversation that came with the laptop', async () => {
      const { one, two, arriveOn } = await open();
      const phone = await arriveOn(two);
      must(await phone.send('identify', { user_id: 'vera', user_hash: proofOf(one, 'vera') }));
      const laptop = await arriveOn(one);
      const { conversation } = await say(laptop, 'I have not signed in yet');
      must(await laptop.send('identify', { user_id: 'vera', user_hash: proofOf(one, 'vera') }));
      await phone.waitFor<{ conversation: number }>('changes', (b) => b.conversation === conversation);
      await say(laptop, 'now I have', conversation);
      await expect.poll(() => JSON.stringify(pushed(phone, conversation)), { timeout: 5000 }).toContain('now I have');
    });
  }

  // In CI it must be there.
  describe.skipIf(!hasRedis && process.env['CI'] !== 'true')('with Redis between them', () => {
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());

    itIsOneHouse(() => ({ redisUrl: redis.url }), true);

    it('typing, who is there, and what was counted are known on both', async () => {
      pair = await start({ redisUrl: redis.url, limits: { perVisitor: 40, perAddress: 1e6, perAgent: 1e6 } });
      await linked(pair);
      const { one, two, agentOn, arriveOn } = pair;
      const [visitor, agent] = [await arriveOn(one), await agentOn(two)];
      await visitor.waitFor<{ online: boolean }>('presence', (b) => b.online);
      const { conversation } = await say(visitor, 'hello');
      const contact = must(await agent.send('conversation.get', { conversation })).conversation.contact.id;
      await agent.waitFor<{ changes: { contact: string; online: boolean }[] }>('visitors', (b) =>
        b.changes.some((c) => c.contact === contact && c.online),
      );
      expect(must(await agent.send('contact.get', { contact })).contact.online).toBe(true);
      must(await visitor.send('typing', { conversation, on: true }));
      await agent.waitFor('typing');
      must(await agent.send('typing', { conversation, on: true }));
      await visitor.waitFor('typing');
      // 40 commands in 10 s, wherever they are sent.
      for (let i = 0; i < 30; i++) await visitor.send('conversation.history', { conversation });
      const elsewhere = await arriveOn(two, { token: visitor.token });
      await expect
        .poll(async () => (await elsewhere.send('conversation.history', { conversation })).ok, { timeout: 5000, interval: 100 })
        .toBe(false);
      visitor.close();
      elsewhere.close();
      await agent.waitFor<{ changes: { contact: string; online: boolean }[] }>('visitors', (b) =>
        b.changes.some((c) => c.contact === contact && !c.online),
      );
    }, 30_000);

    it('an agent who comes late sees who was there before, and a node that dies takes its visitors along', async () => {
      pair = await start({ redisUrl: redis.url });
      await linked(pair);
      const { one, two, agentOn, arriveOn } = pair;
      const visitor = await arriveOn(one);
      const { conversation } = await say(visitor, 'early');
      const agent = await agentOn(two);
      const contact = must(await agent.send('conversation.get', { conversation })).conversation.contact.id;
      const isOnline = async (): Promise<boolean> => must(await agent.send('contact.get', { contact })).contact.online;
      await expect.poll(isOnline, { timeout: 5000 }).toBe(true);
      visitor.socket.io.reconnection(false);
      await one.stop();
      await expect.poll(isOnline, { timeout: 5000 }).toBe(false);
    }, 30_000);

    it('[I14] Redis dies, comes back, and hangs: on one node nothing is felt, across nodes it takes a moment, and nothing is lost', async () => {
      pair = await start({ redisUrl: redis.url });
      await linked(pair);
      const { one, two, agentOn, arriveOn } = pair;
      const visitor = await arriveOn(one);
      const [near, far] = [await agentOn(one), await agentOn(two)];
      const { conversation } = await say(visitor, 'before');
      await far.waitFor<Feed>('feed', heard('before'));
      const trouble: [string, () => Promise<void> | void, () => Promise<void> | void][] = [
        ['dead', () => redis.kill(), () => redis.start()],
        ['hung', () => void redis.process().kill('SIGSTOP'), () => void redis.process().kill('SIGCONT')],
      ];
      for (const [name, begin, end] of trouble) {
        await begin();
        for (let i = 0; i < 20; i++) {
          const text = `${name} ${i}`;
          must(await visitor.send('message.send', { cid: newCid(), conversation, text }));
          await near.waitFor<Feed>('feed', heard(text));
          await far.waitFor<Feed>('feed', heard(text));
        }
        await answer(far, conversation, `${name}, and back`);
        await expect.poll(() => JSON.stringify(pushed(visitor, conversation)).includes(`${name}, and back`), { timeout: 5000 }).toBe(true);
        await end();
        await expect.poll(() => one.isLinked() && two.isLinked(), { timeout: 20_000 }).toBe(true);
        await say(visitor, `after ${name}`, conversation);
        await far.waitFor<Feed>('feed', heard(`after ${name}`));
      }
      const all = seqsOf(await logOf(far, conversation));
      expect(all.length).toBeGreaterThanOrEqual(45);
      expect(all).toEqual(upTo(all.length));
      await expect.poll(() => distinct(seqsOf(pushed(visitor, conversation))), { timeout: 5000 }).toEqual(all);
    }, 90_000);
  });

  describe('without Redis', () => {
    itIsOneHouse(() => ({}), false);

    it('[P7] who missed more than can be told one by one is told how far it goes, and asks', async () => {
      pair = await start({});
      const { one, two, arriveOn } = pair;
      const visitor = await arriveOn(one);
      const { conversation } = await say(visitor, 'first');
      const told: Published[] = [];
      const reloads: { id: number; head: number }[] = [];
      const rechecked: string[] = [];
      const catchUp = createCatchUp({
        deps: two.deps,
        most: 20,
        isLinked: () => false,
        audience: () => ({ agents: true, visitors: true, conversation: () => true }),
        deliver: (published) => void told.push(published),
        recheck: async (_, contacts) => void rechecked.push(...contacts),
        reload: (_, conversations) => void reloads.push(...conversations),
      });
      await catchUp.watch(one.workspace.id);
      for (let i = 0; i < 30; i++) await say(visitor, `many ${i}`, conversation);
      catchUp.start();
      await expect.poll(() => reloads).toEqual([{ id: conversation, head: 31 }]);
      expect([told.length, rechecked.length]).toEqual([0, 1]);
      await say(visitor, 'one more', conversation);
      await expect.poll(() => told.flatMap(({ conversation: c }) => c?.changes.map((change) => change.seq) ?? [])).toEqual([32]);
      await catchUp.stop();
    });
  });
});
