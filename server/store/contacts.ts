import type { Selectable } from 'kysely';
import type { Contact, Grade } from '../../shared/contact.ts';
import { typeOf } from '../../shared/contact.ts';
import type { FactValue } from '../../shared/bot/types.ts';
import type { ScorePoint } from '../../shared/protocol.ts';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface ContactRow extends Contact {
  points: ScorePoint[];
  tags: string[];
  /** When `lead.captured` was raised; epoch ms. */
  capturedAt: number | null;
  pageUrl: string | null;
  pageTitle: string | null;
  language: string | null;
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
    attributes: row.attributes === '{}' ? {} : (JSON.parse(row.attributes) as Record<string, FactValue>),
    leadAt: row.lead_at,
    identifiedAt: row.identified_at,
    verified: row.verified === 1,
    mergedInto: row.merged_into,
    blocked: row.blocked === 1,
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

/** SQLite's lower() leaves Å alone, so case is folded here. */
export function foldCase(text: string): string {
  return text.normalize('NFKC').toLowerCase();
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
    attributes: JSON.stringify(c.attributes),
    lead_at: c.leadAt,
    identified_at: c.identifiedAt,
    verified: c.verified ? (1 as const) : (0 as const),
    merged_into: c.mergedInto,
    blocked: c.blocked ? (1 as const) : (0 as const),
    score: c.score,
    points: JSON.stringify(c.points),
    tags: JSON.stringify(c.tags),
    captured_at: c.capturedAt,
    page_url: c.pageUrl,
    page_title: c.pageTitle,
    language: c.language,
    search_text: foldCase([c.name, c.email, c.userId, c.phone, c.company].filter((v) => v !== null).join(' ')),
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
  attributes: 0,
  lead_at: 0,
  identified_at: 0,
  verified: 0,
  merged_into: 0,
  blocked: 0,
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

const insert = query<Columns & { id: string; ws: string }>()((db, p) =>
  db.insertInto('contacts').values({ id: p.id, workspace_id: p.ws, ...columnsOf(p) }),
);
const update = query<Columns & { id: string; ws: string }>()((db, p) =>
  db.updateTable('contacts').set(columnsOf(p)).where('id', '=', p.id).where('workspace_id', '=', p.ws),
);
const byId = query<{ ws: string; id: string }>()((db, p) =>
  db.selectFrom('contacts').selectAll().where('id', '=', p.id).where('workspace_id', '=', p.ws),
);
// A no-op UPDATE … RETURNING locks the row on both databases; FOR UPDATE does not parse on SQLite.
const lock = query<{ ws: string; id: string; now: number }>()((db, p) =>
  db.updateTable('contacts').set({ last_seen_at: p.now }).where('id', '=', p.id).where('workspace_id', '=', p.ws).returningAll(),
);
const lockUnseen = query<{ ws: string; id: string }>()((db, p) =>
  db
    .updateTable('contacts')
    .set((eb) => ({ last_seen_at: eb.ref('last_seen_at') }))
    .where('id', '=', p.id)
    .where('workspace_id', '=', p.ws)
    .returningAll(),
);
const byUserId = query<{ ws: string; userId: string }>()((db, p) =>
  db.selectFrom('contacts').selectAll().where('workspace_id', '=', p.ws).where('user_id', '=', p.userId).where('merged_into', 'is', null),
);
const verifiedByEmail = query<{ ws: string; email: string }>()((db, p) =>
  db
    .selectFrom('contacts')
    .selectAll()
    .where('workspace_id', '=', p.ws)
    .where('email', '=', p.email)
    .where('email_grade', '=', 'signed')
    .where('verified', '=', 1)
    .where('merged_into', 'is', null)
    .limit(10),
);

export async function findContact(tx: Tx, id: string): Promise<ContactRow | null> {
  const row = await tx.get(byId, { ws: tx.workspaceId, id });
  return row ? rowToContact(row) : null;
}

/** Locks the contact for the rest of the transaction and marks it as seen at `seenAt`; null: it was not there itself. */
export async function lockContact(tx: Tx, id: string, seenAt: number | null): Promise<ContactRow> {
  const row =
    seenAt === null ? await tx.get(lockUnseen, { ws: tx.workspaceId, id }) : await tx.get(lock, { ws: tx.workspaceId, id, now: seenAt });
  if (!row) throw new Error(`contact ${id} is missing in ${tx.workspaceId}`);
  return rowToContact(row);
}

/** The live contact whose signed user_id it is. */
export async function findUser(tx: Tx, userId: string): Promise<ContactRow | null> {
  const row = await tx.get(byUserId, { ws: tx.workspaceId, userId });
  return row ? rowToContact(row) : null;
}

/** Live verified users whose signed email it is, at most 10. */
export async function findUsersByEmail(tx: Tx, email: string): Promise<ContactRow[]> {
  return (await tx.all(verifiedByEmail, { ws: tx.workspaceId, email })).map(rowToContact);
}

/** Other live contacts with the same email, at most 5; for agents' eyes only (M3). */
export async function findByEmail(tx: Tx, contact: Pick<ContactRow, 'id' | 'email'>): Promise<ContactRow[]> {
  const { email } = contact;
  if (email === null) return [];
  const rows = await tx.execute((db) =>
    db
      .selectFrom('contacts')
      .selectAll()
      .where('workspace_id', '=', tx.workspaceId)
      .where('email', '=', email)
      .where('id', '!=', contact.id)
      .where('merged_into', 'is', null)
      .orderBy('last_seen_at', 'desc')
      .limit(5),
  );
  return rows.map(rowToContact);
}

export async function insertContact(tx: Tx, contact: ContactRow): Promise<void> {
  await tx.get(insert, { ...contactToColumns(contact), id: contact.id, ws: tx.workspaceId });
}

export async function saveContact(tx: Tx, contact: ContactRow): Promise<void> {
  await tx.get(update, { ...contactToColumns(contact), id: contact.id, ws: tx.workspaceId });
}

export function newContact(
  id: string,
  workspaceId: string,
  now: number,
  seen: Pick<ContactRow, 'pageUrl' | 'pageTitle' | 'language'>,
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
    attributes: {},
    leadAt: null,
    identifiedAt: null,
    verified: false,
    mergedInto: null,
    blocked: false,
    score: 0,
    points: [],
    tags: [],
    capturedAt: null,
    ...seen,
    createdAt: now,
    lastSeenAt: now,
  };
}

// ---------------------------------------------------------------- where each detail came from

export type DetailRow = Selectable<Schema['contact_details']>;

const insertDetailQuery = query<Omit<DetailRow, 'id'>>()((db, p) =>
  db.insertInto('contact_details').values({
    workspace_id: p.workspace_id,
    contact_id: p.contact_id,
    field: p.field,
    value: p.value,
    grade: p.grade,
    status: p.status,
    source_kind: p.source_kind,
    conversation_id: p.conversation_id,
    message_id: p.message_id,
    flags: p.flags,
    suggestion: p.suggestion,
    created_at: p.created_at,
  }),
);
const demote = query<{ contact: string; field: string; ws: string; status: string }>()((db, p) =>
  db
    .updateTable('contact_details')
    .set({ status: p.status })
    .where('contact_id', '=', p.contact)
    .where('workspace_id', '=', p.ws)
    .where('field', '=', p.field)
    .where('status', '=', 'current'),
);
const detailsOf = query<{ contact: string; ws: string }>()((db, p) =>
  db.selectFrom('contact_details').selectAll().where('contact_id', '=', p.contact).where('workspace_id', '=', p.ws).orderBy('id'),
);

/** Ways to reach somebody stay such when another one comes first (M4); of all else, what was said before is over. */
const staysAlternate = new Set(['email', 'phone']);

/** Records a learned value; a new current one makes way for none: the one before it becomes `alternate` or `former`. */
export async function insertDetail(tx: Tx, detail: Omit<DetailRow, 'id' | 'workspace_id'>): Promise<void> {
  if (detail.status === 'current')
    await tx.get(demote, {
      contact: detail.contact_id,
      field: detail.field,
      ws: tx.workspaceId,
      status: staysAlternate.has(detail.field) ? 'alternate' : 'former',
    });
  await tx.get(insertDetailQuery, { ...detail, workspace_id: tx.workspaceId });
}

export async function listDetails(tx: Tx, contactId: string): Promise<DetailRow[]> {
  return tx.all(detailsOf, { contact: contactId, ws: tx.workspaceId });
}

/** What the visitor said of a value they had given, on the rows of that value. */
export async function updateDetails(
  tx: Tx,
  of: { contact: string; field: string; value: string },
  change: (row: DetailRow) => Pick<DetailRow, 'status' | 'flags' | 'suggestion'>,
): Promise<void> {
  const rows = (await listDetails(tx, of.contact)).filter((row) => row.field === of.field && row.value === of.value);
  for (const row of rows) {
    const { status, flags, suggestion } = change(row);
    await tx.execute((db) =>
      db
        .updateTable('contact_details')
        .set({ status, flags, suggestion })
        .where('id', '=', row.id)
        .where('workspace_id', '=', tx.workspaceId),
    );
  }
}

/** Moves what is known about `from` to `into`; where `into` has a current value, that of `from` becomes an alternate. */
export async function moveDetails(tx: Tx, from: string, into: string, adopted: readonly string[]): Promise<void> {
  await tx.execute((db) => {
    const rows = db
      .updateTable('contact_details')
      .set({ status: 'alternate' })
      .where('contact_id', '=', from)
      .where('workspace_id', '=', tx.workspaceId)
      .where('status', '=', 'current');
    return adopted.length === 0 ? rows : rows.where('field', 'not in', [...adopted]);
  });
  await tx.execute((db) =>
    db.updateTable('contact_details').set({ contact_id: into }).where('contact_id', '=', from).where('workspace_id', '=', tx.workspaceId),
  );
}

export async function insertMerge(
  tx: Tx,
  merge: { from: string; into: string; reason: string; snapshot: unknown; now: number },
): Promise<void> {
  await tx.execute((db) =>
    db.insertInto('contact_merges').values({
      workspace_id: tx.workspaceId,
      from_id: merge.from,
      into_id: merge.into,
      reason: merge.reason,
      snapshot: JSON.stringify(merge.snapshot),
      created_at: merge.now,
      undone_at: null,
    }),
  );
}
