// Which database it is, is known here, in sqlite.ts and in postgres.ts, and nowhere else: both get the same face.
import type { Compilable, Kysely } from 'kysely';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { IdTable, Touched } from './kept.ts';
import type { Schema } from './schema.ts';
import type { Query } from './query.ts';

export { StoreOpenError } from './errors.ts';
export { holdDirectory } from './sqlite.ts';

/** All of the prefixes begin some word of a row. They are letters and digits alone, as words.ts makes them. */
export interface WordsAsked {
  of: 'message' | 'contact';
  prefixes: readonly string[];
  /** Where to look: each holds `sliceSize` ids. */
  slices: readonly number[];
  limit: number;
}

/** One connection: statements run in the order they are given. They throw what errors.ts names where that is what happened. */
export interface Connection {
  run<P, R>(query: Query<P, R>, params: P): Promise<R[]>;
  /** @param before what the statement names is told before it runs */
  execute<R>(build: (db: Kysely<Schema>) => Compilable<R>, before?: (touched: Touched) => void): Promise<R[]>;
  /** Runs it before whatever is asked next; how it went, `settled` tells. */
  send<P>(query: Query<P, unknown>, params: P): void;
  /** `send` for each of these rows. */
  sendRows<P>(query: Query<P, unknown>, rows: readonly P[]): void;
  /** So many ids for new rows, lowest first, which nobody else takes. */
  reserve(table: IdTable, n: number): Promise<number[]>;
  /** Which of the watched tables the statement of a query names. */
  touched(query: Query<unknown, unknown>): Touched;
  /** Waits for what was sent. @throws what the first of it that failed threw */
  settled(): Promise<void>;
  /** Rows of the full-text index, newest first. */
  findWords(asked: WordsAsked): Promise<number[]>;
  /** `BEGIN`, `COMMIT`, `SAVEPOINT s` and the like. */
  command(sql: string): Promise<void>;
  /** Breaks off whatever it waits for; absent where nothing is waited for. The next BEGIN begins anew. */
  cut?(): void;
}

export interface Engine {
  dialect: 'sqlite' | 'postgres';
  kysely: Kysely<Schema>;
  /** Each question takes its time: those of a batch are better asked together. */
  isFar: boolean;
  /** The one connection that writes. */
  writer: Connection;
  /** What it has read stays true between its transactions, unless this gives something else than before; absent where others write, too. */
  version?(): number;
  /** Runs a read on a connection that sees committed rows only; null where it must go through the writer. */
  read: (<T>(work: (connection: Connection) => Promise<T>) => Promise<T>) | null;
  /** To be called once the schema stands: from here on nothing holds up the event loop to wait for a lock. */
  startServing(): void;
  close(): Promise<void>;
}

export type OpenOptions = { sqlite: string } | { postgres: string; poolSize?: number };

/** `server` owns the database; `beside` is a command next to it, which makes no file; `holder` has the directory by `holdDirectory`. */
export type OpenedBy = 'server' | 'beside' | 'holder';

export async function openEngine(options: OpenOptions, by: OpenedBy = 'server'): Promise<Engine> {
  return 'sqlite' in options ? openSqlite(options.sqlite, by) : openPostgres(options.postgres, options.poolSize ?? 8, by);
}
