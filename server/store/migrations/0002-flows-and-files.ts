// Drafts of flows, what capture rates are counted by, tags, consents, teams, files and jobs. Released migrations are never edited.
import { sql } from 'kysely';
import type { CreateTableBuilder, Kysely } from 'kysely';

export function flowsAndFiles(dialect: 'sqlite' | 'postgres') {
  const big = dialect === 'sqlite' ? ('integer' as const) : ('bigint' as const);
  const withId = <T extends string>(table: CreateTableBuilder<T>): CreateTableBuilder<T, 'id'> =>
    dialect === 'sqlite'
      ? table.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      : table.addColumn('id', 'bigint', (c) => c.primaryKey().generatedByDefaultAsIdentity());

  // oxlint-disable-next-line max-lines-per-function -- a table of tables
  return async function up(db: Kysely<unknown>): Promise<void> {
    const { schema } = db;
    await schema
      .alterTable('contacts')
      .addColumn('tags', 'text', (c) => c.notNull().defaultTo('[]'))
      .execute();
    await schema.alterTable('contacts').addColumn('captured_at', big).execute();
    for (const column of ['team_id', 'captured_at', 'qualified_at'] as const)
      await schema.alterTable('conversations').addColumn(column, big).execute();
    await schema.alterTable('conversations').addColumn('flow_id', 'text').execute();
    await schema.alterTable('conversations').addColumn('flow_version', 'integer').execute();
    await schema.alterTable('conversations').addColumn('ask_policy', 'text').execute();
    await schema
      .createIndex('conversations_flow')
      .on('conversations')
      .columns(['workspace_id', 'flow_id', 'flow_version', 'created_at'])
      .execute();
    // Few wait at a time, so it stays small however many conversations there are: the queue is counted in it.
    await schema
      .createIndex('conversations_waiting')
      .on('conversations')
      .columns(['workspace_id', 'waiting_since'])
      .where(sql.ref('waiting_since'), 'is not', null)
      .execute();
    await schema.alterTable('flows').addColumn('published_by', big).execute();
    await schema.alterTable('flows').addColumn('note', 'text').execute();
    await schema
      .createTable('flow_drafts')
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('rev', 'integer', (c) => c.notNull())
      .addColumn('updated_by', big)
      .addColumn('updated_at', big, (c) => c.notNull())
      .addColumn('deleted_at', big)
      .addPrimaryKeyConstraint('flow_drafts_pk', ['workspace_id', 'id'])
      .execute();
    await schema
      .createTable('contact_tags')
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('contact_id', 'text', (c) => c.notNull())
      .addColumn('tag', 'text', (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .addPrimaryKeyConstraint('contact_tags_pk', ['workspace_id', 'contact_id', 'tag'])
      .execute();
    await schema.createIndex('contact_tags_by_tag').on('contact_tags').columns(['workspace_id', 'tag']).execute();
    await withId(schema.createTable('contact_consents'))
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('contact_id', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('how', 'text', (c) => c.notNull())
      .addColumn('conversation_id', big)
      .addColumn('message_id', big)
      .addColumn('created_at', big, (c) => c.notNull())
      .execute();
    await schema.createIndex('contact_consents_contact').on('contact_consents').columns(['workspace_id', 'contact_id']).execute();
    await withId(schema.createTable('teams'))
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .execute();
    await schema
      .createTable('team_members')
      .addColumn('team_id', big, (c) => c.notNull())
      .addColumn('agent_id', big, (c) => c.notNull())
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('team_members_pk', ['team_id', 'agent_id'])
      .execute();
    await schema
      .createTable('uploads')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('session_hash', 'text')
      .addColumn('conversation_id', big)
      .addColumn('message_id', big)
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('size', big, (c) => c.notNull())
      .addColumn('width', 'integer')
      .addColumn('height', 'integer')
      .addColumn('created_at', big, (c) => c.notNull())
      .execute();
    await withId(schema.createTable('jobs'))
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('payload', 'text', (c) => c.notNull())
      .addColumn('due_at', big, (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('leased_until', big)
      .addColumn('last_error', 'text')
      .addColumn('dead_at', big)
      .addColumn('created_at', big, (c) => c.notNull())
      .addUniqueConstraint('jobs_key', ['workspace_id', 'kind', 'key'])
      .execute();
    await schema.createIndex('jobs_due').on('jobs').column('due_at').where(sql.ref('dead_at'), 'is', null).execute();
  };
}
