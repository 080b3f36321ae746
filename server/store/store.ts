// The store: scoped reads, writes through the group commit, and the epoch of this database.
import { sql } from 'kysely';
import type { Compilable, Kysely } from 'kysely';
import { openEngine } from './open.ts';
import type { Connection, Engine, OpenOptions } from './open.ts';
import { StoreOpenError } from './errors.ts';
import { storeHeads } from './events.ts';
import { readMeta, refuseUnfit } from './meta.ts';
import { isMigrated, migrate } from './migrations/run.ts';
import { createWriter, writerLimits } from './writer.ts';
import type { WriterLimits } from './writer.ts';
import { createUnitOfWork } from './kept.ts';
import type { UnitOfWork } from './kept.ts';
import { prefetch } from './prefetch.ts';
import type { Wanted } from './prefetch.ts';
import type { Query, Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface ScopedStore {
  /** Reads committed rows. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a savepoint of the next group commit; resolves after COMMIT. `committed` is called before that, in the
   * order of commits: publish there.
   * @param wanted what `work` is about, where it is a conversation
   * @throws BusyError, UnavailableError, or what `work` threw (then nothing of it is stored)
   */
  write<T>(work: (tx: Tx) => Promise<T>, committed?: (value: T) => void, wanted?: Omit<Wanted, 'workspaceId'>): Promise<T>;
}

export interface Store {
  dialect: 'sqlite' | 'postgres';
  /** P6: random per database, another one after a restore. */
  epoch: string;
  in(workspaceId: string): ScopedStore;
  /** Writes waiting for their commit. */
  waiting(): number;
  /** Settles what was begun, then closes. */
  close(): Promise<void>;
}

/** For what is not yet known to belong to a workspace: look-ups by app id, token, cookie. */
export const systemScope = '';

export interface StoreOptions {
  database: OpenOptions;
  /** A fresh epoch, should this database have none: 16 or more random characters. */
  newEpoch: string;
  limits?: WriterLimits;
}

function reading(connection: Connection, workspaceId: string): Tx {
  return {
    workspaceId,
    unit: null,
    send: (query, params) => connection.send(query, params),
    all: <P, R>(query: Query<P, R>, params: P) => connection.run(query, params),
    get: async <P, R>(query: Query<P, R>, params: P) => (await connection.run(query, params))[0],
    execute: <R>(build: (db: Kysely<Schema>) => Compilable<R>) => connection.execute(build),
    findWords: (asked) => connection.findWords(asked),
  };
}

/** Of the transaction that writes. */
function writing(connection: Connection, unit: UnitOfWork, workspaceId: string): Tx {
  const before = (query: Query<unknown, unknown>): void => {
    if (!query.isKept) unit.before(connection.touched(query));
  };
  return {
    workspaceId,
    unit,
    send(query, params) {
      before(query);
      connection.send(query, params);
    },
    async all<P, R>(query: Query<P, R>, params: P) {
      before(query);
      return connection.run(query, params);
    },
    async get<P, R>(query: Query<P, R>, params: P) {
      before(query);
      return (await connection.run(query, params))[0];
    },
    execute: <R>(build: (db: Kysely<Schema>) => Compilable<R>) => connection.execute(build, unit.before),
    findWords(asked) {
      unit.flush();
      return connection.findWords(asked);
    },
  };
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = await openEngine(options.database);
  let epoch: string;
  try {
    await migrate(engine.kysely, engine.dialect);
    await refuseUnfit(engine.kysely);
    epoch = await readEpoch(engine.kysely, options.newEpoch);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return storeOf(engine, epoch, options.limits ?? writerLimits);
}

/**
 * For a command next to the server, whether that runs or not: makes and migrates nothing, and refuses a schema it does not know.
 * @throws StoreOpenError
 */
export async function openStoreBeside(database: OpenOptions): Promise<Store> {
  const engine = await openEngine(database, 'beside');
  try {
    if (!(await isMigrated(engine.kysely, engine.dialect)))
      throw new StoreOpenError(
        'The database was not made by this version of Foyer. Start the server of this version once, then try again.',
      );
    await refuseUnfit(engine.kysely);
    return storeOf(engine, await storedEpoch(engine.kysely), writerLimits);
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function storeOf(engine: Engine, epoch: string, limits: WriterLimits): Store {
  engine.startServing();
  const { writer: connection } = engine;
  const unit = createUnitOfWork({
    send: (query, rows) => connection.sendRows<unknown>(query, rows),
    reserve: (table, n) => connection.reserve(table, n),
  });
  let version: number | undefined;
  const writer = createWriter(connection, limits, {
    begins() {
      const now = engine.version?.();
      if (now === undefined || now !== version) unit.kept.clear();
      version = now;
    },
    ends() {
      unit.flush();
      storeHeads(unit.heads, connection);
    },
    undone: () => unit.undone(),
    // Where nothing travels, each question by itself costs less.
    ...(engine.isFar && { prefetch: (all: readonly Wanted[]) => prefetch(connection, unit, all) }),
  });
  const written = (workspaceId: string): Tx => writing(connection, unit, workspaceId);
  return {
    dialect: engine.dialect,
    epoch,
    in: (workspaceId) => ({
      read: (work) => (engine.read ? engine.read((c) => work(reading(c, workspaceId))) : writer.run(() => work(written(workspaceId)))),
      write: (work, committed, wanted) => writer.run(() => work(written(workspaceId)), committed, wanted && { workspaceId, ...wanted }),
    }),
    waiting: () => writer.waiting(),
    async close() {
      await writer.idle();
      await engine.close();
    },
  };
}

async function readEpoch(db: Kysely<Schema>, fresh: string): Promise<string> {
  await sql`insert into meta (key, value) values ('epoch', ${fresh}) on conflict (key) do nothing`.execute(db);
  return storedEpoch(db);
}

async function storedEpoch(db: Kysely<Schema>): Promise<string> {
  const epoch = await readMeta(db, 'epoch');
  if (epoch === null) throw new StoreOpenError('The database was not served from yet. Start the server once, then try again.');
  return epoch;
}
