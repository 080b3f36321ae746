import { setTimeout as pause } from 'node:timers/promises';
import { Migrator, sql } from 'kysely';
import type { Kysely, Migration } from 'kysely';
import { StoreOpenError } from '../errors.ts';
import type { Schema } from '../schema.ts';
import { start } from './0001-start.ts';
import { flowsAndFiles } from './0002-flows-and-files.ts';
import { identity } from './0003-identity.ts';
import { search } from './0004-search.ts';
import { homes } from './0005-homes.ts';
import { listIndexes } from './0006-lists.ts';
import { secretShown } from './0007-secret-shown.ts';
import { signedFields } from './0008-signed-fields.ts';
import { signedUp } from './0009-signed-up.ts';

type Dialect = 'sqlite' | 'postgres';

interface Step {
  up(dialect: Dialect): (db: Kysely<unknown>) => Promise<void>;
  /** `breaks`: code that does not know this migration cannot run on the schema behind it (docs/decisions/0018). */
  for: 'older code too' | 'breaks';
}

export const ownSteps: Readonly<Record<string, Step>> = {
  '0001-start': { up: start, for: 'breaks' },
  '0002-flows-and-files': { up: flowsAndFiles, for: 'breaks' },
  '0003-identity': { up: identity, for: 'breaks' },
  '0004-search': { up: search, for: 'older code too' },
  '0005-homes': { up: homes, for: 'older code too' },
  '0006-lists': { up: listIndexes, for: 'older code too' },
  '0007-secret-shown': { up: secretShown, for: 'older code too' },
  '0008-signed-fields': { up: signedFields, for: 'older code too' },
  '0009-signed-up': { up: signedUp, for: 'older code too' },
};

/** While a migration waits for a table, everybody else waits behind it: it gives up, and tries again. */
const lockPatience = '3s';
const tries = 40;
const betweenTriesMs = 1500;

function migratorFor(db: Kysely<Schema>, dialect: Dialect, known: Readonly<Record<string, Step>>): Migrator {
  const migrations: Record<string, Migration> = {};
  for (const [name, step] of Object.entries(known)) migrations[name] = { up: (tx) => take(tx as Kysely<Schema>, dialect, name, step) };
  return new Migrator({ db, provider: { getMigrations: async () => migrations } });
}

async function take(tx: Kysely<Schema>, dialect: Dialect, name: string, step: Step): Promise<void> {
  if (dialect === 'postgres') await sql`set local lock_timeout = ${sql.lit(lockPatience)}`.execute(tx);
  await step.up(dialect)(tx as Kysely<unknown>);
  if (step.for === 'breaks')
    await sql`insert into meta (key, value) values ('needs', ${name}) on conflict (key) do update set value = excluded.value`.execute(tx);
}

export interface SchemaState {
  /** In their order. */
  done: string[];
  missing: string[];
  /** Of a newer version. */
  unknown: string[];
  /** What is missing can be made up, or what is unknown does not touch this version. */
  isUsable: boolean;
}

/** @param known another list than this version's: for tests of how versions meet */
export async function schemaState(db: Kysely<Schema>, dialect: Dialect, known = ownSteps): Promise<SchemaState> {
  const list = await migratorFor(db, dialect, known).getMigrations();
  const missing = list.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return { done: [], missing, unknown: [], isUsable: true };
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const done = rows.map(({ name }) => name);
  const unknown = done.filter((name) => !(name in known));
  if (unknown.length === 0) return { done, missing, unknown, isUsable: true };
  const needs = tables.some(({ name }) => name === 'meta')
    ? (await db.selectFrom('meta').select('value').where('key', '=', 'needs').executeTakeFirst())?.value
    : undefined;
  return { done, missing, unknown, isUsable: missing.length === 0 && needs !== undefined && needs in known };
}

/**
 * Brings the schema up to date; on PostgreSQL under an advisory lock, on SQLite under the data directory's. A schema of a newer version
 * stays as it is, where that left it usable for this one.
 * @returns what was done, by name
 * @throws StoreOpenError where the schema is of a version this one cannot run on
 */
export async function migrate(db: Kysely<Schema>, dialect: Dialect, known = ownSteps): Promise<string[]> {
  const { unknown, isUsable } = await schemaState(db, dialect, known);
  if (!isUsable)
    throw new StoreOpenError(
      `The database was made by a newer Foyer (${unknown.join(', ')}), on which this one cannot run. Start the newer version again, or ` +
        'restore a backup made before the upgrade.',
    );
  if (unknown.length > 0) return [];
  const done = await migrateBy((migrator) => migrator.migrateToLatest(), db, dialect, known);
  return done;
}

/** To the schema as an earlier version left it, in an empty database: what a backup of that version fits into. */
export async function migrateUntil(last: string, db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  await migrateBy((migrator) => migrator.migrateTo(last), db, dialect, ownSteps);
}

async function migrateBy(
  run: (migrator: Migrator) => ReturnType<Migrator['migrateToLatest']>,
  db: Kysely<Schema>,
  dialect: Dialect,
  known: Readonly<Record<string, Step>>,
): Promise<string[]> {
  for (let left = tries; ; left--) {
    const { error, results = [] } = await run(migratorFor(db, dialect, known));
    if (error === undefined) return results.map(({ migrationName }) => migrationName);
    const isLocked = (error as { code?: string }).code === '55P03';
    if (!isLocked || left === 0) {
      const failed = results.find((r) => r.status === 'Error')?.migrationName ?? 'the list of migrations';
      throw new Error(`migration ${failed} failed`, { cause: error });
    }
    await pause(betweenTriesMs * (0.5 + Math.random()));
  }
}

/** The schema is this version's, or of a newer one that left it usable. */
export async function isMigrated(db: Kysely<Schema>, dialect: Dialect): Promise<boolean> {
  const { missing, isUsable } = await schemaState(db, dialect);
  return missing.length === 0 && isUsable;
}
