// Whose part a contact was, before the merge was undone: from when until when, and what it lived through there.
import { sql } from 'kysely';
import type { FactValue } from '../../shared/bot/types.ts';
import { rowToEvent } from './events.ts';
import type { EventRow } from './events.ts';
import { withFamily } from './family.ts';
import { query } from './query.ts';
import type { Tx } from './query.ts';

/** Somebody was part of this contact from one rev to the other, by their own merge or with whom they were merged into. */
export interface Stay {
  contact: string;
  first: number;
  last: number;
}

/**
 * Where these were, who are one contact now. To be read before the merges are deleted. A merge is undone only after the later ones of its
 * survivor: each stay lies within another. `left`: those of them who were somewhere, where that is known.
 */
export async function listStays(tx: Tx, ids: readonly string[], left = ids): Promise<Stay[]> {
  const found = new Map<string, Stay>();
  let within: Stay[] = left.map((contact) => ({ contact, first: 0, last: Number.MAX_SAFE_INTEGER }));
  while (within.length > 0) {
    const next: Stay[] = [];
    for (const stay of within)
      for (const merged of await listUndone(tx, stay.contact)) {
        if (ids.includes(merged.contact)) continue;
        const both = { ...merged, first: Math.max(stay.first, merged.first), last: Math.min(stay.last, merged.last) };
        const key = JSON.stringify(both);
        if (both.first > both.last || found.has(key)) continue;
        found.set(key, both);
        next.push(both);
      }
    within = next;
  }
  return [...found.values()];
}

async function listUndone(tx: Tx, from: string): Promise<Stay[]> {
  const rows = await tx.execute((db) =>
    db
      .selectFrom('contact_merges')
      .select(['id', 'into_id'])
      .where('workspace_id', '=', tx.workspaceId)
      .where('from_id', '=', from)
      .where('undone_at', 'is not', null),
  );
  const stays: Stay[] = [];
  for (const { id, into_id: contact } of rows) {
    // Where its own facts are lost, it may have been at any time.
    const { first = 0, last = Number.MAX_SAFE_INTEGER } = (await revsOfMerges(tx, contact)).get(id) ?? {};
    stays.push({ contact, first, last });
  }
  return stays;
}

/** Between which revs the merges into a contact held, by their ids. */
export async function revsOfMerges(tx: Tx, into: string): Promise<Map<number, { first?: number; last?: number }>> {
  const rows = await tx.execute((db) =>
    db
      .selectFrom('events')
      .select(['rev', 'type', 'data'])
      .where('contact_id', '=', into)
      // As an expression: as a column it would bring in the index of all facts.
      .where(sql<string>`workspace_id || ''`, '=', tx.workspaceId)
      .where('type', 'in', ['contact.merged', 'contact.unmerged']),
  );
  const revs = new Map<number, { first?: number; last?: number }>();
  for (const { rev, type, data } of rows) {
    const id = Number((JSON.parse(data) as Record<string, FactValue>)['merge']);
    revs.set(id, { ...revs.get(id), [type === 'contact.merged' ? 'first' : 'last']: rev });
  }
  return revs;
}

const leftFamily = query<{ ws: string; contact: string }>()((db, p) =>
  withFamily(db, p)
    .selectFrom('family')
    .crossJoin('contact_merges')
    .select('family.id')
    .distinct()
    .whereRef('contact_merges.from_id', '=', 'family.id')
    .where('contact_merges.workspace_id', '=', p.ws)
    .where('contact_merges.undone_at', 'is not', null),
);

/** A contact and those merged into it, as far as they were part of another one once. Of most contacts there are none. */
export async function listWhoLeft(tx: Tx, contact: string): Promise<string[]> {
  return (await tx.all(leftFamily, { ws: tx.workspaceId, contact })).map((row) => row.id);
}

const ofStay = query<{ ws: string; holder: string; contact: string; first: number; last: number; end: number; limit: number }>()((db, p) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('contact_id', '=', p.holder)
    // As an expression: as a column it would bring in the index of all facts.
    .where(sql<string>`workspace_id || ''`, '=', p.ws)
    .where('rev', '>=', p.first)
    .where('rev', '<=', p.end)
    .where((eb) =>
      eb.or([
        eb('rev', '=', p.first),
        eb('rev', '=', p.last),
        eb(
          'conversation_id',
          'in',
          eb.selectFrom('conversations').select('id').where('contact_id', '=', p.contact).where('workspace_id', '=', p.ws),
        ),
      ]),
    )
    .orderBy('rev', 'desc')
    .limit(p.limit),
);

/** Newest first, before this rev: the merge, what was said in conversations that are this contact's again, and the undoing. */
export async function listEventsOfStay(tx: Tx, stay: Stay, contact: string, before: number, limit: number): Promise<EventRow[]> {
  const { contact: holder, first, last } = stay;
  const rows = await tx.all(ofStay, { ws: tx.workspaceId, holder, contact, first, last, end: Math.min(last, before - 1), limit });
  return rows.map(rowToEvent);
}
