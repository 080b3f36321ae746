// An empty database filled from outside, and what of its later history must hold in an older one, too.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { StoreOpenError } from './errors.ts';
import { readMeta, writeMeta } from './meta.ts';
import { migrate, migrateUntil, schemaState } from './migrations/run.ts';
import type { Engine } from './open.ts';
import type { Schema } from './schema.ts';
import { derivedTables, insertRows, isSameTally, isTableName, setGivenIds, tableNames, tallyOf } from './tables.ts';
import type { Row, TableName, Tally } from './tables.ts';

export interface Filling {
  migrations: readonly string[];
  tables: Readonly<Record<string, Tally>>;
  givenIds: Readonly<Record<string, number>>;
  rowsOf(table: TableName): AsyncIterable<Row[]>;
  newEpoch: string;
}

/**
 * Makes the schema the rows are of, fills and compares it, and brings it to this version. Nobody serves from it before that is done.
 * @throws StoreOpenError
 */
export async function fill({ kysely, dialect }: Engine, filling: Filling): Promise<void> {
  const { missing } = await schemaState(kysely, dialect);
  const foreign = filling.migrations.filter((name) => !missing.includes(name));
  if (foreign.length > 0)
    throw new StoreOpenError(`The backup was made by a newer Foyer (${foreign.join(', ')}). Restore it with that version.`);
  await migrateUntil(filling.migrations.at(-1) ?? '', kysely, dialect);
  await writeMeta(kysely, 'filling', 'restore');
  for (const table of Object.keys(filling.tables).filter(isTableName)) {
    for await (const rows of filling.rowsOf(table)) await insertRows(kysely, table, rows);
    const [is, should] = [await tallyOf(kysely, table), filling.tables[table]];
    if (!should || !isSameTally(is, should))
      throw new StoreOpenError(`${table} did not come out as it should: ${is.rows} rows of ${should?.rows}.`);
  }
  await setGivenIds(kysely, dialect, filling.givenIds);
  await migrate(kysely, dialect);
  // Whoever was signed out since, or changed a password, is not signed in again by it.
  for (const table of ['agent_sessions', 'setup_tokens'] as const) await kysely.deleteFrom(table).execute();
  await kysely.transaction().execute(async (tx) => {
    await writeMeta(tx, 'epoch', filling.newEpoch);
    await writeMeta(tx, 'filling', null);
  });
}

/** What a database that is about to be replaced knows and its older copy does not: who was erased, and which tokens are no longer good. */
export interface Since {
  erased: { workspaceId: string; id: string }[];
  revoked: Record<'sessions' | 'api_tokens', { hash: string; at: number }[]>;
}

export async function readSince(db: Kysely<Schema>): Promise<Since> {
  const erased = await db.selectFrom('contacts').select(['workspace_id', 'id']).where('erased_at', 'is not', null).execute();
  const revoked = (table: 'sessions' | 'api_tokens') =>
    db.selectFrom(table).select(['token_hash as hash', 'revoked_at as at']).where('revoked_at', 'is not', null).execute();
  return {
    erased: erased.map((row) => ({ workspaceId: row.workspace_id, id: row.id })),
    revoked: {
      sessions: (await revoked('sessions')).map(({ hash, at }) => ({ hash, at: at ?? 0 })),
      api_tokens: (await revoked('api_tokens')).map(({ hash, at }) => ({ hash, at: at ?? 0 })),
    },
  };
}

/** @returns those who are to be erased again */
export async function applySince(db: Kysely<Schema>, since: Since): Promise<Since['erased']> {
  for (const table of ['sessions', 'api_tokens'] as const)
    for (const { hash, at } of since.revoked[table])
      await db.updateTable(table).set({ revoked_at: at }).where('token_hash', '=', hash).where('revoked_at', 'is', null).execute();
  const again: Since['erased'] = [];
  for (const gone of since.erased) {
    const row = await db.selectFrom('contacts').select('erased_at').where('id', '=', gone.id).executeTakeFirst();
    if (row?.erased_at === null) again.push(gone);
  }
  return again;
}

/** @throws StoreOpenError where it is somebody else's, or of a version that is not known here */
export async function holds(db: Kysely<Schema>, dialect: Engine['dialect']): Promise<'nothing' | 'a history' | 'half a restore'> {
  const tables = await db.introspection.getTables();
  const ours = tables.find(({ name }) => name === 'meta' || isTableName(name));
  if (!ours) return 'nothing';
  const { done, unknown } = await schemaState(db, dialect);
  if (done.length === 0 || unknown.length > 0)
    throw new StoreOpenError(`That database has a table ${ours.name} of something else, or of a newer Foyer. Give an empty one.`);
  const filling = await readMeta(db, 'filling');
  if (filling === 'restore') return 'half a restore';
  return filling !== null || (await readMeta(db, 'epoch')) !== null ? 'a history' : 'nothing';
}

/** On PostgreSQL: tables, and the functions that migrations made. */
export async function dropAll(db: Kysely<Schema>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const name of ['meta', ...tableNames, ...derivedTables, 'kysely_migration', 'kysely_migration_lock'])
      await sql`drop table if exists ${sql.table(name)} cascade`.execute(tx);
    const { rows } = await sql<{ name: string }>`
      select oid::regprocedure::text as name from pg_proc
      where pronamespace = current_schema()::regnamespace and starts_with(proname, 'foyer_')`.execute(tx);
    for (const { name } of rows) await sql.raw(`drop function ${name}`).execute(tx);
  });
}
