// M7, M8, M20 and M21 as the model has them: two become one, and two again.
import { familyOf, homeOf, isOne, live, person } from './model.ts';
import type { Model, Outcome, Person } from './model.ts';

/** M7, M8, M21: all of one's goes over to the other. */
export function join(m: Model, from: Person, into: Person): void {
  if (into.email === null) Object.assign(into, { email: from.email, emailSigned: from.emailSigned, emailProved: from.emailProved });
  else if (into.email === from.email) {
    into.emailSigned ||= from.emailSigned;
    into.emailProved ||= from.emailProved;
  }
  into.claimed ??= into.userId === null && from.userId === null ? from.claimed : null;
  const { userId } = from;
  takeUserId(into, from);
  into.isLead ||= from.isLead;
  into.isUser ||= from.isUser;
  into.verified ||= from.verified;
  into.blocked ||= from.blocked;
  into.archived &&= from.archived;
  from.mergedInto = into.n;
  m.joinings.push({ from: from.n, into: into.n, userId, undone: false });
}

/** Who has no user_id takes the other's; else the other's goes on leading here. */
function takeUserId(into: Person, from: Person): void {
  if (into.userId === null) [into.userId, from.userId] = [from.userId, null];
}

/** People are numbered as they come; of several that are one, the first counts. */
const since = (m: Model, p: Person): number =>
  Math.min(p.n, ...m.people.filter((other) => other.mergedInto === p.n).map((other) => since(m, other)));

/** M21 by an agent who is an owner. */
export function mergeByHand(m: Model, from: number, into: number, force: boolean): Outcome {
  const [a, b] = [person(m, from), person(m, into)];
  const isThere = (p: Person): boolean => !p.erased && p.mergedInto === null;
  const isDone = (one: number, other: number): boolean => m.joinings.some((j) => j.from === one && j.into === other && !j.undone);
  if (isDone(from, into)) return isThere(b) ? 'again' : 'gone';
  if (isDone(into, from)) return isThere(a) ? 'again' : 'gone';
  if (from === into) return 'same';
  if (!isThere(a) || !isThere(b)) return 'gone';
  if (a.isUser && b.isUser) {
    if (!force) return 'two_users';
    const first = a.verified && !b.verified;
    join(m, first ? b : a, first ? a : b);
  } else {
    const aSurvives = a.isUser || (!b.isUser && since(m, a) < since(m, b));
    join(m, aSurvives ? b : a, aSurvives ? a : b);
  }
  return 'ok';
}

/** M20: the link that was mailed to their address is followed. */
export function follow(m: Model, n: number): Outcome {
  const who = live(m, n);
  const { email } = who;
  if (who.erased || email === null) return 'gone';
  who.archived = false;
  // The proof is theirs who gave the address.
  const home = homeOf(m, who, (alone) => alone.email === email) ?? who;
  for (const known of [who, home.alone]) if (known.email === email) known.emailProved = true;
  const others = m.people.filter((p) => p !== who && p.mergedInto === null && !p.erased && p.emailProved && p.email === email);
  const [other] = others;
  const isOnlySaid = (p: Person): boolean => p.isUser && !p.verified;
  if (!other || others.length > 1 || other.userId !== null || isOnlySaid(who) || isOnlySaid(other)) return 'ok';
  if (who.blocked !== other.blocked || (who.isUser && other.isUser) || wereToldApart(m, who, other)) return 'ok';
  const survives = who.isUser || (!other.isUser && since(m, who) < since(m, other));
  join(m, survives ? other : who, survives ? who : other);
  (survives ? who : other).archived = false;
  return 'ok';
}

/** By an undone merge of somebody who is one of them now with somebody who is the other. */
function wereToldApart(m: Model, a: Person, b: Person): boolean {
  const sideOf = (n: number): Person | null => [a, b].find((p) => live(m, n) === p) ?? null;
  return m.joinings.some((j) => j.undone && sideOf(j.from) !== null && sideOf(j.into) !== null && sideOf(j.from) !== sideOf(j.into));
}

/**
 * What is one's own is one's own again. Where nobody else is merged with them any more, they know what they know by themselves; of who is
 * still made of several, the caller looks at the values (M24's exception).
 */
export function undo(m: Model, which: number): Outcome {
  const joining = m.joinings[which];
  if (!joining) throw new Error(`the model has no merge ${which}`);
  const [from, into] = [person(m, joining.from), person(m, joining.into)];
  if (from.erased || into.erased) return 'gone';
  if (joining.undone) return from.mergedInto === null && into.mergedInto === null ? 'again' : 'gone';
  if (into.mergedInto !== null) return 'undo_blocked';
  if (joining.userId !== null && into.userId === joining.userId) into.userId = null;
  from.userId = joining.userId;
  from.mergedInto = null;
  joining.undone = true;
  for (const later of m.joinings.slice(which + 1)) if (later.into === into.n && !later.undone) takeUserId(into, person(m, later.from));
  for (const who of [from, into]) {
    if (isOne(m, who.n)) Object.assign(who, who.alone);
    who.blocked = familyOf(m, who.n).some((p) => p.alone.blocked);
  }
  return 'ok';
}
