// kill -9 of the server at moments nobody chose, and in the very middle of a commit; and what is on the disk before an answer leaves.
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { folder, pause, until } from './children.ts';
import { startHouse } from './house.ts';
import type { House } from './house.ts';
import { hasPostgres, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { startProxy } from './proxy.ts';
import type { Proxy } from './proxy.ts';
import { isLong, seedOf, startScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { countingSyncs, hasStrace, killedInSync, noStrace, syncsIn } from './strace.ts';
import { note, skipped } from './table.ts';

let house: House | undefined;
let scene: Scene | undefined;
let proxy: Proxy | undefined;
afterEach(async () => {
  scene?.close();
  await house?.discard();
  await proxy?.close();
  house = scene = proxy = undefined;
});

const [randomRounds, commitRounds] = isLong ? [50, 50] : [3, 3];

/** Kills it and starts it again; mostly when all are back, and now and then while they are still coming. */
async function killAtRandom({ node }: House, scene: Scene, random: () => number): Promise<void> {
  if (random() < 0.75) await until('all are back', () => scene.people().every((person) => person.isOnline()), 35_000);
  await pause(100 + random() * 900);
  await node.kill();
  await node.start();
  scene.healed();
}

describe('on SQLite', () => {
  it(`[I1][I2][I4][I5] kill -9 at random, ${randomRounds} times`, async () => {
    const fault = 'kill -9 at random, SQLite';
    const random = seedOf(fault);
    house = await startHouse();
    scene = await startScene({ house, fault, random, urls: [house.node.url], visitors: isLong ? 40 : 20 });
    scene.talk(isLong ? 500 : 200);
    for (let i = 0; i < randomRounds; i++) await killAtRandom(house, scene, random);
    await scene.acked(300);
    await scene.end(randomRounds);
  });

  it.skipIf(!hasStrace)(`[P3][I1][I2] kill -9 in the middle of a commit, ${commitRounds} times`, async () => {
    const fault = 'kill -9 amid fsync of a commit, SQLite';
    const random = seedOf(fault);
    house = await startHouse();
    scene = await startScene({ house, fault, random, urls: [house.node.url], visitors: 8 });
    scene.talk(80);
    await scene.acked(20);
    for (let i = 0; i < commitRounds; i++) {
      await house.node.kill();
      // It syncs about four times before it serves anybody.
      await house.node.start({ under: killedInSync(6 + Math.floor(random() * 12)) }).catch(() => {});
      expect(await house.node.child.exited).toBe('SIGKILL');
      await house.node.start();
      scene.healed();
    }
    await scene.end(commitRounds);
  });

  it.skipIf(!hasStrace)('[I9] every acknowledgement had an fsync before it', async () => {
    const fault = 'fsyncs counted by strace, SQLite';
    const place = folder('strace');
    const file = join(place.path, 'trace');
    house = await startHouse({ under: countingSyncs(file) });
    scene = await startScene({ house, fault, random: seedOf(fault), urls: [house.node.url], visitors: 1, agents: 0 });
    const [visitor] = scene.visitors;
    const begin = Date.now();
    const acks = 50;
    for (let n = 1; n <= acks; n++) {
      visitor?.say(`${n}`);
      await scene.acked(n);
      // One at a time: no two share a commit. Both clocks are this machine's; one of them counts whole ms.
      const at = Date.now() + 1;
      const before = (): number => syncsIn(file).filter((end) => end > begin && end <= at).length;
      await until(`${n} fsyncs before acknowledgement ${n}, not ${before()}`, () => before() >= n, 3000);
    }
    const syncs = syncsIn(file).filter((end) => end > begin).length;
    note(fault, `${syncs} for ${acks} acknowledged one after the other`);
    await house.discard();
    place.remove();
  });
});

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => void (postgres = await startPostgres()));
  afterAll(() => postgres?.stop());

  it(`[I1][I2][I4][I5] kill -9 at random, ${randomRounds} times`, async () => {
    const fault = 'kill -9 at random, PostgreSQL';
    const random = seedOf(fault);
    house = await startHouse({ postgres: await postgres.fresh() });
    scene = await startScene({ house, fault, random, urls: [house.node.url], visitors: isLong ? 40 : 20 });
    scene.talk(isLong ? 500 : 200);
    for (let i = 0; i < randomRounds; i++) await killAtRandom(house, scene, random);
    await scene.acked(300);
    await scene.end(randomRounds);
  });

  it(`[P4][I1][I2] kill -9 when COMMIT is on its way, ${commitRounds} times`, async () => {
    const fault = 'kill -9 amid COMMIT, PostgreSQL';
    const random = seedOf(fault);
    proxy = await startProxy(postgres.port, random);
    const place = await postgres.fresh();
    const line = new URL(place.url);
    line.port = String(proxy.port);
    house = await startHouse({ postgres: place, databaseUrl: line.href });
    scene = await startScene({ house, fault, random, urls: [house.node.url], visitors: 8 });
    scene.talk(80);
    for (let i = 0; i < commitRounds; i++) {
      const { node } = house;
      let left = 5 + Math.floor(random() * 15);
      proxy.set({
        look(way, part) {
          // The word goes out, and nobody is there to hear the answer.
          if (way === 'up' && part.includes('COMMIT') && --left === 0) void node.kill();
          return 'pass';
        },
      });
      expect(await node.child.exited).toBe('SIGKILL');
      proxy.set({ look: null });
      await node.start();
      scene.healed();
    }
    await scene.end(commitRounds);
  });

  it('[P4] the connection is cut between COMMIT and its answer: nobody is told anything definite, and the repeat settles it', async () => {
    const fault = 'answer to COMMIT lost, PostgreSQL';
    const random = seedOf(fault);
    proxy = await startProxy(postgres.port, random);
    const place = await postgres.fresh();
    const line = new URL(place.url);
    line.port = String(proxy.port);
    house = await startHouse({ postgres: place, databaseUrl: line.href });
    scene = await startScene({ house, fault, random, urls: [house.node.url], visitors: 8 });
    const asked = new Set<object>();
    let cuts = 0;
    proxy.set({
      look(way, part, of) {
        if (way === 'up' && part.includes('COMMIT') && random() < 0.1) asked.add(of);
        else if (way === 'down' && asked.delete(of)) return (cuts++, 'cut');
        return 'pass';
      },
    });
    scene.talk(80);
    await scene.acked(isLong ? 1000 : 300, isLong ? 240_000 : 60_000);
    proxy.heal();
    scene.healed();
    await scene.end(cuts);
    expect(cuts).toBeGreaterThan(5);
    expect(scene.visitors.flatMap(({ nacks }) => nacks).some(({ code }) => code === 'unavailable')).toBe(true);
    expect(scene.people().reduce((sum, person) => sum + person.repeats(), 0)).toBeGreaterThan(0);
  });
});

if (!hasStrace) skipped('kill -9 amid a commit and fsyncs counted, SQLite', noStrace);
if (!hasPostgres) skipped('kill -9, PostgreSQL', 'there is no PostgreSQL on this machine');
