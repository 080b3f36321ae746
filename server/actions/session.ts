// The visitor a socket speaks for: its workspace, its token, and how session and contact come to be at the first act.
import { contactId } from '../../shared/ids.ts';
import { typeOf } from '../../shared/contact.ts';
import type { MeView } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import { findContact, insertContact, lockContact, newContact } from '../store/contacts.ts';
import type { ContactRow } from '../store/contacts.ts';
import type { Conversation } from '../store/conversations.ts';
import { findSession, insertSession } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import type { Tx } from '../store/query.ts';
import type { Workspace } from '../store/workspaces.ts';
import { Refusal } from './refusal.ts';

export interface Visitor {
  workspace: Workspace;
  /** Null before the browser made a token. */
  tokenHash: string | null;
  language: string | null;
  /** IANA name, for times that are said to the visitor; not stored. */
  timeZone: string | null;
  page: { url: string; title: string | null } | null;
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
  const known = await findSession(tx, visitor.tokenHash);
  if (known) return reopen(tx, known, now);
  const fresh = newContact(contactId(now, deps.random(6)), tx.workspaceId, now, {
    pageUrl: visitor.page?.url ?? null,
    pageTitle: visitor.page?.title ?? null,
    language: visitor.language,
  });
  const session = await insertSession(tx, { tokenHash: visitor.tokenHash, contactId: fresh.id, verified: false, now });
  if (!session) return reopen(tx, (await findSession(tx, visitor.tokenHash)) as Session, now);
  await insertContact(tx, fresh);
  return { session, contact: fresh, created: true };
}

async function reopen(tx: Tx, session: Session, now: number): Promise<OpenedSession> {
  if (session.revokedAt !== null) throw new Refusal('session_revoked');
  return { session, contact: await lockContact(tx, session.contactId, now), created: false };
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

export function contactToMe(contact: ContactRow | null): MeView {
  if (!contact) return { contact_id: null, type: 'visitor', verified: false, email: null, name: null };
  return { contact_id: contact.id, type: typeOf(contact), verified: contact.verified, email: contact.email, name: contact.name };
}
