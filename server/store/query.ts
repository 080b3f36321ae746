// Queries are written with Kysely once, compiled once per database and run as prepared statements.
import type { Compilable, Kysely } from 'kysely';
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

/** Reads and writes within one workspace, in one transaction (or one read). */
export interface Tx {
  readonly workspaceId: string;
  all<P, R>(query: Query<P, R>, params: P): Promise<R[]>;
  get<P, R>(query: Query<P, R>, params: P): Promise<R | undefined>;
  /** For queries whose shape depends on their input. */
  execute<R>(build: (db: Kysely<Schema>) => Compilable<R>): Promise<R[]>;
}
