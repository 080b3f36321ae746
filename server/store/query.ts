// Queries are written with Kysely once, compiled once per database and run as prepared statements.
import { sql } from 'kysely';
import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { UnitOfWork } from './kept.ts';
import type { WordsAsked } from './open.ts';
import type { Schema } from './schema.ts';

export type SqlValue = string | number | null;

/** Stands in a compiled query where the named parameter's value belongs. */
export class Param {
  constructor(readonly name: string) {}
}

export interface Query<P, R> {
  /** Unique per process; names the prepared statement. */
  readonly id: number;
  readonly build: (db: Kysely<Schema>) => Compilable<R>;
  /** The same for many rows in JSON, for a database that is far away. */
  readonly many?: Query<{ rows: string }, unknown>;
  /** Whoever runs it says in `Tx.unit.kept` what it changed. */
  readonly isKept?: true;
  readonly params?: P;
}

let queries = 0;

/**
 * Declares a prepared query: `query<{ id: string }>()((db, p) => db.selectFrom('contacts').selectAll().where('id', '=', p.id))`.
 * `p.x` is typed as its value and may be used wherever a value may stand.
 */
export function query<P extends Record<string, SqlValue>>() {
  return <R>(build: (db: Kysely<Schema>, p: P) => Compilable<R>): Query<P, R> => {
    const markers = new Proxy({}, { get: (_, name: string) => new Param(name) }) as P;
    return { id: ++queries, build: (db) => build(db, markers) };
  };
}

/** Of a query which tells `Tx.unit.kept` what it changed; with the form for many rows, where there is one. */
export function kept<P, R>(one: Query<P, R>, many?: Query<{ rows: string }, unknown>): Query<P, R> {
  return { ...one, isKept: true, ...(many && { many }) };
}

type JsonRow = Readonly<Record<string, SqlValue>>;

/** Rows in JSON, as PostgreSQL's `json_populate_recordset` takes them. Half a character would be refused there. */
export function rowsToJson(rows: readonly JsonRow[]): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'string' && !value.isWellFormed() ? value.toWellFormed() : value));
}

/** `insert` of many rows, whose parameters are named as the columns. */
export function insertMany(table: keyof Schema, columns: readonly string[]): Query<{ rows: string }, unknown> {
  const names = sql.join(columns.map((name) => sql.ref(name)));
  const into = sql.table(table);
  return query<{ rows: string }>()((db, p) => ({
    compile: () =>
      sql`insert into ${into} (${names}) select ${names} from json_populate_recordset(null::${into}, ${p.rows}::json)`.compile(db),
  }));
}

/** `update` of many rows by id and workspace, whose parameters are named as the columns. */
export function updateMany(table: keyof Schema, columns: readonly string[]): Query<{ rows: string }, unknown> {
  const set = sql.join(columns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`v.${name}`)}`));
  const of = sql.table(table);
  return query<{ rows: string }>()((db, p) => ({
    compile: () =>
      sql`update ${of} as t set ${set} from json_populate_recordset(null::${of}, ${p.rows}::json) as v where t.id = v.id and t.workspace_id = v.workspace_id`.compile(
        db,
      ),
  }));
}

/** Reads and writes within one workspace, in one transaction (or one read). */
export interface Tx {
  readonly workspaceId: string;
  all<P, R>(query: Query<P, R>, params: P): Promise<R[]>;
  get<P, R>(query: Query<P, R>, params: P): Promise<R | undefined>;
  /** For a write nobody waits for: it is done before whatever comes after, and where it fails, so does the transaction. */
  send<P>(query: Query<P, unknown>, params: P): void;
  /** What the transaction has read, and what waits for its end; null where it only reads. */
  readonly unit: UnitOfWork | null;
  /** For queries whose shape depends on their input. */
  execute<R>(build: (db: Kysely<Schema>) => Compilable<R>): Promise<R[]>;
  /** Rows of the full-text index of any workspace, newest first. */
  findWords(asked: WordsAsked): Promise<number[]>;
}

/** A query as a database takes it, and which of its values are parameters. */
export interface Compiled {
  sql: string;
  names: readonly (string | null)[];
  values: readonly unknown[];
}

export function compiled(raw: CompiledQuery): Compiled {
  return {
    sql: raw.sql,
    names: raw.parameters.map((p) => (p instanceof Param ? p.name : null)),
    values: raw.parameters,
  };
}

export function bind(query: Compiled, params: unknown): unknown[] {
  const given = params as Record<string, SqlValue>;
  const values = [...query.values];
  for (let i = 0; i < values.length; i++) {
    const name = query.names[i];
    if (name === null || name === undefined) continue;
    const value = given[name];
    if (value === undefined) throw new Error(`no value for parameter ${name} of: ${query.sql}`);
    values[i] = value;
  }
  return values;
}
