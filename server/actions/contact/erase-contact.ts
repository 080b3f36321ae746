import type { Deps } from '../../deps.ts';
import { insertEvents } from '../../store/events.ts';
import { eraseRows } from '../../store/erasure.ts';
import { insertJob } from '../../store/jobs.ts';
import { act } from '../act.ts';
import { actorData, isOwner, workspaceOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { Refusal } from '../refusal.ts';
import { lockExisting } from './find.ts';

/**
 * [M23] Everything personal goes, for good: what it said, what was known, and those merged into it. Its id answers that it is gone; its
 * user_id is free, and whoever comes with it begins anew.
 */
export async function eraseContact(deps: Deps, actor: Actor, id: string): Promise<{ id: string; erased: true }> {
  if (!isOwner(actor)) throw new Refusal('forbidden', 'Only an owner of the workspace can erase a contact.');
  return act(deps, workspaceOf(actor), async (tx) => {
    const contact = await lockExisting(tx, id);
    const now = deps.now();
    const { sessions, uploads, conversations } = await eraseRows(tx, contact.id, now);
    // The files go once nothing leads to them any more: were they first, a rollback would bring back rows without them.
    if (uploads.length > 0) await insertJob(tx, { kind: 'remove-files', key: contact.id, payload: { files: uploads }, dueAt: now, now });
    const fact = {
      type: 'contact.erased' as const,
      contactId: contact.id,
      conversationId: null,
      seq: null,
      // Whoever is away now must hear it, too, and by then nothing else tells whose they were.
      data: { ...actorData(actor), conversations: conversations.join(',') },
      at: now,
    };
    const seq = await insertEvents(tx, [fact]);
    const ended = sessions.map((sessionHash) => ({ sessionHash, reason: 'revoked' as const, exceptSocket: null }));
    const items = [{ seq, type: fact.type, at: now, contactId: contact.id, gone: conversations }];
    const published = { workspaceId: tx.workspaceId, items, joins: [], ended, ...(uploads.length > 0 && { jobDueAt: now }) };
    return { reply: { id: contact.id, erased: true }, published };
  });
}
