// The agents’ list of conversations: one condition per filter, newest first, by cursor. The conditions say in SQL what
// shared/conversation-filters.ts says of a row; test/server/store/conversation-filters.test.ts holds the two together.
import { sql } from 'kysely';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { ConversationFilter } from '../../shared/protocol.ts';
import { rowToConversation } from './conversations.ts';
import type { Conversation } from './conversations.ts';
import { rowToContact } from './contacts.ts';
import type { ContactRow } from './contacts.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

type Builder = ExpressionBuilder<Schema, 'conversations'>;

const conditions: Record<ConversationFilter, (eb: Builder, agentId: number) => Expression<SqlBool>[]> = {
  open: (eb) => [eb('status', '=', 'open')],
  waiting: (eb) => [eb('status', '=', 'open'), eb('waiting_since', 'is not', null)],
  mine: (eb, agentId) => [eb('status', '=', 'open'), eb('assignee_id', '=', agentId)],
  unassigned: (eb) => [eb('status', '=', 'open'), eb('assignee_id', 'is', null), eb('bot_active', '=', 0)],
  bot: (eb) => [eb('status', '=', 'open'), eb('bot_active', '=', 1)],
  closed: (eb) => [eb('status', '=', 'closed')],
  all: () => [],
};

export interface ListQuery {
  filter: ConversationFilter;
  agentId: number;
  /** Case folded; empty: everything. */
  search: string;
  /** Rows strictly after this place. */
  after: { lastAt: number; id: number } | null;
  limit: number;
}

/** Newest first. */
export async function listConversations(tx: Tx, q: ListQuery): Promise<{ conversation: Conversation; contact: ContactRow }[]> {
  const rows = await tx.execute((db) => {
    let select = db
      .selectFrom('conversations')
      .selectAll('conversations')
      .where('conversations.workspace_id', '=', tx.workspaceId)
      .where((eb) => eb.and(conditions[q.filter](eb as unknown as Builder, q.agentId)))
      .orderBy('conversations.last_at', 'desc')
      .orderBy('conversations.id', 'desc')
      .limit(q.limit);
    const { after } = q;
    if (after) {
      select = select.where((eb) =>
        eb.or([eb('conversations.last_at', '<', after.lastAt), eb.and([eb('conversations.last_at', '=', after.lastAt), eb('conversations.id', '<', after.id)])]),
      );
    }
    if (q.search !== '') {
      const like = `%${q.search.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
      select = select.where('conversations.contact_id', 'in', (eb) =>
        eb
          .selectFrom('contacts')
          .select('contacts.id')
          .where('contacts.workspace_id', '=', tx.workspaceId)
          .where(sql<SqlBool>`search_text like ${like} escape '\\'`),
      );
    }
    return select;
  });
  const conversations = rows.map(rowToConversation);
  const contacts = await contactsById(tx, [...new Set(conversations.map((c) => c.contactId))]);
  return conversations.flatMap((conversation) => {
    const contact = contacts.get(conversation.contactId);
    return contact ? [{ conversation, contact }] : [];
  });
}

async function contactsById(tx: Tx, ids: string[]): Promise<Map<string, ContactRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.execute((db) => db.selectFrom('contacts').selectAll().where('workspace_id', '=', tx.workspaceId).where('id', 'in', ids));
  return new Map(rows.map((row) => [row.id, rowToContact(row)]));
}

/** How many each filter holds; counting stops mattering past 1,000 and is capped there. */
export async function countConversations(tx: Tx, filter: ConversationFilter, agentId: number): Promise<number> {
  const [row] = await tx.execute((db) =>
    db
      .selectFrom((eb) =>
        eb
          .selectFrom('conversations')
          .select('id')
          .where('workspace_id', '=', tx.workspaceId)
          .where((inner) => inner.and(conditions[filter](inner as unknown as Builder, agentId)))
          .limit(1000)
          .as('some'),
      )
      .select((eb) => eb.fn.countAll<number>().as('n')),
  );
  return Number(row?.n ?? 0);
}
