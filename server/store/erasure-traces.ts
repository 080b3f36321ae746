// What an erased contact leaves with others that it was once one with, and is not any more: their facts of that time, the names under
// their messages, and what other merges kept of them.
import { sql } from 'kysely';
import type { FactValue } from '../../shared/bot/types.ts';
import type { Author } from '../../shared/conversation.ts';
import { findContact } from './contacts.ts';
import type { ContactRow } from './contacts.ts';
import type { Tx } from './query.ts';
import { revsOfMerges } from './stays.ts';
import type { Stay } from './stays.ts';
import { verificationKey } from './verifications.ts';

const maxSeq = 2 ** 31 - 1;

/** To be called once everything of the erased contacts themselves is gone. `gone`: their conversations. */
export async function eraseTraces(tx: Tx, stays: readonly Stay[], gone: readonly number[]): Promise<void> {
  for (const stay of stays) {
    const holder = await findContact(tx, stay.contact);
    if (!holder) throw new Error(`a contact was merged into ${stay.contact}, which is missing`);
    await emptyFacts(tx, stay, holder, gone);
    await emptyMerges(tx, stay);
    await deleteKnownOf(tx, holder, gone);
    await emptyLastError(tx, holder.id);
  }
}

/** What a fact goes on telling: who, when, whom and which fields, but no value of them. */
const kept = new Set(
  ['from', 'into', 'to', 'other', 'merge', 'reason', 'by', 'agent', 'token', 'token_name', 'operator'].concat([
    'field',
    'fields',
    'adopted',
    'type',
    'verified',
    'message',
  ]),
);

/** Of those of no conversation nobody can tell any more whose values they say: maybe the erased one's. */
async function emptyFacts(tx: Tx, { contact, first, last }: Stay, holder: ContactRow, gone: readonly number[]): Promise<void> {
  const rows = await tx.execute((db) =>
    db
      .selectFrom('events')
      .select(['rev', 'conversation_id', 'seq', 'data'])
      .where('contact_id', '=', contact)
      .where(sql<string>`workspace_id || ''`, '=', tx.workspaceId)
      .where('rev', '>=', first)
      .where('rev', '<=', last)
      .orderBy('rev'),
  );
  const spans = new Map<number, Span>();
  for (const { rev, conversation_id: conversation, seq, data } of rows) {
    if (conversation === null) await emptyFact(tx, rev, data);
    else if (gone.includes(conversation)) await setFact(tx, rev, noFact);
    else if (seq !== null) spans.set(conversation, { conversation, first: spans.get(conversation)?.first ?? seq, last: seq });
  }
  for (const span of spans.values()) await renameAuthor(tx, span, [contact], holder.name);
}

async function emptyFact(tx: Tx, rev: number, data: string): Promise<void> {
  const entries = Object.entries(JSON.parse(data) as Record<string, FactValue>);
  const left = entries.filter(([name]) => kept.has(name));
  if (left.length < entries.length) await setFact(tx, rev, { data: JSON.stringify({ ...Object.fromEntries(left), erased: true }) });
}

/** Its number stays, so that the feed has no gaps. */
export const noFact = { data: '{}', contact_id: null, conversation_id: null, seq: null };

export async function setFact(tx: Tx, rev: number, set: Pick<typeof noFact, 'data'>): Promise<void> {
  await tx.execute((db) => db.updateTable('events').set(set).where('workspace_id', '=', tx.workspaceId).where('rev', '=', rev));
}

/** A part of a conversation's log. */
interface Span {
  conversation: number;
  first: number;
  last: number;
}

/** What these contacts wrote and opened again there stands under this name from now on. */
async function renameAuthor(tx: Tx, { conversation, first, last }: Span, contacts: readonly string[], name: string | null): Promise<void> {
  await tx.execute((db) =>
    db
      .updateTable('messages')
      .set({ author_name: name })
      .where('conversation_id', '=', conversation)
      .where('workspace_id', '=', tx.workspaceId)
      .where('seq', '>=', first)
      .where('seq', '<=', last)
      .where('author_kind', '=', 'contact')
      .where('author_id', 'in', [...contacts]),
  );
  const rows = await tx.execute((db) =>
    db
      .selectFrom('changes')
      .select(['seq', 'body'])
      .where('conversation_id', '=', conversation)
      .where('workspace_id', '=', tx.workspaceId)
      .where('seq', '>=', first)
      .where('seq', '<=', last)
      .where('kind', '=', 'status'),
  );
  for (const { seq, body } of rows) {
    const change = JSON.parse(body) as { by?: Author };
    const { by } = change;
    if (by?.kind !== 'contact' || !contacts.includes(String(by.id))) continue;
    const renamed = JSON.stringify({ ...change, by: { ...by, name } });
    await tx.execute((db) =>
      db
        .updateTable('changes')
        .set({ body: renamed })
        .where('conversation_id', '=', conversation)
        .where('seq', '=', seq)
        .where('workspace_id', '=', tx.workspaceId),
    );
  }
}

/** Takes the erased contacts' name from what they wrote in conversations that are another's now. To be called while their facts tell which. */
export async function eraseNames(tx: Tx, ids: readonly string[], gone: readonly number[]): Promise<void> {
  const rows = await tx.execute((db) =>
    db
      .selectFrom('events')
      .select('conversation_id')
      .distinct()
      .where('contact_id', 'in', [...ids])
      .where(sql<string>`workspace_id || ''`, '=', tx.workspaceId)
      .where('conversation_id', 'is not', null),
  );
  for (const { conversation_id: conversation } of rows)
    if (conversation !== null && !gone.includes(conversation)) await renameAuthor(tx, { conversation, first: 0, last: maxSeq }, ids, null);
}

/** Of merges that held then and were undone nobody needs the snapshots any more; those that still hold were rewritten by the undo. */
async function emptyMerges(tx: Tx, { contact, first, last }: Stay): Promise<void> {
  const revs = await revsOfMerges(tx, contact);
  const rows = await tx.execute((db) =>
    db
      .selectFrom('contact_merges')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('into_id', '=', contact)
      .where('undone_at', 'is not', null)
      .orderBy('id'),
  );
  for (const { id } of rows) {
    const at = revs.get(id)?.first ?? first;
    if (at < first || at > last) continue;
    await tx.execute((db) =>
      db.updateTable('contact_merges').set({ snapshot: '{}' }).where('id', '=', id).where('workspace_id', '=', tx.workspaceId),
    );
  }
}

/** What was learned from the erased one and stands with this contact still, and links to addresses that it has no more. */
async function deleteKnownOf(tx: Tx, { id, email }: ContactRow, gone: readonly number[]): Promise<void> {
  if (gone.length > 0)
    for (const table of ['contact_details', 'contact_consents'] as const)
      await tx.execute((db) =>
        db
          .deleteFrom(table)
          .where('contact_id', '=', id)
          .where('workspace_id', '=', tx.workspaceId)
          .where('conversation_id', 'in', [...gone]),
      );
  await tx.execute((db) => {
    const links = db.deleteFrom('email_verifications').where('workspace_id', '=', tx.workspaceId).where('contact_id', '=', id);
    return email === null ? links : links.where('email', '!=', email);
  });
}

/** What a mail server said last may name an address that was the erased one's. */
async function emptyLastError(tx: Tx, contact: string): Promise<void> {
  await tx.execute((db) =>
    db
      .updateTable('jobs')
      .set({ last_error: null })
      .where('workspace_id', '=', tx.workspaceId)
      .where('kind', '=', 'mail')
      .where('key', '=', verificationKey(contact)),
  );
}
