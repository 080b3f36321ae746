// Takes out everything personal of a contact, of whatever table; what must stay for the order of the logs stays empty.
import { sql } from 'kysely';
import type { FactValue } from '../../shared/bot/types.ts';
import { auditedTypes } from '../../shared/events.ts';
import { eraseNames, eraseTraces, noFact, setFact } from './erasure-traces.ts';
import { listFamily } from './family.ts';
import type { Tx } from './query.ts';
import { listStays } from './stays.ts';
import { verificationKey } from './verifications.ts';

export interface Erased {
  /** Sessions that could still be used. */
  sessions: string[];
  /** Files that lie on the disk. */
  uploads: string[];
  conversations: number[];
}

/** Of the contact and of all that were merged into it. */
export async function eraseRows(tx: Tx, contact: string, now: number): Promise<Erased> {
  const ids = await listFamily(tx, contact);
  const stays = await listStays(tx, ids);
  const conversations = await deleteConversations(tx, ids);
  const sessions = await deleteSessions(tx, ids);
  const uploads = await deleteUploads(tx, conversations, sessions.all);
  await deleteLogs(tx, conversations);
  await deleteJobs(tx, ids, conversations);
  await deleteKnown(tx, ids);
  await eraseNames(tx, ids, conversations);
  await emptyEvents(tx, ids);
  await eraseTraces(tx, stays, conversations);
  await emptyContacts(tx, ids, now);
  return { sessions: sessions.open, uploads, conversations };
}

async function deleteConversations(tx: Tx, ids: readonly string[]): Promise<number[]> {
  const rows = await tx.execute((db) =>
    db
      .deleteFrom('conversations')
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', 'in', [...ids])
      .returning('id'),
  );
  return rows.map((row) => row.id);
}

async function deleteSessions(tx: Tx, ids: readonly string[]): Promise<{ all: string[]; open: string[] }> {
  const rows = await tx.execute((db) =>
    db
      .deleteFrom('sessions')
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', 'in', [...ids])
      .returning(['token_hash', 'revoked_at']),
  );
  return { all: rows.map((row) => row.token_hash), open: rows.flatMap((row) => (row.revoked_at === null ? [row.token_hash] : [])) };
}

async function deleteUploads(tx: Tx, conversations: readonly number[], sessions: readonly string[]): Promise<string[]> {
  if (conversations.length === 0 && sessions.length === 0) return [];
  const rows = await tx.execute((db) =>
    db
      .deleteFrom('uploads')
      .where('workspace_id', '=', tx.workspaceId)
      .where((eb) =>
        eb.or([
          ...(conversations.length > 0 ? [eb('conversation_id', 'in', [...conversations])] : []),
          ...(sessions.length > 0 ? [eb('session_hash', 'in', [...sessions])] : []),
        ]),
      )
      .returning('id'),
  );
  return rows.map((row) => row.id);
}

async function deleteLogs(tx: Tx, conversations: readonly number[]): Promise<void> {
  if (conversations.length === 0) return;
  for (const table of ['messages', 'changes'] as const)
    await tx.execute((db) =>
      db
        .deleteFrom(table)
        .where('workspace_id', '=', tx.workspaceId)
        .where('conversation_id', 'in', [...conversations]),
    );
}

/** Also those given up: what a mail server or another one answered may name whom it was about. */
async function deleteJobs(tx: Tx, ids: readonly string[], conversations: readonly number[]): Promise<void> {
  const kinds = { mail: ids.map(verificationKey), 'bot-wait': conversations.map(String), 'bot-call': conversations.map(String) };
  for (const [kind, keys] of Object.entries(kinds))
    if (keys.length > 0)
      await tx.execute((db) =>
        db.deleteFrom('jobs').where('workspace_id', '=', tx.workspaceId).where('kind', '=', kind).where('key', 'in', keys),
      );
}

async function deleteKnown(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const table of ['contact_details', 'contact_consents', 'contact_tags', 'email_verifications'] as const)
    await tx.execute((db) =>
      db
        .deleteFrom(table)
        .where('workspace_id', '=', tx.workspaceId)
        .where('contact_id', 'in', [...ids]),
    );
  // One side after the other: an OR of both would walk through all of the workspace's.
  for (const side of ['from_id', 'into_id'] as const)
    await tx.execute((db) =>
      db
        .deleteFrom('contact_merges')
        .where('workspace_id', '=', tx.workspaceId)
        .where(side, 'in', [...ids]),
    );
  for (const side of ['contact_id', 'other_id'] as const)
    await tx.execute((db) =>
      db
        .deleteFrom('contact_duplicates')
        .where('workspace_id', '=', tx.workspaceId)
        .where(side, 'in', [...ids]),
    );
}

/** Who did what stays in the audit log; to whom and how it was before does not. */
async function emptyEvents(tx: Tx, ids: readonly string[]): Promise<void> {
  const told = await tx.execute((db) =>
    db
      .selectFrom('events')
      .select(['rev', 'data'])
      .where('contact_id', 'in', [...ids])
      // As an expression: as a column it would bring in the index of all facts.
      .where(sql<string>`workspace_id || ''`, '=', tx.workspaceId)
      .where('type', 'in', [...auditedTypes]),
  );
  await tx.execute((db) =>
    db
      .updateTable('events')
      .set(noFact)
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', 'in', [...ids]),
  );
  for (const { rev, data } of told) {
    const actor = actorIn(JSON.parse(data) as Record<string, FactValue>);
    if (Object.keys(actor).length > 0) await setFact(tx, rev, { data: JSON.stringify(actor) });
  }
}

const actorKeys = ['agent', 'token', 'token_name', 'operator'];

const actorIn = (data: Record<string, FactValue>): Record<string, FactValue> =>
  Object.fromEntries(Object.entries(data).filter(([name]) => actorKeys.includes(name)));

async function emptyContacts(tx: Tx, ids: readonly string[], now: number): Promise<void> {
  const nothing = {
    user_id: null,
    claimed_user_id: null,
    email: null,
    email_grade: null,
    name: null,
    name_grade: null,
    phone: null,
    phone_grade: null,
    avatar: null,
    company: null,
    signed_up_at: null,
    attributes: '{}',
    signed_fields: '[]',
    points: '[]',
    tags: '[]',
    page_url: null,
    page_title: null,
    language: null,
    search_text: '',
    first_touch: null,
    score: 0,
    archived_at: null,
    erased_at: now,
  };
  await tx.execute((db) =>
    db
      .updateTable('contacts')
      .set(nothing)
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', 'in', [...ids]),
  );
}
