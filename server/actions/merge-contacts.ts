import { merge } from '../../shared/contact.ts';
import type { ScorePoint } from '../../shared/protocol.ts';
import type { ContactRow } from '../store/contacts.ts';
import { insertMerge, moveDetails, saveContact } from '../store/contacts.ts';
import { moveConversations } from '../store/conversations.ts';
import { moveEvents } from '../store/events.ts';
import { moveConsents } from '../store/consents.ts';
import { moveSessions } from '../store/sessions.ts';
import { moveTags } from '../store/tags.ts';
import type { Tx } from '../store/query.ts';
import { withPoints } from './score-contact.ts';
import type { ContactFact } from './turn.ts';

/** Two locked contacts become one; everything of the absorbed one moves, and both are kept as they were for an undo. */
export async function mergeContacts(
  tx: Tx,
  m: { survivor: ContactRow; absorbed: ContactRow; reason: string; now: number },
): Promise<{ contact: ContactRow; facts: ContactFact[] }> {
  const { contact, changes } = merge(m.survivor, m.absorbed);
  const survivor: ContactRow = withPoints(
    {
      ...m.survivor,
      ...contact,
      tags: [...new Set([...m.survivor.tags, ...m.absorbed.tags])],
      capturedAt: earlier(m.survivor.capturedAt, m.absorbed.capturedAt),
    },
    mergePoints(m.survivor.points, m.absorbed.points),
  );
  const adopted = changes.map((c) => c.field);
  await moveDetails(tx, m.absorbed.id, survivor.id, adopted);
  const conversations = await moveConversations(tx, m.absorbed.id, survivor.id);
  await moveSessions(tx, m.absorbed.id, survivor.id);
  await moveEvents(tx, m.absorbed.id, survivor.id);
  await moveTags(tx, m.absorbed.id, survivor.id, survivor.tags, m.now);
  await moveConsents(tx, m.absorbed.id, survivor.id);
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

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** Each reason once; the absorbed one's rules are not the survivor's: the next look at the rules tells what holds for both. */
function mergePoints(own: readonly ScorePoint[], absorbed: readonly ScorePoint[]): ScorePoint[] {
  const reasons = new Set(own.map((point) => point.reason));
  return [...absorbed.filter((point) => point.from !== 'rule' && !reasons.has(point.reason)), ...own];
}
