// The host app names the person: proof, decision (shared/contact.ts), and the merge or switch it brings, in one transaction.
import { z } from 'zod';
import { contactId } from '../../shared/ids.ts';
import { decideIdentify, identify, isJunkId, isPromotion, typeOf } from '../../shared/contact.ts';
import type { IdentifyDecision, IdentityClaim } from '../../shared/contact.ts';
import type { DetailField } from '../../shared/contact-fields.ts';
import type { IdentifyReply, VisitorBody } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import { hashToken, newToken } from '../deps.ts';
import { checkProof } from '../identity.ts';
import type { Proof } from '../identity.ts';
import { rooms } from '../publish.ts';
import type { Published } from '../publish.ts';
import { unseal } from '../seal.ts';
import {
  findContact,
  findUser,
  findUsersByEmail,
  insertContact,
  insertDetail,
  lockContact,
  newContact,
  saveContact,
} from '../store/contacts.ts';
import type { ContactRow } from '../store/contacts.ts';
import { findSession, insertSession, updateSession } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import type { Tx } from '../store/query.ts';
import { act } from './act.ts';
import type { Done } from './act.ts';
import { mergeContacts } from './merge-contacts.ts';
import { Refusal } from './refusal.ts';
import { rescored } from './score-contact.ts';
import { contactToMe } from './session.ts';
import type { Visitor } from './session.ts';
import { finishContact } from './turn.ts';
import type { ContactFact } from './turn.ts';

type Body = VisitorBody<'identify'>;

const emailSchema = z.email().max(254);
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

async function readClaim(deps: Deps, visitor: Visitor, body: Body): Promise<IdentityClaim> {
  const { workspace } = visitor;
  const userId = body.user_id === undefined || body.user_id === null ? null : String(body.user_id).trim();
  if (userId !== null && (isJunkId(userId) || userId.length > 200))
    throw new Refusal(
      'invalid_identity',
      `user_id ${JSON.stringify(userId.slice(0, 40))} is no usable id; pass your own id of the signed-in person.`,
    );
  const email = normalEmail(body.email);
  const secrets = [workspace.identitySecret, workspace.identitySecretNext].filter((s) => s !== null).map((s) => unseal(s, deps.secretKey));
  const checked = await checkProof({ userId, email, userHash: body.user_hash, userJwt: body.user_jwt, secrets, nowMs: deps.now() });
  if (!checked.ok) throw new Refusal('identity_verification_failed', checked.reason);
  const { proof } = checked;
  if (workspace.identityMode === 'required' && !proof.verified) {
    throw new Refusal(
      'identity_verification_failed',
      'This workspace wants a proof with every identify call: add user_hash or user_jwt, made on your server.',
    );
  }
  const named = proof.userId ?? userId;
  if (named !== null && isJunkId(named)) throw new Refusal('invalid_identity');
  const claim = claimFrom(body, proof, named, email);
  if (claim.userId === null && claim.email === null) throw new Refusal('invalid_identity', 'identify needs a user_id or an email.');
  return claim;
}

function claimFrom(body: Body, { verified, claims }: Proof, userId: string | null, email: string | null): IdentityClaim {
  const text = (name: 'name' | 'phone' | 'avatar' | 'company'): string | null => {
    const value = (claims[name] ?? body[name])?.trim() ?? '';
    return value === '' ? null : value;
  };
  const avatar = text('avatar');
  const isSigned = (field: DetailField): boolean => verified && (claims[field] ?? null) !== null;
  return {
    userId,
    email: normalEmail(claims.email) ?? email,
    verified,
    signed: { email: isSigned('email'), name: isSigned('name'), phone: isSigned('phone') },
    name: text('name'),
    phone: text('phone'),
    // Shown as an image in the inbox: nothing but https.
    avatar: avatar !== null && /^https:\/\//i.test(avatar) ? avatar : null,
    company: text('company'),
    attributes: { ...body.custom_attributes, ...claims.custom_attributes },
  };
}

function normalEmail(value: string | null | undefined): string | null {
  if (value === undefined || value === null || value.trim() === '') return null;
  const email = value.trim().toLowerCase();
  if (!emailSchema.safeParse(email).success)
    throw new Refusal('invalid_identity', `${JSON.stringify(email.slice(0, 60))} is no email address.`);
  return email;
}

async function identifyInside(tx: Tx, deps: Deps, visitor: Visitor, claim: IdentityClaim, nextToken: string): Promise<Done<IdentifyReply>> {
  const now = deps.now();
  const session = await sessionOf(tx, visitor, hashToken(nextToken));
  const target = claim.verified && claim.userId !== null ? await findUser(tx, claim.userId) : null;
  const byEmail = claim.signed.email && claim.email !== null ? await findUsersByEmail(tx, claim.email) : [];
  const own = session ? await findContact(tx, session.contactId) : null;
  const decision = decideIdentify(claim, own, target, byEmail);
  if (decision.kind === 'refuse') throw new Refusal(decision.code);
  const locked = await lockInOrder(tx, [own?.id, 'into' in decision ? decision.into : 'to' in decision ? decision.to : undefined], now);
  return carryOut({ tx, deps, visitor, claim, now, session, locked, nextToken }, decision);
}

/** The session that asks; or, where its token was replaced by an identify whose answer was lost, the one under the new token. */
async function sessionOf(tx: Tx, visitor: Visitor, nextHash: string): Promise<Session | null> {
  if (visitor.tokenHash === null)
    throw new Refusal('unauthorized', 'Make a session token (32 random bytes, base64url) and connect with it before this.');
  const session = await findSession(tx, visitor.tokenHash);
  if (!session || session.revokedAt === null) return session;
  const next = await findSession(tx, nextHash);
  if (!next || next.revokedAt !== null) throw new Refusal('session_revoked');
  return next;
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
      return { reply: { contact_id: own.id, type: typeOf(own), verified: own.verified } };
    }
    case 'promote':
    case 'update': {
      const own = lockedContact(locked, session?.contactId);
      return claim.verified && !session?.verified ? goOnAs(work, own, { reason: 'rotated' }) : settle(work, own, { session });
    }
    case 'merge': {
      const from = lockedContact(locked, session?.contactId);
      const { contact, facts } = await mergeContacts(work.tx, {
        survivor: lockedContact(locked, decision.into),
        absorbed: from,
        reason: 'identify',
        now: work.now,
      });
      return goOnAs(work, contact, { reason: 'rotated', facts, mergedFrom: from.id });
    }
    case 'switch':
    case 'switch_user':
      return goOnAs(work, lockedContact(locked, decision.to), { reason: 'identity_changed' });
    case 'fresh': {
      const { page, language } = work.visitor;
      const contact = newContact(contactId(work.now, work.deps.random(6)), work.tx.workspaceId, work.now, {
        pageUrl: page?.url ?? null,
        pageTitle: page?.title ?? null,
        language,
      });
      await insertContact(work.tx, contact);
      return goOnAs(work, contact, { reason: 'identity_changed', facts: [{ type: 'contact.created', data: { type: 'visitor' } }] });
    }
  }
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
}

/**
 * The device goes on as `contact`. Whoever becomes verified gets another token: one that was planted in the browser before would
 * otherwise open the account. A session that is not verified keeps its token only where it had no session yet (M8, M10, M14).
 */
async function goOnAs(work: Work, contact: ContactRow, how: GoingOn): Promise<Done<IdentifyReply>> {
  const { tx, session, visitor, now, claim, nextToken } = work;
  const token = session || claim.verified ? nextToken : null;
  const tokenHash = token === null ? (visitor.tokenHash as string) : hashToken(token);
  const fresh = await insertSession(tx, { tokenHash, contactId: contact.id, verified: claim.verified, now });
  if (!fresh) throw new Refusal('bad_request', 'next_token was used before; make another one.');
  if (session) await updateSession(tx, session.tokenHash, { revokedAt: now });
  const done = await settle(work, contact, { session: fresh, ...how });
  if (token !== null) done.reply.token = token;
  if (session && done.published)
    done.published.ended = { sessionHash: session.tokenHash, reason: how.reason, exceptSocket: visitor.socketId };
  return done;
}

/** Writes the claim into the contact and tells what changed. */
async function settle(
  work: Work,
  before: ContactRow,
  more: { session: Session | null; facts?: ContactFact[]; mergedFrom?: string },
): Promise<Done<IdentifyReply>> {
  const { tx, claim, now } = work;
  const { scoreRules } = work.visitor.workspace.settings;
  const after = rescored({ ...before, ...identify(before, claim, now) }, scoreRules);
  refuseTooMuch(after);
  await saveContact(tx, after);
  await recordSigned(tx, before, after, now);
  const facts: ContactFact[] = [...(more.facts ?? [])];
  const known = before.identifiedAt !== null && before.verified === after.verified && before.userId === after.userId;
  facts.push(
    known
      ? { type: 'contact.updated', data: { by: 'identify' } }
      : { type: 'contact.identified', data: { user_id: after.userId ?? after.claimedUserId, verified: claim.verified } },
  );
  const [from, to] = [typeOf(before), typeOf(after)];
  if (isPromotion(from, to)) facts.push({ type: 'contact.promoted', data: { from, to } });
  const published: Published = await finishContact(tx, now, after, facts);
  published.me = {
    rooms: [...(more.session ? [rooms.session(tx.workspaceId, more.session.tokenHash)] : []), rooms.contact(after.id)],
    view: contactToMe(after),
  };
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

const maxAttributes = 100;
const maxAttributesLength = 65_536;

/** What grows with every call would slow down everything of this contact. */
function refuseTooMuch({ attributes }: ContactRow): void {
  const count = Object.keys(attributes).length;
  if (count <= maxAttributes && JSON.stringify(attributes).length <= maxAttributesLength) return;
  throw new Refusal(
    'too_many_attributes',
    `A contact holds at most ${maxAttributes} attributes and 64 kB of them; this call would make it ${count}.`,
  );
}

/** Each value the call brought, with its grade, beside the ones the chat brought. */
async function recordSigned(tx: Tx, before: ContactRow, after: ContactRow, now: number): Promise<void> {
  for (const field of ['email', 'name', 'phone'] as const) {
    const value = after[field];
    if (value === null || (before[field] === value && before[`${field}Grade`] === after[`${field}Grade`])) continue;
    await insertDetail(tx, {
      contact_id: after.id,
      field,
      value,
      grade: after[`${field}Grade`] ?? 'claimed',
      status: 'current',
      source_kind: 'identify',
      conversation_id: null,
      message_id: null,
      flags: '[]',
      suggestion: null,
      created_at: now,
    });
  }
}
