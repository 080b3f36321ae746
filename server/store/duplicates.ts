// Pairs of contacts that may be one person, each with why; the lower id stands first.
import type { DuplicateReason } from '../../shared/protocol.ts';
import type { ContactRow } from './contacts.ts';
import { rowToContact } from './contacts.ts';
import { listFamily } from './family.ts';
import { query } from './query.ts';
import type { Tx } from './query.ts';

type Pair = { ws: string; low: string; high: string };

const insert = query<Pair & { reason: string; now: number }>()((db, p) =>
  db
    .insertInto('contact_duplicates')
    .values({
      workspace_id: p.ws,
      contact_id: p.low,
      other_id: p.high,
      reason: p.reason,
      created_at: p.now,
      dismissed_at: null,
      dismissed_by: null,
    })
    .onConflict((c) => c.columns(['workspace_id', 'contact_id', 'other_id', 'reason']).doNothing())
    .returning('reason'),
);
const openOf = query<{ ws: string; contact: string }>()((db, p) =>
  db
    .selectFrom('contact_duplicates')
    .select(['contact_id', 'other_id', 'reason'])
    .where('workspace_id', '=', p.ws)
    .where('contact_id', '=', p.contact)
    .where('dismissed_at', 'is', null)
    .unionAll(
      db
        .selectFrom('contact_duplicates')
        .select(['other_id as contact_id', 'contact_id as other_id', 'reason'])
        .where('workspace_id', '=', p.ws)
        .where('other_id', '=', p.contact)
        .where('dismissed_at', 'is', null),
    )
    .limit(200),
);
const sameEmail = query<{ ws: string; email: string; not: string; limit: number }>()((db, p) =>
  db
    .selectFrom('contacts')
    .select('id')
    .where('workspace_id', '=', p.ws)
    .where('email', '=', p.email)
    .where('id', '!=', p.not)
    .where('merged_into', 'is', null)
    .orderBy('last_seen_at', 'desc')
    .limit(p.limit),
);
const claimants = query<{ ws: string; userId: string; not: string; limit: number }>()((db, p) =>
  db
    .selectFrom('contacts')
    .select('id')
    .where('workspace_id', '=', p.ws)
    .where('claimed_user_id', '=', p.userId)
    .where('id', '!=', p.not)
    .where('merged_into', 'is', null)
    .orderBy('last_seen_at', 'desc')
    .limit(p.limit),
);

const ordered = (a: string, b: string): { low: string; high: string } => (a < b ? { low: a, high: b } : { low: b, high: a });

/** False where it was known, also where somebody said since that it is wrong. */
export async function insertDuplicate(tx: Tx, a: string, b: string, reason: DuplicateReason, now: number): Promise<boolean> {
  return (await tx.get(insert, { ws: tx.workspaceId, ...ordered(a, b), reason, now })) !== undefined;
}

/** By the other contact's id. */
export async function listDuplicatesOf(tx: Tx, contactId: string): Promise<Map<string, DuplicateReason[]>> {
  const found = new Map<string, DuplicateReason[]>();
  for (const row of await tx.all(openOf, { ws: tx.workspaceId, contact: contactId }))
    found.set(row.other_id, [...(found.get(row.other_id) ?? []), row.reason as DuplicateReason]);
  return found;
}

export async function dismissDuplicates(tx: Tx, a: string, b: string, by: number | null, now: number): Promise<boolean> {
  const { low, high } = ordered(a, b);
  const rows = await tx.execute((db) =>
    db
      .updateTable('contact_duplicates')
      .set({ dismissed_at: now, dismissed_by: by })
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', '=', low)
      .where('other_id', '=', high)
      .where('dismissed_at', 'is', null)
      .returning('reason'),
  );
  return rows.length > 0;
}

/**
 * Somebody said that these are two people: by those words, or by undoing their merge. What was said of one holds for whom it was merged into: of
 * each that is in the one now, and each that is in the other.
 */
export async function areKeptApart(tx: Tx, a: string, b: string): Promise<boolean> {
  const [ones, others] = [await listFamily(tx, a), await listFamily(tx, b)];
  const all = [...ones, ...others];
  const dismissed = await tx.execute((db) =>
    db
      .selectFrom('contact_duplicates')
      .select(['contact_id as one', 'other_id as other'])
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', 'in', all)
      .where('other_id', 'in', all)
      .where('dismissed_at', 'is not', null),
  );
  const undone = await tx.execute((db) =>
    db
      .selectFrom('contact_merges')
      .select(['from_id as one', 'into_id as other'])
      .where('workspace_id', '=', tx.workspaceId)
      .where('from_id', 'in', all)
      .where('into_id', 'in', all)
      .where('undone_at', 'is not', null),
  );
  return [...dismissed, ...undone].some(({ one, other }) => ones.includes(one) !== ones.includes(other));
}

/** Live contacts with this email, the ones seen last first. For agents' eyes only (M3). */
export async function findIdsByEmail(tx: Tx, email: string, not: string, limit: number): Promise<string[]> {
  return (await tx.all(sameEmail, { ws: tx.workspaceId, email, not, limit })).map((row) => row.id);
}

/** Live contacts that claim this user_id without a proof (M14). */
export async function findClaimants(tx: Tx, userId: string, not: string, limit: number): Promise<string[]> {
  return (await tx.all(claimants, { ws: tx.workspaceId, userId, not, limit })).map((row) => row.id);
}

/** Those of these contacts that are live. */
export async function findLiveContacts(tx: Tx, ids: readonly string[]): Promise<ContactRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute((db) =>
    db
      .selectFrom('contacts')
      .selectAll()
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', 'in', [...ids])
      .where('merged_into', 'is', null)
      .where('erased_at', 'is', null)
      .orderBy('last_seen_at', 'desc'),
  );
  return rows.map(rowToContact);
}
