// Which consent text a contact had before it, or was shown, when it gave an address.
import type { Selectable } from 'kysely';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface ConsentRow {
  contactId: string;
  version: number;
  text: string;
  how: 'asked' | 'told';
  conversationId: number;
  messageId: number | null;
  at: number;
}

type Row = Selectable<Schema['contact_consents']>;

const insert = query<Omit<Row, 'id'>>()((db, p) =>
  db.insertInto('contact_consents').values({
    workspace_id: p.workspace_id,
    contact_id: p.contact_id,
    version: p.version,
    text: p.text,
    how: p.how,
    conversation_id: p.conversation_id,
    message_id: p.message_id,
    created_at: p.created_at,
  }),
);
const ofContact = query<{ ws: string; contact: string }>()((db, p) =>
  db
    .selectFrom('contact_consents')
    .selectAll()
    .where('workspace_id', '=', p.ws)
    .where('contact_id', '=', p.contact)
    .orderBy('id', 'desc')
    .limit(100),
);

export async function insertConsent(tx: Tx, consent: ConsentRow): Promise<void> {
  await tx.get(insert, {
    workspace_id: tx.workspaceId,
    contact_id: consent.contactId,
    version: consent.version,
    text: consent.text,
    how: consent.how,
    conversation_id: consent.conversationId,
    message_id: consent.messageId,
    created_at: consent.at,
  });
}

/** Newest first, at most 100. */
export async function listConsents(
  tx: Tx,
  contactId: string,
): Promise<(Omit<ConsentRow, 'conversationId'> & { conversationId: number | null })[]> {
  const rows = await tx.all(ofContact, { ws: tx.workspaceId, contact: contactId });
  return rows.map((row) => ({
    contactId: row.contact_id,
    version: row.version,
    text: row.text,
    how: row.how as ConsentRow['how'],
    conversationId: row.conversation_id,
    messageId: row.message_id,
    at: row.created_at,
  }));
}

/** @returns the rows that moved */
export async function moveConsents(tx: Tx, from: string, into: string): Promise<number[]> {
  const rows = await tx.execute((db) =>
    db
      .updateTable('contact_consents')
      .set({ contact_id: into })
      .where('contact_id', '=', from)
      .where('workspace_id', '=', tx.workspaceId)
      .returning('id'),
  );
  return rows.map((row) => row.id);
}

/** The ones named, and those given since in these conversations. */
export async function returnConsents(
  tx: Tx,
  which: { ids: readonly number[]; conversations: readonly number[] },
  from: string,
  to: string,
): Promise<void> {
  const { ids, conversations } = which;
  if (ids.length === 0 && conversations.length === 0) return;
  await tx.execute((db) =>
    db
      .updateTable('contact_consents')
      .set({ contact_id: to })
      .where('contact_id', '=', from)
      .where('workspace_id', '=', tx.workspaceId)
      .where((eb) =>
        eb.or([
          ...(ids.length > 0 ? [eb('id', 'in', [...ids])] : []),
          ...(conversations.length > 0 ? [eb('conversation_id', 'in', [...conversations])] : []),
        ]),
      ),
  );
}
