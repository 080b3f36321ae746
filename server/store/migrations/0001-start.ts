// The first schema. Released migrations are never edited.
import { sql } from 'kysely';
import type { CreateTableBuilder, Kysely } from 'kysely';

export function start(dialect: 'sqlite' | 'postgres') {
  const big = dialect === 'sqlite' ? ('integer' as const) : ('bigint' as const);
  const withId = <T extends string>(table: CreateTableBuilder<T>): CreateTableBuilder<T, 'id'> =>
    dialect === 'sqlite'
      ? table.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      : table.addColumn('id', 'bigint', (c) => c.primaryKey().generatedByDefaultAsIdentity());

  // oxlint-disable-next-line max-lines-per-function -- a table of tables
  return async function up(db: Kysely<unknown>): Promise<void> {
    const create = db.schema;
    await create
      .createTable('meta')
      // A restore that was broken off has left it, and what it says.
      .ifNotExists()
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .execute();
    await create
      .createTable('workspaces')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('app_id', 'text', (c) => c.notNull().unique())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('identity_secret', 'text', (c) => c.notNull())
      .addColumn('identity_secret_next', 'text')
      .addColumn('identity_mode', 'text', (c) => c.notNull())
      .addColumn('settings', 'text', (c) => c.notNull())
      .addColumn('flow_id', 'text')
      .addColumn('flow_version', 'integer')
      .addColumn('script_seen_at', big)
      .addColumn('created_at', big, (c) => c.notNull())
      .execute();
    await create
      .createTable('feed_heads')
      .addColumn('workspace_id', 'text', (c) => c.primaryKey())
      .addColumn('rev', big, (c) => c.notNull())
      .execute();
    await withId(create.createTable('agents'))
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('email', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('avatar', 'text')
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('password_hash', 'text', (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .addUniqueConstraint('agents_email', ['workspace_id', 'email'])
      .execute();
    await create
      .createTable('agent_sessions')
      .addColumn('token_hash', 'text', (c) => c.primaryKey())
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('agent_id', big, (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .addColumn('last_seen_at', big, (c) => c.notNull())
      .addColumn('expires_at', big, (c) => c.notNull())
      .execute();
    await create
      .createTable('setup_tokens')
      .addColumn('token_hash', 'text', (c) => c.primaryKey())
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .addColumn('expires_at', big, (c) => c.notNull())
      .addColumn('used_at', big)
      .execute();
    await create
      .createTable('contacts')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('user_id', 'text')
      .addColumn('claimed_user_id', 'text')
      .addColumn('email', 'text')
      .addColumn('email_grade', 'text')
      .addColumn('name', 'text')
      .addColumn('name_grade', 'text')
      .addColumn('phone', 'text')
      .addColumn('phone_grade', 'text')
      .addColumn('avatar', 'text')
      .addColumn('company', 'text')
      .addColumn('attributes', 'text', (c) => c.notNull())
      .addColumn('lead_at', big)
      .addColumn('identified_at', big)
      .addColumn('verified', 'integer', (c) => c.notNull())
      .addColumn('merged_into', 'text')
      .addColumn('blocked', 'integer', (c) => c.notNull())
      .addColumn('score', 'integer', (c) => c.notNull())
      .addColumn('points', 'text', (c) => c.notNull())
      .addColumn('page_url', 'text')
      .addColumn('page_title', 'text')
      .addColumn('language', 'text')
      .addColumn('search_text', 'text', (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .addColumn('last_seen_at', big, (c) => c.notNull())
      .addUniqueConstraint('contacts_user_id', ['workspace_id', 'user_id'])
      .execute();
    await create.createIndex('contacts_email').on('contacts').columns(['workspace_id', 'email']).execute();
    // For the checklist alone, so it holds no other rows: a write elsewhere costs nothing.
    await create
      .createIndex('contacts_verified')
      .on('contacts')
      .columns(['workspace_id', 'identified_at'])
      .where(sql.ref('verified'), '=', sql.lit(1))
      .execute();
    await withId(create.createTable('contact_details'))
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('contact_id', 'text', (c) => c.notNull())
      .addColumn('field', 'text', (c) => c.notNull())
      .addColumn('value', 'text', (c) => c.notNull())
      .addColumn('grade', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('source_kind', 'text', (c) => c.notNull())
      .addColumn('conversation_id', big)
      .addColumn('message_id', big)
      .addColumn('flags', 'text', (c) => c.notNull())
      .addColumn('suggestion', 'text')
      .addColumn('created_at', big, (c) => c.notNull())
      .execute();
    await create.createIndex('contact_details_contact').on('contact_details').columns(['contact_id', 'field']).execute();
    await withId(create.createTable('contact_merges'))
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('from_id', 'text', (c) => c.notNull())
      .addColumn('into_id', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('snapshot', 'text', (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .addColumn('undone_at', big)
      .execute();
    await create
      .createTable('sessions')
      .addColumn('token_hash', 'text', (c) => c.notNull())
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('contact_id', 'text', (c) => c.notNull())
      .addColumn('verified', 'integer', (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .addColumn('last_seen_at', big, (c) => c.notNull())
      .addColumn('revoked_at', big)
      // A browser may hold one token for several workspaces of one server.
      .addPrimaryKeyConstraint('sessions_pk', ['workspace_id', 'token_hash'])
      .execute();
    await create.createIndex('sessions_contact').on('sessions').column('contact_id').execute();
    await withId(create.createTable('conversations'))
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('contact_id', 'text', (c) => c.notNull())
      .addColumn('session_hash', 'text', (c) => c.notNull())
      .addColumn('cid', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('assignee_id', big)
      .addColumn('bot_active', 'integer', (c) => c.notNull())
      .addColumn('bot_state', 'text')
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('contact_read_seq', 'integer', (c) => c.notNull())
      .addColumn('agent_read_seq', 'integer', (c) => c.notNull())
      .addColumn('contact_unread', 'integer', (c) => c.notNull())
      .addColumn('agent_unread', 'integer', (c) => c.notNull())
      .addColumn('waiting_since', big)
      .addColumn('preview', 'text', (c) => c.notNull())
      .addColumn('last_author', 'text')
      .addColumn('last_at', big, (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .addUniqueConstraint('conversations_cid', ['workspace_id', 'session_hash', 'cid'])
      .execute();
    await create.createIndex('conversations_contact').on('conversations').column('contact_id').execute();
    await create.createIndex('conversations_status').on('conversations').columns(['workspace_id', 'status', 'last_at']).execute();
    await withId(create.createTable('messages'))
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('conversation_id', big, (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('side', 'text', (c) => c.notNull())
      .addColumn('cid', 'text', (c) => c.notNull())
      .addColumn('body_hash', 'text', (c) => c.notNull())
      .addColumn('author_kind', 'text', (c) => c.notNull())
      .addColumn('author_id', 'text')
      .addColumn('author_name', 'text')
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('data', 'text')
      .addColumn('edited_at', big)
      .addColumn('deleted_at', big)
      .addColumn('created_at', big, (c) => c.notNull())
      .addUniqueConstraint('messages_cid', ['conversation_id', 'side', 'cid'])
      .addUniqueConstraint('messages_seq', ['conversation_id', 'seq'])
      .execute();
    // As above: a visitor's message and the bot's answer are not in it.
    await create
      .createIndex('messages_agents')
      .on('messages')
      .columns(['workspace_id', 'id'])
      .where(sql.ref('author_kind'), '=', sql.lit('agent'))
      .execute();
    await create
      .createTable('changes')
      .addColumn('conversation_id', big, (c) => c.notNull())
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('side', 'text')
      .addColumn('cid', 'text')
      .addColumn('body_hash', 'text')
      .addColumn('created_at', big, (c) => c.notNull())
      .addPrimaryKeyConstraint('changes_pk', ['conversation_id', 'seq'])
      .addUniqueConstraint('changes_cid', ['conversation_id', 'side', 'cid'])
      .execute();
    await create
      .createTable('events')
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('rev', big, (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('contact_id', 'text')
      .addColumn('conversation_id', big)
      .addColumn('seq', 'integer')
      .addColumn('data', 'text', (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .addPrimaryKeyConstraint('events_pk', ['workspace_id', 'rev'])
      .execute();
    await create.createIndex('events_contact').on('events').columns(['contact_id', 'rev']).execute();
    await create
      .createTable('flows')
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('created_at', big, (c) => c.notNull())
      .addPrimaryKeyConstraint('flows_pk', ['workspace_id', 'id', 'version'])
      .execute();
    await sql`insert into meta (key, value) values ('schema', '1')`.execute(db);
  };
}
