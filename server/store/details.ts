// Every value ever learned about a contact: where it came from, how surely it is known, and whether it is the contact's now.
import type { Selectable } from 'kysely';
import { insertMany, kept, query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

export type DetailRow = Selectable<Schema['contact_details']>;

const insertDetailQuery = kept(
  query<Omit<DetailRow, 'id'>>()((db, p) =>
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
  ),
  insertMany('contact_details', [
    'workspace_id',
    'contact_id',
    'field',
    'value',
    'grade',
    'status',
    'source_kind',
    'conversation_id',
    'message_id',
    'flags',
    'suggestion',
    'created_at',
  ]),
);
const demote = kept(
  query<{ contact: string; field: string; ws: string; status: string }>()((db, p) =>
    db
      .updateTable('contact_details')
      .set({ status: p.status })
      .where('contact_id', '=', p.contact)
      .where('workspace_id', '=', p.ws)
      .where('field', '=', p.field)
      .where('status', '=', 'current'),
  ),
);
const detailsOf = query<{ contact: string; ws: string }>()((db, p) =>
  db.selectFrom('contact_details').selectAll().where('contact_id', '=', p.contact).where('workspace_id', '=', p.ws).orderBy('id'),
);

/** Ways to reach somebody stay such when another one comes first (M4); of all else, what was said before is over. */
const staysAlternate = new Set(['email', 'phone']);
const displaced = (field: string): string => (staysAlternate.has(field) ? 'alternate' : 'former');

/**
 * Records a learned value; a new current one makes way for none: the one before it becomes `alternate` or `former`.
 * @param isFirst the contact has no current value of this field
 */
export async function insertDetail(tx: Tx, detail: Omit<DetailRow, 'id' | 'workspace_id'>, isFirst = false): Promise<void> {
  if (!tx.unit) throw new Error('a detail is inserted by a transaction that writes');
  if (detail.status === 'current' && !isFirst) {
    tx.unit.flush('contact_details');
    tx.send(demote, {
      contact: detail.contact_id,
      field: detail.field,
      ws: tx.workspaceId,
      status: displaced(detail.field),
    });
  }
  tx.unit.later('contact_details', insertDetailQuery, { ...detail, workspace_id: tx.workspaceId });
}

export async function listDetails(tx: Tx, contactId: string): Promise<DetailRow[]> {
  return tx.all(detailsOf, { contact: contactId, ws: tx.workspaceId });
}

const saidBy = query<{ contact: string; ws: string; session: string }>()((db, p) =>
  db
    .selectFrom('contact_details')
    .innerJoin('conversations', 'conversations.id', 'contact_details.conversation_id')
    .selectAll('contact_details')
    .where('contact_details.contact_id', '=', p.contact)
    .where('contact_details.workspace_id', '=', p.ws)
    .where('contact_details.status', '!=', 'former')
    .where('conversations.workspace_id', '=', p.ws)
    .where('conversations.contact_id', '=', p.contact)
    .where('conversations.session_hash', '=', p.session)
    .orderBy('contact_details.id'),
);

/** Out of the conversations which this session began; not what is over. */
export async function listDetailsSaidBy(tx: Tx, contactId: string, sessionHash: string): Promise<DetailRow[]> {
  return tx.all(saidBy, { contact: contactId, ws: tx.workspaceId, session: sessionHash });
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

/** What was only said of this value is proved. */
export async function raiseDetails(tx: Tx, of: { contact: string; field: string; value: string }, grade: string): Promise<void> {
  await tx.execute((db) =>
    db
      .updateTable('contact_details')
      .set({ grade })
      .where('contact_id', '=', of.contact)
      .where('workspace_id', '=', tx.workspaceId)
      .where('field', '=', of.field)
      .where('value', '=', of.value)
      .where('grade', '=', 'claimed'),
  );
}

/** A row as it stood before its contact was merged. */
export type KeptDetail = Pick<DetailRow, 'id' | 'status'>;

/** Moves what is known about `from` to `into`; where `into` has a current value, that of `from` becomes an alternate. @returns the rows as they stood */
export async function moveDetails(tx: Tx, from: string, into: string, adopted: readonly string[]): Promise<KeptDetail[]> {
  const kept = (await listDetails(tx, from)).map(({ id, status }) => ({ id, status }));
  if (kept.length === 0) return kept;
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
  return kept;
}

/** Rows go back as they stood; those of an erased conversation are gone. */
export async function returnDetails(tx: Tx, to: string, kept: readonly KeptDetail[]): Promise<void> {
  for (const { id, status } of kept) await updateDetail(tx, id, { contact_id: to, status });
}

/** What was learned in these conversations since, newest last. */
export async function detailsLearnedIn(tx: Tx, contactId: string, conversations: readonly number[], after: number): Promise<DetailRow[]> {
  const rows = await listDetails(tx, contactId);
  return rows.filter((row) => row.id > after && row.conversation_id !== null && conversations.includes(row.conversation_id));
}

export async function updateDetail(tx: Tx, id: number, set: Partial<Pick<DetailRow, 'contact_id' | 'status'>>): Promise<void> {
  await tx.execute((db) => db.updateTable('contact_details').set(set).where('id', '=', id).where('workspace_id', '=', tx.workspaceId));
}

/** The newest row of the value the contact has is the current one of its field, and no other. */
export async function settleDetails(tx: Tx, contactId: string, values: Readonly<Record<string, string | null>>): Promise<void> {
  const rows = await listDetails(tx, contactId);
  for (const [field, value] of Object.entries(values)) {
    const ofField = rows.filter((row) => row.field === field);
    const current = ofField.findLast((row) => row.value === value);
    for (const row of ofField) {
      const status = row === current ? 'current' : row.status === 'current' ? displaced(field) : row.status;
      if (status !== row.status) await updateDetail(tx, row.id, { status });
    }
  }
}
