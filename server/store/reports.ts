// What reports are counted from, read in pieces so that nobody waits long for a statement.
import { sql } from 'kysely';
import type { AskPolicy, BotState } from '../../shared/bot/types.ts';
import type { ConversationStatus } from '../../shared/conversation.ts';
import type { FunnelConversation } from '../../shared/report.ts';
import { query } from './query.ts';
import type { Tx } from './query.ts';

interface FlowKey {
  id: string;
  version: number;
}
type Range = { ws: string; flow: string; version: number; since: number };

const page = query<Range & { at: number; id: number; limit: number }>()((db, p) =>
  db
    .selectFrom('conversations')
    .select(['id', 'bot_state', 'status', 'bot_active', 'assignee_id', 'last_at', 'captured_at', 'qualified_at', 'created_at'])
    .where('workspace_id', '=', p.ws)
    .where('flow_id', '=', p.flow)
    .where('flow_version', '=', p.version)
    .where('created_at', '>=', p.since)
    .where('created_at', '<=', p.at)
    .where((eb) => eb.or([eb('created_at', '<', p.at), eb('id', '<', p.id)]))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(p.limit),
);

/** Where a reading stands. */
export interface Place {
  at: number;
  id: number;
}

export const fromNewest: Place = { at: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };

/** Conversations that began with this version since then, newest first; `next` null where there are no more. */
export async function readFunnelPage(
  tx: Tx,
  flow: FlowKey,
  range: { since: number; from: Place; limit: number },
): Promise<{ conversations: FunnelConversation[]; next: Place | null }> {
  const { since, from, limit } = range;
  const rows = await tx.all(page, { ws: tx.workspaceId, flow: flow.id, version: flow.version, since, at: from.at, id: from.id, limit });
  const last = rows.at(-1);
  return {
    conversations: rows.map((row) => ({
      state: row.bot_state === null ? null : (JSON.parse(row.bot_state) as BotState),
      status: row.status as ConversationStatus,
      botActive: row.bot_active === 1,
      assigned: row.assignee_id !== null,
      lastAt: row.last_at,
      captured: row.captured_at !== null,
      qualified: row.qualified_at !== null,
    })),
    next: last && rows.length === limit ? { at: last.created_at, id: last.id } : null,
  };
}

const boundary = query<Range & { offset: number }>()((db, p) =>
  db
    .selectFrom('conversations')
    .select('created_at')
    .where('workspace_id', '=', p.ws)
    .where('flow_id', '=', p.flow)
    .where('flow_version', '=', p.version)
    .where('created_at', '>=', p.since)
    .orderBy('created_at')
    .limit(1)
    .offset(p.offset),
);
// A visitor's message is found in the index of cids, by its side.
const captured = query<Range & { until: number }>()((db, p) =>
  db
    .selectFrom('conversations as c')
    .select((eb) => [
      'ask_policy',
      eb.fn.countAll<number>().as('conversations'),
      eb.fn.count<number>('captured_at').as('leads'),
      eb.fn.count<number>('qualified_at').as('qualified'),
    ])
    .where('workspace_id', '=', p.ws)
    .where('flow_id', '=', p.flow)
    .where('flow_version', '=', p.version)
    .where('created_at', '>=', p.since)
    .where('created_at', '<', p.until)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('messages as m').select('m.id').whereRef('m.conversation_id', '=', 'c.id').where('m.side', '=', sql.lit('contact')),
      ),
    )
    .groupBy('ask_policy'),
);

export interface CaptureCount {
  policy: AskPolicy;
  conversations: number;
  leads: number;
  qualified: number;
}

/** When the conversation that comes `offset` after the first since then began; null where there are fewer. */
export async function beganAfter(tx: Tx, flow: FlowKey, since: number, offset: number): Promise<number | null> {
  const row = await tx.get(boundary, { ws: tx.workspaceId, flow: flow.id, version: flow.version, since, offset });
  return row?.created_at ?? null;
}

/** Of conversations in which the visitor wrote, begun from `since` to before `until`. */
export async function countCaptures(tx: Tx, flow: FlowKey, since: number, until: number): Promise<CaptureCount[]> {
  const rows = await tx.all(captured, { ws: tx.workspaceId, flow: flow.id, version: flow.version, since, until });
  return rows.map((row) => ({
    policy: (row.ask_policy ?? 'flow') as AskPolicy,
    conversations: row.conversations,
    leads: row.leads,
    qualified: row.qualified,
  }));
}
