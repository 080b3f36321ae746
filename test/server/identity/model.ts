// What identity.md says of contacts, sessions and conversations, written a second time and as plainly as can be: the oracle of
// properties.test.ts. It shares no code with the product, keeps everything in arrays and knows no database. Here: what it keeps, and what
// visitors write; model-identify.ts and model-merge.ts have the rest, model-play.ts puts it together.

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

export const person = (m: Model, n: number): Person => {
  const found = m.people[n];
  if (!found) throw new Error(`the model has no person ${n}`);
  return found;
};
export const live = (m: Model, n: number): Person => {
  const found = person(m, n);
  return found.mergedInto === null ? found : live(m, found.mergedInto);
};

export function newPerson(m: Model, blocked = false): Person {
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
export function homeOf(m: Model, who: Person, holds: (alone: Known) => boolean): Person | null {
  if (holds(who.alone)) return who;
  for (const j of m.joinings) {
    const home = j.into === who.n && !j.undone ? homeOf(m, person(m, j.from), holds) : null;
    if (home) return home;
  }
  return null;
}

/** M16. */
export function signOut(m: Model, device: number): Outcome {
  const sitting = sittingOf(m, m.devices[device] ?? null);
  if (sitting) sitting.over = true;
  m.devices[device] = null;
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
