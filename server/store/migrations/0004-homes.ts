// Whose device or identity a session came by: it goes back there when a merge is undone. Released migrations are never edited.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';

export async function homes(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sessions').addColumn('home_id', 'text').execute();
  await sql`update sessions set home_id = contact_id`.execute(db);
}
