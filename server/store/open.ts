// The only file that knows which database: it opens SQLite or PostgreSQL and gives both the same face.
import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import type { Compilable, CompiledQuery } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';
import { Param } from './query.ts';
import type { Query, SqlValue } from './query.ts';

/** One connection: statements run in the order they are given. */
export interface Connection {
  run<P, R>(query: Query<P, R>, params: P): Promise<R[]>;
  execute<R>(build: (db: Kysely<Schema>) => Compilable<R>): Promise<R[]>;
  /** `BEGIN`, `COMMIT`, `SAVEPOINT s` and the like. */
  command(sql: string): Promise<void>;
}

export interface Engine {
  dialect: 'sqlite' | 'postgres';
  kysely: Kysely<Schema>;
  /** The one connection that writes. */
  writer: Connection;
  /** Runs a read on a connection that sees committed rows only; null where it must go through the writer. */
  read: (<T>(work: (connection: Connection) => Promise<T>) => Promise<T>) | null;
  close(): Promise<void>;
}

/** Thrown where a database cannot be opened; `message` is for the operator. */
export class StoreOpenError extends Error {}

export type OpenOptions = { sqlite: string } | { postgres: string; poolSize?: number };

export async function openEngine(options: OpenOptions): Promise<Engine> {
  return 'sqlite' in options ? openSqlite(options.sqlite) : openPostgres(options.postgres, options.poolSize ?? 8);
}

interface Compiled {
  sql: string;
  names: readonly (string | null)[];
  values: readonly unknown[];
}

function compiled(raw: CompiledQuery): Compiled {
  return {
    sql: raw.sql,
    names: raw.parameters.map((p) => (p instanceof Param ? p.name : null)),
    values: raw.parameters,
  };
}

function bind(query: Compiled, params: unknown): unknown[] {
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

// ---------------------------------------------------------------- SQLite

function openSqlite(path: string): Engine {
  const lock = path === ':memory:' ? null : lockDirectory(path);
  let writer: Database.Database;
  try {
    refuseForeignFile(path);
    writer = openFile(path, false);
  } catch (error) {
    lock?.close();
    throw error;
  }
  const reader = path === ':memory:' ? null : openFile(path, true);
  const kysely = new Kysely<Schema>({ dialect: new SqliteDialect({ database: writer }) });
  const readConnection = reader === null ? null : sqliteConnection(reader, kysely);
  return {
    dialect: 'sqlite',
    kysely,
    writer: sqliteConnection(writer, kysely),
    read: readConnection === null ? null : (work) => work(readConnection),
    async close() {
      reader?.close();
      if (writer.open) writer.close();
      lock?.close();
    },
  };
}

/** A data directory belongs to one process: the lock dies with it, also by kill -9. */
function lockDirectory(path: string): Database.Database {
  const lock = new Database(join(dirname(path), 'foyer.lock'), { timeout: 3000 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new StoreOpenError(`Another Foyer runs on ${dirname(path)}. Stop it, or give this one another DATA_DIR.`);
  }
  return lock;
}

/** A file that is not a database is never overwritten or recreated. */
function refuseForeignFile(path: string): void {
  if (path === ':memory:' || !existsSync(path)) return;
  const head = Buffer.alloc(16);
  const file = openSync(path, 'r');
  const read = readSync(file, head, 0, 16, 0);
  closeSync(file);
  if (read > 0 && head.toString('latin1') !== 'SQLite format 3\0') throw corrupt(path, 'its first bytes are not those of a SQLite file');
}

function corrupt(path: string, why: string): StoreOpenError {
  return new StoreOpenError(`The database ${path} is damaged (${why}). Foyer does not start and changed nothing. Restore a backup, or try: sqlite3 ${path} ".recover"`);
}

function openFile(path: string, readonly: boolean): Database.Database {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly, timeout: 5000 });
    if (!readonly) {
      db.pragma('journal_mode = WAL');
      // better-sqlite3 falls back to NORMAL in WAL mode, which acknowledges what a power loss takes away (P3).
      db.pragma('synchronous = FULL');
      db.pragma('secure_delete = ON');
      // A checkpoint holds up the commits behind it: fewer and larger ones write each hot page once.
      db.pragma('wal_autocheckpoint = 8000');
      db.pragma('foreign_keys = ON');
      if (db.pragma('synchronous', { simple: true }) !== 2) throw new StoreOpenError('SQLite did not accept synchronous=FULL');
      const health = db.pragma('quick_check(1)', { simple: true });
      if (health !== 'ok') throw corrupt(path, String(health));
    }
    db.pragma('cache_size = -65536');
    db.pragma('temp_store = MEMORY');
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof StoreOpenError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const code = (error as { code?: string }).code ?? '';
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) throw corrupt(path, message);
    throw new StoreOpenError(`The database ${path} cannot be opened: ${message}`);
  }
}

function sqliteConnection(db: Database.Database, kysely: Kysely<Schema>): Connection {
  const prepared = new Map<number, { query: Compiled; statement: Database.Statement }>();
  const adhoc = new Map<string, Database.Statement>();
  const commands = new Map<string, Database.Statement>();
  const rows = <R>(statement: Database.Statement, values: unknown[]): R[] => {
    if (statement.reader) return statement.all(...values) as R[];
    statement.run(...values);
    return [];
  };
  return {
    async run(query, params) {
      let entry = prepared.get(query.id);
      if (!entry) {
        const raw = compiled(query.build(kysely).compile());
        entry = { query: raw, statement: db.prepare(raw.sql) };
        prepared.set(query.id, entry);
      }
      return rows(entry.statement, bind(entry.query, params));
    },
    async execute(build) {
      const raw = build(kysely).compile();
      let statement = adhoc.get(raw.sql);
      if (!statement) {
        if (adhoc.size > 500) adhoc.clear();
        statement = db.prepare(raw.sql);
        adhoc.set(raw.sql, statement);
      }
      return rows(statement, [...raw.parameters]);
    },
    async command(sql) {
      let statement = commands.get(sql);
      if (!statement) commands.set(sql, (statement = db.prepare(sql)));
      statement.run();
    },
  };
}

// ---------------------------------------------------------------- PostgreSQL

// int8 comes as text unless told otherwise; every integer of the schema is below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

async function openPostgres(url: string, poolSize: number): Promise<Engine> {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, connectionTimeoutMillis: 5000, application_name: 'foyer' });
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw new StoreOpenError(`PostgreSQL does not answer at DATABASE_URL: ${error instanceof Error ? error.message : String(error)}`);
  }
  const writer = writingClient(url, kysely);
  return {
    dialect: 'postgres',
    kysely,
    writer,
    async read(work) {
      const client = await pool.connect();
      try {
        return await work(postgresConnection(client, kysely));
      } finally {
        client.release();
      }
    },
    async close() {
      await writer.end();
      await pool.end();
    },
  };
}

interface OpenClient {
  client: pg.Client;
  connection: Connection;
}

/**
 * The writer's own client, opened anew after it died. Only BEGIN opens one: the rest of a transaction whose connection was
 * lost must fail, since on a new connection each statement would commit by itself (P4).
 */
function writingClient(url: string, kysely: Kysely<Schema>): Connection & { end(): Promise<void> } {
  let current: OpenClient | null = null;
  async function connect(): Promise<OpenClient> {
    const client = new pg.Client({ connectionString: url, application_name: 'foyer-writer', connectionTimeoutMillis: 5000 });
    const opened: OpenClient = { client, connection: postgresConnection(client, kysely) };
    const lost = (): void => {
      if (current === opened) current = null;
    };
    client.on('error', lost);
    client.on('end', lost);
    await client.connect();
    await client.query('set synchronous_commit = on');
    return opened;
  }
  const held = (): Connection => {
    if (!current) throw new Error('the connection to PostgreSQL was lost within a transaction');
    return current.connection;
  };
  return {
    run: async (query, params) => held().run(query, params),
    execute: async (build) => held().execute(build),
    async command(sql) {
      if (sql === 'BEGIN') current ??= await connect();
      await held().command(sql);
    },
    end: async () => void (await current?.client.end()),
  };
}

const postgresQueries = new Map<number, Compiled>();

function postgresConnection(client: pg.ClientBase, kysely: Kysely<Schema>): Connection {
  return {
    async run<P, R>(query: Query<P, R>, params: P) {
      let raw = postgresQueries.get(query.id);
      if (!raw) postgresQueries.set(query.id, (raw = compiled(query.build(kysely).compile())));
      return (await client.query({ name: `q${query.id}`, text: raw.sql, values: bind(raw, params) })).rows as R[];
    },
    async execute<R>(build: (db: Kysely<Schema>) => Compilable<R>) {
      const raw = build(kysely).compile();
      return (await client.query({ text: raw.sql, values: [...raw.parameters] })).rows as R[];
    },
    async command(sql) {
      await client.query(sql);
    },
  };
}
