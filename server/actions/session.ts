// The visitor a socket speaks for: its workspace, its token, and how session and contact come to be at the first act.
import { contactId } from '../../shared/ids.ts';
import { typeOf } from '../../shared/contact.ts';
import { touchOf } from '../../shared/first-touch.ts';
import { isEmailProved } from '../../shared/proved-email.ts';
import type { MeView } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import { findContact, insertContact, lockContactOfSession, newContact } from '../store/contacts.ts';
import type { ContactRow } from '../store/contacts.ts';
import type { Conversation } from '../store/conversations.ts';
import { findSession, insertSession } from '../store/sessions.ts';
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
}

/** [M1] Session and contact are made here and nowhere else: at the first deliberate act, never on connecting. */
export async function openSession(tx: Tx, deps: Deps, visitor: Visitor, now: number): Promise<OpenedSession> {
  if (visitor.tokenHash === null)
    throw new Refusal('unauthorized', 'Make a session token (32 random bytes, base64url) and connect with it before this.');
  const known = await lockContactOfSession(tx, visitor.tokenHash, now);
  if (known) return reopen(known);
  const fresh = firstSeen(tx, deps, visitor, now);
  const session = await insertSession(tx, { tokenHash: visitor.tokenHash, contactId: fresh.id, verified: false, now });
  if (!session) return openSession(tx, deps, visitor, now);
  await insertContact(tx, fresh);
  return { session, contact: fresh, created: true };
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

function reopen({ session, contact }: { session: Session; contact: ContactRow }): OpenedSession {
  if (session.revokedAt !== null) throw new Refusal('session_revoked');
  // [M22] Reading goes on; whatever it would write is refused.
  if (contact.blocked) throw new Refusal('blocked');
  return { session, contact, created: false };
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

/** A session sees what it began, and all of its contact's conversations once it is verified. */
export function maySee(session: Session, conversation: Conversation): boolean {
  return conversation.contactId === session.contactId && (session.verified || conversation.sessionHash === session.tokenHash);
}

/**
 * What a session is told of its contact. One without a proof of its own, whose contact an agent merged into a proved one, is not told
 * that one's name and address. Where a mailed link proved the address, it may have joined another device's contact to this one (M20):
 * they have the address in common, and the name is that one's maybe.
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
