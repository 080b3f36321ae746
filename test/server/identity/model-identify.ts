// M6 to M15 as the model has them.
import { homeOf, isOne, live, newPerson, newToken, person, sittingOf } from './model.ts';
import type { Claim, Known, Model, Outcome, Person, Sitting } from './model.ts';
import { join } from './model-merge.ts';

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
