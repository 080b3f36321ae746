import type { Selectable } from 'kysely';
import type { Contact, FirstTouch, Grade } from '../../shared/contact.ts';
import { typeOf } from '../../shared/contact.ts';
import type { FactValue } from '../../shared/bot/types.ts';
import type { ScorePoint } from '../../shared/protocol.ts';
import { searchWords } from './contact-words.ts';
import { keyOf } from './kept.ts';
import { kept, query, updateMany } from './query.ts';
import type { Query, SqlValue, Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface ContactRow extends Contact {
  points: ScorePoint[];
  tags: string[];
  /** When `lead.captured` was raised; epoch ms. */
  capturedAt: number | null;
  pageUrl: string | null;
  pageTitle: string | null;
  language: string | null;
  /** Nothing personal is left of it. */
  erasedAt: number | null;
}

export function rowToContact(row: Selectable<Schema['contacts']>): ContactRow {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    userId: row.user_id,
    claimedUserId: row.claimed_user_id,
    email: row.email,
    emailGrade: row.email_grade as Grade | null,
    name: row.name,
    nameGrade: row.name_grade as Grade | null,
    phone: row.phone,
    phoneGrade: row.phone_grade as Grade | null,
    avatar: row.avatar,
    company: row.company,
    signedUpAt: row.signed_up_at,
    attributes: row.attributes === '{}' ? {} : (JSON.parse(row.attributes) as Record<string, FactValue>),
    signedFields: row.signed_fields === '[]' ? [] : (JSON.parse(row.signed_fields) as string[]),
    leadAt: row.lead_at,
    identifiedAt: row.identified_at,
    verified: row.verified === 1,
    mergedInto: row.merged_into,
    blocked: row.blocked === 1,
    unsubscribed: row.unsubscribed === 1,
    archivedAt: row.archived_at,
    erasedAt: row.erased_at,
    firstTouch: row.first_touch === null ? null : (JSON.parse(row.first_touch) as FirstTouch),
    score: row.score,
    points: row.points === '[]' ? [] : (JSON.parse(row.points) as ContactRow['points']),
    tags: row.tags === '[]' ? [] : (JSON.parse(row.tags) as string[]),
    capturedAt: row.captured_at,
    pageUrl: row.page_url,
    pageTitle: row.page_title,
    language: row.language,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  };
}

function contactToColumns(c: ContactRow) {
  return {
    type: typeOf(c),
    user_id: c.userId,
    claimed_user_id: c.claimedUserId,
    email: c.email,
    email_grade: c.emailGrade,
    name: c.name,
    name_grade: c.nameGrade,
    phone: c.phone,
    phone_grade: c.phoneGrade,
    avatar: c.avatar,
    company: c.company,
    signed_up_at: c.signedUpAt,
    attributes: JSON.stringify(c.attributes),
    signed_fields: JSON.stringify(c.signedFields),
    lead_at: c.leadAt,
    identified_at: c.identifiedAt,
    verified: c.verified ? (1 as const) : (0 as const),
    merged_into: c.mergedInto,
    blocked: c.blocked ? (1 as const) : (0 as const),
    unsubscribed: c.unsubscribed ? (1 as const) : (0 as const),
    archived_at: c.archivedAt,
    score: c.score,
    points: JSON.stringify(c.points),
    tags: JSON.stringify(c.tags),
    captured_at: c.capturedAt,
    page_url: c.pageUrl,
    page_title: c.pageTitle,
    language: c.language,
    search_text: searchWords(c),
    created_at: c.createdAt,
    last_seen_at: c.lastSeenAt,
  };
}

type Columns = ReturnType<typeof contactToColumns>;
const columnNames = Object.keys({
  type: 0,
  user_id: 0,
  claimed_user_id: 0,
  email: 0,
  email_grade: 0,
  name: 0,
  name_grade: 0,
  phone: 0,
  phone_grade: 0,
  avatar: 0,
  company: 0,
  signed_up_at: 0,
  attributes: 0,
  signed_fields: 0,
  lead_at: 0,
  identified_at: 0,
  verified: 0,
  merged_into: 0,
  blocked: 0,
  unsubscribed: 0,
  archived_at: 0,
  score: 0,
  points: 0,
  tags: 0,
  captured_at: 0,
  page_url: 0,
  page_title: 0,
  language: 0,
  search_text: 0,
  created_at: 0,
  last_seen_at: 0,
} satisfies Record<keyof Columns, 0>) as (keyof Columns)[];

const columnsOf = (p: Columns): Columns => Object.fromEntries(columnNames.map((name) => [name, p[name]])) as unknown as Columns;

const insert = kept(
  query<Columns & { id: string; workspace_id: string; first_touch: string | null }>()((db, p) =>
    db.insertInto('contacts').values({ id: p.id, workspace_id: p.workspace_id, first_touch: p.first_touch, ...columnsOf(p) }),
  ),
);
// What is fixed at the beginning is not written again with every change: only merges and their undoing move it.
const updateTouch = query<{ id: string; ws: string; first_touch: string | null }>()((db, p) =>
  db.updateTable('contacts').set({ first_touch: p.first_touch }).where('id', '=', p.id).where('workspace_id', '=', p.ws),
);
const update = kept(
  query<Columns & { id: string; workspace_id: string }>()((db, p) =>
    db.updateTable('contacts').set(columnsOf(p)).where('id', '=', p.id).where('workspace_id', '=', p.workspace_id),
  ),
  updateMany('contacts', columnNames),
);
const byId = query<{ ws: string; id: string }>()((db, p) =>
  db.selectFrom('contacts').selectAll().where('id', '=', p.id).where('workspace_id', '=', p.ws),
);
const lock = query<{ ws: string; id: string }>()((db, p) =>
  db.selectFrom('contacts').selectAll().where('id', '=', p.id).where('workspace_id', '=', p.ws).forUpdate(),
);
const touch = kept(
  query<{ workspace_id: string; id: string; last_seen_at: number }>()((db, p) =>
    db.updateTable('contacts').set({ last_seen_at: p.last_seen_at }).where('id', '=', p.id).where('workspace_id', '=', p.workspace_id),
  ),
  updateMany('contacts', ['last_seen_at']),
);
const byUserId = query<{ ws: string; userId: string }>()((db, p) =>
  db.selectFrom('contacts').selectAll().where('workspace_id', '=', p.ws).where('user_id', '=', p.userId),
);
const verifiedByEmail = query<{ ws: string; email: string }>()((db, p) =>
  db
    .selectFrom('contacts')
    .selectAll()
    .where('workspace_id', '=', p.ws)
    .where('email', '=', p.email)
    .where('email_grade', '=', 'signed')
    .where('verified', '=', 1)
    .limit(10),
);

const provedEmail = query<{ ws: string; email: string; not: string }>()((db, p) =>
  db
    .selectFrom('contacts')
    .selectAll()
    .where('workspace_id', '=', p.ws)
    .where('email', '=', p.email)
    .where('email_grade', 'in', ['verified', 'signed'])
    .where('id', '!=', p.not)
    .where('merged_into', 'is', null)
    .limit(10),
);

function keptContact(tx: Tx, id: string): ContactRow | undefined {
  return tx.unit?.kept.contacts.get(keyOf(tx.workspaceId, id));
}

/** Locked by this transaction, so that nobody merges it, or another one into it, before the end. */
export function isContactLocked(tx: Tx, id: string): boolean {
  return keptContact(tx, id) !== undefined;
}

/** As the transaction would read it from now on. */
function keepContact(tx: Tx, contact: ContactRow): void {
  tx.unit?.kept.contacts.set(keyOf(tx.workspaceId, contact.id), contact);
}

export async function findContact(tx: Tx, id: string): Promise<ContactRow | null> {
  const known = keptContact(tx, id);
  if (known) return known;
  const row = await tx.get(byId, { ws: tx.workspaceId, id });
  return row ? rowToContact(row) : null;
}

/** When a contact was last seen is stored at most this often: its messages come faster, and each would write the whole row again. */
const seenEveryMs = 10_000;

/** Locks the contact for the rest of the transaction and marks it as seen at `seenAt`; null: it was not there itself. */
export async function lockContact(tx: Tx, id: string, seenAt: number | null): Promise<ContactRow> {
  const contact = keptContact(tx, id) ?? (await readLocked(tx, id));
  return seenAt === null ? contact : markSeen(tx, contact, seenAt);
}

async function readLocked(tx: Tx, id: string): Promise<ContactRow> {
  const row = await tx.get(lock, { ws: tx.workspaceId, id });
  if (!row) throw new Error(`contact ${id} is missing in ${tx.workspaceId}`);
  const contact = rowToContact(row);
  keepContact(tx, contact);
  return contact;
}

function markSeen(tx: Tx, contact: ContactRow, now: number): ContactRow {
  const seen = { ...contact, lastSeenAt: now };
  if (now - contact.lastSeenAt < seenEveryMs) return seen;
  keepContact(tx, seen);
  writeLater(tx, touch, { workspace_id: tx.workspaceId, id: contact.id, last_seen_at: now });
  return seen;
}

function writeLater<P extends Record<string, SqlValue> & { id: string }>(tx: Tx, query: Query<P, unknown>, params: P): void {
  if (!tx.unit) throw new Error('a contact is written by a transaction that writes');
  tx.unit.later('contacts', query, params, params.id);
}

/** The live contact whose signed user_id it is, or into which the one that had it was merged. */
export async function findUser(tx: Tx, userId: string): Promise<ContactRow | null> {
  const row = await tx.get(byUserId, { ws: tx.workspaceId, userId });
  return row ? followMerges(tx, rowToContact(row)) : null;
}

/** Whom a contact is now. */
export async function followMerges(tx: Tx, contact: ContactRow): Promise<ContactRow> {
  let found = contact;
  while (found.mergedInto !== null) {
    const next = await findContact(tx, found.mergedInto);
    if (!next) throw new Error(`contact ${found.id} was merged into ${found.mergedInto}, which is missing`);
    found = next;
  }
  return found;
}

/** Live verified users whose signed email it is, or into which the one that had it was merged; at most 10. */
export async function findUsersByEmail(tx: Tx, email: string): Promise<ContactRow[]> {
  const live = new Map<string, ContactRow>();
  for (const row of await tx.all(verifiedByEmail, { ws: tx.workspaceId, email })) {
    const contact = await followMerges(tx, rowToContact(row));
    live.set(contact.id, contact);
  }
  return [...live.values()];
}

/** Other live contacts for which this email is proved, by a mailed link or by the host app; at most 10. */
export async function findOthersProved(tx: Tx, email: string, not: string): Promise<ContactRow[]> {
  return (await tx.all(provedEmail, { ws: tx.workspaceId, email, not })).map(rowToContact);
}

export async function insertContact(tx: Tx, contact: ContactRow): Promise<void> {
  keepContact(tx, contact);
  tx.send(insert, { ...contactToColumns(contact), id: contact.id, workspace_id: tx.workspaceId, first_touch: touchToColumn(contact) });
}

export async function saveContact(tx: Tx, contact: ContactRow): Promise<void> {
  const before = keptContact(tx, contact.id);
  keepContact(tx, contact);
  const row = { ...contactToColumns(contact), id: contact.id, workspace_id: tx.workspaceId };
  if (before?.userId === contact.userId) return writeLater(tx, update, row);
  // Of two that have a user_id one after the other, the order counts.
  tx.unit?.flush();
  tx.send(update, row);
}

const touchToColumn = ({ firstTouch }: ContactRow): string | null => (firstTouch === null ? null : JSON.stringify(firstTouch));

/** As `saveContact`, where it was merged or un-merged: where it first came from may be another's, too. */
export async function saveWholeContact(tx: Tx, contact: ContactRow): Promise<void> {
  await saveContact(tx, contact);
  tx.send(updateTouch, { id: contact.id, ws: tx.workspaceId, first_touch: touchToColumn(contact) });
}

export function newContact(
  id: string,
  workspaceId: string,
  now: number,
  seen: Pick<ContactRow, 'pageUrl' | 'pageTitle' | 'language'> & Partial<Pick<ContactRow, 'firstTouch' | 'blocked'>>,
): ContactRow {
  return {
    id,
    workspaceId,
    userId: null,
    claimedUserId: null,
    email: null,
    emailGrade: null,
    name: null,
    nameGrade: null,
    phone: null,
    phoneGrade: null,
    avatar: null,
    company: null,
    signedUpAt: null,
    attributes: {},
    signedFields: [],
    leadAt: null,
    identifiedAt: null,
    verified: false,
    mergedInto: null,
    blocked: false,
    unsubscribed: false,
    archivedAt: null,
    erasedAt: null,
    firstTouch: null,
    score: 0,
    points: [],
    tags: [],
    capturedAt: null,
    ...seen,
    createdAt: now,
    lastSeenAt: now,
  };
}
