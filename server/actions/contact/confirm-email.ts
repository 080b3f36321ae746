// [M20] The mailed link was followed: the address is proved. What that changes, in one transaction.
import { decideProved } from '../../../shared/proved-email.ts';
import type { ProvedDecision } from '../../../shared/proved-email.ts';
import { isHigherGrade } from '../../../shared/contact.ts';
import type { Deps } from '../../deps.ts';
import { hashToken } from '../../deps.ts';
import type { Published } from '../../publish.ts';
import { findContact, findOthersProved, followMerges, lockContact, saveContact } from '../../store/contacts.ts';
import type { ContactRow } from '../../store/contacts.ts';
import { raiseDetails } from '../../store/details.ts';
import { areKeptApart, insertDuplicate } from '../../store/duplicates.ts';
import type { Tx } from '../../store/query.ts';
import { systemScope } from '../../store/store.ts';
import { findVerification, useVerification } from '../../store/verifications.ts';
import type { Verification } from '../../store/verifications.ts';
import { getWorkspace, onlyWorkspace } from '../../store/workspaces.ts';
import type { Workspace } from '../../store/workspaces.ts';
import { act } from '../act.ts';
import { rescored } from '../score-contact.ts';
import { finishContact } from '../turn.ts';
import type { ContactFact } from '../turn.ts';
import { findHome, noteAlone } from './alone.ts';
import { duplicateFact } from './duplicates.ts';
import { mergeAndTell } from './merge.ts';

/**
 * How a link stands: `open` proves the email once somebody says so; the others are what `verification_invalid` has to tell. `used` is also a
 * link that never was: which of the two is nobody's business.
 */
export type LinkState = 'open' | 'confirmed' | 'used' | 'expired' | 'changed';

export interface Link {
  state: LinkState;
  /** Null where there is nothing to be said of it. */
  email: string | null;
  /** Whose page it is; null where that would tell which workspace an unknown link belongs to. */
  workspace: Workspace | null;
}

/** Changes nothing: programs that look after mail open links, too. */
export async function readLink(deps: Deps, token: string): Promise<Link> {
  const tokenHash = hashToken(token);
  const workspaceId = await findPlace(deps, tokenHash);
  return deps.store.in(workspaceId).read((tx) => linkOf(tx, tokenHash, deps.now()));
}

/** Twice is no more than once. */
export async function confirmEmail(deps: Deps, token: string): Promise<Link> {
  const tokenHash = hashToken(token);
  const workspaceId = await findPlace(deps, tokenHash);
  return act(deps, workspaceId, async (tx) => {
    const now = deps.now();
    const verification = await findVerification(tx, tokenHash);
    const scene = verification && (await lockScene(tx, verification));
    // Read under the lock: two may follow the link at once.
    const link = await linkOf(tx, tokenHash, now);
    if (link.state !== 'open' || !scene || !(await useVerification(tx, tokenHash, now))) return { reply: link };
    return { reply: { ...link, state: 'confirmed' }, published: await prove(tx, scene, now) };
  });
}

/** The link names no workspace. */
async function findPlace(deps: Deps, tokenHash: string): Promise<string> {
  const found = await deps.store.in(systemScope).read((tx) => findVerification(tx, tokenHash));
  return found?.workspaceId ?? systemScope;
}

async function linkOf(tx: Tx, tokenHash: string, now: number): Promise<Link> {
  const verification = await findVerification(tx, tokenHash);
  if (!verification || verification.usedAt !== null) return { state: 'used', email: null, workspace: await onlyWorkspace(tx) };
  const workspace = await getWorkspace(tx);
  if (verification.expiresAt <= now) return { state: 'expired', email: null, workspace };
  const contact = await contactOf(tx, verification);
  if (contact?.email !== verification.email) return { state: 'changed', email: null, workspace };
  return { state: 'open', email: verification.email, workspace };
}

/** Whom the link is for by now; null where nobody is left. */
async function contactOf(tx: Tx, { contactId }: Verification): Promise<ContactRow | null> {
  const contact = await findContact(tx, contactId);
  const live = contact && (await followMerges(tx, contact));
  return live && live.erasedAt === null ? live : null;
}

interface Scene {
  contact: ContactRow;
  /** Other live contacts for which the address is proved; locked where there is one. */
  others: ContactRow[];
}

/** Locks whom it is about, the lower id first, as they stand together at that moment. */
async function lockScene(tx: Tx, verification: Verification): Promise<Scene | null> {
  for (;;) {
    const contact = await contactOf(tx, verification);
    if (contact === null) return null;
    const others = await findOthersProved(tx, verification.email, contact.id);
    const about = [contact.id, ...(others.length === 1 ? others.map((other) => other.id) : [])];
    const locked = new Map<string, ContactRow>();
    for (const id of about.toSorted()) locked.set(id, await lockContact(tx, id, null));
    const again = await contactOf(tx, verification);
    const othersAgain = again ? await findOthersProved(tx, verification.email, again.id) : [];
    const isAsBefore = again?.id === contact.id && idsOf(othersAgain) === idsOf(others);
    // Another node was at one of them meanwhile.
    if (isAsBefore) return { contact: again, others: othersAgain };
  }
}

const idsOf = (contacts: readonly ContactRow[]): string =>
  contacts
    .map((contact) => contact.id)
    .toSorted()
    .join();

async function prove(tx: Tx, { contact: before, others }: Scene, now: number): Promise<Published> {
  const isNews = isHigherGrade('verified', before.emailGrade);
  const graded: ContactRow = { ...before, emailGrade: isNews ? 'verified' : before.emailGrade, archivedAt: null };
  const contact = rescored(graded, (await getWorkspace(tx))?.settings.scoreRules ?? []);
  await saveContact(tx, contact);
  if (before.email !== null) await raiseDetails(tx, { contact: before.id, field: 'email', value: before.email }, 'verified');
  const isSame = (one: ContactRow): boolean => one.email === before.email;
  const alone = (one: ContactRow): ContactRow =>
    isSame(one) && isHigherGrade('verified', one.emailGrade) ? { ...one, emailGrade: 'verified' } : one;
  // The proof is theirs who gave the address.
  const home = (await findHome(tx, now, before, isSame)) ?? contact.id;
  await noteAlone(tx, now, { before, after: contact, home, alone });
  const facts: ContactFact[] = [{ type: 'contact.email_verified', data: { email: before.email, by: 'link' } }];
  // [M23] Whoever follows a link is heard of again.
  if (before.archivedAt !== null) facts.push({ type: 'contact.restored', data: { by: 'link' } });
  const [other] = others;
  const isKept = other !== undefined && others.length === 1 && (await areKeptApart(tx, contact.id, other.id));
  const decision = decideProved(contact, others, isKept);
  if (decision.kind === 'merge') return join(await finishContact(tx, now, contact, facts), await mergeProved(tx, decision, now));
  for (const each of decision.others)
    if (await insertDuplicate(tx, contact.id, each.id, 'same_email', now)) facts.push(duplicateFact(each.id, 'same_email'));
  return finishContact(tx, now, contact, facts);
}

async function mergeProved(
  tx: Tx,
  { survivor, absorbed }: Extract<ProvedDecision<ContactRow>, { kind: 'merge' }>,
  now: number,
): Promise<Published> {
  const live = { ...survivor, archivedAt: null };
  const { merged, published } = await mergeAndTell(tx, { survivor: live, absorbed, reason: 'verified_email', now });
  if (survivor.archivedAt === null) return published;
  return join(published, await finishContact(tx, now, merged.contact, [{ type: 'contact.restored', data: { by: 'link' } }]));
}

/** What the later one tells comes behind. */
function join(first: Published, later: Published): Published {
  return { ...first, ...later, items: [...first.items, ...later.items], joins: [...first.joins, ...later.joins] };
}
