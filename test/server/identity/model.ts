// What identity.md says of contacts, sessions and conversations, written a second time and as plainly as can be: the oracle of
// properties.test.ts. It shares no code with the product, keeps everything in arrays and knows no database.

export interface Person {
  n: number;
  userId: string | null;
  claimed: string | null;
  email: string | null;
  emailSigned: boolean;
  isLead: boolean;
  isUser: boolean;
  verified: boolean;
  mergedInto: number | null;
  blocked: boolean;
  archived: boolean;
  erased: boolean;
}

export interface Sitting {
  /** The browser's token, by number. */
  token: number;
  person: number;
  verified: boolean;
  over: boolean;
}

export interface Talk {
  n: number;
  begunBy: number;
  person: number;
}

export interface Joining {
  from: number;
  into: number;
  talks: number[];
  tokens: number[];
  /** Of the one that was merged away, before. */
  userId: string | null;
  undone: boolean;
}

export interface Claim {
  userId: string | null;
  email: string | null;
  verified: boolean;
  emailSigned: boolean;
}

export type Outcome = 'ok' | 'blocked' | 'ambiguous' | 'gone' | 'same' | 'two_users' | 'undo_blocked' | 'again';

export interface Model {
  people: Person[];
  sittings: Sitting[];
  talks: Talk[];
  joinings: Joining[];
  /** The token each device holds now; null: none yet. */
  devices: (number | null)[];
  tokens: number;
  talksBegun: number;
}

export function emptyModel(devices: number): Model {
  return {
    people: [],
    sittings: [],
    talks: [],
    joinings: [],
    devices: Array.from({ length: devices }, () => null),
    tokens: 0,
    talksBegun: 0,
  };
}

export const typeOf = (p: Person): 'visitor' | 'lead' | 'user' => (p.isUser ? 'user' : p.isLead ? 'lead' : 'visitor');

export const sittingOf = (m: Model, token: number | null): Sitting | null => m.sittings.find((s) => s.token === token && !s.over) ?? null;

/** What a token's session may list: what it began, and all of its person's where it was proved. */
export function talksSeenBy(m: Model, token: number | null): number[] {
  const sitting = sittingOf(m, token);
  if (!sitting) return [];
  return m.talks.filter((t) => t.person === sitting.person && (sitting.verified || t.begunBy === token)).map((t) => t.n);
}

const person = (m: Model, n: number): Person => {
  const found = m.people[n];
  if (!found) throw new Error(`the model has no person ${n}`);
  return found;
};
export const live = (m: Model, n: number): Person => {
  const found = person(m, n);
  return found.mergedInto === null ? found : live(m, found.mergedInto);
};

function newPerson(m: Model, more: Partial<Person> = {}): Person {
  const made: Person = {
    n: m.people.length,
    userId: null,
    claimed: null,
    email: null,
    emailSigned: false,
    isLead: false,
    isUser: false,
    verified: false,
    mergedInto: null,
    blocked: false,
    archived: false,
    erased: false,
    ...more,
  };
  m.people.push(made);
  return made;
}

export const newToken = (m: Model): number => m.tokens++;

/** A device's session, made where there is none. */
function sit(m: Model, device: number): Sitting {
  const token = (m.devices[device] ??= newToken(m));
  const known = sittingOf(m, token);
  if (known) return known;
  const made = { token, person: newPerson(m).n, verified: false, over: false };
  m.sittings.push(made);
  return made;
}

/** M2: a message; in the newest conversation there is, or in a new one. */
export function write(m: Model, device: number, begin = false): Outcome {
  const before = sittingOf(m, m.devices[device] ?? null);
  if (before && person(m, before.person).blocked) return 'blocked';
  const sitting = sit(m, device);
  if (!begin) person(m, sitting.person).archived = false;
  if (begin || talksSeenBy(m, sitting.token).length === 0)
    m.talks.push({ n: m.talksBegun++, begunBy: sitting.token, person: sitting.person });
  return 'ok';
}

/** M3 to M5: an email in chat. Nobody else is looked at. */
export function say(m: Model, device: number, email: string): Outcome {
  const done = write(m, device);
  const sitting = sittingOf(m, m.devices[device] ?? null);
  if (done !== 'ok' || !sitting) return done;
  const who = person(m, sitting.person);
  if (who.email === null) Object.assign(who, { email, emailSigned: false, isLead: true });
  return 'ok';
}

const sameAs = (who: Person, claim: Claim): boolean => {
  const id = who.userId ?? who.claimed;
  if (claim.userId !== null && id !== null) return claim.userId === id;
  if (claim.email === null || claim.email !== who.email) return false;
  return !who.verified || (claim.emailSigned && who.emailSigned);
};

function ownerOf(m: Model, userId: string | null): Person | null {
  const named = m.people.find((p) => userId !== null && p.userId === userId && !p.erased);
  return named ? live(m, named.n) : null;
}

/** M6 to M15. */
export function identify(m: Model, device: number, said: Claim): Outcome {
  const target = said.verified ? ownerOf(m, said.userId) : null;
  const claim: Claim = { ...said, userId: target ? target.userId : said.userId };
  const token = (m.devices[device] ??= newToken(m));
  const sitting = sittingOf(m, token);
  const who = sitting ? person(m, sitting.person) : null;
  if (!said.verified) return identifyUnproved(m, device, claim, sitting, who);
  const withEmail = claim.emailSigned
    ? m.people.filter((p) => p.mergedInto === null && !p.erased && p.verified && p.emailSigned && p.email === claim.email)
    : [];
  if (claim.userId === null && withEmail.length > 1) return 'ambiguous';
  const adoptable = withEmail.filter((p) => p.userId === null);
  const found = claim.userId === null ? (withEmail[0] ?? null) : (target ?? (adoptable.length === 1 ? (adoptable[0] ?? null) : null));
  if (!sitting || !who) goOn(m, device, found ?? newPerson(m), true);
  else if (who.isUser && !sameAs(who, claim)) goOn(m, device, found && found.n !== who.n ? found : newPerson(m), true);
  else if (!found || found.n === who.n) {
    if (!sitting.verified) goOn(m, device, who, true);
  } else if (who.verified) goOn(m, device, found, true);
  else if (!who.isLead || who.email === null || who.email === (found.email ?? claim.email)) {
    join(m, who, found);
    goOn(m, device, found, true);
  } else goOn(m, device, found, true);
  learn(m, device, claim);
  return 'ok';
}

/** M14, M15: without a proof nobody becomes a person who is proved. */
function identifyUnproved(m: Model, device: number, claim: Claim, sitting: Sitting | null, who: Person | null): Outcome {
  if (!sitting || !who) {
    const token = m.devices[device] as number;
    m.sittings.push({ token, person: newPerson(m).n, verified: false, over: false });
  } else if (who.verified) {
    if (claim.userId !== null && claim.userId === who.userId) return 'ok';
    goOn(m, device, newPerson(m, { blocked: who.blocked }), false);
  } else if (who.isUser && !sameAs(who, claim)) goOn(m, device, newPerson(m, { blocked: who.blocked }), false);
  learn(m, device, claim);
  return 'ok';
}

/** The device's session ends and another one begins, as whoever it is. */
function goOn(m: Model, device: number, as: Person, verified: boolean): void {
  const before = sittingOf(m, m.devices[device] ?? null);
  if (before) before.over = true;
  if (before || verified) m.devices[device] = newToken(m);
  m.sittings.push({ token: m.devices[device] as number, person: as.n, verified, over: false });
}

function learn(m: Model, device: number, claim: Claim): void {
  const sitting = sittingOf(m, m.devices[device] ?? null);
  if (!sitting) throw new Error('an identify left no session');
  const who = person(m, sitting.person);
  who.isUser = true;
  if (claim.verified) Object.assign(who, { verified: true, archived: false });
  if (claim.userId !== null && claim.verified) Object.assign(who, { userId: claim.userId, claimed: null });
  if (claim.userId !== null && !claim.verified && who.userId === null) who.claimed = claim.userId;
  if (claim.email !== null && (claim.emailSigned || !who.emailSigned))
    Object.assign(who, { email: claim.email, emailSigned: claim.emailSigned, isLead: true });
}

/** M16. */
export function signOut(m: Model, device: number): Outcome {
  const sitting = sittingOf(m, m.devices[device] ?? null);
  if (sitting) sitting.over = true;
  m.devices[device] = null;
  return 'ok';
}

/** M7, M8, M21: all of one's goes over to the other. */
function join(m: Model, from: Person, into: Person): void {
  const talks = m.talks.filter((t) => t.person === from.n);
  const sittings = m.sittings.filter((s) => s.person === from.n);
  for (const moved of [...talks, ...sittings]) moved.person = into.n;
  if (into.email === null) Object.assign(into, { email: from.email, emailSigned: from.emailSigned });
  else if (into.email === from.email) into.emailSigned ||= from.emailSigned;
  into.claimed ??= into.userId === null && from.userId === null ? from.claimed : null;
  const { userId } = from;
  takeUserId(into, from);
  into.isLead ||= from.isLead;
  into.isUser ||= from.isUser;
  into.verified ||= from.verified;
  into.blocked ||= from.blocked;
  from.mergedInto = into.n;
  const [moved, tokens] = [talks.map((t) => t.n), sittings.map((s) => s.token)];
  m.joinings.push({ from: from.n, into: into.n, talks: moved, tokens, userId, undone: false });
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
  const done = m.joinings.findLast((j) => j.from === from && !j.undone);
  const isThere = (p: Person): boolean => !p.erased && p.mergedInto === null;
  if (done && done.into === into) return isThere(b) ? 'again' : 'gone';
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

/** What moved goes back, and what the moved sessions began since. Values are looked at by the caller (M24's exception). */
export function undo(m: Model, which: number): Outcome {
  const joining = m.joinings[which];
  if (!joining) throw new Error(`the model has no merge ${which}`);
  const [from, into] = [person(m, joining.from), person(m, joining.into)];
  if (from.erased || into.erased) return 'gone';
  if (joining.undone) return from.mergedInto === null && into.mergedInto === null ? 'again' : 'gone';
  if (into.mergedInto !== null) return 'undo_blocked';
  const back = m.sittings.filter((s) => joining.tokens.includes(s.token) && s.person === into.n);
  for (const sitting of back) sitting.person = from.n;
  const tokens = back.map((s) => s.token);
  for (const talk of m.talks)
    if (talk.person === into.n && (joining.talks.includes(talk.n) || tokens.includes(talk.begunBy))) talk.person = from.n;
  if (joining.userId !== null && into.userId === joining.userId) into.userId = null;
  from.userId = joining.userId;
  from.mergedInto = null;
  joining.undone = true;
  for (const later of m.joinings.slice(which + 1)) if (later.into === into.n && !later.undone) takeUserId(into, person(m, later.from));
  return 'ok';
}

export function setBlocked(m: Model, n: number, blocked: boolean): Outcome {
  const who = person(m, n);
  if (who.erased || who.mergedInto !== null) return 'gone';
  who.blocked = blocked;
  return 'ok';
}

export function archive(m: Model, n: number): Outcome {
  const who = person(m, n);
  if (who.erased || who.mergedInto !== null) return 'gone';
  who.archived = true;
  return 'ok';
}

/** M23: with all who were merged into it. */
export function erase(m: Model, n: number): Outcome {
  const who = person(m, n);
  if (who.erased || who.mergedInto !== null) return 'gone';
  const gone = m.people.filter((p) => live(m, p.n).n === n);
  for (const p of gone) Object.assign(p, { erased: true, userId: null, claimed: null, email: null, emailSigned: false, archived: false });
  m.sittings = m.sittings.filter((s) => s.person !== n);
  m.talks = m.talks.filter((t) => t.person !== n);
  return 'ok';
}
