// Several nodes on one PostgreSQL, with Redis between them: nodes that die, stand still or are renewed, and a Redis that fails.
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasRedis, startRedis } from '../helpers/redis.ts';
import type { TestRedis } from '../helpers/redis.ts';
import { pause, until } from './children.ts';
import { startHouse } from './house.ts';
import type { House } from './house.ts';
import { markOf } from './oracle.ts';
import { hasPostgres, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { isLong, seedOf, startScene } from './scene.ts';
import type { Scene, SceneOptions } from './scene.ts';
import { skipped } from './table.ts';

const canRun = hasPostgres && hasRedis;
if (!canRun) skipped('several nodes', 'there is no PostgreSQL or no Redis on this machine');

describe.skipIf(!canRun)('several nodes', () => {
  let postgres: Postgres;
  let redis: TestRedis;
  let house: House;
  let scene: Scene | undefined;
  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    house = await startHouse({ postgres: await postgres.fresh(), nodes: 3, env: { REDIS_URL: redis.url } });
  });
  afterEach(async () => {
    scene?.close();
    // Whatever a test that failed has left.
    for (const node of house.nodes) node.thaw();
    redis.process().kill('SIGCONT');
  });
  afterAll(async () => {
    await house?.discard();
    await Promise.all([postgres?.stop(), redis?.stop()]);
  });

  const people = async (fault: string, options: Partial<SceneOptions> = {}): Promise<Scene> =>
    (scene = await startScene({
      house,
      fault,
      random: seedOf(fault),
      urls: house.nodes.map(({ url }) => url),
      visitors: 9,
      agents: 3,
      ...options,
    }));

  /** As a proxy in front of them does it: whoever comes anew goes to a node that is there. */
  function leave(scene: Scene, gone: string): void {
    const others = house.nodes.map(({ url }) => url).filter((url) => url !== gone);
    scene.people().forEach((person, i) => person.url() === gone && person.moveTo(others[i % others.length] ?? ''));
  }

  const kills = isLong ? 20 : 2;
  it(`[I1][I6][I8] one of three is killed, ${kills} times`, async () => {
    const fault = 'one of three nodes killed';
    const scene = await people(fault);
    const random = seedOf(`${fault}, which`);
    scene.talk(60);
    await scene.acked(60);
    for (let i = 0; i < kills; i++) {
      const node = house.nodes[Math.floor(random() * 3)];
      if (!node) continue;
      await node.kill();
      leave(scene, node.url);
      // The others go on: for those who were there nothing has to be mended.
      scene.healed();
      await pause(500 + random() * 500);
      await node.start();
    }
    await scene.end(kills);
  });

  const renewals = isLong ? 10 : 1;
  it(`[P14] a rolling restart of two, ${renewals} time${renewals > 1 ? 's' : ''}: every node ends well, and nobody’s message fails`, async () => {
    const scene = await people('rolling restart of two nodes', {
      urls: house.nodes.slice(0, 2).map(({ url }) => url),
      visitors: 8,
      agents: 2,
    });
    scene.talk(60);
    await scene.acked(60);
    for (let i = 0; i < renewals; i++)
      for (const node of house.nodes.slice(0, 2)) {
        leave(scene, node.url);
        for (const person of scene.people())
          if (person.url() === house.nodes[2]?.url) person.moveTo(house.nodes.find(({ url }) => url !== node.url)?.url ?? '');
        const askedAt = Date.now();
        expect(await node.stop()).toBe(0);
        expect(Date.now() - askedAt).toBeLessThan(10_000);
        await node.start();
        scene.healed();
        await until('all are back', () => scene.people().every((person) => person.isOnline()), 30_000);
      }
    await scene.end(renewals);
  });

  const events = isLong ? 15_000 : 3000;
  it(`[P9][I11] a node stands still while ${events} events pass: its screens are in step soon after`, async () => {
    const [frozen, ...rest] = house.nodes;
    if (!frozen) throw new Error('no node');
    // As many as one visitor may say in a short while.
    const each = 150;
    const scene = await people(`a node frozen while ${events} events pass`, {
      urls: rest.map(({ url }) => url),
      visitors: events / each,
      agents: 1,
      isPatient: true,
    });
    const writers = [...scene.visitors];
    const watchers = writers.slice(0, 6).map(({ who }) => scene.device(who, frozen.url));
    await until('they watch', () => watchers.every((person) => person.isOnline()), 10_000);
    frozen.freeze();
    const frozenAt = Date.now();
    for (let n = 0; n < each; n++) for (const person of writers) person.say(`${markOf(person.who)} ${n}`);
    await scene.acked(events, isLong ? 600_000 : 150_000);
    const ms = Date.now() - frozenAt;
    frozen.thaw();
    scene.healed();
    await scene.end(1, `for ${(ms / 1000).toFixed(0)} s`);
  }, 1_800_000);

  const down = isLong ? 20_000 : 3000;
  it('[P13][I14] Redis is killed: on one node nothing changes, and between nodes things come a little later', async () => {
    const scene = await people('Redis killed and back');
    scene.talk(60);
    await scene.acked(60);
    await redis.kill();
    await pause(down);
    // All that was said while it was away is on all screens without it.
    scene.quiet();
    await until('all are in step without Redis', () => scene.isInStep(), 8000, 100);
    scene.talk(60);
    await redis.start();
    scene.healed();
    await pause(1000);
    await scene.end();
  });

  it('[P13][I14] Redis stands still: nobody waits for it', async () => {
    const scene = await people('Redis hung');
    scene.talk(60);
    redis.process().kill('SIGSTOP');
    await pause(down);
    scene.quiet();
    await until('all are in step without Redis', () => scene.isInStep(), 8000, 100);
    scene.talk(60);
    redis.process().kill('SIGCONT');
    scene.healed();
    await pause(1000);
    await scene.end();
  });

  it('[P13] Redis forgets everything, and throws everybody out', async () => {
    const scene = await people('Redis flushed, its clients killed');
    scene.talk(60);
    for (let i = 0; i < 5; i++) {
      await tell(redis, 'FLUSHALL');
      await tell(redis, 'CLIENT KILL TYPE pubsub');
      await tell(redis, 'CLIENT KILL TYPE normal');
      await pause(300);
    }
    scene.healed();
    await scene.end(5);
  });

  it('[P13] Redis is out of memory: it takes nothing any more', async () => {
    const scene = await people('Redis out of memory');
    scene.talk(60);
    await tell(redis, 'CONFIG SET maxmemory-policy noeviction');
    await tell(redis, 'CONFIG SET maxmemory 1');
    await pause(down);
    scene.quiet();
    await until('all are in step', () => scene.isInStep(), 8000, 100);
    scene.talk(60);
    await tell(redis, 'CONFIG SET maxmemory 0');
    scene.healed();
    await scene.end();
  });
});

/** One command, by hand; its answer's first line. */
function tell({ port }: TestRedis, command: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    const end = (text: string): void => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(3000, () => end('no answer'));
    socket.once('data', (part: Buffer) => end(part.toString()));
    socket.once('error', (error) => end(String(error)));
    socket.once('close', () => end('closed'));
  });
}
