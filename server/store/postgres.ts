// PostgreSQL: one client that writes, a pool that reads, and neither waits for a server that does not answer.
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Compilable } from 'kysely';
import pg from 'pg';
import { ConflictError, StoreOpenError, UnavailableError } from './errors.ts';
import type { Connection, Engine, OpenedBy, WordsAsked } from './open.ts';
import { sliceName } from './words.ts';
import { touchedBy } from './kept.ts';
import type { Touched } from './kept.ts';
import { bind, compiled, query, rowsToJson } from './query.ts';
import type { Compiled, Query } from './query.ts';
import type { Schema } from './schema.ts';

// int8 comes as text unless told otherwise; every integer of the schema is below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Together below the 5 s in which everybody is answered (I14). */
const connectMs = 2000;
const readMs = 3500;
const goodbyeMs = 1000;

const streamOf = (client: pg.ClientBase): Socket => (client as unknown as { connection: { stream: Socket } }).connection.stream;

/** Also where it waits for an answer that does not come. */
const breakOff = (client: pg.ClientBase): void => void streamOf(client).destroy();

const settings = (url: string, name: string) => ({
  connectionString: url,
  application_name: name,
  connectionTimeoutMillis: connectMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
});

/**
 * Each statement is short: to start workers for it, or to compile it, takes longer than to do it. PostgreSQL does both where it takes a
 * word of the search, before it knows it, for one of many rows.
 */
const shortStatements = 'set jit = off; set max_parallel_workers_per_gather = 0';

export async function openPostgres(url: string, poolSize: number, by: OpenedBy): Promise<Engine> {
  // What must have the database for itself asks PostgreSQL whether a server is connected, by these names.
  const name = by === 'server' ? 'foyer' : 'foyer-command';
  const pool = new pg.Pool({ ...settings(url, name), max: poolSize, onConnect: (client) => told(client, shortStatements) });
  // A connection that dies is replaced. Without a listener its death would end the process: the pool listens only while it is
  // idle, so each client gets one for its whole life.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw new StoreOpenError(`PostgreSQL does not answer at DATABASE_URL: ${error instanceof Error ? error.message : String(error)}`);
  }
  const writer = writingClient(url, `${name}-writer`, kysely);
  return {
    dialect: 'postgres',
    isFar: true,
    kysely,
    writer,
    async read(work) {
      const until = performance.now() + readMs;
      for (;;) {
        try {
          return await readFrom(pool, kysely, work, until);
        } catch (error) {
          if (!(error instanceof ConflictError) || performance.now() >= until) throw error;
        }
      }
    },
    startServing() {},
    async close() {
      // A server that does not answer is not said goodbye to.
      await Promise.race([Promise.all([writer.end(), pool.end()]), pause(goodbyeMs, undefined, { ref: false })]);
    },
  };
}

/** The first thing said on a connection. */
async function told(client: pg.ClientBase, sql: string): Promise<void> {
  const timer = setTimeout(() => breakOff(client), connectMs);
  try {
    await client.query(sql);
  } finally {
    clearTimeout(timer);
  }
}

async function readFrom<T>(pool: pg.Pool, kysely: Kysely<Schema>, work: (connection: Connection) => Promise<T>, until: number): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw whatItMeans(error);
  });
  const timer = setTimeout(() => void client.end(), until - performance.now());
  try {
    const value = await work(connectionOf(client, kysely));
    client.release();
    return value;
  } catch (error) {
    // A client that failed is not given to the next read, which would fail with it.
    client.release(error instanceof UnavailableError);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

interface OpenClient {
  client: pg.Client;
  connection: Connection;
}

/**
 * The writer's own client, opened anew after it died. Only BEGIN opens one: the rest of a transaction whose connection was
 * lost must fail, since on a new connection each statement would commit by itself (P4).
 */
function writingClient(url: string, name: string, kysely: Kysely<Schema>): Connection & { end(): Promise<void> } {
  let current: OpenClient | null = null;
  async function connect(): Promise<OpenClient> {
    // A statement leaves without waiting for the answer to the one before: most of a message's are writes whose answers say nothing.
    const client = new pg.Client({ ...settings(url, name), pipeline: true });
    const opened: OpenClient = { client, connection: connectionOf(client, kysely) };
    const lost = (): void => {
      if (current === opened) current = null;
    };
    client.on('error', lost);
    client.on('end', lost);
    // A process that froze within a transaction must not hold its locks for ever, nor a statement that was broken off.
    const limits = 'set synchronous_commit = on; set idle_in_transaction_session_timeout = 5000; set statement_timeout = 5000';
    // What writes looks for single rows. Plans of prepared statements made while the tables were small would walk through them.
    const plans = 'set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set join_collapse_limit = 1';
    try {
      await client.connect();
      await told(client, `${limits}; ${plans}; ${shortStatements}`);
      return opened;
    } catch (error) {
      void client.end();
      throw whatItMeans(error);
    }
  }
  const held = (): Connection => {
    if (!current) throw new UnavailableError('the connection to PostgreSQL was lost within a transaction');
    return current.connection;
  };
  return {
    run: async (query, params) => held().run(query, params),
    send: (query, params) => held().send(query, params),
    sendRows: (query, rows) => held().sendRows(query, rows),
    reserve: async (table, n) => held().reserve(table, n),
    touched: (query) => rawOf(query, kysely).touched,
    settled: async () => held().settled(),
    execute: async (build, before) => held().execute(build, before),
    findWords: async (asked) => held().findWords(asked),
    async command(sql) {
      if (sql === 'BEGIN') current ??= await connect();
      await held().command(sql);
    },
    cut() {
      if (current) breakOff(current.client);
      current = null;
    },
    async end() {
      await current?.client.end();
    },
  };
}

const queries = new Map<number, Compiled & { touched: Touched }>();

function rawOf<P, R>(query: Query<P, R>, kysely: Kysely<Schema>): Compiled & { touched: Touched } {
  let raw = queries.get(query.id);
  if (!raw) {
    const fresh = compiled(query.build(kysely).compile());
    queries.set(query.id, (raw = { ...fresh, touched: touchedBy(fresh.sql) }));
  }
  return raw;
}

const reserveIds = query<{ table: string; n: number }>()((db, p) => ({
  compile: () =>
    sql<{ id: number }>`select nextval(pg_get_serial_sequence(${p.table}, 'id')) as id from generate_series(1, ${p.n}::int)`.compile(db),
}));

function connectionOf(client: pg.ClientBase, kysely: Kysely<Schema>): Connection {
  let isGathering = false;
  /** What is asked before anything is waited for leaves in one piece: a system call less for each statement. */
  function gather(): void {
    if (isGathering) return;
    isGathering = true;
    const stream = streamOf(client);
    stream.cork();
    process.nextTick(() => {
      isGathering = false;
      stream.uncork();
    });
  }
  async function ask<R>(question: pg.QueryConfig): Promise<R[]> {
    gather();
    try {
      return (await client.query(question)).rows as R[];
    } catch (error) {
      // It holds for every statement of this connection that was prepared before: another one prepares them anew.
      if (isOutlived(error)) breakOff(client);
      throw whatItMeans(error);
    }
  }
  function run<P, R>(query: Query<P, R>, params: P): Promise<R[]> {
    const raw = rawOf(query, kysely);
    return ask<R>({ name: `q${query.id}`, text: raw.sql, values: bind(raw, params) });
  }
  let sent: Promise<unknown>[] = [];
  function send<P>(query: Query<P, unknown>, params: P): void {
    const answer = run(query, params);
    // Whoever asks `settled` hears of it.
    answer.catch(() => {});
    sent.push(answer);
  }
  return {
    run,
    send,
    sendRows(query, rows) {
      if (query.many && rows.length > 1) send(query.many, { rows: rowsToJson(rows as never) });
      else for (const params of rows) send(query, params);
    },
    async reserve(table, n) {
      const rows = await run(reserveIds, { table, n });
      return rows.map(({ id }) => id);
    },
    touched: (query) => rawOf(query, kysely).touched,
    async settled() {
      const answers = sent;
      sent = [];
      await Promise.all(answers);
    },
    execute<R>(build: (db: Kysely<Schema>) => Compilable<R>, before?: (touched: Touched) => void) {
      const raw = build(kysely).compile();
      before?.(touchedBy(raw.sql));
      return ask<R>({ text: raw.sql, values: [...raw.parameters] });
    },
    async findWords({ of, prefixes, slices, limit }) {
      // Looked up in the index first (`offset 0`): in the order of ids the planner would walk through the table for a word it takes for frequent.
      // And without a name, so that each is planned for its own words.
      const text = `select id from (select id from ${of}_words where foyer_lexemes(id, words) @@ $1::tsquery offset 0) as found
        order by id desc limit $2`;
      const rows = await ask<{ id: number }>({ text, values: [tsQuery(prefixes, slices), limit] });
      return rows.map((row) => row.id);
    },
    async command(sql) {
      await ask({ text: sql });
    },
  };
}

function tsQuery(prefixes: WordsAsked['prefixes'], slices: WordsAsked['slices']): string {
  return slices.map((slice) => `(${prefixes.map((word) => `'${sliceName(slice)}${word}':*`).join('&')})`).join('|');
}

/**
 * A newer version's migration added a column to a table which a prepared `select *` names: PostgreSQL refuses it from then on ("cached plan must
 * not change result type"), and the code of this version goes on being right (docs/decisions/0018).
 */
const isOutlived = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery';

/** Deadlock, serialization failure. */
const conflicts = ['40P01', '40001'];
/** Connection, rollback, resources, intervention by an operator, the system; a standby; a lock that was not to be had. */
const troubles = /^(08|40|53|57|58)|^(25006|25P02|25P03|55P03)$/;

/** An error of the statement stays as it is; whatever is not the server's own word is about the connection. */
function whatItMeans(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof pg.DatabaseError)) return new UnavailableError(message, { cause: error });
  const code = error.code ?? '';
  if (conflicts.includes(code) || isOutlived(error)) return new ConflictError(message, { cause: error });
  return troubles.test(code) ? new UnavailableError(message, { cause: error }) : error;
}
