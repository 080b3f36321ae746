// Databases that die, hang, refuse, are full, locked, or not what they were: nothing is acknowledged that is not stored (I14).
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, statSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort, has, isRoot, kill, pause, smallDisk, until } from './children.ts';
import { launch, sqliteFile, startHouse } from './house.ts';
import type { House } from './house.ts';
import { hasPostgres, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { isLong, seedOf, startScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { leftOut, note, skipped } from './table.ts';

let house: House | undefined;
let scene: Scene | undefined;
const undo: (() => unknown)[] = [];
afterEach(async () => {
  scene?.close();
  await house?.discard();
  for (const step of undo.splice(0).toReversed()) await step();
  house = scene = undefined;
});

const faultMs = isLong ? 30_000 : 4000;
/** [I14] Everybody is answered so soon, though not with what they hoped for; and what a busy machine is late. */
const nackMs = 5000 + 1000;

async function talk(fault: string, house: House): Promise<Scene> {
  scene = await startScene({ house, fault, random: seedOf(fault), urls: [house.node.url], visitors: 6 });
  scene.talk(40);
  await scene.acked(40);
  return scene;
}

/** While the database is away. @returns the slowest answer, ms */
async function onlyRefusals(scene: Scene, ms: number): Promise<number> {
  // What was on its way is through.
  await pause(500);
  const before = scene.oracle.acks();
  await pause(ms);
  expect(scene.oracle.acks() - before, 'acknowledged without a database').toBe(0);
  const nacks = scene.people().flatMap((person) => person.nacks);
  expect(nacks.filter(({ code }) => !['unavailable', 'busy', 'rate_limited'].includes(code))).toEqual([]);
  expect(nacks.length).toBeGreaterThan(0);
  const slowest = Math.max(...nacks.map(({ afterMs }) => afterMs));
  expect(slowest).toBeLessThanOrEqual(nackMs);
  return slowest;
}

/** The process is the one it was, and serves again soon. */
async function servesAgain(scene: Scene, house: House, withinMs: number): Promise<string> {
  const begin = Date.now();
  scene.healed();
  const before = scene.oracle.acks();
  await until('it serves again', () => scene.oracle.acks() > before, withinMs);
  expect(house.node.child.isOver()).toBe(false);
  return `serves again after ${((Date.now() - begin) / 1000).toFixed(1)} s`;
}

describe.skipIf(!hasPostgres)('PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => void (postgres = await startPostgres({ max_connections: 30 })));
  afterAll(() => postgres?.stop());
  const open = async (): Promise<House> => (house = await startHouse({ postgres: await postgres.fresh() }));

  it('[I14][P3] is killed, and comes back', async () => {
    const house = await open();
    const scene = await talk('PostgreSQL killed and back', house);
    await postgres.kill();
    await onlyRefusals(scene, faultMs);
    await postgres.start();
    await scene.end(1, await servesAgain(scene, house, 10_000));
  });

  it('[P4] throws out its clients again and again', async () => {
    const scene = await talk('PostgreSQL backends terminated', await open());
    const times = isLong ? 100 : 10;
    for (let i = 0; i < times; i++) {
      await postgres.rows(`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'foyer%'`);
      await pause(100 + i * 10);
    }
    scene.healed();
    await scene.end(times);
  });

  it('[I14] stands still', async () => {
    const house = await open();
    const scene = await talk('PostgreSQL paused', house);
    postgres.freeze();
    undo.push(() => postgres.thaw());
    await onlyRefusals(scene, Math.max(faultMs, 6000));
    postgres.thaw();
    await scene.end(1, await servesAgain(scene, house, 10_000));
  });

  it('[I14] has no connection left', async () => {
    const house = await open();
    const scene = await talk('PostgreSQL out of connections', house);
    const others: pg.Client[] = [];
    const grab = async (): Promise<void> => {
      for (;;) {
        const client = new pg.Client({
          connectionString: `postgres://foyer@127.0.0.1:${postgres.port}/postgres`,
          application_name: 'greedy',
        });
        client.on('error', () => {});
        try {
          await client.connect();
        } catch {
          return;
        }
        others.push(client);
      }
    };
    undo.push(() => Promise.all(others.map((client) => client.end().catch(() => {}))));
    await grab();
    // Somebody took the last ones, and now takes those which are ours, too.
    for (let i = 0; i < 5; i++) {
      await others[0]?.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'foyer%'`);
      await grab();
    }
    await onlyRefusals(scene, faultMs);
    await Promise.all(others.splice(0).map((client) => client.end()));
    await scene.end(1, await servesAgain(scene, house, 10_000));
  });
});
if (!hasPostgres) skipped('PostgreSQL killed, terminated, paused, out of connections', 'there is no PostgreSQL on this machine');

describe('the SQLite file', () => {
  it('[I14][P3] has no room on its disk', async () => {
    const fault = 'disk full, SQLite';
    const disk = smallDisk(24e6);
    if (!disk) return leftOut(fault, 'this user may not mount a small disk');
    undo.push(() => disk.remove());
    house = await startHouse({ dataDir: disk.path });
    const scene = await talk(fault, house);
    const ballast = join(disk.path, 'ballast');
    const fill = (): void => {
      const { bavail, bsize } = statfsSync(disk.path);
      if (bavail > 0) writeFileSync(ballast, Buffer.alloc(bavail * bsize), { flag: 'a' });
    };
    fill();
    // The log's own room, which it has already, is used up first.
    await until('the disk is full', () => (fill(), scene.people().some((person) => person.nacks.length > 0)), 20_000);
    await onlyRefusals(scene, faultMs);
    truncateSync(ballast, 0);
    await scene.end(1, await servesAgain(scene, house, 5000));
    await house.discard();
  });

  it('[I14] is locked by another program', async () => {
    house = await startHouse();
    const scene = await talk('SQLite locked by another program', house);
    const other = new Database(sqliteFile(house.dataDir), { timeout: 10_000 });
    undo.push(() => other.close());
    other.exec('begin immediate');
    await onlyRefusals(scene, Math.max(faultMs, 5000));
    other.exec('rollback');
    await scene.end(1, await servesAgain(scene, house, 5000));
  });

  /** A database that was in use, at rest. */
  async function atRest(): Promise<string> {
    const made = await startHouse();
    undo.push(() => made.discard());
    await made.node.stop();
    return made.dataDir;
  }
  async function refusedStart(dataDir: string): Promise<string> {
    const child = launch({ port: await freePort(), dataDir, env: {} });
    undo.push(() => kill(child));
    expect(await Promise.race([child.exited, pause(20_000).then(() => 'it runs')])).toBe(1);
    expect(child.stderr).not.toMatch(/\n\s+at /);
    return child.stderr;
  }

  it('may not be written at the start: it is refused in words, and nothing is made in its place', async () => {
    const fault = 'SQLite read-only at the start';
    const disk = smallDisk(24e6);
    if (!disk) return leftOut(fault, 'this user may not mount a small disk');
    undo.push(() => disk.remove());
    execFileSync('cp', ['-a', `${await atRest()}/.`, disk.path]);
    const before = readFileSync(sqliteFile(disk.path));
    execFileSync('mount', ['-o', 'remount,ro', disk.path]);
    expect(await refusedStart(disk.path)).toMatch(/Foyer does not start\.\n.*(cannot be (used|opened)|read-?only)/i);
    expect(readFileSync(sqliteFile(disk.path)).equals(before)).toBe(true);
    note(fault, 'refused in words, file unchanged');
  });

  const damages: [string, (file: string) => void][] = [
    ['overwritten', (file) => writeFileSync(file, 'notes of somebody else\n'.repeat(5000))],
    ['cut off', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    [
      'with pages of noise',
      (file) => {
        const bytes = readFileSync(file);
        for (let at = 8192; at < bytes.length; at += 16_384) bytes.fill(0xa5, at, Math.min(at + 4096, bytes.length));
        writeFileSync(file, bytes);
      },
    ],
  ];
  it.each(damages)('is damaged at the start (%s): it is refused in words, and stays as it is', async (what, damage) => {
    const dataDir = await atRest();
    const file = sqliteFile(dataDir);
    damage(file);
    const kept = `${file}.kept`;
    copyFileSync(file, kept);
    expect(await refusedStart(dataDir)).toMatch(/Foyer does not start\.\nThe database .*foyer\.db is damaged/);
    expect(readFileSync(file).equals(readFileSync(kept))).toBe(true);
    note(`SQLite damaged at the start, ${what}`, 'refused in words, file unchanged');
  });

  it('is gone or emptied at the start, and the key beside it is not: it is refused in words, and nothing is made in its place', async () => {
    const dataDir = await atRest();
    const file = sqliteFile(dataDir);
    truncateSync(file, 0);
    expect(await refusedStart(dataDir)).toMatch(/The database .*foyer\.db is empty, though .*secret\.key shows that it was in use/);
    expect(statSync(file).size).toBe(0);
    rmSync(file);
    expect(await refusedStart(dataDir)).toMatch(/The database .*foyer\.db is gone, though .*secret\.key shows that it was in use/);
    expect(existsSync(file)).toBe(false);
    note('SQLite gone or emptied at the start', 'refused in words, none is made');
  });
});

it('[I13] too few file descriptors: those who are in go on, those without a place come in later', async () => {
  const fault = 'out of file descriptors';
  if (!has('prlimit')) return skipped(fault, 'there is no prlimit on this machine');
  house = await startHouse();
  const scene = await talk(fault, house);
  const { port, child } = house.node;
  const pid = String(child.process.pid);
  execFileSync('prlimit', ['--pid', pid, `--nofile=${readdirSync(`/proc/${pid}/fd`).length + 20}`]);
  const crowd = Array.from({ length: 100 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  undo.push(() => crowd.forEach((socket) => socket.destroy()));
  await pause(2000);
  const before = scene.oracle.acks();
  await until('those who are in go on', () => scene.oracle.acks() > before + 20, 10_000);
  for (const socket of crowd) socket.destroy();
  scene.healed();
  await until('it takes others again', () => house?.node.isReady() ?? false, 10_000, 100);
  await scene.end();
});

if (!isRoot) process.stderr.write('not root: disks of the suite’s own cannot be mounted\n');
