// SQLite: one connection that writes and one that reads, on a directory that belongs to this process.
import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import { LockedError, StoreOpenError, UnavailableError } from './errors.ts';
import type { Connection, Engine, OpenedBy, WordsAsked } from './open.ts';
import { sliceName } from './words.ts';
import { touchedBy } from './kept.ts';
import type { Touched } from './kept.ts';
import { bind, compiled } from './query.ts';
import type { Compiled, Query } from './query.ts';
import type { Schema } from './schema.ts';

/** How long the start waits for another program's lock, ms. */
const startPatienceMs = 5000;
/** While it serves: SQLite waits in the event loop, so that nobody is served meanwhile. The writer tries again by itself. */
const servingPatienceMs = 50;

export function openSqlite(path: string, by: OpenedBy): Engine {
  if (by === 'beside') needFile(path);
  const isOurs = by === 'server' && path !== ':memory:';
  const lock = isOurs ? holdDirectory(dirname(path)) : null;
  let writer: Database.Database;
  try {
    const check = isOurs ? checkFor(path) : null;
    writer = openFile(path, false, startPatienceMs);
    if (check) refuseDamage(path, writer, check);
  } catch (error) {
    lock?.close();
    throw error;
  }
  const reader = path === ':memory:' ? null : openFile(path, true, servingPatienceMs);
  const kysely = new Kysely<Schema>({ dialect: new SqliteDialect({ database: writer }) });
  // Changes where another connection wrote: a command next to the server, or somebody by hand.
  const version = writer.prepare('pragma data_version').pluck();
  const readConnection = reader === null ? null : sqliteConnection(reader, kysely);
  return {
    dialect: 'sqlite',
    isFar: false,
    kysely,
    writer: sqliteConnection(writer, kysely),
    version: () => version.get() as number,
    read: readConnection === null ? null : (work) => work(readConnection),
    // A command next to the server may wait: nobody is served by it.
    startServing: () => void (isOurs && writer.pragma(`busy_timeout = ${servingPatienceMs}`)),
    async close() {
      reader?.close();
      if (writer.open) writer.close();
      lock?.close();
    },
  };
}

const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? '';
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A data directory belongs to one process: the lock dies with it, also by kill -9. @throws StoreOpenError */
export function holdDirectory(directory: string): { close(): void } {
  const file = join(directory, 'foyer.lock');
  let lock: Database.Database | null = null;
  try {
    lock = new Database(file, { timeout: 3000 });
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (codeOf(error).startsWith('SQLITE_BUSY'))
      throw new StoreOpenError(`Another Foyer runs on ${directory}. Stop it, or give this one another DATA_DIR.`);
    throw new StoreOpenError(
      `The lock file ${file} cannot be used (${wordsOf(error)}). Foyer needs a DATA_DIR on a disk with space, in which this user may write.`,
    );
  }
}

/**
 * Next to the server that holds the lock, SQLite's own locks keep writers apart. The database is there, or it is not made; what SQLite
 * puts beside it gets the owner of the file, also where root asks.
 */
function needFile(path: string): void {
  try {
    closeSync(openSync(path, 'r+'));
  } catch (error) {
    throw new StoreOpenError(
      codeOf(error) === 'ENOENT'
        ? `There is no database ${path}. Start Foyer once, or say where its data lies: --data-dir`
        : `The database ${path} may not be read and written by this user (${codeOf(error)}). Run this as the user of the server, or as root.`,
    );
  }
}

function corrupt(path: string, why: string): StoreOpenError {
  return new StoreOpenError(
    `The database ${path} is damaged (${why}). Foyer does not start and changed nothing. Restore a backup, or try: sqlite3 ${path} ".recover"`,
  );
}

/** Up to this size the whole file is checked at every start; that takes a second per GB from memory, ten from a slow disk. */
const smallBytes = 64e6;
/** Without these there is nothing to serve, and they stay small. */
const vitalTables = ['meta', 'workspaces', 'agents', 'flows', 'feed_heads'];

type Check = 'all' | 'vital';

/**
 * What is to be checked once the file is open. A file that is not a database is refused before it is touched: it is never
 * overwritten or recreated. A log beside the file says that its last user did not end well.
 */
function checkFor(path: string): Check | null {
  if (!existsSync(path)) return null;
  const head = Buffer.alloc(100);
  const file = openSync(path, 'r');
  const read = readSync(file, head, 0, 100, 0);
  closeSync(file);
  if (read === 0) return null;
  if (head.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw corrupt(path, 'its first bytes are not those of a SQLite file');
  const { size } = statSync(path);
  const endedWell = !existsSync(`${path}-wal`);
  // A page of 65,536 bytes is written as 1; the number of pages stands at byte 28.
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  if (endedWell && head.readUInt32BE(28) * pageSize > size) throw corrupt(path, 'its end is missing');
  return endedWell && size > smallBytes ? 'vital' : 'all';
}

function refuseDamage(path: string, db: Database.Database, check: Check): void {
  try {
    const known = new Set(db.prepare(`select name from sqlite_master where type = 'table'`).pluck().all());
    const pragmas =
      check === 'all' ? ['quick_check(1)'] : vitalTables.filter((t) => known.has(t)).map((table) => `quick_check('${table}')`);
    for (const pragma of pragmas) {
      const health = db.pragma(pragma, { simple: true });
      if (health !== 'ok') throw corrupt(path, String(health));
    }
  } catch (error) {
    db.close();
    throw openError(path, error);
  }
}

function openFile(path: string, readonly: boolean, timeout: number): Database.Database {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly, timeout });
    if (!readonly) {
      db.pragma('journal_mode = WAL');
      // better-sqlite3 falls back to NORMAL in WAL mode, which acknowledges what a power loss takes away (P3).
      db.pragma('synchronous = FULL');
      db.pragma('secure_delete = ON');
      // A checkpoint holds up the commits behind it (0.1 to 0.2 s on a slow disk, mostly its fsync): rare ones write each hot page once.
      db.pragma('wal_autocheckpoint = 16000');
      db.pragma('foreign_keys = ON');
      if (db.pragma('synchronous', { simple: true }) !== 2) throw new StoreOpenError('SQLite did not accept synchronous=FULL');
    }
    db.pragma('cache_size = -65536');
    db.pragma('temp_store = MEMORY');
    return db;
  } catch (error) {
    db?.close();
    throw openError(path, error);
  }
}

function openError(path: string, error: unknown): StoreOpenError {
  if (error instanceof StoreOpenError) return error;
  const code = codeOf(error);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return corrupt(path, wordsOf(error));
  if (code.startsWith('SQLITE_BUSY'))
    return new StoreOpenError(`The database ${path} is locked by another program. Close it and start again.`);
  return new StoreOpenError(`The database ${path} cannot be opened: ${wordsOf(error)}`);
}

/** The disk, the file or its locks, and not the statement. */
const troubles = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|LOCKED|PROTOCOL|NOMEM|PERM)/;

function whatItMeans(error: unknown, db: Database.Database): unknown {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_BUSY')) return new LockedError(wordsOf(error), { cause: error });
  return troubles.test(code) || !db.open ? new UnavailableError(wordsOf(error), { cause: error }) : error;
}

interface Prepared {
  statement: Database.Statement;
  /** Null where it gives none. */
  toRow: ((values: unknown[]) => unknown) | null;
}

/**
 * Rows come as arrays and are made here: the driver's own objects take more than twice as long. Names are those of our own queries.
 * The transaction holds the whole database, so there is nothing to lock for update.
 */
function prepare(db: Database.Database, sql: string): Prepared {
  const statement = db.prepare(sql.replace(/ for update( of "\w+")?$/, ''));
  if (!statement.reader) return { statement, toRow: null };
  const fields = statement.columns().map(({ name }, i) => `${JSON.stringify(name)}: v[${i}]`);
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- the shape of a row, so that all of a query's have the same
  return { statement: statement.raw(), toRow: new Function('v', `return { ${fields.join(', ')} }`) as Prepared['toRow'] };
}

function sqliteConnection(db: Database.Database, kysely: Kysely<Schema>): Connection {
  const prepared = new Map<number, { query: Compiled; statement: Prepared; touched: Touched }>();
  const adhoc = new Map<string, Prepared>();
  const commands = new Map<string, Database.Statement>();
  const told = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw whatItMeans(error, db);
    }
  };
  const rows = <R>({ statement, toRow }: Prepared, values: unknown[]): R[] => {
    if (toRow) return (statement.all(...values) as unknown[][]).map(toRow) as R[];
    statement.run(...values);
    return [];
  };
  function entryOf<P, R>(query: Query<P, R>): { query: Compiled; statement: Prepared; touched: Touched } {
    let entry = prepared.get(query.id);
    if (!entry) {
      const raw = compiled(query.build(kysely).compile());
      entry = { query: raw, statement: prepare(db, raw.sql), touched: touchedBy(raw.sql) };
      prepared.set(query.id, entry);
    }
    return entry;
  }
  const run = <P, R>(query: Query<P, R>, params: P): R[] =>
    told(() => {
      const entry = entryOf(query);
      return rows(entry.statement, bind(entry.query, params));
    });
  return {
    run: async (query, params) => run(query, params),
    send: (query, params) => void run(query, params),
    sendRows(query, all) {
      for (const params of all) run(query, params);
    },
    reserve: async (table, n) =>
      told(() => {
        const sql = 'select seq from sqlite_sequence where name = ?';
        let statement = commands.get(sql);
        if (!statement) commands.set(sql, (statement = db.prepare(sql).pluck()));
        const last = (statement.get(table) as number | undefined) ?? 0;
        return Array.from({ length: n }, (_, i) => last + 1 + i);
      }),
    touched: (query) => told(() => entryOf(query).touched),
    async settled() {},
    execute: async (build, before) =>
      told(() => {
        const raw = build(kysely).compile();
        before?.(touchedBy(raw.sql));
        let statement = adhoc.get(raw.sql);
        if (!statement) {
          if (adhoc.size > 500) adhoc.clear();
          statement = prepare(db, raw.sql);
          adhoc.set(raw.sql, statement);
        }
        return rows(statement, [...raw.parameters]);
      }),
    findWords: async ({ of, prefixes, slices, limit }) =>
      told(() => {
        const sql = `select rowid as id from ${of}_fts where ${of}_fts match ? order by rowid desc limit ?`;
        let statement = commands.get(sql);
        if (!statement) commands.set(sql, (statement = db.prepare(sql).pluck()));
        return statement.all(ftsQuery(prefixes, slices), limit) as number[];
      }),
    command: async (sql) =>
      told(() => {
        let statement = commands.get(sql);
        // With the lock from the start a transaction meets another program's lock only here, before anything is done.
        if (!statement) commands.set(sql, (statement = db.prepare(sql === 'BEGIN' ? 'BEGIN IMMEDIATE' : sql)));
        statement.run();
      }),
  };
}

function ftsQuery(prefixes: WordsAsked['prefixes'], slices: WordsAsked['slices']): string {
  return slices.map((slice) => `(${prefixes.map((word) => `"${sliceName(slice)}${word}"*`).join(' AND ')})`).join(' OR ');
}
