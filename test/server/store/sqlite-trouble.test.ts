// I14: a SQLite file that another program holds, a disk that is full, a file damaged at rest, and a lock file that cannot be made.
import Database from 'better-sqlite3';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEngine, StoreOpenError } from '../../../server/store/open.ts';
import { openStore } from '../../../server/store/store.ts';
import type { Store } from '../../../server/store/store.ts';
import type { Tx } from '../../../server/store/query.ts';
import { createWriter, UnavailableError } from '../../../server/store/writer.ts';

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'foyer-trouble-'));
  path = join(dir, 'foyer.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = (): Promise<Store> => openStore({ database: { sqlite: path }, newEpoch: 'epoch-of-this-test' });
const put = (key: string) => (tx: Tx) => tx.execute((db) => db.insertInto('meta').values({ key, value: 'x' }));
const keys = (store: Store): Promise<string[]> =>
  store
    .in('')
    .read(async (tx) => (await tx.execute((db) => db.selectFrom('meta').select('key').where('value', '=', 'x'))).map((r) => r.key));

function otherProgram(): { letGo(): void } {
  const beside = new Database(path);
  beside.exec('BEGIN IMMEDIATE');
  return {
    letGo() {
      beside.exec('COMMIT');
      beside.close();
    },
  };
}

describe('a SQLite database that another program holds', () => {
  it('[I13] holds up writes and nothing else: reads go on, no turn takes over 250 ms, and then all is stored in order', async () => {
    const store = await open();
    const other = otherProgram();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const writes = ['a', 'b', 'c'].map((key) => store.in('').write(put(key)));
    const until = performance.now() + 400;
    while (performance.now() < until) {
      expect(await keys(store)).toEqual([]);
      await new Promise((turn) => setImmediate(turn));
    }
    expect(store.waiting()).toBe(3);
    other.letGo();
    await Promise.all(writes);
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(250);
    expect(await keys(store)).toEqual(['a', 'b', 'c']);
    await store.close();
  });

  it('[I14] refuses writes after 3 s, stores none of them, and serves again once it is free', async () => {
    const store = await open();
    const other = otherProgram();
    const began = performance.now();
    await expect(store.in('').write(put('a'))).rejects.toBeInstanceOf(UnavailableError);
    expect(performance.now() - began).toBeLessThan(5000);
    other.letGo();
    await store.in('').write(put('b'));
    expect(await keys(store)).toEqual(['b']);
    await store.close();
  });
});

describe('a SQLite database on a full disk', () => {
  it('[I14] refuses writes as unavailable, acknowledges none, and serves again once there is space', async () => {
    const engine = await openEngine({ sqlite: path });
    await engine.writer.command('create table note (text text)');
    const pages = async (limit: number): Promise<void> => void (await sql.raw(`pragma max_page_count = ${limit}`).execute(engine.kysely));
    const writer = createWriter(engine.writer);
    const write = (): Promise<void> => writer.run(() => engine.writer.command(`insert into note values (zeroblob(20000))`));
    await pages(1);
    await expect(write()).rejects.toBeInstanceOf(UnavailableError);
    await expect(write()).rejects.toBeInstanceOf(UnavailableError);
    await pages(100_000);
    await write();
    const rows = await engine.writer.execute((db) => db.selectFrom('note' as never).select(sql<number>`count(*)`.as('n')) as never);
    expect(rows).toEqual([{ n: 1 }]);
    await engine.close();
  });
});

async function refusalOf(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreOpenError);
  return (error as StoreOpenError).message;
}

describe('a lock file that cannot be had', () => {
  it('is told apart from another Foyer, with the place to mend', async () => {
    mkdirSync(join(dir, 'foyer.lock'));
    const message = await refusalOf(open());
    expect(message).toContain(join(dir, 'foyer.lock'));
    expect(message).toContain('DATA_DIR');
    expect(message).not.toContain('Another Foyer');
  });

  it('in a directory that does not exist is told in words too', async () => {
    const message = await refusalOf(openStore({ database: { sqlite: join(dir, 'gone', 'foyer.db') }, newEpoch: 'x' }));
    expect(message).toContain(join(dir, 'gone'));
    expect(message).not.toContain('Another Foyer');
  });
});

/** A database too large for a whole check at each start, damaged in a table of messages. */
async function largeAndDamaged(): Promise<void> {
  const store = await open();
  await store.close();
  const db = new Database(path);
  db.exec('create table filler (text text)');
  const insert = db.prepare('insert into filler values (?)');
  const text = 'x'.repeat(60_000);
  db.transaction(() => {
    for (let i = 0; i < 1200; i++) insert.run(text);
  })();
  db.close();
  expect(statSync(path).size).toBeGreaterThan(64e6);
  const bytes = readFileSync(path);
  bytes.fill(0xa5, bytes.length - 4096 * 40, bytes.length - 4096);
  // Pages of overflow hold a pointer to the next one in their first bytes.
  writeFileSync(path, bytes);
}

describe('a large SQLite database', () => {
  it('is checked as a whole after an end that was none: its log lies beside it', async () => {
    await largeAndDamaged();
    writeFileSync(`${path}-wal`, '');
    expect(await refusalOf(open())).toContain('damaged');
  });

  it('that ended well is checked where it matters, and its start takes no whole reading', async () => {
    await largeAndDamaged();
    const store = await open();
    await store.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4096, 4096 * 30);
    writeFileSync(path, bytes);
    expect(await refusalOf(open())).toContain('damaged');
    writeFileSync(path, bytes.subarray(0, 65e6));
    expect(await refusalOf(open())).toContain('damaged');
  });
});
