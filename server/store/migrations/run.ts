import { Migrator } from 'kysely';
import type { Kysely, Migration } from 'kysely';
import type { Schema } from '../schema.ts';
import { start } from './0001-start.ts';
import { flowsAndFiles } from './0002-flows-and-files.ts';
import { identity } from './0003-identity.ts';

/** Brings the schema up to date; on PostgreSQL under its advisory lock, on SQLite under the data directory's. */
export async function migrate(db: Kysely<Schema>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const migrations: Record<string, Migration> = {
    '0001-start': { up: start(dialect) },
    '0002-flows-and-files': { up: flowsAndFiles(dialect) },
    '0003-identity': { up: identity(dialect) },
  };
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((r) => r.status === 'Error')?.migrationName ?? 'the list of migrations';
    throw new Error(`migration ${failed} failed`, { cause: error });
  }
}
