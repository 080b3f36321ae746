import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { AskPolicy, BotState } from '../../shared/bot/types.ts';
import type { Author, ConversationStatus } from '../../shared/conversation.ts';
import { keyOf } from './kept.ts';
import { kept, query, updateMany } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface Conversation {
  id: number;
  contactId: string;
  /** The session that began it. */
  sessionHash: string;
  status: ConversationStatus;
  assigneeId: number | null;
  botActive: boolean;
  botState: BotState | null;
  teamId: number | null;
  /** The flow it began with, and the policy that held then; null where no bot began it. */
  flowId: string | null;
  flowVersion: number | null;
  askPolicy: AskPolicy | null;
  /** When the contact became reachable, and a qualified lead, in this conversation. */
  capturedAt: number | null;
  qualifiedAt: number | null;
  /** The head of its log. */
  seq: number;
  contactReadSeq: number;
  agentReadSeq: number;
  contactUnread: number;
  agentUnread: number;
  waitingSince: number | null;
  preview: string;
  lastAuthor: Author['kind'] | null;
  lastAt: number;
  createdAt: number;
}

type Row = Selectable<Schema['conversations']>;

export function rowToConversation(row: Row): Conversation {
  return {
    id: row.id,
    contactId: row.contact_id,
    sessionHash: row.session_hash,
    status: row.status as ConversationStatus,
    assigneeId: row.assignee_id,
    botActive: row.bot_active === 1,
    botState: row.bot_state === null ? null : (JSON.parse(row.bot_state) as BotState),
    teamId: row.team_id,
    flowId: row.flow_id,
    flowVersion: row.flow_version,
    askPolicy: row.ask_policy as AskPolicy | null,
    capturedAt: row.captured_at,
    qualifiedAt: row.qualified_at,
    seq: row.seq,
    contactReadSeq: row.contact_read_seq,
    agentReadSeq: row.agent_read_seq,
    contactUnread: row.contact_unread,
    agentUnread: row.agent_unread,
    waitingSince: row.waiting_since,
    preview: row.preview,
    lastAuthor: row.last_author as Conversation['lastAuthor'],
    lastAt: row.last_at,
    createdAt: row.created_at,
  };
}

const byId = query<{ ws: string; id: number }>()((db, p) =>
  db.selectFrom('conversations').selectAll().where('id', '=', p.id).where('workspace_id', '=', p.ws),
);
const byCid = query<{ ws: string; session: string; cid: string }>()((db, p) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where('workspace_id', '=', p.ws)
    .where('session_hash', '=', p.session)
    .where('cid', '=', p.cid),
);
const lock = query<{ ws: string; id: number }>()((db, p) =>
  db.selectFrom('conversations').selectAll().where('id', '=', p.id).where('workspace_id', '=', p.ws).forUpdate(),
);
// As an expression: while the tables are new, PostgreSQL takes an index of all of a workspace's conversations for as good as that of a contact's.
const ofWorkspace = sql<string>`workspace_id || ''`;
const ofContact = query<{ ws: string; contact: string; session: string; all: number }>()((db, p) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where('contact_id', '=', p.contact)
    .where(ofWorkspace, '=', p.ws)
    .where((eb) => eb.or([eb('session_hash', '=', p.session), eb(eb.val(p.all), '=', 1)]))
    .orderBy('last_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50),
);
const lockCurrent = query<{ ws: string; contact: string; session: string; all: number }>()((db, p) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where('contact_id', '=', p.contact)
    .where(ofWorkspace, '=', p.ws)
    .where('status', '!=', 'closed')
    .where((eb) => eb.or([eb('session_hash', '=', p.session), eb(eb.val(p.all), '=', 1)]))
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate(),
);
const waitingBefore = query<{ ws: string; id: number; since: number; most: number }>()((db, p) =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom('conversations')
        .select('id')
        .where('workspace_id', '=', p.ws)
        .where('waiting_since', '<', p.since)
        .where('status', '=', sql.lit('open')) // not given later: PostgreSQL plans by how few those are
        .where('id', '!=', p.id)
        .limit(p.most)
        .as('waiting'),
    )
    .select((eb) => eb.fn.countAll<number>().as('n')),
);
const teamName = query<{ ws: string; id: number }>()((db, p) =>
  db.selectFrom('teams').select('name').where('id', '=', p.id).where('workspace_id', '=', p.ws),
);
type Fixed = 'workspace_id' | 'contact_id' | 'session_hash' | 'cid' | 'flow_id' | 'flow_version' | 'ask_policy' | 'created_at';
const savedColumns = [
  'status',
  'assignee_id',
  'bot_active',
  'bot_state',
  'team_id',
  'captured_at',
  'qualified_at',
  'seq',
  'contact_read_seq',
  'agent_read_seq',
  'contact_unread',
  'agent_unread',
  'waiting_since',
  'preview',
  'last_author',
  'last_at',
] as const;
type Saved = Omit<Row, Exclude<Fixed, 'workspace_id'>>;
const save = kept(
  query<Saved>()((db, p) =>
    db
      .updateTable('conversations')
      .set({
        status: p.status,
        assignee_id: p.assignee_id,
        bot_active: p.bot_active,
        bot_state: p.bot_state,
        team_id: p.team_id,
        captured_at: p.captured_at,
        qualified_at: p.qualified_at,
        seq: p.seq,
        contact_read_seq: p.contact_read_seq,
        agent_read_seq: p.agent_read_seq,
        contact_unread: p.contact_unread,
        agent_unread: p.agent_unread,
        waiting_since: p.waiting_since,
        preview: p.preview,
        last_author: p.last_author,
        last_at: p.last_at,
      })
      .where('id', '=', p.id)
      .where('workspace_id', '=', p.workspace_id),
  ),
  updateMany('conversations', savedColumns),
);

function keptConversation(tx: Tx, id: number): Conversation | undefined {
  return tx.unit?.kept.conversations.get(keyOf(tx.workspaceId, id));
}

/** As the transaction would read it from now on. */
export function keepConversation(tx: Tx, c: Conversation): void {
  if (!tx.unit) return;
  const { conversations, currents } = tx.unit.kept;
  const key = keyOf(tx.workspaceId, c.id);
  // Another one may be its session's current one now.
  if (conversations.get(key)?.status !== c.status) currents.delete(keyOf(tx.workspaceId, c.sessionHash));
  conversations.set(key, c);
}

export async function findConversation(tx: Tx, id: number): Promise<Conversation | null> {
  const known = keptConversation(tx, id);
  if (known) return known;
  const row = await tx.get(byId, { ws: tx.workspaceId, id });
  return row ? rowToConversation(row) : null;
}

export async function findConversationByCid(tx: Tx, sessionHash: string, cid: string): Promise<Conversation | null> {
  const row = await tx.get(byCid, { ws: tx.workspaceId, session: sessionHash, cid });
  return row ? rowToConversation(row) : null;
}

export async function lockConversation(tx: Tx, id: number): Promise<Conversation | null> {
  const known = keptConversation(tx, id);
  if (known) return known;
  const row = await tx.get(lock, { ws: tx.workspaceId, id });
  if (!row) return null;
  const conversation = rowToConversation(row);
  keepConversation(tx, conversation);
  return conversation;
}

/** Newest first, at most 50; those which this session began, or all. */
export async function listConversationsOfContact(tx: Tx, contactId: string, begunOn: string | null = null): Promise<Conversation[]> {
  const rows = await tx.all(ofContact, { ws: tx.workspaceId, contact: contactId, session: begunOn ?? '', all: begunOn === null ? 1 : 0 });
  return rows.map(rowToConversation);
}

/** Locks the newest conversation that is not closed, of those a session began, or of all of its contact's where it is verified. */
export async function lockCurrentConversation(
  tx: Tx,
  session: { contactId: string; tokenHash: string; verified: boolean },
): Promise<Conversation | null> {
  const key = keyOf(tx.workspaceId, session.tokenHash);
  const current = session.verified ? undefined : tx.unit?.kept.currents.get(key);
  if (current === null) return null;
  const known = current === undefined ? undefined : keptConversation(tx, current);
  if (known && known.status !== 'closed' && known.contactId === session.contactId) return known;
  const row = await tx.get(lockCurrent, {
    ws: tx.workspaceId,
    contact: session.contactId,
    session: session.tokenHash,
    all: session.verified ? 1 : 0,
  });
  if (!row) return null;
  const conversation = rowToConversation(row);
  keepConversation(tx, conversation);
  if (!session.verified) tx.unit?.kept.currents.set(key, conversation.id);
  return conversation;
}

export async function saveConversation(tx: Tx, c: Conversation): Promise<void> {
  if (!tx.unit) throw new Error('a conversation is saved by a transaction that writes');
  keepConversation(tx, c);
  const row: Saved = {
    workspace_id: tx.workspaceId,
    id: c.id,
    status: c.status,
    assignee_id: c.assigneeId,
    bot_active: c.botActive ? 1 : 0,
    bot_state: c.botState === null ? null : JSON.stringify(c.botState),
    team_id: c.teamId,
    captured_at: c.capturedAt,
    qualified_at: c.qualifiedAt,
    seq: c.seq,
    contact_read_seq: c.contactReadSeq,
    agent_read_seq: c.agentReadSeq,
    contact_unread: c.contactUnread,
    agent_unread: c.agentUnread,
    waiting_since: c.waitingSince,
    preview: c.preview,
    last_author: c.lastAuthor,
    last_at: c.lastAt,
  };
  tx.unit.later('conversations', save, row, String(c.id));
}

/** How many open conversations have waited for a human since before `since`; it stops counting at `most`. */
export async function countWaitingBefore(tx: Tx, id: number, since: number, most: number): Promise<number> {
  return Number((await tx.get(waitingBefore, { ws: tx.workspaceId, id, since, most }))?.n ?? 0);
}

/** The team a conversation is given to; null for none, and for one that was deleted since. */
export async function teamOfConversation(tx: Tx, c: Pick<Conversation, 'teamId'>): Promise<{ id: number; name: string } | null> {
  if (c.teamId === null) return null;
  const row = await tx.get(teamName, { ws: tx.workspaceId, id: c.teamId });
  return row ? { id: c.teamId, name: row.name } : null;
}
