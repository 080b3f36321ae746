// Merges that can be undone, possible duplicates, archived and erased contacts, API tokens, verified emails, rotated secrets.
// Released migrations are never edited.
import { sql } from 'kysely';
import type { CreateTableBuilder, Kysely } from 'kysely';

const audited = [
  'contact.merged',
  'contact.unmerged',
  'contact.email_verified',
  'contact.blocked',
  'contact.unblocked',
  'contact.archived',
  'contact.restored',
  'contact.erased',
  'contact.duplicate_dismissed',
  'verification.sent',
  'identity.secret_rotated',
  'identity.secret_retired',
  'identity.settings_changed',
  'token.created',
  'token.revoked',
];

export function identity(dialect: 'sqlite' | 'postgres') {
  const big = dialect === 'sqlite' ? ('integer' as const) : ('bigint' as const);
  const withId = <T extends string>(table: CreateTableBuilder<T>): CreateTableBuilder<T, 'id'> =>
    dialect === 'sqlite'
      ? table.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      : table.addColumn('id', 'bigint', (c) => c.primaryKey().generatedByDefaultAsIdentity());

  // oxlint-disable-next-line max-lines-per-function -- a table of tables
  return async function up(db: Kysely<unknown>): Promise<void> {
    const { schema } = db;
    for (const column of ['archived_at', 'erased_at'] as const) await schema.alterTable('contacts').addColumn(column, big).execute();
    await schema
      .alterTable('contacts')
      .addColumn('unsubscribed', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await schema.alterTable('contacts').addColumn('first_touch', 'text').execute();
    // Few contacts are either, so an ordinary one is written into none of these.
    for (const column of ['merged_into', 'claimed_user_id'] as const)
      await schema
        .createIndex(`contacts_${column}`)
        .on('contacts')
        .columns(['workspace_id', column])
        .where(sql.ref(column), 'is not', null)
        .execute();
    // An erased contact's files are found by it.
    await schema
      .createIndex('uploads_conversation')
      .on('uploads')
      .column('conversation_id')
      .where(sql.ref('conversation_id'), 'is not', null)
      .execute();
    await schema.createIndex('uploads_session').on('uploads').column('session_hash').execute();
    await schema.alterTable('contact_merges').addColumn('agent_id', big).execute();
    await schema.createIndex('contact_merges_into').on('contact_merges').columns(['workspace_id', 'into_id']).execute();
    await schema.createIndex('contact_merges_from').on('contact_merges').columns(['workspace_id', 'from_id']).execute();
    await schema
      .createTable('contact_duplicates')
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('contact_id', 'text', (c) => c.notNull())
      .addColumn('other_id', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .addColumn('dismissed_at', big)
      .addColumn('dismissed_by', big)
      .addPrimaryKeyConstraint('contact_duplicates_pk', ['workspace_id', 'contact_id', 'other_id', 'reason'])
      .execute();
    await schema.createIndex('contact_duplicates_other').on('contact_duplicates').columns(['workspace_id', 'other_id']).execute();
    await schema
      .createTable('email_verifications')
      .addColumn('token_hash', 'text', (c) => c.primaryKey())
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('contact_id', 'text', (c) => c.notNull())
      .addColumn('email', 'text', (c) => c.notNull())
      .addColumn('agent_id', big)
      .addColumn('created_at', big, (c) => c.notNull())
      .addColumn('expires_at', big, (c) => c.notNull())
      .addColumn('used_at', big)
      .execute();
    await schema.createIndex('email_verifications_contact').on('email_verifications').columns(['workspace_id', 'contact_id']).execute();
    await withId(schema.createTable('api_tokens'))
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('prefix', 'text', (c) => c.notNull())
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('scopes', 'text', (c) => c.notNull())
      .addColumn('agent_id', big)
      .addColumn('created_at', big, (c) => c.notNull())
      .addColumn('expires_at', big)
      .addColumn('last_used_at', big)
      .addColumn('revoked_at', big)
      .execute();
    await schema.createIndex('api_tokens_workspace').on('api_tokens').column('workspace_id').execute();
    // These are rare; the log of all facts is long.
    await schema
      .createIndex('events_audited')
      .on('events')
      .columns(['workspace_id', 'rev'])
      .where(
        sql.ref('type'),
        'in',
        audited.map((type) => sql.lit(type)),
      )
      .execute();
    for (const column of ['identity_secret_used_at', 'identity_secret_next_used_at', 'identity_secret_next_at'] as const)
      await schema.alterTable('workspaces').addColumn(column, big).execute();
  };
}
