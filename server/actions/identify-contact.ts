// The host app names the person: proof, decision (shared/contact.ts), and the merge or switch it brings, in one transaction.
import { claimFor, decideIdentify, identify, isOtherGrade, isPromotion, typeOf } from '../../shared/contact.ts';
import type { IdentifyDecision, IdentityClaim } from '../../shared/contact.ts';
import type { IdentifyReply, VisitorBody } from '../../shared/protocol.ts';
import { keepApart } from '../../shared/proved-email.ts';
import type { Deps } from '../deps.ts';
import { hashToken, newToken } from '../deps.ts';
import { rooms } from '../publish.ts';
import type { Published } from '../publish.ts';
import { findContact, findUser, findUsersByEmail, insertContact, lockContact, saveContact } from '../store/contacts.ts';
import type { ContactRow } from '../store/contacts.ts';
import { insertDuplicate } from '../store/duplicates.ts';
import { lockFeed } from '../store/events.ts';
import { findSession, insertSession, updateSession } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import type { Tx } from '../store/query.ts';
import { act } from './act.ts';
import type { Done } from './act.ts';
import { findHome, noteAlone } from './contact/alone.ts';
import { askForDuplicates } from './contact/ask-for-duplicates.ts';
import { changedValues } from './contact/changed-values.ts';
import { refuseTooMuch } from './contact/attributes.ts';
import { duplicateFact } from './contact/duplicates.ts';
import { mergeContacts, tellMerged } from './contact/merge.ts';
import type { Merged } from './contact/merge.ts';
import { recordDetails } from './contact/record-details.ts';
import { readClaim } from './identity-claim.ts';
import { Refusal } from './refusal.ts';
import { rescored } from './score-contact.ts';
import { contactToMe, createdFact, firstSeen } from './session.ts';
import type { Visitor } from './session.ts';
import { isOneOfSeveral, toldMe } from './told-contact.ts';
import { finishContact } from './turn.ts';
import type { ContactFact } from './turn.ts';

type Body = VisitorBody<'identify'>;

const uniqueViolation = '23505';

export async function identifyContact(deps: Deps, visitor: Visitor, body: Body): Promise<IdentifyReply> {
  const claim = await readClaim(deps, visitor, body);
  const nextToken = body.next_token ?? newToken(deps.random);
  const work = (tx: Tx): Promise<Done<IdentifyReply>> => identifyInside(tx, deps, visitor, claim, nextToken);
  try {
    return await act(deps, visitor.workspace.id, work);
  } catch (error) {
    // Two nodes made the same user at once: the second one now finds it.
    if ((error as { code?: string }).code !== uniqueViolation) throw error;
    return act(deps, visitor.workspace.id, work);
  }
}

async function identifyInside(tx: Tx, deps: Deps, visitor: Visitor, said: IdentityClaim, nextToken: string): Promise<Done<IdentifyReply>> {
  const now = deps.now();
  for (;;) {
    const session = await sessionOf(tx, visitor, hashToken(nextToken));
    const target = said.verified && said.userId !== null ? await findUser(tx, said.userId) : null;
    const byEmail = said.signed.email && said.email !== null ? await findUsersByEmail(tx, said.email) : [];
    const own = session ? await findContact(tx, session.contactId) : null;
    const claim = target === null ? said : claimFor(target, said);
    const decide = async (of: (contact: ContactRow) => ContactRow): Promise<IdentifyDecision> => {
      const [mine, found] = [own && of(own), target && of(target)];
      const decided = decideIdentify(claim, mine, found, byEmail.map(of), visitor.workspace.settings.leadMerging);
      return mine && (await isOneOfSeveral(tx, session, mine)) ? keepApart(decided, { claim, own: mine, found }) : decided;
    };
    const decision = await decide((contact) => contact);
    if (decision.kind === 'refuse') throw new Refusal(decision.code);
    const locked = await lockInOrder(tx, [own?.id, 'into' in decision ? decision.into : 'to' in decision ? decision.to : undefined], now);
    // Another node may have changed them before they were locked: what holds now decides.
    const isStale = [...locked.values()].some((contact) => contact.mergedInto !== null || contact.erasedAt !== null);
    const again = isStale ? null : await decide((contact) => locked.get(contact.id) ?? contact);
    if (JSON.stringify(again) !== JSON.stringify(decision)) continue;
    if (byEmail.length === 0 && (await wasTaken(tx, said))) continue;
    return carryOut({ tx, deps, visitor, claim: said, now, session, locked, nextToken }, decision);
  }
}

/**
 * Whether another node made a user with this address meanwhile. A user_id is kept single by an index, an address cannot be: by merges, their
 * undoing and M13 several users may rightly have one. There is no row yet to lock either. So whoever brings an address that no user signed
 * in with locks what every transaction of the workspace locks last: the head of its feed, after its contacts like all others; then looks
 * again. At most one new user at a time waits here, and no one else.
 */
async function wasTaken(tx: Tx, { signed, email }: IdentityClaim): Promise<boolean> {
  if (!signed.email || email === null) return false;
  await lockFeed(tx);
  return (await findUsersByEmail(tx, email)).length > 0;
}

/** The session that asks; or, where an identify whose answer was lost put another in its place, the one under the new token. */
async function sessionOf(tx: Tx, visitor: Visitor, nextHash: string): Promise<Session | null> {
  if (visitor.tokenHash === null)
    throw new Refusal('unauthorized', 'Make a session token (32 random bytes, base64url) and connect with it before this.');
  const session = await findSession(tx, visitor.tokenHash);
  if (session?.revokedAt === null) return session;
  const next = await findSession(tx, nextHash);
  if (next?.revokedAt === null) return next;
  if (session || next) throw new Refusal('session_revoked');
  return null;
}

/** Lower id first, so that two simultaneous merges cannot wait for each other. */
async function lockInOrder(tx: Tx, ids: readonly (string | undefined)[], now: number): Promise<Map<string, ContactRow>> {
  const locked = new Map<string, ContactRow>();
  for (const id of [...new Set(ids.filter((i) => i !== undefined))].toSorted()) locked.set(id, await lockContact(tx, id, now));
  return locked;
}

interface Work {
  tx: Tx;
  deps: Deps;
  visitor: Visitor;
  claim: IdentityClaim;
  now: number;
  session: Session | null;
  locked: Map<string, ContactRow>;
  /** The token to go on under, where it changes. */
  nextToken: string;
}

async function carryOut(work: Work, decision: Exclude<IdentifyDecision, { kind: 'refuse' }>): Promise<Done<IdentifyReply>> {
  const { session, locked, claim } = work;
  switch (decision.kind) {
    case 'keep': {
      const own = lockedContact(locked, session?.contactId);
      return { reply: { contact_id: own.id, type: typeOf(own), verified: session?.verified ?? false } };
    }
    case 'promote':
    case 'update': {
      const own = lockedContact(locked, session?.contactId);
      return claim.verified && !session?.verified
        ? goOnAs(work, own, { reason: 'rotated' })
        : settle(work, own, { session, home: await homeOf(work, own) });
    }
    case 'merge': {
      const from = lockedContact(locked, session?.contactId);
      const survivor = lockedContact(locked, decision.into);
      const merged = await mergeContacts(work.tx, { survivor, absorbed: from, reason: 'identify', now: work.now });
      return goOnAs(work, merged.contact, { reason: 'rotated', merged, mergedFrom: from.id });
    }
    case 'switch':
      return goOnAs(work, lockedContact(locked, decision.to), { reason: 'identity_changed', facts: await flagged(work, decision.to) });
    case 'switch_user':
      return goOnAs(work, lockedContact(locked, decision.to), { reason: 'identity_changed' });
    case 'fresh': {
      const own = session === null ? null : lockedContact(locked, session.contactId);
      // Who is blocked does not become somebody else by saying so.
      const contact = firstSeen(work.tx, work.deps, work.visitor, work.now, { blocked: !claim.verified && own?.blocked === true });
      await insertContact(work.tx, contact);
      return goOnAs(work, contact, { reason: 'identity_changed', facts: [createdFact(contact)] });
    }
  }
}

/** [M8] A lead that is left whole was on this user's device: for an agent to judge. */
async function flagged({ tx, session, now }: Work, user: string): Promise<ContactFact[]> {
  const isNew = session !== null && (await insertDuplicate(tx, session.contactId, user, 'same_device', now));
  return isNew ? [duplicateFact(session.contactId, 'same_device')] : [];
}

function lockedContact(locked: ReadonlyMap<string, ContactRow>, id: string | undefined): ContactRow {
  const contact = id === undefined ? undefined : locked.get(id);
  if (!contact) throw new Error(`contact ${id} was not locked`);
  return contact;
}

interface GoingOn {
  reason: 'identity_changed' | 'rotated';
  facts?: ContactFact[];
  mergedFrom?: string;
  merged?: Merged;
}

/**
 * The device goes on as `contact`. Whoever becomes verified gets another token: one that was planted in the browser before would
 * otherwise open the account. A session that is not verified keeps its token only where it had no session yet (M8, M10, M14).
 */
async function goOnAs(work: Work, contact: ContactRow, how: GoingOn): Promise<Done<IdentifyReply>> {
  const { tx, session, visitor, now, claim, nextToken } = work;
  const token = session || claim.verified ? nextToken : null;
  const tokenHash = token === null ? (visitor.tokenHash as string) : hashToken(token);
  const home = await homeOf(work, contact);
  const fresh = await insertSession(tx, { tokenHash, contactId: contact.id, homeId: home, verified: claim.verified, now });
  if (!fresh) throw new Refusal('bad_request', 'next_token was used before; make another one.');
  if (session) await updateSession(tx, session.tokenHash, { revokedAt: now });
  const done = await settle(work, contact, { session: fresh, home, ...how });
  if (token !== null) done.reply.token = token;
  if (session && done.published)
    done.published.ended = [{ sessionHash: session.tokenHash, reason: how.reason, exceptSocket: visitor.socketId }];
  return done;
}

/** Of all that are this contact, the one by which the session comes: whose identity was proved; else whose device it is. */
async function homeOf({ tx, now, session, claim }: Work, contact: ContactRow): Promise<string> {
  const device = session?.contactId === contact.id ? session.homeId : contact.id;
  if (!claim.verified) return device;
  const { userId, email, signed } = claim;
  const isUser = (one: ContactRow): boolean => userId !== null && one.userId === userId;
  const isMailbox = (one: ContactRow): boolean => signed.email && one.verified && one.emailGrade === 'signed' && one.email === email;
  return (await findHome(tx, now, contact, isUser, isMailbox)) ?? device;
}

/** Writes the claim into the contact and tells what changed. */
async function settle(
  work: Work,
  before: ContactRow,
  more: { session: Session | null; home: string; facts?: ContactFact[]; mergedFrom?: string; merged?: Merged },
): Promise<Done<IdentifyReply>> {
  const { tx, claim, now } = work;
  const { scoreRules } = work.visitor.workspace.settings;
  const alone = (one: ContactRow): ContactRow => ({ ...one, ...identify(one, claimFor(one, claim), now) });
  const after = rescored(alone(before), scoreRules);
  refuseTooMuch(after);
  await saveContact(tx, after);
  await recordDetails(tx, before, after, 'identify', now);
  await noteAlone(tx, now, { before, after, home: more.home, alone });
  const facts: ContactFact[] = [...(more.merged?.facts ?? []), ...(more.facts ?? [])];
  const known = before.identifiedAt !== null && before.verified === after.verified && before.userId === after.userId;
  // By name, as many as a sentence holds; the values stand on the card.
  const fields = changedValues(before, after)
    .slice(0, 20)
    .map(([field]) => field)
    .join(', ');
  // [M9] A page says at each load who is signed in: on the same session, that is nothing new.
  const isSurer = fields === '' && isOtherGrade(before, after);
  const isRepeat = known && fields === '' && !isSurer && more.session === work.session;
  if (!known) facts.push({ type: 'contact.identified', data: { user_id: after.userId ?? after.claimedUserId, verified: claim.verified } });
  else if (!isRepeat)
    facts.push({
      type: 'contact.updated',
      data: { by: 'identify', fields, verified: claim.verified, ...(isSurer && { confirmed: true }) },
    });
  const [from, to] = [typeOf(before), typeOf(after)];
  if (before.archivedAt !== null && after.archivedAt === null) facts.push({ type: 'contact.restored', data: { by: 'identify' } });
  if (isPromotion(from, to)) facts.push({ type: 'contact.promoted', data: { from, to } });
  const published: Published = await finishContact(tx, now, after, facts);
  if (more.merged) await tellMerged(published, tx, { ...more.merged, contact: after });
  published.me = [...(published.me ?? []), { rooms: [rooms.contact(after.id)], view: contactToMe(after, { verified: true }) }];
  if (more.session && !more.session.verified) {
    const own = { rooms: [rooms.session(tx.workspaceId, more.session.tokenHash)], view: await toldMe(tx, after, more.session) };
    published.me.push(own);
  }
  if (isNewlyKnown(before, after)) published.jobDueAt = await askForDuplicates(tx, after.id, now);
  const reply: IdentifyReply = {
    contact_id: after.id,
    type: to,
    verified: claim.verified,
    ...(more.mergedFrom !== undefined && { merged_from: more.mergedFrom }),
  };
  // The answer that told the new token was lost: it is told again.
  if (more.session?.tokenHash === hashToken(work.nextToken)) reply.token = work.nextToken;
  return { reply, published };
}

function isNewlyKnown(before: ContactRow, after: ContactRow): boolean {
  return (['email', 'userId', 'claimedUserId'] as const).some((key) => after[key] !== null && after[key] !== before[key]);
}
