// Two contacts become one: what each field becomes, and why; and who survives. The way back is unmerge.ts.
import type { ScorePoint } from './agent-views.ts';
import type { FactValue } from './bot/types.ts';
import type { DetailField } from './contact-fields.ts';
import { detailFields } from './contact-fields.ts';
import type { Contact, Grade } from './contact.ts';
import { isHigherGrade, typeOf } from './contact.ts';
import { totalOf } from './score.ts';

/** A contact with all that a merge looks at. */
export interface WholeContact extends Contact {
  points: readonly ScorePoint[];
  tags: readonly string[];
  capturedAt: number | null;
  pageUrl: string | null;
  pageTitle: string | null;
  language: string | null;
}

/** A merge can be undone for so long. */
export const undoMs = 30 * 86_400_000;

/**
 * `kept`: the survivor's stays. `adopted`: it had none and takes the other's. `discarded`: both had one, the survivor's stays and the
 * other's is not the contact's any more (an email or phone is kept beside it). `united`: both go into the result.
 */
export type MergeOutcome = 'kept' | 'adopted' | 'discarded' | 'united';

export type MergeWhy =
  /** Only one of them has it. */
  | 'only_one'
  | 'same'
  /** Both have one: the survivor's wins. */
  | 'survivor_wins'
  /** The same value, more surely known on one side. */
  | 'surer'
  | 'both'
  | 'earliest'
  | 'latest'
  /** Holds if it holds for either. */
  | 'either'
  /** Holds only if it holds for both. */
  | 'if_both'
  /** The other's user_id leads to the survivor from now on. */
  | 'leads_here';

export interface MergeField {
  /** An attribute of the contact; `attributes.plan` for one of the host's own. */
  field: string;
  survivor: FactValue;
  absorbed: FactValue;
  result: FactValue;
  outcome: MergeOutcome;
  why: MergeWhy;
}

export interface MergeResult<C> {
  contact: C;
  fields: MergeField[];
}

export type MergeRefusal = 'same_contact' | 'two_users';

/**
 * Who survives: the user, else the older (M21). Two users merge by force only; then `into` does, unless `from` alone was ever proved.
 */
export function chooseSurvivor<C extends WholeContact>(
  from: C,
  into: C,
  force: boolean,
): { ok: true; survivor: C; absorbed: C } | { ok: false; refusal: MergeRefusal } {
  if (from.id === into.id) return { ok: false, refusal: 'same_contact' };
  const [fromUser, intoUser] = [typeOf(from) === 'user', typeOf(into) === 'user'];
  if (fromUser && intoUser) {
    if (!force) return { ok: false, refusal: 'two_users' };
    return from.verified && !into.verified ? { ok: true, survivor: from, absorbed: into } : { ok: true, survivor: into, absorbed: from };
  }
  const fromSurvives = fromUser || (!intoUser && isOlder(from, into));
  return fromSurvives ? { ok: true, survivor: from, absorbed: into } : { ok: true, survivor: into, absorbed: from };
}

function isOlder(a: Contact, b: Contact): boolean {
  return a.createdAt === b.createdAt ? a.id < b.id : a.createdAt < b.createdAt;
}

/** The survivor as it becomes, and each field with its reason; fields which nobody has are left out. */
export function merge<C extends WholeContact>(survivor: C, absorbed: C): MergeResult<C> {
  if (survivor.id === absorbed.id) throw new Error(`a contact cannot be merged with itself: ${survivor.id}`);
  const fields: MergeField[] = [];
  const take = <T extends FactValue>(field: string, mine: T, other: T, decide: Decision<T>): T => {
    const { result, outcome, why } = decide(mine, other);
    const isShown = field.startsWith('attributes.') ? isGiven : isSaid;
    if (isShown(mine) || isShown(other)) fields.push({ field, survivor: mine, absorbed: other, result, outcome, why });
    return result;
  };
  const details = Object.assign({}, ...detailFields.map((field) => mergeDetail(field, survivor, absorbed, fields))) as Partial<C>;
  const older = isOlder(survivor, absorbed) ? [survivor, absorbed] : [absorbed, survivor];
  const [latest] = survivor.lastSeenAt >= absorbed.lastSeenAt ? [survivor] : [absorbed];
  const points = unitePoints(survivor.points, absorbed.points);
  const contact: C = {
    ...survivor,
    ...details,
    userId: take('user_id', survivor.userId, absorbed.userId, decideUserId),
    claimedUserId: survivor.claimedUserId ?? (survivor.userId === null && absorbed.userId === null ? absorbed.claimedUserId : null),
    company: take('company', survivor.company, absorbed.company, fill),
    avatar: take('avatar', survivor.avatar, absorbed.avatar, fill),
    signedUpAt: take('signed_up_at', survivor.signedUpAt, absorbed.signedUpAt, fill),
    attributes: mergeAttributes(survivor.attributes, absorbed.attributes, take),
    signedFields: mergeSigned(survivor, absorbed, fields),
    language: take('language', survivor.language, absorbed.language, fill),
    tags: uniteTags(survivor.tags, absorbed.tags, fields),
    points,
    score: take('score', survivor.score, absorbed.score, () => ({ result: totalOf(points), outcome: 'united', why: 'both' })),
    createdAt: take('created_at', survivor.createdAt, absorbed.createdAt, earliest) as number,
    lastSeenAt: take('last_seen_at', survivor.lastSeenAt, absorbed.lastSeenAt, latestOf) as number,
    leadAt: take('lead_at', survivor.leadAt, absorbed.leadAt, earliest),
    identifiedAt: earlier(survivor.identifiedAt, absorbed.identifiedAt),
    capturedAt: earlier(survivor.capturedAt, absorbed.capturedAt),
    verified: survivor.verified || absorbed.verified,
    blocked: take('blocked', survivor.blocked, absorbed.blocked, either),
    unsubscribed: take('unsubscribed', survivor.unsubscribed, absorbed.unsubscribed, either),
    archivedAt: take('archived_at', survivor.archivedAt, absorbed.archivedAt, ifBoth),
    firstTouch: older[0]?.firstTouch ?? older[1]?.firstTouch ?? null,
    pageUrl: latest?.pageUrl ?? survivor.pageUrl,
    pageTitle: latest?.pageUrl == null ? survivor.pageTitle : latest.pageTitle,
  };
  return { contact, fields };
}

type Decision<T> = (mine: T, other: T) => Pick<MergeField, 'outcome' | 'why'> & { result: T };

/** Null and empty text say nothing. */
const isGiven = (value: FactValue): boolean => value !== null && value !== '';
/** In what is ours, `false` and 0 are what everybody begins with. */
const isSaid = (value: FactValue): boolean => isGiven(value) && value !== false && value !== 0;

function fill<T extends FactValue>(mine: T, other: T): ReturnType<Decision<T>> {
  if (!isGiven(other)) return { result: mine, outcome: 'kept', why: 'only_one' };
  if (!isGiven(mine)) return { result: other, outcome: 'adopted', why: 'only_one' };
  return mine === other ? { result: mine, outcome: 'kept', why: 'same' } : { result: mine, outcome: 'discarded', why: 'survivor_wins' };
}

/** One contact has one user_id: a second one goes on leading here without being the contact's. */
function decideUserId(mine: string | null, other: string | null): ReturnType<Decision<string | null>> {
  return mine !== null && other !== null ? { result: mine, outcome: 'discarded', why: 'leads_here' } : fill(mine, other);
}

const earlier = (a: number | null, b: number | null): number | null => (a === null || b === null ? (a ?? b) : Math.min(a, b));

const decided = <T extends FactValue>(mine: T, other: T, result: T, why: MergeWhy): ReturnType<Decision<T>> =>
  result === mine ? { result, outcome: 'kept', why: mine === other ? 'same' : why } : { result, outcome: 'adopted', why };

const earliest = (mine: number | null, other: number | null) => decided(mine, other, earlier(mine, other), 'earliest');
const latestOf = (mine: number | null, other: number | null) => decided(mine, other, Math.max(mine ?? 0, other ?? 0), 'latest');
/** [M23] Put away until it is heard of: that it is somebody who is here is news of it. */
const ifBoth = (mine: number | null, other: number | null) => decided(mine, other, other === null ? null : mine, 'if_both');
const either = (mine: boolean, other: boolean) => decided(mine, other, mine || other, 'either');

function mergeDetail<C extends WholeContact>(field: DetailField, survivor: C, absorbed: C, fields: MergeField[]): Partial<Contact> {
  const [mine, other] = [survivor[field], absorbed[field]];
  const [grade, otherGrade] = [survivor[`${field}Grade`], absorbed[`${field}Grade`]];
  const isSame = mine !== null && mine === other;
  const isSurer = isSame && isHigherGrade(otherGrade, grade);
  const { result, outcome, why } = fill(mine, other);
  if (mine !== null || other !== null)
    fields.push({ field, survivor: mine, absorbed: other, result, outcome, why: isSame && otherGrade !== grade ? 'surer' : why });
  const kept: Grade | null = outcome === 'adopted' || isSurer ? otherGrade : grade;
  return { [field]: result, [`${field}Grade`]: kept };
}

type Take = <T extends FactValue>(field: string, mine: T, other: T, decide: Decision<T>) => T;

function mergeAttributes(mine: Contact['attributes'], other: Contact['attributes'], take: Take): Contact['attributes'] {
  const [own, others] = [new Map(Object.entries(mine)), new Map(Object.entries(other))];
  const names = [...new Set([...own.keys(), ...others.keys()])];
  return Object.fromEntries(
    names.map((name) => [name, take<FactValue>(`attributes.${name}`, own.get(name) ?? null, others.get(name) ?? null, fill)]),
  );
}

/** A value keeps what vouches for it; the same on both sides is signed if it is on either. */
function mergeSigned(survivor: Contact, absorbed: Contact, fields: readonly MergeField[]): string[] {
  const [mine, others] = [new Set(survivor.signedFields), new Set(absorbed.signedFields)];
  return fields
    .filter(({ field, outcome, why }) =>
      outcome === 'adopted' ? others.has(field) : mine.has(field) || (why === 'same' && others.has(field)),
    )
    .map(({ field }) => field)
    .toSorted();
}

function uniteTags(mine: readonly string[], other: readonly string[], fields: MergeField[]): string[] {
  const tags = [...new Set([...mine, ...other])];
  if (tags.length > 0)
    fields.push({
      field: 'tags',
      survivor: mine.join(', '),
      absorbed: other.join(', '),
      result: tags.join(', '),
      outcome: tags.length === mine.length ? 'kept' : 'united',
      why: 'both',
    });
  return tags;
}

/** Each reason once; the absorbed one's rules are not the survivor's: the next look at the rules tells what holds for both. */
function unitePoints(mine: readonly ScorePoint[], other: readonly ScorePoint[]): ScorePoint[] {
  const reasons = new Set(mine.map((point) => point.reason));
  return [...other.filter((point) => point.from !== 'rule' && !reasons.has(point.reason)), ...mine];
}
