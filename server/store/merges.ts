// What a merge did, kept so that it can be undone: both contacts as they were, and the rows that moved.
import type { Selectable } from 'kysely';
import type { ContactRow } from './contacts.ts';
import type { KeptDetail } from './details.ts';
import type { EventRow } from './events.ts';
import { withFamily } from './family.ts';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

/** `identify`, `verified_email`: made by a proof; `agent`, `api`: asked for. */
export type MergeReason = 'identify' | 'verified_email' | 'agent' | 'api';

/** What devices say later is written into it, too, into each side for itself (actions/contact/alone.ts). */
export interface MergeSnapshot {
  /** As they were before. */
  survivor: ContactRow;
  absorbed: ContactRow;
  /** The survivor right after it. */
  merged: ContactRow;
  conversations: number[];
  details: KeptDetail[];
  consents: number[];
  /** The newest detail there was, of anybody: what is newer was learned since. */
  lastDetail: number;
  /** What a person wrote beside it. */
  note?: string;
}

export interface Merge {
  id: number;
  fromId: string;
  intoId: string;
  reason: MergeReason;
  /** Empty where it was undone and one of them erased since. */
  snapshot: MergeSnapshot;
  agentId: number | null;
  at: number;
  undoneAt: number | null;
}

type Row = Selectable<Schema['contact_merges']>;

/** Of one written before 0008-signed-fields, nothing is signed; before 0009-signed-up, nobody was said to have signed up. */
function readSnapshot(text: string): MergeSnapshot {
  const kept = JSON.parse(text) as MergeSnapshot;
  if (text === '{}') return kept;
  const whole = (one: ContactRow): ContactRow => ({
    ...one,
    signedFields: one.signedFields ?? [],
    signedUpAt: one.signedUpAt ?? null,
  });
  return { ...kept, survivor: whole(kept.survivor), absorbed: whole(kept.absorbed), merged: whole(kept.merged) };
}

function rowToMerge(row: Row): Merge {
  return {
    id: row.id,
    fromId: row.from_id,
    intoId: row.into_id,
    reason: row.reason as MergeReason,
    snapshot: readSnapshot(row.snapshot),
    agentId: row.agent_id,
    at: row.created_at,
    undoneAt: row.undone_at,
  };
}

const insert = query<Omit<Row, 'id' | 'undone_at'>>()((db, p) =>
  db
    .insertInto('contact_merges')
    .values({
      workspace_id: p.workspace_id,
      from_id: p.from_id,
      into_id: p.into_id,
      reason: p.reason,
      snapshot: p.snapshot,
      agent_id: p.agent_id,
      created_at: p.created_at,
      undone_at: null,
    })
    .returning('id'),
);
const byId = query<{ ws: string; id: number }>()((db, p) =>
  db.selectFrom('contact_merges').selectAll().where('id', '=', p.id).where('workspace_id', '=', p.ws),
);
const openInto = query<{ ws: string; into: string; since: number; limit: number }>()((db, p) =>
  db
    .selectFrom('contact_merges')
    .selectAll()
    .where('workspace_id', '=', p.ws)
    .where('into_id', '=', p.into)
    .where('undone_at', 'is', null)
    .where('created_at', '>=', p.since)
    .orderBy('id', 'desc')
    .limit(p.limit),
);
const openWithin = query<{ ws: string; contact: string; since: number }>()((db, p) =>
  withFamily(db, p)
    .selectFrom('contact_merges')
    .selectAll()
    .where('workspace_id', '=', p.ws)
    .where('into_id', 'in', (eb) => eb.selectFrom('family').select('family.id'))
    .where('undone_at', 'is', null)
    .where('created_at', '>=', p.since)
    .orderBy('id'),
);
const openFrom = query<{ ws: string; from: string }>()((db, p) =>
  db
    .selectFrom('contact_merges')
    .selectAll()
    .where('workspace_id', '=', p.ws)
    .where('from_id', '=', p.from)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1),
);
const lastDetail = query<Record<string, never>>()((db) => db.selectFrom('contact_details').select((eb) => eb.fn.max('id').as('id')));

/** @returns its id */
export async function insertMerge(
  tx: Tx,
  merge: { from: string; into: string; reason: MergeReason; agentId: number | null; snapshot: MergeSnapshot; now: number },
): Promise<number> {
  const row = await tx.get(insert, {
    workspace_id: tx.workspaceId,
    from_id: merge.from,
    into_id: merge.into,
    reason: merge.reason,
    snapshot: JSON.stringify(merge.snapshot),
    agent_id: merge.agentId,
    created_at: merge.now,
  });
  if (!row) throw new Error(`the merge of ${merge.from} into ${merge.into} was not stored`);
  return row.id;
}

export async function findMerge(tx: Tx, id: number): Promise<Merge | null> {
  const row = await tx.get(byId, { ws: tx.workspaceId, id });
  return row ? rowToMerge(row) : null;
}

/** Why a person merged the two of this `contact.merged`, in their words; also once it was undone or cannot be undone any more. */
export async function findNote(tx: Tx, { type, data }: Pick<EventRow, 'type' | 'data'>): Promise<string | null> {
  if (type !== 'contact.merged' || typeof data['merge'] !== 'number') return null;
  return (await findMerge(tx, data['merge']))?.snapshot.note ?? null;
}

/** Merges into a contact that still stand, newest first. */
export async function listMergesInto(tx: Tx, into: string, since: number, limit = 20): Promise<Merge[]> {
  return (await tx.all(openInto, { ws: tx.workspaceId, into, since, limit })).map(rowToMerge);
}

/** Merges since then into a contact and into those that were merged into it, oldest first. */
export async function listMergesWithin(tx: Tx, contact: string, since: number): Promise<Merge[]> {
  return (await tx.all(openWithin, { ws: tx.workspaceId, contact, since })).map(rowToMerge);
}

/** The merge by which this contact is another one now. */
export async function findMergeOf(tx: Tx, from: string): Promise<Merge | null> {
  const row = await tx.get(openFrom, { ws: tx.workspaceId, from });
  return row ? rowToMerge(row) : null;
}

export async function saveSnapshot(tx: Tx, id: number, snapshot: MergeSnapshot): Promise<void> {
  await tx.execute((db) =>
    db
      .updateTable('contact_merges')
      .set({ snapshot: JSON.stringify(snapshot) })
      .where('id', '=', id)
      .where('workspace_id', '=', tx.workspaceId),
  );
}

export async function markUndone(tx: Tx, id: number, now: number): Promise<void> {
  await tx.execute((db) =>
    db.updateTable('contact_merges').set({ undone_at: now }).where('id', '=', id).where('workspace_id', '=', tx.workspaceId),
  );
}

/** The newest detail's id, of whatever workspace: what a locked contact learns from now on has a higher one. 0 where there is none. */
export async function lastDetailId(tx: Tx): Promise<number> {
  return (await tx.get(lastDetail, {}))?.id ?? 0;
}
