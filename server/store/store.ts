// The store: scoped reads, writes through the group commit, and the epoch of this database.
import { sql } from 'kysely';
import type { Compilable, Kysely } from 'kysely';
import { openEngine } from './open.ts';
import type { Connection, OpenOptions } from './open.ts';
import { migrate } from './migrations/run.ts';
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

function scoped(connection: Connection, workspaceId: string): Tx {
  return {
    workspaceId,
    all: <P, R>(query: Query<P, R>, params: P) => connection.run(query, params),
    get: async <P, R>(query: Query<P, R>, params: P) => (await connection.run(query, params))[0],
    execute: <R>(build: (db: Kysely<Schema>) => Compilable<R>) => connection.execute(build),
  };
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = await openEngine(options.database);
  let epoch: string;
  try {
    await migrate(engine.kysely, engine.dialect);
    epoch = await readEpoch(engine.kysely, options.newEpoch);
  } catch (error) {
    await engine.close();
    throw error;
  }
  engine.startServing();
  const writer = createWriter(engine.writer, options.limits ?? writerLimits);
  return {
    dialect: engine.dialect,
    epoch,
    in: (workspaceId) => ({
      read: (work) =>
        engine.read ? engine.read((c) => work(scoped(c, workspaceId))) : writer.run(() => work(scoped(engine.writer, workspaceId))),
      write: (work, committed) => writer.run(() => work(scoped(engine.writer, workspaceId)), committed),
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
  const row = await db.selectFrom('meta').select('value').where('key', '=', 'epoch').executeTakeFirstOrThrow();
  return row.value;
}
