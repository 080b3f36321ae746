import { merge } from '../../shared/contact.ts';
import type { ContactRow } from '../store/contacts.ts';
import { insertMerge, moveDetails, saveContact } from '../store/contacts.ts';
import { moveConversations } from '../store/conversations.ts';
import { moveEvents } from '../store/events.ts';
import { moveSessions } from '../store/sessions.ts';
import type { Tx } from '../store/query.ts';
import type { ContactFact } from './turn.ts';

/** Two locked contacts become one; everything of the absorbed one moves, and both are kept as they were for an undo. */
export async function mergeContacts(
  tx: Tx,
  m: { survivor: ContactRow; absorbed: ContactRow; reason: string; now: number },
): Promise<{ contact: ContactRow; facts: ContactFact[] }> {
  const { contact, changes } = merge(m.survivor, m.absorbed);
  const points = [...m.survivor.points, ...m.absorbed.points];
  const survivor: ContactRow = { ...m.survivor, ...contact, points };
  const adopted = changes.map((c) => c.field);
  await moveDetails(tx, m.absorbed.id, survivor.id, adopted);
  const conversations = await moveConversations(tx, m.absorbed.id, survivor.id);
  await moveSessions(tx, m.absorbed.id, survivor.id);
  await moveEvents(tx, m.absorbed.id, survivor.id);
  await saveContact(tx, { ...m.absorbed, userId: null, mergedInto: survivor.id });
  await saveContact(tx, survivor);
  await insertMerge(tx, {
    from: m.absorbed.id,
    into: survivor.id,
    reason: m.reason,
    snapshot: { survivor: m.survivor, absorbed: m.absorbed, conversations, changes },
    now: m.now,
  });
  const fact: ContactFact = {
    type: 'contact.merged',
    data: { from: m.absorbed.id, into: survivor.id, reason: m.reason, adopted: adopted.join(', ') },
    mergedFrom: m.absorbed.id,
  };
  return { contact: survivor, facts: [fact] };
}
