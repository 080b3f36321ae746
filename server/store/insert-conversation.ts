import type { Kysely } from 'kysely';
import type { AskPolicy } from '../../shared/bot/types.ts';
import { keepConversation } from './conversations.ts';
import type { Conversation } from './conversations.ts';
import { keyOf } from './kept.ts';
import { kept, query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

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
const insertion = (db: Kysely<Schema>, p: Inserted, own: { id?: number }) =>
  db.insertInto('conversations').values({
    ...own,
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
  });
const insert = kept(
  query<Inserted>()((db, p) =>
    insertion(db, p, {})
      .onConflict((c) => c.columns(['workspace_id', 'session_hash', 'cid']).doNothing())
      .returning('id'),
  ),
);
const insertFirst = kept(query<Inserted & { id: number }>()((db, p) => insertion(db, p, { id: p.id })));
/** The flow a conversation begins with, and the policy that holds then. */
export interface Began {
  flowId: string;
  flowVersion: number;
  askPolicy: AskPolicy;
}

/**
 * Null where this session began one with this cid before.
 * @param c.isFirst the session was made in this transaction
 */
export async function insertConversation(
  tx: Tx,
  c: { contactId: string; sessionHash: string; cid: string; botActive: boolean; began: Began | null; now: number; isFirst: boolean },
): Promise<Conversation | null> {
  const { contactId, sessionHash, cid, botActive, began, now } = c;
  const { flowId = null, flowVersion = null, askPolicy = null } = began ?? {};
  const row: Inserted = {
    ws: tx.workspaceId,
    contact: contactId,
    session: sessionHash,
    cid,
    bot: botActive ? 1 : 0,
    flow_id: flowId,
    flow_version: flowVersion,
    ask_policy: askPolicy,
    now,
  };
  let id = c.isFirst ? tx.unit?.kept.ids.get('conversations')?.shift() : undefined;
  if (id !== undefined) tx.send(insertFirst, { ...row, id });
  else id = (await tx.get(insert, row))?.id;
  if (id === undefined) return null;
  const conversation: Conversation = {
    ...begun,
    id,
    contactId,
    sessionHash,
    botActive,
    flowId,
    flowVersion,
    askPolicy,
    lastAt: now,
    createdAt: now,
  };
  keepConversation(tx, conversation);
  tx.unit?.kept.currents.set(keyOf(tx.workspaceId, sessionHash), id);
  return conversation;
}

/** As all conversations begin. */
const begun = {
  status: 'open',
  assigneeId: null,
  botState: null,
  teamId: null,
  capturedAt: null,
  qualifiedAt: null,
  seq: 0,
  contactReadSeq: 0,
  agentReadSeq: 0,
  contactUnread: 0,
  agentUnread: 0,
  waitingSince: null,
  preview: '',
  lastAuthor: null,
} as const;
