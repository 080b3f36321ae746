// The way back from a merge: what came after it is done again, as if it had never been.
import { detailFields } from './contact-fields.ts';
import type { DetailField } from './contact-fields.ts';
import { ungradedFields, ungradedNames } from './contact.ts';
import type { Contact } from './contact.ts';
import { merge } from './merge.ts';
import type { WholeContact } from './merge.ts';
import { totalOf } from './score.ts';

/**
 * The survivor before a merge, who was absorbed, and the survivor right after. What a device says later is written into each of these
 * of which its contact is a part; so they differ from the survivor as it is now by nothing but what people changed.
 */
export interface MergeStep<C> {
  before: C;
  absorbed: C;
  merged: C;
}

export interface UndoInput<C> {
  undone: MergeStep<C>;
  /** Merges into the same survivor which came later and still stand, oldest first. */
  later: readonly MergeStep<C>[];
  /** The survivor as it is. */
  now: C;
}

/** The survivor without the undone merge, and the later ones as they would be without it. What people changed since stays. */
export function unmerge<C extends WholeContact>({ undone, later, now }: UndoInput<C>): { survivor: C; later: MergeStep<C>[] } {
  let [last, next] = [undone.merged, undone.before];
  const steps: MergeStep<C>[] = [];
  for (const { absorbed, ...was } of later) {
    const before = carry(next, last, was.before);
    const merged = merge(before, absorbed).contact;
    steps.push({ before, absorbed, merged });
    [last, next] = [was.merged, merged];
  }
  const carried = carry(next, last, now);
  // An address it was given since makes it a lead by itself.
  const leadAt = carried.email === null ? carried.leadAt : (carried.leadAt ?? now.leadAt);
  return { survivor: { ...carried, archivedAt: now.archivedAt, leadAt, score: totalOf(carried.points) }, later: steps };
}

/** What a contact holds that is one value with its own reason to stand there. Blocked and unsubscribed were put on each by itself. */
const scalars = [
  'userId',
  'claimedUserId',
  'language',
  'createdAt',
  'lastSeenAt',
  'leadAt',
  'identifiedAt',
  'capturedAt',
  'verified',
  'firstTouch',
  'pageUrl',
  'pageTitle',
] as const satisfies readonly (keyof WholeContact)[];

/** `target` with all that became another from `before` to `after`. */
export function carry<C extends WholeContact>(target: C, before: C, after: C): C {
  const keys = scalars.filter((key) => !isSame(before[key], after[key]));
  const details = detailFields.filter((field) => !isSameDetail(before, after, field));
  const [had, has] = [new Map(Object.entries(before.attributes)), new Map(Object.entries(after.attributes))];
  const isSigned = (of: C, field: string): boolean => of.signedFields.includes(field);
  const isOther = (field: string): boolean => isSigned(before, field) !== isSigned(after, field);
  const names = [...new Set([...had.keys(), ...has.keys()])].filter(
    (name) => had.get(name) !== has.get(name) || isOther(`attributes.${name}`),
  );
  const ungraded = ungradedNames.filter((field) => !isSame(before[ungradedFields[field]], after[ungradedFields[field]]) || isOther(field));
  const fields = [...ungraded, ...names.map((name) => `attributes.${name}`)];
  return {
    ...target,
    ...pick(after, keys),
    ...pick(
      after,
      details.flatMap((field) => [field, `${field}Grade`] as const),
    ),
    ...pick(
      after,
      ungraded.map((field) => ungradedFields[field]),
    ),
    attributes: withAttributes(target.attributes, after.attributes, names),
    signedFields: [
      ...target.signedFields.filter((field) => !fields.includes(field)),
      ...after.signedFields.filter((field) => fields.includes(field)),
    ].toSorted(),
    tags: carryList(target.tags, before.tags, after.tags),
    points: carryList(target.points, before.points, after.points),
  };
}

function carryList<T>(target: readonly T[], before: readonly T[], after: readonly T[]): T[] {
  const isIn = (list: readonly T[], each: T): boolean => list.some((other) => isSame(other, each));
  const kept = target.filter((each) => !isIn(before, each) || isIn(after, each));
  return [...kept, ...after.filter((each) => !isIn(before, each) && !isIn(kept, each))];
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

function isSameDetail(a: Contact, b: Contact, field: DetailField): boolean {
  return a[field] === b[field] && a[`${field}Grade`] === b[`${field}Grade`];
}

function pick<C, K extends keyof C>(of: C, keys: readonly K[]): Pick<C, K> {
  return Object.fromEntries(keys.map((key) => [key, of[key]])) as Pick<C, K>;
}

/** `now`, with what `from` says of these names. Made from entries: a name of a host's may be `__proto__`. */
function withAttributes(now: Contact['attributes'], from: Contact['attributes'], names: readonly string[]): Contact['attributes'] {
  const others = Object.entries(now).filter(([name]) => !names.includes(name));
  const changed = Object.entries(from).filter(([name]) => names.includes(name));
  return Object.fromEntries([...others, ...changed]);
}
