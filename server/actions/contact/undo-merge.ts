// A merge taken back, with everything put where it was, and what came since by the absorbed one's devices and identity with it: rows,
// sessions, sockets.
import type { UndoReply } from '../../../shared/api.ts';
import { detailFields } from '../../../shared/contact-fields.ts';
import { undoMs } from '../../../shared/merge.ts';
import { unmerge } from '../../../shared/unmerge.ts';
import type { MergeStep } from '../../../shared/unmerge.ts';
import type { Deps } from '../../deps.ts';
import { rooms } from '../../publish.ts';
import type { Published } from '../../publish.ts';
import { returnConsents } from '../../store/consents.ts';
import { findContact, lockContact, saveContact, saveWholeContact } from '../../store/contacts.ts';
import type { ContactRow } from '../../store/contacts.ts';
import { listConversationIdsOf, returnConversations } from '../../store/conversation-moves.ts';
import { detailsLearnedIn, returnDetails, settleDetails, updateDetail } from '../../store/details.ts';
import { listFamily } from '../../store/family.ts';
import { findMerge, listMergesInto, markUndone, saveSnapshot } from '../../store/merges.ts';
import type { Merge } from '../../store/merges.ts';
import type { Tx } from '../../store/query.ts';
import { listOpenSessions, returnSessions } from '../../store/sessions.ts';
import { replaceTags } from '../../store/tags.ts';
import { getWorkspace } from '../../store/workspaces.ts';
import { act } from '../act.ts';
import type { Done } from '../act.ts';
import { actorData, workspaceOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { Refusal } from '../refusal.ts';
import { rescored } from '../score-contact.ts';
import { toldMe } from '../told-contact.ts';
import { contactToSummary, finishMoved } from '../turn.ts';
import { askForDuplicates } from './ask-for-duplicates.ts';
import { existingContact } from './find.ts';
import { contactToView, rfc3339 } from './view.ts';

/** Undone twice, it is undone once. @throws Refusal not_found, undo_expired, undo_blocked, contact_gone */
export async function undoMerge(deps: Deps, actor: Actor, id: number): Promise<UndoReply> {
  return act(deps, workspaceOf(actor), async (tx) => {
    const found = await findMerge(tx, id);
    if (!found) throw new Refusal('not_found', 'There is no such merge.');
    const [survivor, absorbed] = await lockPair(tx, found);
    // Read again under the lock: two agents may have asked at once.
    const merge = (await findMerge(tx, id)) as Merge;
    if (merge.undoneAt !== null) return { reply: await replyOf(tx, merge, merge.undoneAt) };
    const now = deps.now();
    if (now - merge.at > undoMs) throw new Refusal('undo_expired');
    if (survivor.mergedInto !== null) throw new Refusal('undo_blocked');
    return takeBack({ tx, actor, now, merge, survivor, absorbed });
  });
}

async function lockPair(tx: Tx, { fromId, intoId }: Merge): Promise<[ContactRow, ContactRow]> {
  const locked = new Map<string, ContactRow>();
  for (const id of [fromId, intoId].toSorted()) locked.set(id, await lockContact(tx, id, null));
  const [survivor, absorbed] = [locked.get(intoId) as ContactRow, locked.get(fromId) as ContactRow];
  if (survivor.erasedAt !== null || absorbed.erasedAt !== null) throw new Refusal('contact_gone', 'This contact was erased.');
  return [survivor, absorbed];
}

async function replyOf(tx: Tx, { id, intoId, fromId }: Merge, undoneAt: number): Promise<UndoReply> {
  const [contact, restored] = [await existingContact(tx, intoId), await existingContact(tx, fromId)];
  return { id, undone_at: rfc3339(undoneAt), contact: contactToView(contact), restored: contactToView(restored) };
}

interface Undoing {
  tx: Tx;
  actor: Actor;
  now: number;
  merge: Merge;
  survivor: ContactRow;
  absorbed: ContactRow;
}

async function takeBack(undoing: Undoing): Promise<Done<UndoReply>> {
  const { tx, actor, now, merge } = undoing;
  const moved = await returnRows(undoing);
  const { survivor, absorbed } = await restoreBoth(undoing);
  await markUndone(tx, merge.id, now);
  const data = { from: absorbed.id, into: survivor.id, merge: merge.id, ...actorData(actor) };
  const published = await finishMoved(tx, now, {
    facts: [{ type: 'contact.unmerged', data, restored: contactToSummary(absorbed) }],
    of: survivor,
    to: absorbed,
    conversations: moved.conversations,
  });
  await tellUnmerged(published, tx, { survivor, absorbed, ...moved });
  published.jobDueAt = await askForDuplicates(tx, absorbed.id, now);
  return { reply: await replyOf(tx, merge, now), published };
}

interface Moved {
  conversations: number[];
  sessions: string[];
}

async function returnRows({ tx, merge, survivor, absorbed }: Undoing): Promise<Moved> {
  const { snapshot } = merge;
  // All who were ever merged into it, and are still.
  const homes = await listFamily(tx, absorbed.id);
  const sessions = await returnSessions(tx, homes, survivor.id, absorbed.id);
  const conversations = await returnConversations(tx, { ids: snapshot.conversations, sessions }, survivor.id, absorbed.id);
  for (const row of await detailsLearnedIn(tx, survivor.id, conversations, snapshot.lastDetail))
    await updateDetail(tx, row.id, { contact_id: absorbed.id });
  await returnDetails(tx, absorbed.id, snapshot.details);
  await returnConsents(tx, { ids: snapshot.consents, conversations }, survivor.id, absorbed.id);
  return { conversations, sessions };
}

/** @returns both as they are saved */
async function restoreBoth({ tx, now, merge, survivor: present }: Undoing): Promise<{ survivor: ContactRow; absorbed: ContactRow }> {
  const later = (await listMergesInto(tx, present.id, merge.at, 1000)).filter((other) => other.id > merge.id).toReversed();
  const undone = unmerge({ undone: stepOf(merge), now: present, later: later.map(stepOf) });
  for (const [i, { before, merged }] of undone.later.entries()) {
    const { id, snapshot } = later[i] as Merge;
    await saveSnapshot(tx, id, { ...snapshot, survivor: before, merged });
  }
  const rules = (await getWorkspace(tx))?.settings.scoreRules ?? [];
  const survivor = rescored(undone.survivor, rules);
  const absorbed = rescored(merge.snapshot.absorbed, rules);
  if (survivor.userId !== null && survivor.userId !== present.userId) await giveUserId(tx, survivor.userId, later);
  await saveWholeContact(tx, survivor);
  await saveContact(tx, absorbed);
  for (const contact of [survivor, absorbed]) {
    await replaceTags(tx, contact.id, contact.tags, now);
    await settleDetails(tx, contact.id, Object.fromEntries(detailFields.map((field) => [field, contact[field]])));
  }
  return { survivor, absorbed };
}

const stepOf = ({ snapshot: { survivor, absorbed, merged } }: Merge): MergeStep<ContactRow> => ({ before: survivor, absorbed, merged });

/** What only led to the survivor from a contact that was merged later is its own now. */
async function giveUserId(tx: Tx, userId: string, later: readonly Merge[]): Promise<void> {
  for (const { fromId } of later) {
    const other = await findContact(tx, fromId);
    if (other?.userId === userId) await saveContact(tx, { ...other, userId: null });
  }
}

/** Whoever saw the returned conversations as the survivor sees them no more; their own devices are the absorbed contact again. */
async function tellUnmerged(
  published: Published,
  tx: Tx,
  { survivor, absorbed, conversations, sessions }: Moved & { survivor: ContactRow; absorbed: ContactRow },
): Promise<void> {
  const [all, survivorsRoom] = [conversations.map(rooms.conversation), rooms.contact(survivor.id)];
  published.moves = [{ room: survivorsRoom, into: [], outOf: all }];
  published.reloads = [{ room: survivorsRoom, conversations }];
  const kept = (await listConversationIdsOf(tx, survivor.id)).map(rooms.conversation);
  for (const session of await listOpenSessions(tx, absorbed.id)) {
    if (!sessions.includes(session.tokenHash)) continue;
    const room = rooms.session(tx.workspaceId, session.tokenHash);
    const own = session.verified ? [rooms.contact(absorbed.id), ...all] : [];
    published.moves.push({ room, into: own, outOf: [survivorsRoom, ...kept] });
    (published.me ??= []).push({ rooms: [room], view: await toldMe(tx, absorbed, session) });
  }
}
