// All of a database as rows: read in batches of one snapshot, written in bulk, counted and hashed, whichever database it is.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Filled by triggers, with the rows they are made from. */
export const derivedTables = ['contact_words'] as const;
export type TableName = Exclude<keyof Schema, 'meta' | (typeof derivedTables)[number]>;
export type Row = Record<string, string | number | null>;

/** By primary key. `counts`: the database gives out its ids, and none of them twice. */
const keys: Record<TableName, readonly string[] | 'counts'> = {
  workspaces: ['id'],
  feed_heads: ['workspace_id'],
  agents: 'counts',
  agent_sessions: ['token_hash'],
  setup_tokens: ['token_hash'],
  contacts: ['id'],
  contact_details: 'counts',
  contact_merges: 'counts',
  contact_duplicates: ['workspace_id', 'contact_id', 'other_id', 'reason'],
  email_verifications: ['token_hash'],
  api_tokens: 'counts',
  sessions: ['workspace_id', 'token_hash'],
  conversations: 'counts',
  messages: 'counts',
  changes: ['conversation_id', 'seq'],
  events: ['workspace_id', 'rev'],
  flows: ['workspace_id', 'id', 'version'],
  flow_drafts: ['workspace_id', 'id'],
  contact_tags: ['workspace_id', 'contact_id', 'tag'],
  contact_consents: 'counts',
  teams: 'counts',
  team_members: ['team_id', 'agent_id'],
  uploads: ['id'],
  jobs: 'counts',
  message_words: ['id'],
  word_cursors: ['workspace_id'],
};

export const tableNames = Object.keys(keys) as TableName[];
export const isTableName = (name: string): name is TableName => Object.hasOwn(keys, name);
export const keyOf = (table: TableName): readonly string[] => (keys[table] === 'counts' ? ['id'] : keys[table]);
const counting = tableNames.filter((name) => keys[name] === 'counts');

/** Rows of one statement: the widest table times this stays below what SQLite takes as parameters (32,766). */
const batchRows = 500;

/** In batches, by primary key in this database's own order, from behind `after` on. */
export async function* rowsOf(db: Kysely<Schema>, table: TableName, after: Row | null = null): AsyncGenerator<Row[]> {
  const key = keyOf(table);
  const columns = sql.join(key.map((name) => sql.ref(name)));
  for (let last = after; ;) {
    const from = last;
    const behind = from === null ? sql`` : sql`where (${columns}) > (${sql.join(key.map((name) => from[name]))})`;
    const { rows } = await sql<Row>`select * from ${sql.table(table)} ${behind} order by ${columns} limit ${sql.lit(batchRows)}`.execute(
      db,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < batchRows) return;
    last = rows.at(-1) ?? null;
  }
}

export async function insertRows(db: Kysely<Schema>, table: TableName, rows: readonly Row[]): Promise<void> {
  for (let i = 0; i < rows.length; i += batchRows) {
    await db
      .insertInto(table)
      .values(rows.slice(i, i + batchRows) as never)
      .execute();
  }
}

/** How many rows, and a hash of them in whatever order they come. */
export interface Tally {
  rows: number;
  hash: string;
}

/** Adds up the SHA-256 of each row's canonical form, modulo 2^256: two tables agree if and only if they hold the same rows. */
export function createTally(): { add(row: Row): void; value(): Tally } {
  let [rows, sum] = [0, 0n];
  return {
    add(row) {
      rows++;
      sum = BigInt.asUintN(256, sum + BigInt(`0x${createHash('sha256').update(canonical(row)).digest('hex')}`));
    },
    value: () => ({ rows, hash: sum.toString(16).padStart(64, '0') }),
  };
}

const canonical = (row: Row): string =>
  JSON.stringify(
    Object.keys(row)
      .toSorted()
      .map((name) => [name, row[name]]),
  );

export async function tallyOf(db: Kysely<Schema>, table: TableName): Promise<Tally> {
  const tally = createTally();
  for await (const rows of rowsOf(db, table)) for (const row of rows) tally.add(row);
  return tally.value();
}

export const isSameTally = (a: Tally, b: Tally): boolean => a.rows === b.rows && a.hash === b.hash;

/** The highest id each table ever gave out: higher than any row's where rows were deleted. */
export async function givenIds(db: Kysely<Schema>, dialect: 'sqlite' | 'postgres'): Promise<Record<string, number>> {
  if (dialect === 'sqlite') {
    const { rows } = await sql<{ name: string; seq: number }>`select name, seq from sqlite_sequence`.execute(db);
    return Object.fromEntries(rows.filter(({ name }) => isTableName(name)).map(({ name, seq }) => [name, seq]));
  }
  const given: Record<string, number> = {};
  for (const table of counting) {
    const { rows } = await sql<{ last: number }>`
      select case when is_called then last_value else last_value - 1 end as last from ${sql.table(`${table}_id_seq`)}`.execute(db);
    given[table] = rows[0]?.last ?? 0;
  }
  return given;
}

/** The next row of each table gets an id above these. */
export async function setGivenIds(
  db: Kysely<Schema>,
  dialect: 'sqlite' | 'postgres',
  given: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [table, last] of Object.entries(given)) {
    if (!isTableName(table) || last === 0) continue;
    if (dialect === 'postgres') await sql`select setval(pg_get_serial_sequence(${table}, 'id'), ${last}, true)`.execute(db);
    else {
      await sql`delete from sqlite_sequence where name = ${table}`.execute(db);
      await sql`insert into sqlite_sequence (name, seq) values (${table}, ${last})`.execute(db);
    }
  }
}
