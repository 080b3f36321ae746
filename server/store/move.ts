// From SQLite to an empty PostgreSQL: in batches that may be broken off and gone on with, then compared row by row.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { StoreOpenError } from './errors.ts';
import { readMeta, writeMeta } from './meta.ts';
import { isMigrated, migrate } from './migrations/run.ts';
import type { Engine } from './open.ts';
import { holds } from './refill.ts';
import type { Schema } from './schema.ts';
import { derivedTables, givenIds, insertRows, isSameTally, keyOf, rowsOf, setGivenIds, tableNames, tallyOf } from './tables.ts';
import type { Row, TableName, Tally } from './tables.ts';

export interface Move {
  /** Owns its directory, so that no server runs on it. */
  source: Engine;
  target: Engine;
  /** The copy's: clients of the one must not take the other for it (P6). */
  newEpoch: string;
  /** How the target is called, without its password. */
  targetName: string;
  said(line: string): void;
}

export type Moved = { kind: 'moved' | 'was moved'; tables: Record<TableName, Tally> };

interface Progress {
  from: string;
  /** Where it was broken off: behind the row of this key. */
  table: TableName;
  after: Row | null;
}

const startOf = (from: string): Progress => ({ from, table: tableNames[0] ?? 'workspaces', after: null });

/** @throws StoreOpenError where one of them is not fit for it */
export async function move(wish: Move): Promise<Moved> {
  const { source, target, targetName, newEpoch, said } = wish;
  if (!(await isMigrated(source.kysely, 'sqlite')))
    throw new StoreOpenError('The data is of another version of Foyer. Bring it to this one first: foyer migrate');
  const epoch = await readMeta(source.kysely, 'epoch');
  if (epoch === null) throw new StoreOpenError('There is nothing in this data directory yet: start the server on the new database.');
  // Commands beside it must not write either while it is copied, nor before it says that it moved.
  await source.writer.command('BEGIN');
  try {
    await refuseOthers(target.kysely);
    const begun = await begin(target.kysely, epoch);
    if (begun === 'done') await refuseDifference(source.kysely, target.kysely);
    else {
      await copy(source.kysely, target.kysely, begun, said);
      let difference = await differenceOf(source.kysely, target.kysely);
      // What was copied before the break may have changed since.
      if (difference !== null && begun.after !== null) {
        said(`${difference} Beginning anew.`);
        await empty(target.kysely);
        await copy(source.kysely, target.kysely, startOf(epoch), said);
        difference = await differenceOf(source.kysely, target.kysely);
      }
      if (difference !== null) throw new StoreOpenError(`The copy is not what was copied: ${difference}`);
      await finish(source.kysely, target.kysely, epoch, newEpoch);
    }
    const tables = {} as Record<TableName, Tally>;
    for (const table of tableNames) tables[table] = await tallyOf(source.kysely, table);
    await writeMeta(source.kysely, 'moved', targetName);
    await source.writer.command('COMMIT');
    return { kind: begun === 'done' ? 'was moved' : 'moved', tables };
  } catch (error) {
    await source.writer.command('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** Also a server that runs on it by another address is seen here: its connections say who they are. */
export async function refuseOthers(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from pg_stat_activity where datname = current_database() and application_name in ('foyer', 'foyer-writer')`.execute(
    db,
  );
  if ((rows[0]?.n ?? 0) > 0) throw new StoreOpenError('A Foyer server runs on that PostgreSQL database. Stop it first.');
}

async function begin(db: Kysely<Schema>, from: string): Promise<Progress | 'done'> {
  await holds(db, 'postgres');
  await migrate(db, 'postgres');
  const filling = await readMeta(db, 'filling');
  if (filling !== null) {
    const progress = JSON.parse(filling) as Progress;
    if (progress.from === from) return progress;
    throw new StoreOpenError('That database is half filled from another data directory. Give an empty one.');
  }
  if ((await readMeta(db, 'moved_from')) === from) return 'done';
  if ((await readMeta(db, 'epoch')) !== null)
    throw new StoreOpenError('That database holds another Foyer. Nothing was changed; give an empty one.');
  const progress = startOf(from);
  await writeMeta(db, 'filling', JSON.stringify(progress));
  return progress;
}

async function copy(source: Kysely<Schema>, target: Kysely<Schema>, begun: Progress, said: (line: string) => void): Promise<void> {
  for (const table of tableNames.slice(tableNames.indexOf(begun.table))) {
    let copied = 0;
    for await (const rows of rowsOf(source, table, table === begun.table ? begun.after : null)) {
      const last = rows.at(-1) ?? {};
      const after = Object.fromEntries(keyOf(table).map((name) => [name, last[name] ?? null]));
      await target.transaction().execute(async (tx) => {
        await insertRows(tx, table, rows);
        await writeMeta(tx, 'filling', JSON.stringify({ from: begun.from, table, after } satisfies Progress));
      });
      copied += rows.length;
    }
    if (copied > 0) said(`${table}: ${copied} rows copied`);
  }
}

async function differenceOf(source: Kysely<Schema>, target: Kysely<Schema>): Promise<string | null> {
  for (const table of tableNames) {
    const [a, b] = [await tallyOf(source, table), await tallyOf(target, table)];
    if (!isSameTally(a, b)) return `${table} has ${a.rows} rows here and ${b.rows} there${a.rows === b.rows ? ', of other content' : ''}.`;
  }
  return null;
}

async function refuseDifference(source: Kysely<Schema>, target: Kysely<Schema>): Promise<void> {
  const difference = await differenceOf(source, target);
  if (difference === null) return;
  throw new StoreOpenError(
    `This data was copied to that database before, and one of them was written to since: ${difference} ` +
      'Serve from the one that is right; to copy again, give an empty database.',
  );
}

async function empty(db: Kysely<Schema>): Promise<void> {
  await sql`truncate ${sql.join([...tableNames, ...derivedTables].map((table) => sql.table(table)))}`.execute(db);
}

/** From this commit on it is a database like any other. */
async function finish(source: Kysely<Schema>, target: Kysely<Schema>, from: string, newEpoch: string): Promise<void> {
  const given = await givenIds(source, 'sqlite');
  await target.transaction().execute(async (tx) => {
    await setGivenIds(tx, 'postgres', given);
    await writeMeta(tx, 'epoch', newEpoch);
    await writeMeta(tx, 'moved_from', from);
    await writeMeta(tx, 'filling', null);
  });
}
