// [M20] What a mailed link, once it was followed, makes of contacts with that address; and what it does not.
import type { Contact, IdentifyDecision, IdentityClaim } from './contact.ts';
import { chooseSurvivor } from './merge.ts';
import type { WholeContact } from './merge.ts';

/** By a mailed link or by the host app: not merely typed. */
export function isEmailProved({ email, emailGrade }: Pick<Contact, 'email' | 'emailGrade'>): boolean {
  return email !== null && (emailGrade === 'verified' || emailGrade === 'signed');
}

export type ProvedDecision<C> =
  | { kind: 'merge'; survivor: C; absorbed: C }
  /** For a person to judge; nobody where there is no other. */
  | { kind: 'flag'; others: readonly C[] };

/**
 * `contact` has just proved its address; `others` are all live contacts for which the same one is proved. One mailbox is one person where
 * there is one other contact and nothing speaks against it: no user_id, which is an account of its own; no identity that was only said;
 * no block, which a person put on one of the two; no earlier word that these are two people.
 */
export function decideProved<C extends WholeContact>(contact: C, others: readonly C[], areKeptApart: boolean): ProvedDecision<C> {
  const [other] = others;
  const flag = { kind: 'flag', others } as const;
  if (!other || others.length > 1 || areKeptApart || other.userId !== null) return flag;
  if (contact.blocked !== other.blocked || isOnlySaid(contact) || isOnlySaid(other)) return flag;
  const chosen = chooseSurvivor(contact, other, false);
  return chosen.ok ? { kind: 'merge', survivor: chosen.survivor, absorbed: chosen.absorbed } : flag;
}

/** [M14] Named by the page without a proof: no history, no merge. */
const isOnlySaid = ({ identifiedAt, verified }: Contact): boolean => identifiedAt !== null && !verified;

/**
 * What an identify call does on a device whose contact has a proved address and was made of several: the device itself proved nothing, and
 * whoever sits at it is not by that the one who reads the mailbox. Its account takes the contact over if the proof covers the address;
 * else the device goes on as the account, and the contact is left whole. Said without a proof, it is no part of the contact either: else a
 * page could rename the one who reads the mailbox, and bar them from signing in (an identity that was said keeps another one away).
 */
export function keepApart(
  decision: IdentifyDecision,
  { claim, own, found }: { claim: IdentityClaim; own: Contact; found: Contact | null },
): IdentifyDecision {
  if (!claim.verified) return unproved(decision);
  const isCovered = claim.signed.email && claim.email !== null && claim.email === own.email;
  if (isCovered) return decision;
  // An update needs no look: whom it is about was proved by this very user_id or address.
  if (decision.kind === 'promote') return { kind: 'fresh' };
  const isSameMailbox = found !== null && isEmailProved(found) && found.email === own.email;
  return decision.kind === 'merge' && !isSameMailbox ? { kind: 'switch', to: decision.into } : decision;
}

/** Whom one of its devices named before stays named so, and the device stays with its conversations. */
function unproved(decision: IdentifyDecision): IdentifyDecision {
  if (decision.kind === 'promote') return { kind: 'fresh' };
  return decision.kind === 'update' ? { kind: 'keep' } : decision;
}
