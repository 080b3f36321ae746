// Whose device or identity a session came by: it goes back there when a merge is undone. Released migrations are never edited.
import type { Kysely } from 'kysely';

export function homes() {
  return async function up(db: Kysely<unknown>): Promise<void> {
    // None: it has been its contact's own ever since.
    await db.schema.alterTable('sessions').addColumn('home_id', 'text').execute();
  };
}
