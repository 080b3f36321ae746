// Domain facts in order of commit, and the workspace's rev they are numbered with.
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { auditedTypes } from '../../shared/events.ts';
import type { EventType } from '../../shared/events.ts';
import type { FactValue } from '../../shared/bot/types.ts';
import { withFamily } from './family.ts';
import { insertMany, kept, query } from './query.ts';
import type { SqlValue, Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface EventRow {
  rev: number;
  type: EventType;
  contactId: string | null;
  conversationId: number | null;
  seq: number | null;
  data: Readonly<Record<string, FactValue>>;
  at: number;
}

type Row = Selectable<Schema['events']>;

export function rowToEvent(row: Row): EventRow {
  return {
    rev: row.rev,
    type: row.type as EventType,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    seq: row.seq,
    data: row.data === '{}' ? {} : (JSON.parse(row.data) as EventRow['data']),
    at: row.created_at,
  };
}

// Taken last by the first who needs it: the row is locked until the commit, which keeps revs in the order of commits.
const lockHead = query<{ ws: string }>()((db, p) => db.selectFrom('feed_heads').select('rev').where('workspace_id', '=', p.ws).forUpdate());
const saveHead = query<{ ws: string; rev: number }>()((db, p) =>
  db.updateTable('feed_heads').set({ rev: p.rev }).where('workspace_id', '=', p.ws),
);
const columns = ['workspace_id', 'rev', 'type', 'contact_id', 'conversation_id', 'seq', 'data', 'created_at'] as const;
const insert = kept(
  query<Row & Record<string, SqlValue>>()((db, p) =>
    db.insertInto('events').values({
      workspace_id: p.workspace_id,
      rev: p.rev,
      type: p.type,
      contact_id: p.contact_id,
      conversation_id: p.conversation_id,
      seq: p.seq,
      data: p.data,
      created_at: p.created_at,
    }),
  ),
  insertMany('events', columns),
);
const head = query<{ ws: string }>()((db, p) => db.selectFrom('feed_heads').select('rev').where('workspace_id', '=', p.ws));
const after = query<{ ws: string; after: number; upTo: number }>()((db, p) =>
  db.selectFrom('events').selectAll().where('workspace_id', '=', p.ws).where('rev', '>', p.after).where('rev', '<=', p.upTo).orderBy('rev'),
);
// The log is append-only: facts of contacts that were merged stay under their own ids and are read together. The workspace is compared
// as an expression: as a column it would bring in the index of all facts, which is walked through for a contact with few of them.
const ofContact = query<{ ws: string; contact: string; before: number; limit: number }>()((db, p) =>
  withFamily(db, p)
    .selectFrom('family')
    .crossJoin('events')
    .selectAll('events')
    .whereRef('events.contact_id', '=', 'family.id')
    .where(sql<string>`events.workspace_id || ''`, '=', p.ws)
    .where('events.rev', '<', p.before)
    .orderBy('events.rev', 'desc')
    .limit(p.limit),
);

// Used with its index only where the condition stands in the query as written.
const audited = query<{ ws: string; before: number; limit: number }>()((db, p) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('workspace_id', '=', p.ws)
    .where(
      'type',
      'in',
      auditedTypes.map((type) => sql.lit(type)),
    )
    .where('rev', '<', p.before)
    .orderBy('rev', 'desc')
    .limit(p.limit),
);

/** Newest first; what the audit log shows. */
export async function listAudited(tx: Tx, before: number, limit: number): Promise<EventRow[]> {
  return (await tx.all(audited, { ws: tx.workspaceId, before, limit })).map(rowToEvent);
}

/** Numbers and stores facts; @returns the rev of the first. */
export async function insertEvents(tx: Tx, facts: readonly Omit<EventRow, 'rev'>[]): Promise<number> {
  const { unit } = tx;
  if (!unit) throw new Error('facts are stored by a transaction that writes');
  const taken = await lockedHead(tx);
  unit.heads.set(tx.workspaceId, taken + facts.length);
  for (const [i, fact] of facts.entries())
    unit.later('events', insert, {
      workspace_id: tx.workspaceId,
      rev: taken + 1 + i,
      type: fact.type,
      contact_id: fact.contactId,
      conversation_id: fact.conversationId,
      seq: fact.seq,
      data: JSON.stringify(fact.data),
      created_at: fact.at,
    });
  return taken + 1;
}

/** The last rev taken; nobody else takes one before this transaction ends. */
async function lockedHead(tx: Tx): Promise<number> {
  const taken = takenIn(tx, tx.workspaceId) ?? (await tx.get(lockHead, { ws: tx.workspaceId }))?.rev;
  if (taken === undefined) throw new Error(`workspace ${tx.workspaceId} has no feed`);
  return taken;
}

/** Of the revs taken in a transaction, before it ends. */
export function storeHeads(heads: Map<string, number>, connection: Pick<Tx, 'send'>): void {
  for (const [ws, rev] of heads) connection.send(saveHead, { ws, rev });
  heads.clear();
}

/** In a transaction that only reads, nobody takes any. */
const takenIn = (tx: Tx, workspaceId: string): number | undefined => tx.unit?.heads.get(workspaceId);

/** Makes everybody else who is about to end a transaction of this workspace wait for the end of this one. */
export async function lockFeed(tx: Tx): Promise<void> {
  tx.unit?.heads.set(tx.workspaceId, await lockedHead(tx));
}

export async function feedHead(tx: Tx): Promise<number> {
  return takenIn(tx, tx.workspaceId) ?? (await tx.get(head, { ws: tx.workspaceId }))?.rev ?? 0;
}

/** How far the feeds of these workspaces are. */
export async function feedHeads(tx: Tx, workspaceIds: readonly string[]): Promise<{ workspaceId: string; rev: number }[]> {
  if (workspaceIds.length === 0) return [];
  const rows = await tx.execute((db) =>
    db
      .selectFrom('feed_heads')
      .selectAll()
      .where('workspace_id', 'in', [...workspaceIds]),
  );
  return rows.map((row) => ({ workspaceId: row.workspace_id, rev: takenIn(tx, row.workspace_id) ?? row.rev }));
}

const changedConversations = query<{ ws: string; after: number; upTo: number }>()((db, p) =>
  db
    .selectFrom('events')
    .select((eb) => ['conversation_id as id', eb.fn.max('seq').as('head')])
    .where('workspace_id', '=', p.ws)
    .where('rev', '>', p.after)
    .where('rev', '<=', p.upTo)
    .where('seq', 'is not', null)
    .groupBy('conversation_id'),
);
const changedContacts = query<{ ws: string; after: number; upTo: number }>()((db, p) =>
  db
    .selectFrom('events')
    .select('contact_id as id')
    .distinct()
    .where('workspace_id', '=', p.ws)
    .where('rev', '>', p.after)
    .where('rev', '<=', p.upTo),
);

/** With the last seq of each that is told of in these revs. */
export async function listChangedConversations(tx: Tx, afterRev: number, upTo: number): Promise<{ id: number; head: number }[]> {
  const rows = await tx.all(changedConversations, { ws: tx.workspaceId, after: afterRev, upTo });
  return rows.flatMap(({ id, head: seq }) => (id === null ? [] : [{ id, head: Number(seq) }]));
}

export async function listChangedContacts(tx: Tx, afterRev: number, upTo: number): Promise<string[]> {
  const rows = await tx.all(changedContacts, { ws: tx.workspaceId, after: afterRev, upTo });
  return rows.flatMap(({ id }) => (id === null ? [] : [id]));
}

export async function listEvents(tx: Tx, afterRev: number, upTo: number): Promise<EventRow[]> {
  return (await tx.all(after, { ws: tx.workspaceId, after: afterRev, upTo })).map(rowToEvent);
}

/** Newest first; of a contact and of all that were merged into it. */
export async function listEventsOfContact(tx: Tx, contactId: string, before: number, limit: number): Promise<EventRow[]> {
  return (await tx.all(ofContact, { ws: tx.workspaceId, contact: contactId, before, limit })).map(rowToEvent);
}
