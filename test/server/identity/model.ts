// What identity.md says of contacts, sessions and conversations, written a second time and as plainly as can be: the oracle of
// properties.test.ts. It shares no code with the product, keeps everything in arrays and knows no database.

/** What is known of somebody. */
export interface Known {
  userId: string | null;
  claimed: string | null;
  email: string | null;
  emailSigned: boolean;
  /** By the host app, or by a link that was mailed to it. */
  emailProved: boolean;
  isLead: boolean;
  isUser: boolean;
  verified: boolean;
  blocked: boolean;
}

export interface Person extends Known {
  n: number;
  mergedInto: number | null;
  archived: boolean;
  erased: boolean;
  /** What their own devices and their own identity brought, whoever they were merged with: an undo leaves that and no more. */
  alone: Known;
}

export interface Sitting {
  /** The browser's token, by number. */
  token: number;
  /** By whose device or identity it came. It is theirs, whoever they are by now. */
  home: number;
  verified: boolean;
  over: boolean;
}

export interface Talk {
  n: number;
  begunBy: number;
  /** Of the session that began it. */
  home: number;
}

export interface Joining {
  from: number;
  into: number;
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
  /** M8 by setting. */
  leadMerging: 'same_email_or_none' | 'always' | 'never';
  people: Person[];
  sittings: Sitting[];
  talks: Talk[];
  joinings: Joining[];
  /** In chats, in their order. */
  emailsSaid: { talk: Talk; email: string }[];
  /** The token each device holds now; null: none yet. */
  devices: (number | null)[];
  tokens: number;
  talksBegun: number;
}

export function emptyModel(devices: number, leadMerging: Model['leadMerging']): Model {
  return {
    leadMerging,
    people: [],
    sittings: [],
    talks: [],
    joinings: [],
    emailsSaid: [],
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
  const who = live(m, sitting.home).n;
  return m.talks.filter((t) => live(m, t.home).n === who && (sitting.verified || t.begunBy === token)).map((t) => t.n);
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

function newPerson(m: Model, blocked = false): Person {
  const nothing: Known = {
    userId: null,
    claimed: null,
    email: null,
    emailSigned: false,
    emailProved: false,
    isLead: false,
    isUser: false,
    verified: false,
    blocked,
  };
  const made: Person = { n: m.people.length, ...nothing, mergedInto: null, archived: false, erased: false, alone: { ...nothing } };
  m.people.push(made);
  return made;
}

export const newToken = (m: Model): number => m.tokens++;

/** A device's session, made where there is none. */
function sit(m: Model, device: number): Sitting {
  const token = (m.devices[device] ??= newToken(m));
  const known = sittingOf(m, token);
  if (known) return known;
  const made = { token, home: newPerson(m).n, verified: false, over: false };
  m.sittings.push(made);
  return made;
}

/** M2: a message; in the newest conversation there is, or in a new one. */
export function write(m: Model, device: number, begin = false): Outcome {
  const before = sittingOf(m, m.devices[device] ?? null);
  if (before && live(m, before.home).blocked) return 'blocked';
  const sitting = sit(m, device);
  if (!begin) live(m, sitting.home).archived = false;
  if (begin || talksSeenBy(m, sitting.token).length === 0) m.talks.push({ n: m.talksBegun++, begunBy: sitting.token, home: sitting.home });
  return 'ok';
}

/** M3 to M5: an email in chat. Nobody else is looked at. */
export function say(m: Model, device: number, email: string, corrects: boolean): Outcome {
  const done = write(m, device);
  const sitting = sittingOf(m, m.devices[device] ?? null);
  if (done !== 'ok' || !sitting) return done;
  // It is said in a conversation, and is theirs who began that one.
  const talk = m.talks.find((t) => t.n === talksSeenBy(m, sitting.token).at(-1));
  const home = person(m, talk?.home ?? sitting.home);
  const told = talk ? emailTold(m, talk) : null;
  const isCorrection = corrects && told !== null && told !== email;
  if (talk && told !== email) m.emailsSaid.push({ talk, email });
  for (const known of [live(m, sitting.home), home.alone])
    if (known.email === null || (isCorrection && !known.emailProved && !known.isUser))
      Object.assign(known, { email, emailSigned: false, emailProved: false, isLead: true });
  return 'ok';
}

/** What those who sit at a device of several people's have of an email: what was said on that device. Nobody corrects what another one said. */
function emailTold(m: Model, talk: Talk): string | null {
  const who = live(m, talk.home);
  const sitting = sittingOf(m, talk.begunBy);
  if (isOne(m, who.n) || !sitting || sitting.verified) return who.email;
  const said = m.emailsSaid
    .filter(({ talk: t }) => t.begunBy === talk.begunBy && m.talks.includes(t) && live(m, t.home) === who)
    .map((each) => each.email);
  return who.email !== null && said.includes(who.email) ? who.email : (said.at(-1) ?? null);
}

/** The first of somebody and those merged into them, the earlier merged first, of whom it holds by themselves. */
function homeOf(m: Model, who: Person, holds: (alone: Known) => boolean): Person | null {
  if (holds(who.alone)) return who;
  for (const j of m.joinings) {
    const home = j.into === who.n && !j.undone ? homeOf(m, person(m, j.from), holds) : null;
    if (home) return home;
  }
  return null;
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
  const who = sitting ? live(m, sitting.home) : null;
  if (!said.verified) return identifyUnproved(m, device, claim, sitting, who);
  const withEmail = claim.emailSigned ? peopleWith(m, claim.email) : [];
  if (claim.userId === null && withEmail.length > 1) return 'ambiguous';
  const adoptable = withEmail.filter((p) => p.userId === null);
  const found = claim.userId === null ? (withEmail[0] ?? null) : (target ?? (adoptable.length === 1 ? (adoptable[0] ?? null) : null));
  const isLed = claim.userId === null && found?.n === who?.n;
  const goOn = (as: Person): void => goOnAs(m, device, { as, verified: true, said });
  if (!sitting || !who) goOn(found ?? newPerson(m));
  else if (who.isUser && !isLed && !sameAs(who, claim)) goOn(found && found.n !== who.n ? found : newPerson(m));
  else if (isBarred(m, sitting, who, claim) && !(found && (found.n === who.n || (found.emailProved && found.email === who.email))))
    goOn(found ?? newPerson(m));
  else if (!found || found.n === who.n) {
    if (!sitting.verified) goOn(who);
  } else if (who.verified) goOn(found);
  else if (goesIn(m, who, found.email ?? claim.email)) {
    join(m, who, found);
    goOn(found);
  } else goOn(found);
  learn(m, device, said);
  return 'ok';
}

/** M7, M8: whether who is at the device goes into the user who signs in there. */
function goesIn(m: Model, who: Person, email: string | null): boolean {
  if (!who.isLead && !who.isUser) return true;
  return m.leadMerging === 'always' || (m.leadMerging !== 'never' && (who.email === null || who.email === email));
}

/** [M11] Whose address is proved by the host app, and whom such a one was merged into. */
function peopleWith(m: Model, email: string | null): Person[] {
  const owners = m.people.filter((p) => !p.erased && p.verified && p.emailSigned && p.email === email);
  return [...new Set(owners.map((p) => live(m, p.n)))];
}

/**
 * Whoever sits at a device is not by that the one who reads the mailbox which a link proved of its contact, where others are that contact, too:
 * only a proof that covers the address takes the contact over (decision 13).
 */
function isBarred(m: Model, sitting: Sitting, who: Person, claim: Claim): boolean {
  if (sitting.verified || who.verified || who.email === null || !who.emailProved || isOne(m, who.n)) return false;
  return !(claim.verified && claim.emailSigned && claim.email === who.email);
}

/** M14, M15: without a proof nobody becomes a person who is proved. */
function identifyUnproved(m: Model, device: number, claim: Claim, sitting: Sitting | null, who: Person | null): Outcome {
  if (!sitting || !who) {
    const token = m.devices[device] as number;
    m.sittings.push({ token, home: newPerson(m).n, verified: false, over: false });
  } else if (who.verified) {
    if (claim.userId !== null && claim.userId === who.userId) return 'ok';
    goOnAs(m, device, { as: newPerson(m, who.blocked), verified: false, said: claim });
  } else if (isBarred(m, sitting, who, claim) && (!who.isUser || sameAs(who, claim))) {
    if (who.isUser) return 'ok';
    goOnAs(m, device, { as: newPerson(m, who.blocked), verified: false, said: claim });
  } else if (who.isUser && !sameAs(who, claim)) goOnAs(m, device, { as: newPerson(m, who.blocked), verified: false, said: claim });
  learn(m, device, claim);
  return 'ok';
}

/** The device's session ends and another one begins, as whoever it is: theirs whose identity was proved, else theirs whose device it is. */
function goOnAs(m: Model, device: number, { as, verified, said }: { as: Person; verified: boolean; said: Claim }): void {
  const before = sittingOf(m, m.devices[device] ?? null);
  const own = before && live(m, before.home).n === as.n ? before.home : as.n;
  const home = verified ? (provedHome(m, as, said) ?? own) : own;
  if (before) before.over = true;
  if (before || verified) m.devices[device] = newToken(m);
  m.sittings.push({ token: m.devices[device] as number, home, verified, over: false });
}

function provedHome(m: Model, as: Person, { userId, email, emailSigned }: Claim): number | null {
  const byId = userId === null ? null : homeOf(m, as, (alone) => alone.userId === userId);
  const byEmail = emailSigned ? homeOf(m, as, (alone) => alone.verified && alone.emailSigned && alone.email === email) : null;
  return (byId ?? byEmail)?.n ?? null;
}

/** Of whom an identify tells, by itself: of who was proved, else of whose device it is. */
export function homeOfSaid(m: Model, sitting: Sitting, said: Claim): number {
  return said.verified ? (provedHome(m, live(m, sitting.home), said) ?? sitting.home) : sitting.home;
}

function learn(m: Model, device: number, said: Claim): void {
  const sitting = sittingOf(m, m.devices[device] ?? null);
  if (!sitting) throw new Error('an identify left no session');
  const who = live(m, sitting.home);
  const home = homeOfSaid(m, sitting, said);
  for (const known of [who, person(m, home).alone]) learnInto(known, said);
  if (said.verified) who.archived = false;
  // What an undo of the merges in between gives back.
  for (let n = home; n !== who.n; n = person(m, n).mergedInto as number) {
    const joining = m.joinings.findLast((j) => j.from === n && !j.undone);
    if (said.verified) person(m, n).archived = false;
    if (joining && said.verified) joining.userId ??= said.userId;
  }
}

/** Who has another user_id or address already keeps it: what was said leads there by a merge. */
function learnInto(who: Known, said: Claim): void {
  const isOther = said.userId === null && said.verified && who.verified && who.emailSigned && who.email !== said.email;
  const userId = said.verified && said.userId !== null ? (who.userId ?? said.userId) : said.userId;
  const email = isOther ? null : said.email;
  who.isUser = true;
  if (said.verified) who.verified = true;
  if (userId !== null && said.verified) Object.assign(who, { userId, claimed: null });
  if (userId !== null && !said.verified && who.userId === null) who.claimed = userId;
  if (email !== null && (said.emailSigned || !who.emailProved))
    Object.assign(who, { email, emailSigned: said.emailSigned, emailProved: said.emailSigned, isLead: true });
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

export const familyOf = (m: Model, n: number): Person[] => m.people.filter((p) => live(m, p.n).n === n);
/** Nobody is merged into them. */
export const isOne = (m: Model, n: number): boolean => familyOf(m, n).length === 1;

export function setBlocked(m: Model, n: number, blocked: boolean): Outcome {
  const who = person(m, n);
  if (who.erased || who.mergedInto !== null) return 'gone';
  if (who.blocked !== blocked) for (const p of familyOf(m, n)) p.alone.blocked = blocked;
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
  const nothing = { userId: null, claimed: null, email: null, emailSigned: false, emailProved: false };
  m.sittings = m.sittings.filter((s) => live(m, s.home).n !== n);
  m.talks = m.talks.filter((t) => live(m, t.home).n !== n);
  for (const p of gone) Object.assign(p, { ...nothing, erased: true, archived: false, alone: { ...p.alone, ...nothing } });
  return 'ok';
}
