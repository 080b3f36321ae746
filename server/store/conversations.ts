import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { AskPolicy, BotState } from '../../shared/bot/types.ts';
import type { Author, ConversationStatus } from '../../shared/conversation.ts';
import { query } from './query.ts';
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
const ofContact = query<{ ws: string; contact: string; session: string; all: number }>()((db, p) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where('contact_id', '=', p.contact)
    .where('workspace_id', '=', p.ws)
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
    .where('workspace_id', '=', p.ws)
    .where('status', '!=', 'closed')
    .where((eb) => eb.or([eb('session_hash', '=', p.session), eb(eb.val(p.all), '=', 1)]))
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate(),
);
type Inserted = {
  ws: string;
  contact: string;
  session: string;
  cid: string;
  bot: number;
  flow_id: string | null;
  flow_version: number | null;
  ask_policy: string | null;
  now: number;
};
// What is fixed at the beginning is written here alone: an index holds it, which every `save` would have to write again.
const insert = query<Inserted>()((db, p) =>
  db
    .insertInto('conversations')
    .values({
      workspace_id: p.ws,
      contact_id: p.contact,
      session_hash: p.session,
      cid: p.cid,
      status: 'open',
      assignee_id: null,
      bot_active: p.bot as 0 | 1,
      bot_state: null,
      team_id: null,
      flow_id: p.flow_id,
      flow_version: p.flow_version,
      ask_policy: p.ask_policy,
      captured_at: null,
      qualified_at: null,
      seq: 0,
      contact_read_seq: 0,
      agent_read_seq: 0,
      contact_unread: 0,
      agent_unread: 0,
      waiting_since: null,
      preview: '',
      last_author: null,
      last_at: p.now,
      created_at: p.now,
    })
    .onConflict((c) => c.columns(['workspace_id', 'session_hash', 'cid']).doNothing())
    .returningAll(),
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
type Saved = Omit<Row, Fixed | 'bot_active'> & { ws: string; bot_active: number };
const save = query<Saved>()((db, p) =>
  db
    .updateTable('conversations')
    .set({
      status: p.status,
      assignee_id: p.assignee_id,
      bot_active: p.bot_active as 0 | 1,
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
    .where('workspace_id', '=', p.ws),
);

export async function findConversation(tx: Tx, id: number): Promise<Conversation | null> {
  const row = await tx.get(byId, { ws: tx.workspaceId, id });
  return row ? rowToConversation(row) : null;
}

export async function findConversationByCid(tx: Tx, sessionHash: string, cid: string): Promise<Conversation | null> {
  const row = await tx.get(byCid, { ws: tx.workspaceId, session: sessionHash, cid });
  return row ? rowToConversation(row) : null;
}

export async function lockConversation(tx: Tx, id: number): Promise<Conversation | null> {
  const row = await tx.get(lock, { ws: tx.workspaceId, id });
  return row ? rowToConversation(row) : null;
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
  const row = await tx.get(lockCurrent, {
    ws: tx.workspaceId,
    contact: session.contactId,
    session: session.tokenHash,
    all: session.verified ? 1 : 0,
  });
  return row ? rowToConversation(row) : null;
}

/** The flow a conversation begins with, and the policy that holds then. */
export interface Began {
  flowId: string;
  flowVersion: number;
  askPolicy: AskPolicy;
}

/** Null where this session began one with this cid before. */
export async function insertConversation(
  tx: Tx,
  c: { contactId: string; sessionHash: string; cid: string; botActive: boolean; began: Began | null; now: number },
): Promise<Conversation | null> {
  const row = await tx.get(insert, {
    ws: tx.workspaceId,
    contact: c.contactId,
    session: c.sessionHash,
    cid: c.cid,
    bot: c.botActive ? 1 : 0,
    flow_id: c.began?.flowId ?? null,
    flow_version: c.began?.flowVersion ?? null,
    ask_policy: c.began?.askPolicy ?? null,
    now: c.now,
  });
  return row ? rowToConversation(row) : null;
}

export async function saveConversation(tx: Tx, c: Conversation): Promise<void> {
  tx.send(save, {
    ws: tx.workspaceId,
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
  });
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

const countOf = query<{ ws: string; contact: string }>()((db, p) =>
  db
    .selectFrom('conversations')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('contact_id', '=', p.contact)
    .where('workspace_id', '=', p.ws),
);
const idsOf = query<{ ws: string; contact: string }>()((db, p) =>
  db.selectFrom('conversations').select('id').where('contact_id', '=', p.contact).where('workspace_id', '=', p.ws).orderBy('id'),
);

export async function countConversationsOf(tx: Tx, contactId: string): Promise<number> {
  return Number((await tx.get(countOf, { ws: tx.workspaceId, contact: contactId }))?.n ?? 0);
}

/** All of them, oldest first. */
export async function listConversationIdsOf(tx: Tx, contactId: string): Promise<number[]> {
  return (await tx.all(idsOf, { ws: tx.workspaceId, contact: contactId })).map((row) => row.id);
}

/** Conversations keep their ids when their contact is merged. */
export async function moveConversations(tx: Tx, from: string, into: string): Promise<number[]> {
  const rows = await tx.execute((db) =>
    db
      .updateTable('conversations')
      .set({ contact_id: into })
      .where('contact_id', '=', from)
      .where('workspace_id', '=', tx.workspaceId)
      .returning('id'),
  );
  return rows.map((r) => r.id);
}

/**
 * Conversations go back to whom they came from: the ones named, and those these sessions began since. @returns their ids, oldest first
 */
export async function returnConversations(
  tx: Tx,
  which: { ids: readonly number[]; sessions: readonly string[] },
  from: string,
  to: string,
): Promise<number[]> {
  const { ids, sessions } = which;
  if (ids.length === 0 && sessions.length === 0) return [];
  const rows = await tx.execute((db) =>
    db
      .updateTable('conversations')
      .set({ contact_id: to })
      .where('contact_id', '=', from)
      .where('workspace_id', '=', tx.workspaceId)
      .where((eb) =>
        eb.or([
          ...(ids.length > 0 ? [eb('id', 'in', [...ids])] : []),
          ...(sessions.length > 0 ? [eb('session_hash', 'in', [...sessions])] : []),
        ]),
      )
      .returning('id'),
  );
  return rows.map((row) => row.id).toSorted((a, b) => a - b);
}
