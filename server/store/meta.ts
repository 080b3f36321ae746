// What a database says about itself, beside its rows: whose history it is, and whether it is whole.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { StoreOpenError } from './errors.ts';
import type { Schema } from './schema.ts';

/**
 * `epoch` (P6) is there once a server has served from it, or once it was filled as a whole. `filling`: a migrate or restore is under way or
 * was broken off. `moved_from`: the epoch of the database it was filled from. `moved`: where to this one was copied, and serves no more.
 * `needs`: migrations/run.ts.
 */
export type MetaKey = 'epoch' | 'filling' | 'moved_from' | 'moved';

export async function readMeta(db: Kysely<Schema>, key: MetaKey): Promise<string | null> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value ?? null;
}

export async function writeMeta(db: Kysely<Schema>, key: MetaKey, value: string | null): Promise<void> {
  if (value === null) await db.deleteFrom('meta').where('key', '=', key).execute();
  else
    await sql`insert into meta (key, value) values (${key}, ${value}) on conflict (key) do update set value = excluded.value`.execute(db);
}

/** @throws StoreOpenError */
export async function refuseUnfit(db: Kysely<Schema>): Promise<void> {
  if ((await readMeta(db, 'filling')) !== null)
    throw new StoreOpenError('This database is half filled: foyer migrate or foyer restore was broken off. Run the same command again.');
  const moved = await readMeta(db, 'moved');
  if (moved !== null)
    throw new StoreOpenError(
      `This data was moved to ${moved}: give the server that DATABASE_URL. To serve from here again all the same: foyer migrate --stay`,
    );
}
