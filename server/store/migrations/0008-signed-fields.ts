// What the host app signed of a contact's company, picture and own attributes. Released migrations are never edited.
import type { Kysely } from 'kysely';

export function signedFields() {
  return async function up(db: Kysely<unknown>): Promise<void> {
    // None: what was written before is claimed.
    await db.schema
      .alterTable('contacts')
      .addColumn('signed_fields', 'text', (c) => c.notNull().defaultTo('[]'))
      .execute();
  };
}
