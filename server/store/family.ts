// A contact and all that were merged into it, and into those.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

/** `family(id)` for a query. A cross join keeps its order on SQLite: from each one found to those merged into it, by their index. */
export const withFamily = (db: Kysely<Schema>, p: { ws: string; contact: string }) =>
  db.withRecursive('family(id)', (q) =>
    q
      .selectNoFrom(sql<string>`cast(${p.contact} as text)`.as('id'))
      .unionAll((again) =>
        again
          .selectFrom('family')
          .crossJoin('contacts')
          .select('contacts.id')
          .whereRef('contacts.merged_into', '=', 'family.id')
          .where('contacts.workspace_id', '=', p.ws),
      ),
  );

const ids = query<{ ws: string; contact: string }>()((db, p) => withFamily(db, p).selectFrom('family').select('family.id'));

export async function listFamily(tx: Tx, contact: string): Promise<string[]> {
  return (await tx.all(ids, { ws: tx.workspaceId, contact })).map((row) => row.id);
}
