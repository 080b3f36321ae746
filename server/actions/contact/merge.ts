// Two contacts become one: everything of the absorbed one moves in one transaction, and what is needed to undo it is kept.
import type { MergePreview, MergeReply, MergeSide } from '../../../shared/api.ts';
import type { FactValue } from '../../../shared/bot/types.ts';
import { typeOf } from '../../../shared/contact.ts';
import { chooseSurvivor, merge, undoMs } from '../../../shared/merge.ts';
import type { MergeField } from '../../../shared/merge.ts';
import type { Deps } from '../../deps.ts';
import { rooms } from '../../publish.ts';
import type { Published } from '../../publish.ts';
import { saveContact, saveWholeContact } from '../../store/contacts.ts';
import type { ContactRow } from '../../store/contacts.ts';
import { moveConsents } from '../../store/consents.ts';
import { countConversationsOf, moveConversations } from '../../store/conversation-moves.ts';
import { moveDetails } from '../../store/details.ts';
import { findMergeOf, insertMerge, lastDetailId } from '../../store/merges.ts';
import type { Merge, MergeReason } from '../../store/merges.ts';
import { listOpenSessions, moveSessions } from '../../store/sessions.ts';
import type { Session } from '../../store/sessions.ts';
import { moveTags } from '../../store/tags.ts';
import type { Tx } from '../../store/query.ts';
import { act } from '../act.ts';
import { actorData, agentIdOf, isOwner, mergeReasonOf, workspaceOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { Refusal } from '../refusal.ts';
import { rescored } from '../score-contact.ts';
import { toldMe } from '../told-contact.ts';
import { finishContact } from '../turn.ts';
import type { ContactFact } from '../turn.ts';
import { getWorkspace } from '../../store/workspaces.ts';
import { askForDuplicates } from './ask-for-duplicates.ts';
import { existingContact, lockExisting } from './find.ts';
import { contactToView, rfc3339 } from './view.ts';

export interface MergeOrder {
  /** Both locked. */
  survivor: ContactRow;
  absorbed: ContactRow;
  reason: MergeReason;
  agentId?: number | null;
  note?: string | undefined;
  /** Who asked, as it stands in the fact. */
  by?: Readonly<Record<string, FactValue>>;
  now: number;
}

export interface Merged {
  id: number;
  contact: ContactRow;
  facts: ContactFact[];
  conversations: number[];
  /** Of the absorbed one, still in use. */
  sessions: Session[];
}

export async function mergeContacts(tx: Tx, m: MergeOrder): Promise<Merged> {
  const { survivor, absorbed, now } = m;
  const { contact, fields } = merge(survivor, absorbed);
  const adopted = fields.filter((field) => field.outcome === 'adopted').map((field) => field.field);
  const before = { sessions: await listOpenSessions(tx, absorbed.id), lastDetail: await lastDetailId(tx) };
  const details = await moveDetails(tx, absorbed.id, survivor.id, adopted.flatMap(fieldOf));
  const conversations = await moveConversations(tx, absorbed.id, survivor.id);
  await moveSessions(tx, absorbed.id, survivor.id);
  const consents = await moveConsents(tx, absorbed.id, survivor.id);
  await moveTags(tx, absorbed.id, survivor.id, contact.tags, now);
  // A user_id the survivor adopts is given up here first; one that it does not goes on leading to it from here.
  await saveContact(tx, { ...absorbed, userId: contact.userId === absorbed.userId ? null : absorbed.userId, mergedInto: survivor.id });
  await saveWholeContact(tx, contact);
  const snapshot = {
    survivor,
    absorbed,
    merged: contact,
    conversations,
    details,
    consents,
    lastDetail: before.lastDetail,
    ...(m.note !== undefined && { note: m.note }),
  };
  const id = await insertMerge(tx, { from: absorbed.id, into: survivor.id, reason: m.reason, agentId: m.agentId ?? null, snapshot, now });
  const fact: ContactFact = {
    type: 'contact.merged',
    data: { from: absorbed.id, into: survivor.id, reason: m.reason, merge: id, adopted: adopted.join(', '), ...changesOf(fields), ...m.by },
    mergedFrom: absorbed.id,
  };
  return { id, contact, facts: [fact], conversations, sessions: before.sessions };
}

/** Details are kept under an attribute's plain name; `company` is both, and one is recorded of the contact's own. */
function fieldOf(field: string): string[] {
  const name = /^attributes\.(.*)$/s.exec(field)?.[1];
  return name === undefined ? [field] : name === 'company' ? [] : [name];
}

const mostChanges = 60;

/** What the survivor became by it, for those who keep a copy: `after.email`, and `before.` where there was something. */
function changesOf(fields: readonly MergeField[]): Record<string, FactValue> {
  const changed = fields.filter(({ outcome, survivor, result }) => outcome !== 'discarded' && survivor !== result).slice(0, mostChanges);
  const entries = changed.flatMap(({ field, survivor, result }): [string, FactValue][] => [
    ...(survivor === null || survivor === '' ? [] : ([[`before.${field}`, survivor]] as [string, FactValue][])),
    [`after.${field}`, result],
  ]);
  return Object.fromEntries(entries);
}

/** What sockets must hear of a merge: the absorbed one's are somebody else now, the survivor's proved ones see more than before. */
export async function tellMerged(published: Published, tx: Tx, { contact, conversations, sessions }: Merged): Promise<void> {
  for (const conversation of conversations) published.joins.push({ room: rooms.contact(contact.id), conversation, isNews: true });
  for (const session of sessions) {
    const room = rooms.session(tx.workspaceId, session.tokenHash);
    if (session.verified) (published.moves ??= []).push({ room, into: [rooms.contact(contact.id)], outOf: [] });
    (published.me ??= []).push({ rooms: [room], view: await toldMe(tx, contact, session) });
  }
}

/** A merge with all that comes with it: points, facts, what sockets hear, and the look for others like the survivor. */
export async function mergeAndTell(tx: Tx, order: MergeOrder): Promise<{ merged: Merged; published: Published }> {
  const { contact, ...rest } = await mergeContacts(tx, order);
  const scored = rescored(contact, (await getWorkspace(tx))?.settings.scoreRules ?? []);
  if (scored !== contact) await saveContact(tx, scored);
  const merged: Merged = { ...rest, contact: scored };
  const published = await finishContact(tx, order.now, scored, merged.facts);
  await tellMerged(published, tx, merged);
  published.jobDueAt = await askForDuplicates(tx, scored.id, order.now);
  return { merged, published };
}

export interface MergeRequest {
  from: string;
  into: string;
  force?: boolean | undefined;
  note?: string | undefined;
}

/** [M21] Asked for by a person or another server. Asked for twice, it is the first one's answer. */
export async function mergeByRequest(deps: Deps, actor: Actor, request: MergeRequest): Promise<MergeReply> {
  return act(deps, workspaceOf(actor), async (tx) => {
    const now = deps.now();
    const done = await findMergeBetween(tx, request);
    if (done) {
      const contact = await existingContact(tx, done.intoId);
      return {
        reply: {
          id: done.id,
          from: done.fromId,
          into: done.intoId,
          undo_until: rfc3339(done.at + undoMs),
          contact: contactToView(contact),
        },
      };
    }
    const [from, into] = await lockBoth(tx, request.from, request.into);
    const force = request.force === true;
    if (force && !isOwner(actor)) throw new Refusal('forbidden', 'Only an owner of the workspace can merge two users.');
    const chosen = chooseSurvivor(from, into, force);
    if (!chosen.ok) throw new Refusal(chosen.refusal);
    const { survivor, absorbed } = chosen;
    const by = actorData(actor);
    const order = { survivor, absorbed, reason: mergeReasonOf(actor), agentId: agentIdOf(actor), note: request.note, by, now };
    const { merged, published } = await mergeAndTell(tx, order);
    const reply = {
      id: merged.id,
      from: absorbed.id,
      into: survivor.id,
      undo_until: rfc3339(now + undoMs),
      contact: contactToView(merged.contact),
    };
    return { reply, published };
  });
}

/** One that stands, whichever of the two survived. */
async function findMergeBetween(tx: Tx, { from, into }: MergeRequest): Promise<Merge | null> {
  const [there, back] = [await findMergeOf(tx, from), await findMergeOf(tx, into)];
  if (there?.intoId === into) return there;
  return back?.intoId === from ? back : null;
}

/** Lower id first, so that two simultaneous merges cannot wait for each other. */
async function lockBoth(tx: Tx, first: string, second: string): Promise<[ContactRow, ContactRow]> {
  if (first === second) throw new Refusal('same_contact');
  const locked = new Map<string, ContactRow>();
  for (const id of [first, second].toSorted()) locked.set(id, await lockExisting(tx, id));
  return [locked.get(first) as ContactRow, locked.get(second) as ContactRow];
}

/** What `mergeByRequest` would do. */
export async function previewMerge(deps: Deps, actor: Actor, request: Pick<MergeRequest, 'from' | 'into'>): Promise<MergePreview> {
  return deps.store.in(workspaceOf(actor)).read(async (tx) => {
    const [from, into] = [await existingContact(tx, request.from), await existingContact(tx, request.into)];
    const plain = chooseSurvivor(from, into, false);
    const chosen = plain.ok ? plain : chooseSurvivor(from, into, true);
    if (!chosen.ok) throw new Refusal(chosen.refusal);
    const { survivor, absorbed } = chosen;
    return {
      into: sideOf(survivor),
      from: sideOf(absorbed),
      fields: merge(survivor, absorbed).fields,
      conversations: { moved: await countConversationsOf(tx, absorbed.id), kept: await countConversationsOf(tx, survivor.id) },
      needs_force: !plain.ok,
    };
  });
}

export function sideOf(contact: ContactRow): MergeSide {
  return { id: contact.id, type: typeOf(contact), name: contact.name, email: contact.email };
}
