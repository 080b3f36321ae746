// Browser sessions: a token made by the browser, stored hashed, bound to a contact.
import type { Kysely, Selectable } from 'kysely';
import { keyOf } from './kept.ts';
import type { Acting } from './kept.ts';
import { kept, query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface Session {
  tokenHash: string;
  contactId: string;
  /** Identified with a valid proof: sees all conversations of its contact. */
  verified: boolean;
  /** The contact by whose device or identity it came: its own, or one that was merged into that. */
  homeId: string;
  revokedAt: number | null;
}

export function rowToSession(row: Selectable<Schema['sessions']>): Session {
  const { token_hash: tokenHash, contact_id: contactId, home_id: homeId, revoked_at: revokedAt } = row;
  return { tokenHash, contactId, verified: row.verified === 1, homeId: homeId ?? contactId, revokedAt };
}

const find = query<{ ws: string; hash: string }>()((db, p) =>
  db.selectFrom('sessions').selectAll().where('token_hash', '=', p.hash).where('workspace_id', '=', p.ws),
);
// Of a contact into which others were merged, now or once.
const findActing = query<{ ws: string; hash: string }>()((db, p) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('contact_merges')
            .select('contact_merges.id')
            .where('contact_merges.workspace_id', '=', p.ws)
            .whereRef('contact_merges.into_id', '=', 'sessions.contact_id'),
        )
        .as('has_absorbed'),
    )
    .where('token_hash', '=', p.hash)
    .where('workspace_id', '=', p.ws),
);
type Inserted = { ws: string; hash: string; contact: string; home: string; verified: number; now: number };
const insertion = (db: Kysely<Schema>, p: Inserted) =>
  db.insertInto('sessions').values({
    token_hash: p.hash,
    workspace_id: p.ws,
    contact_id: p.contact,
    home_id: p.home,
    verified: p.verified as 0 | 1,
    created_at: p.now,
    last_seen_at: p.now,
    revoked_at: null,
  });
const insert = kept(
  query<Inserted>()((db, p) =>
    insertion(db, p)
      .onConflict((c) => c.columns(['workspace_id', 'token_hash']).doNothing())
      .returning('token_hash'),
  ),
);
const insertFirst = kept(query<Inserted>()(insertion));

export async function findSession(tx: Tx, tokenHash: string): Promise<Session | null> {
  const row = await tx.get(find, { ws: tx.workspaceId, hash: tokenHash });
  return row ? rowToSession(row) : null;
}

/** `isSole`: nobody was ever merged into its contact. */
export async function findActingSession(tx: Tx, tokenHash: string): Promise<Acting | null> {
  const key = keyOf(tx.workspaceId, tokenHash);
  const known = tx.unit?.kept.sessions.get(key);
  if (known !== undefined) return known;
  const row = await tx.get(findActing, { ws: tx.workspaceId, hash: tokenHash });
  const acting = row ? { session: rowToSession(row), isSole: !row.has_absorbed } : null;
  if (acting) tx.unit?.kept.sessions.set(key, acting);
  return acting;
}

/** It may have changed since it was read: it is read anew. */
export function forgetActingSession(tx: Tx, tokenHash: string): void {
  tx.unit?.kept.sessions.delete(keyOf(tx.workspaceId, tokenHash));
}

/**
 * Null where the token has a session already (made by a simultaneous command).
 * @param s.isSole nobody was ever merged into its contact
 */
export async function insertSession(
  tx: Tx,
  s: { tokenHash: string; contactId: string; homeId?: string; verified: boolean; now: number; isSole?: true },
): Promise<Session | null> {
  const key = keyOf(tx.workspaceId, s.tokenHash);
  const { contactId, tokenHash, verified, now, homeId = contactId } = s;
  const row = { ws: tx.workspaceId, hash: tokenHash, contact: contactId, home: homeId, verified: verified ? 1 : 0, now };
  // Just looked for in vain: who makes it meanwhile on another node lets this batch fail, and be done again with more care.
  const isKnownMissing = tx.unit?.kept.sessions.get(key) === null;
  if (isKnownMissing) tx.send(insertFirst, row);
  const isMade = isKnownMissing || (await tx.get(insert, row)) !== undefined;
  const session: Session = { tokenHash, contactId, verified, homeId, revokedAt: null };
  if (isMade && s.isSole) tx.unit?.kept.sessions.set(key, { session, isSole: true });
  else tx.unit?.kept.sessions.delete(key);
  return isMade ? session : null;
}

export async function updateSession(
  tx: Tx,
  tokenHash: string,
  set: { contactId?: string; verified?: boolean; revokedAt?: number },
): Promise<void> {
  const values = {
    ...(set.contactId !== undefined && { contact_id: set.contactId }),
    ...(set.verified !== undefined && { verified: set.verified ? (1 as const) : (0 as const) }),
    ...(set.revokedAt !== undefined && { revoked_at: set.revokedAt }),
  };
  await tx.execute((db) =>
    db.updateTable('sessions').set(values).where('token_hash', '=', tokenHash).where('workspace_id', '=', tx.workspaceId),
  );
}

/** All sessions of a contact go over to another one (merge); those without a proof of their own keep seeing only what they began. */
export async function moveSessions(tx: Tx, from: string, into: string): Promise<void> {
  await tx.execute((db) =>
    db
      .updateTable('sessions')
      .set((eb) => ({ contact_id: into, home_id: eb.fn.coalesce('home_id', 'contact_id') }))
      .where('contact_id', '=', from)
      .where('workspace_id', '=', tx.workspaceId),
  );
}

/** Those that came by `homes` belong to this contact again. @returns their hashes */
export async function returnSessions(tx: Tx, homes: readonly string[], from: string, to: string): Promise<string[]> {
  const rows = await tx.execute((db) =>
    db
      .updateTable('sessions')
      .set({ contact_id: to })
      .where('contact_id', '=', from)
      .where('home_id', 'in', [...homes])
      .where('workspace_id', '=', tx.workspaceId)
      .returning('token_hash'),
  );
  return rows.map((row) => row.token_hash);
}

const openOf = query<{ ws: string; contact: string }>()((db, p) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('contact_id', '=', p.contact)
    .where('workspace_id', '=', p.ws)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(100),
);

/** Sessions of a contact that may still be used, newest first, at most 100. */
export async function listOpenSessions(tx: Tx, contactId: string): Promise<Session[]> {
  return (await tx.all(openOf, { ws: tx.workspaceId, contact: contactId })).map(rowToSession);
}

/** Those of these tokens that have a session, and whether it may not be used any more. */
export async function listSessions(tx: Tx, hashes: readonly string[]): Promise<{ hash: string; isRevoked: boolean }[]> {
  if (hashes.length === 0) return [];
  const rows = await tx.execute((db) =>
    db
      .selectFrom('sessions')
      .select(['token_hash', 'revoked_at'])
      .where('workspace_id', '=', tx.workspaceId)
      .where('token_hash', 'in', [...hashes]),
  );
  return rows.map((row) => ({ hash: row.token_hash, isRevoked: row.revoked_at !== null }));
}

/** Of these sessions, those that may not be used any more. */
export async function listRevoked(tx: Tx, hashes: readonly string[]): Promise<string[]> {
  return (await listSessions(tx, hashes)).flatMap(({ hash, isRevoked }) => (isRevoked ? [hash] : []));
}
