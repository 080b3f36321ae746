import { Migrator, sql } from 'kysely';
import type { Kysely, Migration } from 'kysely';
import type { Schema } from '../schema.ts';
import { start } from './0001-start.ts';
import { flowsAndFiles } from './0002-flows-and-files.ts';
import { identity } from './0003-identity.ts';
import { homes } from './0004-homes.ts';

function migratorFor(db: Kysely<Schema>, dialect: 'sqlite' | 'postgres'): Migrator {
  const migrations: Record<string, Migration> = {
    '0001-start': { up: start(dialect) },
    '0002-flows-and-files': { up: flowsAndFiles(dialect) },
    '0003-identity': { up: identity(dialect) },
    '0004-homes': { up: homes },
  };
  return new Migrator({ db, provider: { getMigrations: async () => migrations } });
}

/** Brings the schema up to date; on PostgreSQL under its advisory lock, on SQLite under the data directory's. */
export async function migrate(db: Kysely<Schema>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const { error, results } = await migratorFor(db, dialect).migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((r) => r.status === 'Error')?.migrationName ?? 'the list of migrations';
    throw new Error(`migration ${failed} failed`, { cause: error });
  }
}

/** The schema is this version's: every migration ran, and none that it does not know. */
export async function isMigrated(db: Kysely<Schema>, dialect: 'sqlite' | 'postgres'): Promise<boolean> {
  const known = await migratorFor(db, dialect).getMigrations();
  if (known.some(({ executedAt }) => executedAt === undefined)) return false;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.length === known.length;
}
