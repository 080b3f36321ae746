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
import type { Query, Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface ScopedStore {
  /** Reads committed rows. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a savepoint of the next group commit; resolves after COMMIT. `committed` is called before that, in the
   * order of commits: publish there.
   * @throws BusyError, UnavailableError, or what `work` threw (then nothing of it is stored)
   */
  write<T>(work: (tx: Tx) => Promise<T>, committed?: (value: T) => void): Promise<T>;
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

function scoped(connection: Connection, workspaceId: string, heads: Map<string, number>): Tx {
  return {
    workspaceId,
    heads,
    send: (query, params) => connection.send(query, params),
    all: <P, R>(query: Query<P, R>, params: P) => connection.run(query, params),
    get: async <P, R>(query: Query<P, R>, params: P) => (await connection.run(query, params))[0],
    execute: <R>(build: (db: Kysely<Schema>) => Compilable<R>) => connection.execute(build),
    findWords: (asked) => connection.findWords(asked),
  };
}

const nothingTaken = new Map<string, number>();

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
  // Of the one transaction that writes.
  const heads = new Map<string, number>();
  const writer = createWriter(engine.writer, limits, {
    begins: () => heads.clear(),
    ends: () => storeHeads({ heads, send: (query, params) => engine.writer.send(query, params) }),
  });
  const written = (workspaceId: string): Tx => scoped(engine.writer, workspaceId, heads);
  return {
    dialect: engine.dialect,
    epoch,
    in: (workspaceId) => ({
      read: (work) =>
        engine.read ? engine.read((c) => work(scoped(c, workspaceId, nothingTaken))) : writer.run(() => work(written(workspaceId))),
      write: (work, committed) => writer.run(() => work(written(workspaceId)), committed),
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
