// The agents’ list of conversations: one condition per filter, newest first, by cursor. The conditions say in SQL what
// shared/conversation-filters.ts says of a row; test/server/store/conversation-filters.test.ts holds the two together.
import { sql } from 'kysely';
import type { Expression, ExpressionBuilder, Kysely, Selectable, SqlBool } from 'kysely';
import type { ConversationStatus } from '../../shared/conversation.ts';
import type { ConversationFilter } from '../../shared/protocol.ts';
import { rowToConversation } from './conversations.ts';
import type { Conversation } from './conversations.ts';
import { rowToContact } from './contacts.ts';
import type { ContactRow } from './contacts.ts';
import type { Tx } from './query.ts';
import type { Found } from './search.ts';
import type { Flag, Schema } from './schema.ts';

type Builder = ExpressionBuilder<Schema, 'conversations'>;
type ConversationRow = Selectable<Schema['conversations']>;
type Condition = (eb: Builder, agentId: number) => Expression<SqlBool>[];

// An index of a list alone is used where its condition stands in the query as written.
const hasStatus = (eb: Builder, status: ConversationStatus): Expression<SqlBool> => eb('status', '=', sql.lit(status));

const conditions: Record<ConversationFilter, Condition> = {
  open: (eb) => [hasStatus(eb, 'open')],
  waiting: (eb) => [hasStatus(eb, 'open'), eb('waiting_since', 'is not', null)],
  mine: (eb, agentId) => [hasStatus(eb, 'open'), eb('assignee_id', '=', agentId)],
  unassigned: (eb) => [hasStatus(eb, 'open'), eb('assignee_id', 'is', null), eb('bot_active', '=', sql.lit<Flag>(0))],
  bot: (eb) => [hasStatus(eb, 'open'), eb('bot_active', '=', sql.lit<Flag>(1))],
  closed: (eb) => [hasStatus(eb, 'closed')],
  all: () => [],
};

export interface ListQuery {
  filter: ConversationFilter;
  agentId: number;
  /** What a search found; null: nothing was searched for. */
  found: Found | null;
  /** Rows strictly after this place. */
  after: { lastAt: number; id: number } | null;
  limit: number;
}

/** Newest first. */
export async function listConversations(tx: Tx, q: ListQuery): Promise<{ conversation: Conversation; contact: ContactRow }[]> {
  const rows = await listRows(tx, q);
  const conversations = rows.map(rowToConversation);
  const contacts = await contactsById(tx, [...new Set(conversations.map((c) => c.contactId))]);
  return conversations.flatMap((conversation) => {
    const contact = contacts.get(conversation.contactId);
    return contact ? [{ conversation, contact }] : [];
  });
}

function listRows(tx: Tx, q: ListQuery): Promise<ConversationRow[]> {
  if (q.found) return listFound(tx, q, q.found);
  return q.filter === 'all' ? listAll(tx, q) : tx.execute((db) => newest(db, tx, q, conditions[q.filter]));
}

/** Those found by their messages and those found by their contacts, each by its own index. */
async function listFound(tx: Tx, q: ListQuery, found: Found): Promise<ConversationRow[]> {
  const condition = conditions[q.filter];
  const rows = new Map<number, ConversationRow>();
  for (const [column, values] of [['id', found.conversations] as const, ['contact_id', found.contacts] as const]) {
    if (values.length === 0) continue;
    const some = await tx.execute((db) =>
      among(db, q)
        .where(inWorkspace('conversations'), '=', tx.workspaceId)
        .where(column, 'in', values)
        .where((eb) => eb.and(condition(eb as unknown as Builder, q.agentId))),
    );
    for (const row of some) rows.set(row.id, row);
  }
  return [...rows.values()].toSorted((a, b) => b.last_at - a.last_at || b.id - a.id).slice(0, q.limit);
}

/** The newest of each status put together: an index over all of them would have to be written with every message. */
function listAll(tx: Tx, q: ListQuery): Promise<ConversationRow[]> {
  return tx.execute((db) => {
    const of = (status: ConversationStatus) => db.selectFrom(newest(db, tx, q, (eb) => [hasStatus(eb, status)]).as('newest')).selectAll();
    const together = of('open').unionAll(of('snoozed')).unionAll(of('closed'));
    return together.orderBy('last_at', 'desc').orderBy('id', 'desc').limit(q.limit);
  });
}

/** The ids of the `limit` newest conversations of any status. */
export async function latestConversationIds(tx: Tx, limit: number): Promise<number[]> {
  const rows = await listAll(tx, { filter: 'all', agentId: 0, found: null, after: null, limit });
  return rows.map((row) => row.id);
}

/**
 * Where rows are named one by one. SQLite takes a workspace for ten rows, and more than ten ids for dearer: as a column it would walk
 * through all of the workspace's rows in some index that begins with it.
 */
const inWorkspace = (table: 'contacts' | 'conversations') => sql<string>`${sql.ref(`${table}.workspace_id`)} || ''`;

function newest(db: Kysely<Schema>, tx: Tx, q: ListQuery, condition: Condition) {
  return among(db, q)
    .where('conversations.workspace_id', '=', tx.workspaceId)
    .where((eb) => eb.and(condition(eb as unknown as Builder, q.agentId)));
}

/** Of those behind the cursor, the first ones. */
function among(db: Kysely<Schema>, q: ListQuery) {
  let select = db
    .selectFrom('conversations')
    .selectAll('conversations')
    .orderBy('conversations.last_at', 'desc')
    .orderBy('conversations.id', 'desc')
    .limit(q.limit);
  const { after } = q;
  // The first condition bounds the walk through the index; the second one tells apart what was last written at the same time.
  if (after) {
    select = select
      .where('conversations.last_at', '<=', after.lastAt)
      .where((eb) => eb.or([eb('conversations.last_at', '<', after.lastAt), eb('conversations.id', '<', after.id)]));
  }
  return select;
}

async function contactsById(tx: Tx, ids: string[]): Promise<Map<string, ContactRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.execute((db) =>
    db.selectFrom('contacts').selectAll().where(inWorkspace('contacts'), '=', tx.workspaceId).where('id', 'in', ids),
  );
  return new Map(rows.map((row) => [row.id, rowToContact(row)]));
}

const mostCounted = 1000;

/** How many each filter holds; counting stops mattering past 1,000 and is capped there. */
export async function countConversations(tx: Tx, filter: ConversationFilter, agentId: number): Promise<number> {
  if (filter !== 'all') return countThose(tx, (eb) => conditions[filter](eb, agentId));
  let all = 0;
  for (const status of ['open', 'snoozed', 'closed'] as const) all += await countThose(tx, (eb) => [hasStatus(eb, status)]);
  return Math.min(all, mostCounted);
}

async function countThose(tx: Tx, condition: (eb: Builder) => Expression<SqlBool>[]): Promise<number> {
  const [row] = await tx.execute((db) =>
    db
      .selectFrom((eb) =>
        eb
          .selectFrom('conversations')
          .select('id')
          .where('workspace_id', '=', tx.workspaceId)
          .where((inner) => inner.and(condition(inner as unknown as Builder)))
          // In the order of the list's index: PostgreSQL would read the table for what most rows are.
          .orderBy('last_at', 'desc')
          .limit(mostCounted)
          .as('some'),
      )
      .select((eb) => eb.fn.countAll<number>().as('n')),
  );
  return Number(row?.n ?? 0);
}
