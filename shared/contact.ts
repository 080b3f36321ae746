// The only place that knows visitor, lead and user: how a contact learns, rises, is identified and is merged.
import type { DetailField } from './contact-fields.ts';
import { detailFields } from './contact-fields.ts';
import type { FactValue } from './bot/types.ts';

export type ContactType = 'visitor' | 'lead' | 'user';
export type Grade = 'claimed' | 'verified' | 'signed';

const gradeRank: Record<Grade, number> = { claimed: 0, verified: 1, signed: 2 };
export const isHigherGrade = (a: Grade | null, than: Grade | null): boolean => rankOf(a) > rankOf(than);
const rankOf = (grade: Grade | null): number => (grade === null ? -1 : gradeRank[grade]);
const typeRank: Record<ContactType, number> = { visitor: 0, lead: 1, user: 2 };

/** Where a contact came from: the page it was first seen on, and the campaign its address told of. */
export interface FirstTouch {
  url: string;
  title: string | null;
  referrer: string | null;
  /** `utm_source`, `utm_medium`, … as the address had them. */
  utm: Readonly<Record<string, string>>;
}

export interface Contact {
  id: string;
  workspaceId: string;
  /** Signed by the host app: unique among live contacts of a workspace. */
  userId: string | null;
  /** Said by a page without proof (M14): never unique, never merged. */
  claimedUserId: string | null;
  email: string | null;
  emailGrade: Grade | null;
  name: string | null;
  nameGrade: Grade | null;
  phone: string | null;
  phoneGrade: Grade | null;
  avatar: string | null;
  company: string | null;
  /** When the person signed up with the host app, as that one says; epoch ms. */
  signedUpAt: number | null;
  /** Everything else that is known, by attribute name. */
  attributes: Readonly<Record<string, FactValue>>;
  /** What of `ungradedFields` and `attributes.<name>` the host app has signed; all else there is claimed. */
  signedFields: readonly string[];
  /** When an email first made this contact a lead; epoch ms. */
  leadAt: number | null;
  /** When the host app first identified it, with or without proof; epoch ms. */
  identifiedAt: number | null;
  /** Ever identified with a valid proof. */
  verified: boolean;
  mergedInto: string | null;
  /** What it writes is refused. */
  blocked: boolean;
  /** Wants no campaigns. */
  unsubscribed: boolean;
  /** Put away by an agent, until it is heard of again. */
  archivedAt: number | null;
  firstTouch: FirstTouch | null;
  score: number;
  createdAt: number;
  lastSeenAt: number;
}

/** What has no column for its grade: its key in a contact, by the name it has outside. */
export const ungradedFields = { avatar: 'avatar', company: 'company', signed_up_at: 'signedUpAt' } as const satisfies Record<
  string,
  keyof Contact
>;
export type UngradedField = keyof typeof ungradedFields;
export const ungradedNames = Object.keys(ungradedFields) as readonly UngradedField[];

/** Whether one of the same values is known more or less surely. */
export const isOtherGrade = (a: Contact, b: Contact): boolean =>
  detailFields.some((field) => a[`${field}Grade`] !== b[`${field}Grade`]) || a.signedFields.join() !== b.signedFields.join();

/** The type is derived, never assigned: identified by the host app, else reachable by an email, else anonymous. */
export function typeOf(contact: Pick<Contact, 'identifiedAt' | 'leadAt' | 'email'>): ContactType {
  if (contact.identifiedAt !== null) return 'user';
  return contact.email !== null || contact.leadAt !== null ? 'lead' : 'visitor';
}

export function isPromotion(from: ContactType, to: ContactType): boolean {
  return typeRank[to] > typeRank[from];
}

/** One captured value: what was said, and whether it corrects or answers a question for it. */
export interface CapturedDetail {
  field: DetailField;
  value: string;
  /** True where the visitor corrected it or was asked for it (M4). */
  replaces: boolean;
}

/** `current`: now the contact's; `alternate`: kept beside it; `known`: nothing new. */
export type LearnOutcome = 'current' | 'alternate' | 'known';

export interface Learned {
  field: DetailField;
  value: string;
  outcome: LearnOutcome;
  /** The value that stood there before, where one was replaced. */
  former: string | null;
}

export interface LearnSettings {
  /** Workspace setting: a phone number alone makes a lead. Default false. */
  phoneMakesLead: boolean;
}

/**
 * What a contact knows after a claimed capture. A lower grade never overwrites a higher one, and a claimed value
 * gives way only to a correction or the answer to a question (M4); a user's email is only kept beside (M5).
 */
export function learn(
  contact: Contact,
  captured: readonly CapturedDetail[],
  now: number,
  settings: LearnSettings,
): { contact: Contact; learned: Learned[] } {
  let next = contact;
  const learned: Learned[] = [];
  for (const { field, value, replaces } of captured) {
    const current = next[field];
    const grade = next[`${field}Grade`];
    if (current === value) {
      learned.push({ field, value, outcome: 'known', former: null });
      continue;
    }
    const mayReplace = current === null || (grade === 'claimed' && replaces && !(field === 'email' && next.identifiedAt !== null));
    learned.push({ field, value, outcome: mayReplace ? 'current' : 'alternate', former: mayReplace ? current : null });
    if (mayReplace) next = { ...next, [field]: value, [`${field}Grade`]: 'claimed' };
  }
  const reachable = next.email !== null || (settings.phoneMakesLead && next.phone !== null);
  if (reachable && next.leadAt === null) next = { ...next, leadAt: now };
  return { contact: next, learned };
}

/** Ids that are bugs of the host page rather than people. */
const junkIds = new Set([
  '',
  'undefined',
  'null',
  'nan',
  'infinity',
  'invalid date',
  '[object object]',
  'true',
  'false',
  'none',
  'anonymous',
  'guest',
  '0',
  '-1',
]);

export function isJunkId(value: string): boolean {
  return junkIds.has(value.trim().toLowerCase());
}

/**
 * Why an id of the host app's is nobody's; null where it is somebody's. A number that JSON does not hold to the last digit is two people's:
 * by the time it is read, 9007199254740993 is 9007199254740992.
 */
export function faultOfId(id: string | number): string | null {
  if (typeof id === 'number' && !Number.isSafeInteger(id)) return 'is no whole number below 2^53: pass it as a text';
  return isJunkId(String(id)) ? 'is no usable id; pass your own id of the signed-in person' : null;
}

/** What an identify call says, after its proof was looked at. */
export interface IdentityClaim {
  userId: string | null;
  /** Lower case. */
  email: string | null;
  /** The proof was present and right. */
  verified: boolean;
  /** What the proof itself vouches for, a JWT's claims or an HMAC's identifier; all else was merely said beside it. */
  signed: Readonly<Record<DetailField, boolean>>;
  name: string | null;
  phone: string | null;
  avatar: string | null;
  company: string | null;
  signedUpAt: number | null;
  /** Null takes an attribute away. */
  attributes: Readonly<Record<string, FactValue>>;
  /** Said to be none: what stands there goes. */
  cleared: readonly ClearableField[];
  /** What of `ungradedFields` and `attributes.<name>` the proof vouches for. */
  signedFields: readonly string[];
}

export type ClearableField = DetailField | UngradedField;

/** Workspace setting for M8: whether a lead goes into the user who signs in on its device. */
export const leadMergings = ['same_email_or_none', 'always', 'never'] as const;
export type LeadMerging = (typeof leadMergings)[number];

export type IdentifyDecision =
  /** M6, M14: this device's contact rises in place. */
  | { kind: 'promote' }
  /** M9: the same person again. */
  | { kind: 'update' }
  /** M7, M8: this device's contact goes into an existing user. */
  | { kind: 'merge'; into: string }
  /** M8: the lead is left whole; the session goes on as the existing user. */
  | { kind: 'switch'; to: string }
  /** M10, M14: the person of this session is another one; a fresh contact for the claim. */
  | { kind: 'fresh' }
  /** M10 for a verified user that exists already. */
  | { kind: 'switch_user'; to: string }
  /** Said without proof what is proved already: nothing changes. */
  | { kind: 'keep' }
  | { kind: 'refuse'; code: 'ambiguous_identity' };

/**
 * Decides what an identify call does. `session` is this device's contact (null before its first act); `target` the live
 * verified user with that user_id; `byEmail` the live verified users whose signed email it is.
 */
export function decideIdentify(
  claim: IdentityClaim,
  session: Contact | null,
  target: Contact | null,
  byEmail: readonly Contact[],
  leadMerging: LeadMerging = 'same_email_or_none',
): IdentifyDecision {
  if (!claim.verified) return decideUnverified(claim, session);
  if (claim.userId === null && byEmail.length > 1) return { kind: 'refuse', code: 'ambiguous_identity' };
  const found = claim.userId === null ? (byEmail[0] ?? null) : (target ?? adoptable(claim, byEmail));
  if (session === null) return found ? { kind: 'switch', to: found.id } : { kind: 'fresh' };
  // An address may lead to a contact that has another one: by a merge.
  const isLed = claim.userId === null && found?.id === session.id;
  if (session.identifiedAt !== null && !isLed && !isSamePerson(claim, session)) {
    return found && found.id !== session.id ? { kind: 'switch_user', to: found.id } : { kind: 'fresh' };
  }
  if (!found) return session.verified ? { kind: 'update' } : { kind: 'promote' };
  if (found.id === session.id) return { kind: 'update' };
  // Two people whose identities were both proved never become one by a call of the page.
  if (session.verified) return { kind: 'switch_user', to: found.id };
  if (typeOf(session) === 'visitor') return { kind: 'merge', into: found.id };
  return mergesLead(leadMerging, session, found, claim) ? { kind: 'merge', into: found.id } : { kind: 'switch', to: found.id };
}

/** M8: a shared device must not carry one person's chat into another one's account. */
function mergesLead(setting: LeadMerging, lead: Contact, found: Contact, claim: IdentityClaim): boolean {
  if (setting !== 'same_email_or_none') return setting === 'always';
  return lead.email === null || lead.email === (found.email ?? claim.email);
}

/** M12: a user known by email only is adopted by a user_id if the proof covers that email. */
function adoptable(claim: IdentityClaim, byEmail: readonly Contact[]): Contact | null {
  const open = byEmail.filter((c) => c.userId === null);
  return claim.signed.email && open.length === 1 ? (open[0] ?? null) : null;
}

function isSamePerson(claim: IdentityClaim, session: Contact): boolean {
  const id = session.userId ?? session.claimedUserId;
  if (claim.userId !== null && id !== null) return claim.userId === id;
  if (claim.email === null || claim.email !== session.email) return false;
  // A proved person is known by proved addresses only.
  return !session.verified || (claim.signed.email && session.emailGrade === 'signed');
}

function decideUnverified(claim: IdentityClaim, session: Contact | null): IdentifyDecision {
  if (session === null) return { kind: 'fresh' };
  if (session.identifiedAt === null) return { kind: 'promote' };
  if (session.verified) return claim.userId !== null && claim.userId === session.userId ? { kind: 'keep' } : { kind: 'fresh' };
  return isSamePerson(claim, session) ? { kind: 'update' } : { kind: 'fresh' };
}

/** What a proof says of a contact to which it only leads, by a merge: that one's own user_id or address stays. */
export function claimFor(contact: Contact, claim: IdentityClaim): IdentityClaim {
  if (!claim.verified) return claim;
  if (claim.userId !== null) return { ...claim, userId: contact.userId ?? claim.userId };
  const isOther = contact.verified && contact.emailGrade === 'signed' && contact.email !== claim.email;
  return isOther ? { ...claim, email: null, signed: { ...claim.signed, email: false } } : claim;
}

/** Writes an identify call into the contact it was decided for; higher or equal grades win, empty claims change nothing. */
export function identify(contact: Contact, claim: IdentityClaim, now: number): Contact {
  // [M14] Said without a proof, it changes nothing of who was ever proved.
  if (contact.verified && !claim.verified) return contact;
  const gradeOf = (field: DetailField): Grade => (claim.signed[field] ? 'signed' : 'claimed');
  let next: Contact = { ...contact, identifiedAt: contact.identifiedAt ?? now, verified: contact.verified || claim.verified };
  if (claim.userId !== null)
    next = claim.verified
      ? { ...next, userId: claim.userId, claimedUserId: null }
      : { ...next, claimedUserId: next.userId === null ? claim.userId : null };
  for (const field of detailFields) next = withValue(next, field, claim[field], gradeOf(field), claim.cleared.includes(field));
  const told = ungradedNames.map((field) => {
    const key = ungradedFields[field];
    return [key, claim.cleared.includes(field) ? null : (claim[key] ?? undefined)] as const;
  });
  const ungraded: Partial<Ungraded> = { ...Object.fromEntries(told), attributes: claim.attributes };
  next = withUngraded(next, ungraded, (field) => claim.signedFields.includes(field));
  return {
    ...next,
    archivedAt: claim.verified ? null : next.archivedAt,
    leadAt: next.email !== null && next.leadAt === null ? now : next.leadAt,
  };
}

function withValue(contact: Contact, field: DetailField, value: string | null, grade: Grade, isCleared: boolean): Contact {
  const current = contact[`${field}Grade`];
  if ((value === null && !isCleared) || isHigherGrade(current, grade)) return contact;
  // The host app's word outweighs what was typed in chat even where the call carries no proof (mode `off`).
  return { ...contact, [field]: value, [`${field}Grade`]: value === null ? null : grade };
}

/** What has no column for its grade; undefined says nothing, null takes it away. */
export interface Ungraded {
  avatar: string | null | undefined;
  company: string | null | undefined;
  signedUpAt: number | null | undefined;
  attributes: Readonly<Record<string, FactValue>>;
}

/** Writes what is said into the contact. What was signed gives way only to what is signed. */
export function withUngraded<C extends Contact>(contact: C, said: Partial<Ungraded>, isSigned: (field: string) => boolean): C {
  const mayWrite = (field: string): boolean => isSigned(field) || !contact.signedFields.includes(field);
  const attributes = Object.entries(said.attributes ?? {}).filter(([name]) => mayWrite(`attributes.${name}`));
  const written: [string, FactValue][] = attributes.map(([name, value]) => [`attributes.${name}`, value]);
  const plain: { [K in (typeof ungradedFields)[UngradedField]]?: FactValue } = {};
  for (const field of ungradedNames) {
    const key = ungradedFields[field];
    const value = said[key];
    if (value === undefined || !mayWrite(field)) continue;
    written.push([field, value]);
    plain[key] = value;
  }
  if (written.length === 0) return contact;
  const values = new Map(written);
  const others = contact.signedFields.filter((field) => !values.has(field));
  const signed = written.flatMap(([field, value]) => (value !== null && isSigned(field) ? [field] : []));
  return {
    ...contact,
    ...plain,
    attributes: withAttributes(contact.attributes, attributes),
    signedFields: [...others, ...signed].toSorted(),
  };
}

/** Made from entries: a name of a host's may be `__proto__`. */
function withAttributes(known: Contact['attributes'], said: readonly [string, FactValue][]): Contact['attributes'] {
  if (said.length === 0) return known;
  const names = new Set(said.map(([name]) => name));
  const kept = Object.entries(known).filter(([name]) => !names.has(name));
  return Object.fromEntries([...kept, ...said.filter(([, value]) => value !== null)]);
}
