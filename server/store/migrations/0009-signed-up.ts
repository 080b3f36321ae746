// When a contact signed up with the host app, as that one says. Released migrations are never edited.
import type { Kysely } from 'kysely';

export function signedUp(dialect: 'sqlite' | 'postgres') {
  return async function up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('contacts')
      .addColumn('signed_up_at', dialect === 'postgres' ? 'bigint' : 'integer')
      .execute();
  };
}
