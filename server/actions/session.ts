// The visitor a socket speaks for: its workspace, its token, and how session and contact come to be at the first act.
import { contactId } from '../../shared/ids.ts';
import { typeOf } from '../../shared/contact.ts';
import { touchOf } from '../../shared/first-touch.ts';
import { isEmailProved } from '../../shared/proved-email.ts';
import type { MeView } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import { findContact, insertContact, isContactLocked, lockContact, newContact } from '../store/contacts.ts';
import type { ContactRow } from '../store/contacts.ts';
import type { Conversation } from '../store/conversations.ts';
import { keepAllCids } from '../store/said.ts';
import type { Wanted } from '../store/prefetch.ts';
import { findActingSession, findSession, forgetActingSession, insertSession } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import type { Tx } from '../store/query.ts';
import type { Workspace } from '../store/workspaces.ts';
import { Refusal } from './refusal.ts';
import type { ContactFact } from './turn.ts';

export interface Visitor {
  workspace: Workspace;
  /** Null before the browser made a token. */
  tokenHash: string | null;
  language: string | null;
  /** IANA name, for times that are said to the visitor; not stored. */
  timeZone: string | null;
  page: { url: string; title: string | null; referrer?: string | null } | null;
  /** The socket that asks, spared when its session's other sockets are closed. */
  socketId: string | null;
}

export interface OpenedSession {
  session: Session;
  /** Locked for the rest of the transaction. */
  contact: ContactRow;
  created: boolean;
  /** Nobody was ever merged into the contact. */
  isSole: boolean;
}

/** [M1] Session and contact are made here and nowhere else: at the first deliberate act, never on connecting. */
export async function openSession(tx: Tx, deps: Deps, visitor: Visitor, now: number): Promise<OpenedSession> {
  if (visitor.tokenHash === null)
    throw new Refusal('unauthorized', 'Make a session token (32 random bytes, base64url) and connect with it before this.');
  for (;;) {
    const known = await reopen(tx, visitor.tokenHash, now);
    if (known) return known;
    const fresh = firstSeen(tx, deps, visitor, now);
    const session = await insertSession(tx, { tokenHash: visitor.tokenHash, contactId: fresh.id, verified: false, now, isSole: true });
    // A simultaneous command made it.
    if (!session) continue;
    await insertContact(tx, fresh);
    keepAllCids(tx, fresh.id);
    return { session, contact: fresh, created: true, isSole: true };
  }
}

/** A contact that comes to be now, with the page it is seen on. Not stored yet. */
export function firstSeen(tx: Tx, deps: Deps, visitor: Visitor, now: number, more: { blocked?: boolean } = {}): ContactRow {
  const { page, language } = visitor;
  return newContact(contactId(now, deps.random(6)), tx.workspaceId, now, {
    pageUrl: page?.url ?? null,
    pageTitle: page?.title ?? null,
    language,
    firstTouch: page === null ? null : touchOf(page),
    ...more,
  });
}

/** As it begins the contact's history. */
export function createdFact({ firstTouch }: ContactRow): ContactFact {
  if (firstTouch === null) return { type: 'contact.created', data: { type: 'visitor' } };
  const { url, title, referrer, utm } = firstTouch;
  return { type: 'contact.created', data: { type: 'visitor', page: url, title, referrer, ...utm } };
}

/**
 * Whose session it is may change while its contact's lock is waited for: another node merges that contact, or another one into it, erases
 * it, or undoes a merge. What was read before the lock is therefore read once more. @returns null where there is none
 */
async function reopen(tx: Tx, tokenHash: string, now: number): Promise<OpenedSession | null> {
  for (let gone: string | null = null; ;) {
    const acting = await findActingSession(tx, tokenHash);
    if (!acting) return null;
    const { session, isSole } = acting;
    if (session.revokedAt !== null) throw new Refusal('session_revoked');
    if (session.contactId === gone) throw new Error(`a session is still of contact ${gone}, which is not there any more`);
    const wasLocked = isContactLocked(tx, session.contactId);
    const contact = await lockContact(tx, session.contactId, now);
    if (contact.mergedInto !== null || contact.erasedAt !== null) gone = contact.id;
    else if (wasLocked) {
      // [M22] Reading goes on; whatever it would write is refused.
      if (contact.blocked) throw new Refusal('blocked');
      return { session, contact, created: false, isSole };
    }
    forgetActingSession(tx, tokenHash);
  }
}

/** For reading: the session and its contact, or null before the first act. */
export async function findVisitor(tx: Tx, visitor: Visitor): Promise<{ session: Session; contact: ContactRow } | null> {
  if (visitor.tokenHash === null) return null;
  const session = await findSession(tx, visitor.tokenHash);
  if (!session) return null;
  if (session.revokedAt !== null) throw new Refusal('session_revoked');
  const contact = await findContact(tx, session.contactId);
  if (!contact) throw new Error(`session of contact ${session.contactId}, which is missing`);
  return { session, contact };
}

/** Which rows a visitor's command is about; who has no token is refused before it comes to any. */
export function wantedBy({ tokenHash }: Visitor, about: Pick<Wanted, 'cid' | 'conversation'>): Omit<Wanted, 'workspaceId'> | undefined {
  return tokenHash === null ? undefined : { tokenHash, ...about };
}

/** A session sees what it began, and all of its contact's conversations once it is verified. */
export function maySee(session: Session, conversation: Conversation): boolean {
  return conversation.contactId === session.contactId && (session.verified || conversation.sessionHash === session.tokenHash);
}

/**
 * What a session is told of its contact, where that one was not made of several (else `toldMe`). What is proved of it is not told to one
 * without a proof of its own: another device or the host app may have said it. Where a mailed link proved the address, whoever wrote it
 * here knows it, and the name stays with the proof.
 */
export function contactToMe(contact: ContactRow | null, session: Pick<Session, 'verified'> | null): MeView {
  if (!contact) return { contact_id: null, type: 'visitor', verified: false, email: null, name: null };
  const isOwn = session?.verified === true || !contact.verified;
  return {
    contact_id: contact.id,
    type: typeOf(contact),
    verified: session?.verified === true,
    email: isOwn ? contact.email : null,
    name: isOwn && (session?.verified === true || !isEmailProved(contact)) ? contact.name : null,
  };
}
