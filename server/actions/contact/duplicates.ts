// Contacts that may be one person. Looked for by a job after the commit, so that no answer to a visitor depends on who else is there (M3).
import type { DuplicateReason, DuplicateView } from '../../../shared/protocol.ts';
import { typeOf } from '../../../shared/contact.ts';
import { evidenceOf, reasonsThatHold } from '../../../shared/evidence.ts';
import type { Deps } from '../../deps.ts';
import { findContact, findUser } from '../../store/contacts.ts';
import type { ContactRow } from '../../store/contacts.ts';
import { countConversationsOf } from '../../store/conversation-moves.ts';
import {
  dismissDuplicates,
  findClaimants,
  findIdsByEmail,
  findLiveContacts,
  insertDuplicate,
  listDuplicatesOf,
} from '../../store/duplicates.ts';
import { finishJob } from '../../store/jobs.ts';
import type { Leased } from '../../store/jobs.ts';
import type { Tx } from '../../store/query.ts';
import { act } from '../act.ts';
import { actorData, agentIdOf, workspaceOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { contactToSummary, finishContact } from '../turn.ts';
import type { ContactFact } from '../turn.ts';
import { existingContact } from './find.ts';

/** Pairs found at one time, and shown on a card: an address typed a thousand times makes no thousand rows at once. */
const mostFound = 20;
const mostShown = 5;

/** Ends the job; what it finds is told to agents. */
export async function findDuplicates(deps: Deps, job: Leased): Promise<void> {
  const { contact: id } = JSON.parse(job.payload) as { contact: string };
  await act(deps, job.workspaceId, async (tx) => {
    const contact = (await finishJob(tx, job)) ? await findContact(tx, id) : null;
    // Merged away or erased meanwhile: whoever it became has a job of its own.
    if (!contact || contact.mergedInto !== null || contact.erasedAt !== null) return { reply: undefined };
    const now = deps.now();
    const facts: ContactFact[] = [];
    for (const [other, reason] of await candidates(tx, contact)) {
      if (await insertDuplicate(tx, contact.id, other, reason, now)) facts.push(duplicateFact(other, reason));
    }
    return { reply: undefined, ...(facts.length > 0 && { published: await finishContact(tx, now, contact, facts) }) };
  });
}

export function duplicateFact(other: string, reason: DuplicateReason): ContactFact {
  return { type: 'contact.duplicate_found', data: { other, reason } };
}

async function candidates(tx: Tx, { id, email, userId, claimedUserId }: ContactRow): Promise<[string, DuplicateReason][]> {
  const byEmail = email === null ? [] : await findIdsByEmail(tx, email, id, mostFound);
  const proved = claimedUserId === null ? null : await findUser(tx, claimedUserId);
  const claimed = userId === null ? [] : await findClaimants(tx, userId, id, mostFound);
  const byUserId = proved === null || proved.id === id ? claimed : [proved.id, ...claimed];
  return [
    ...byEmail.map((other): [string, DuplicateReason] => [other, 'same_email']),
    ...byUserId.map((other): [string, DuplicateReason] => [other, 'same_user_id']),
  ];
}

/** The ones seen last first, each with what speaks for it as far as it still holds. */
export async function readDuplicates(tx: Tx, contact: ContactRow): Promise<DuplicateView[]> {
  const found = await listDuplicatesOf(tx, contact.id);
  const views: DuplicateView[] = [];
  for (const other of await findLiveContacts(tx, [...found.keys()])) {
    const reasons = reasonsThatHold(found.get(other.id) ?? [], contact, other);
    if (reasons.length === 0) continue;
    views.push({
      contact: contactToSummary(other),
      reasons,
      evidence: evidenceOf(contact, other),
      conversations: await countConversationsOf(tx, other.id),
      createdAt: other.createdAt,
      lastSeenAt: other.lastSeenAt,
      needsForce: typeOf(contact) === 'user' && typeOf(other) === 'user',
    });
    if (views.length === mostShown) break;
  }
  return views;
}

/** A person says that these are two people. Saying it twice is no more than once. */
export async function dismissDuplicate(deps: Deps, actor: Actor, id: string, other: string): Promise<{ ok: true }> {
  return act(deps, workspaceOf(actor), async (tx) => {
    const contact = await existingContact(tx, id);
    const now = deps.now();
    const isNew = await dismissDuplicates(tx, contact.id, other, agentIdOf(actor), now);
    if (!isNew) return { reply: { ok: true } };
    const fact: ContactFact = { type: 'contact.duplicate_dismissed', data: { other, ...actorData(actor) } };
    return { reply: { ok: true }, published: await finishContact(tx, now, contact, [fact]) };
  });
}
