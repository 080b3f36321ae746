// `foyer migrate`: the schema of this version, and all of SQLite moved to PostgreSQL.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tableNames } from '../../../server/store/tables.ts';
import { openStore } from '../../../server/store/store.ts';
import { describePostgres, describeStores } from '../../helpers/databases.ts';
import { fillTables } from '../../helpers/filled.ts';
import type { Place } from '../../helpers/postgres.ts';
import { runServer } from '../../helpers/process.ts';
import { flagsOf, foyer } from '../../helpers/terminal.ts';

// Servers and commands in processes of their own, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

let dataDir: string;
let path: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'foyer-migrate-'));
  path = join(dataDir, 'foyer.db');
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const urlOf = ({ database }: Place): string => ('postgres' in database ? database.postgres : '');
const inSqlite = <T>(sql: string): T[] => {
  const db = new Database(path);
  try {
    return (sql.startsWith('select') ? db.prepare(sql).all() : (db.exec(sql), [])) as T[];
  } finally {
    db.close();
  }
};

async function served(epoch = 'the epoch of SQLite', more: Record<string, number> = {}): Promise<void> {
  await (await openStore({ database: { sqlite: path }, newEpoch: epoch })).close();
  fillTables(path, 20, more);
}

/** All rows of a table in one order, from either side. */
const inOrder = (rows: Record<string, unknown>[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)))).toSorted();

async function expectSame(target: Place): Promise<void> {
  for (const table of tableNames) {
    const here = inOrder(inSqlite(`select * from ${table}`));
    expect(here.length, table).toBeGreaterThan(10);
    expect(inOrder(await target.rows(`select * from ${table}`)), table).toEqual(here);
  }
}

const move = (target: Place) => foyer(['migrate', '--to', urlOf(target), '--data-dir', dataDir]);

describeStores('foyer migrate', ({ dialect, fresh }) => {
  it('makes the schema of this version once, and no history: a server may begin there as it likes', async () => {
    const database = dialect === 'sqlite' ? { sqlite: path } : (await fresh()).database;
    const first = await foyer(['migrate', ...flagsOf(database, dataDir)]);
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Done: 0001-start, /) });
    expect(await foyer(['migrate', ...flagsOf(database, dataDir)])).toMatchObject({ code: 0, stdout: 'The database is up to date.\n' });
    const store = await openStore({ database, newEpoch: 'of the first start' });
    expect(store.epoch).toBe('of the first start');
    await store.close();
  });
});

describePostgres('foyer migrate --to', ({ fresh }) => {
  it('moves every row of every table, with an epoch of its own, and goes on with ids nobody had', async () => {
    await served();
    const target = await fresh();
    const { code, stdout, stderr } = await move(target);
    expect([code, stderr]).toEqual([0, expect.stringContaining('messages: 19 rows copied')]);
    expect(stdout).toMatch(/^messages +19 rows {2}[0-9a-f]{16} {2}the same on both sides$/m);
    expect(stdout).toContain(join(dataDir, 'files'));
    await expectSame(target);
    const store = await openStore({ database: target.database, newEpoch: 'not this one' });
    expect(store.epoch).not.toBe('the epoch of SQLite');
    expect(store.epoch).not.toBe('not this one');
    await store.close();
    // The twentieth was deleted: its id is not given out again.
    const [row] = await target.rows<{ id: number }>(`insert into teams (workspace_id, name, created_at) values ('w', 'n', 1) returning id`);
    expect(row?.id).toBe(21);
  });

  it('the old data serves no more, until somebody says so; then it is another history', async () => {
    await served();
    const target = await fresh();
    await move(target);
    await expect(openStore({ database: { sqlite: path }, newEpoch: 'x' })).rejects.toThrow(/moved to .*DATABASE_URL.*migrate --stay/s);
    expect(await foyer(['token', 'list', '--data-dir', dataDir])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATABASE_URL'),
    });
    // Again: nothing is left to do, and nothing is touched.
    expect(await move(target)).toMatchObject({ code: 0, stdout: expect.stringContaining('both are still the same') });
    expect(await foyer(['migrate', '--stay', '--data-dir', dataDir])).toMatchObject({ code: 0 });
    const store = await openStore({ database: { sqlite: path }, newEpoch: 'x' });
    expect(store.epoch).not.toBe('the epoch of SQLite');
    await store.close();
    expect(await move(target)).toMatchObject({ code: 1, stderr: expect.stringContaining('another Foyer') });
  });

  it('killed at moments nobody chose, and started again each time: all of it is there once', async () => {
    await served('e', { messages: 5000, events: 3000, contacts: 1000 });
    let target = await fresh();
    let broken = 0;
    // Behind the first table; the whole copy takes about two seconds, less where the machine is quick: then it is killed sooner.
    for (let span = 700; broken < 2; span = Math.floor(span / 2)) {
      const process = runServer(['migrate', '--to', urlOf(target), '--data-dir', dataDir]);
      const seen = new Promise<void>((resolve) => process.child.stderr?.once('data', () => resolve()));
      await Promise.race([seen, process.exited]);
      await new Promise((next) => setTimeout(next, Math.random() * span));
      process.child.kill('SIGKILL');
      await process.exited;
      const halfFilled = await target.rows(`select 1 from meta where key = 'filling'`);
      if (halfFilled.length > 0) {
        broken++;
        await expect(openStore({ database: target.database, newEpoch: 'x' })).rejects.toThrow(/half filled/);
      } else if (broken > 0) break;
      else {
        if (span === 0) throw new Error('Every copy was done before it could be killed: there is nothing to see.');
        await foyer(['migrate', '--stay', '--data-dir', dataDir]);
        target = await fresh();
      }
    }
    expect(await move(target)).toMatchObject({ code: 0 });
    await expectSame(target);
  });

  it('goes on where it was broken off; what changed here in between is noticed, and copied anew', async () => {
    await served();
    const target = await fresh();
    await move(target);
    // As a break after half of it leaves the two.
    const after = JSON.stringify({
      from: 'the epoch of SQLite',
      table: 'contacts',
      after: { id: inSqlite<{ id: string }>('select id from contacts order by id limit 1 offset 9')[0]?.id },
    });
    await target.rows(`delete from meta where key in ('epoch', 'moved_from'); insert into meta values ('filling', '${after}')`);
    const later = tableNames.slice(tableNames.indexOf('contacts') + 1);
    await target.rows(
      `delete from contacts where id not in (select id from contacts order by id collate "C" limit 10); truncate ${later.join(', ')}`,
    );
    inSqlite(
      `delete from meta where key = 'moved'; update agents set name = 'Renamed since' where id = 3; delete from agents where id = 4`,
    );
    const { code, stderr } = await move(target);
    expect(stderr).toContain('contacts: 10 rows copied');
    expect(stderr).toContain('Beginning anew.');
    expect(code).toBe(0);
    await expectSame(target);
  });

  it('is refused, with words and nothing changed: while a server runs, into another Foyer, into foreign tables, from nowhere', async () => {
    await served();
    const target = await fresh();
    const store = await openStore({ database: { sqlite: path }, newEpoch: 'x' });
    expect(await move(target)).toMatchObject({ code: 1, stderr: expect.stringContaining('Another Foyer runs on') });
    await store.close();
    const other = await fresh();
    const there = await openStore({ database: other.database, newEpoch: 'another' });
    expect(await move(other)).toMatchObject({ code: 1, stderr: expect.stringContaining('server runs on that PostgreSQL') });
    await there.close();
    expect(await move(other)).toMatchObject({ code: 1, stderr: expect.stringContaining('holds another Foyer') });
    const foreign = await fresh();
    await foreign.rows('create table events (id int)');
    expect(await move(foreign)).toMatchObject({ code: 1, stderr: expect.stringContaining('a table events of something else') });
    expect(await foyer(['migrate', '--to', urlOf(target), '--data-dir', join(dataDir, 'nowhere')])).toMatchObject({ code: 1 });
    expect(await foyer(['migrate', '--to', 'mysql://x/y', '--data-dir', dataDir])).toMatchObject({ code: 2 });
    expect(inSqlite(`select value from meta where key = 'moved'`)).toEqual([]);
    expect(await target.rows(`select count(*) as n from information_schema.tables where table_schema = 'public'`)).toEqual([{ n: 0 }]);
  });
});
