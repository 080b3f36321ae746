// Links mailed to an address, to prove that it is the contact's: stored by the hash of their token, one in force for a contact.
import type { Selectable } from 'kysely';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface Verification {
  tokenHash: string;
  workspaceId: string;
  /** As it was when the link was asked for; it may have been merged since. */
  contactId: string;
  email: string;
  createdAt: number;
  expiresAt: number;
  usedAt: number | null;
}

/** Of the job that mails a contact its link: one at a time. */
export const verificationKey = (contact: string): string => `verification ${contact}`;

/** What limits are counted from, and no longer: by then a link has been too old for a day. */
const keptForMs = 48 * 3_600_000;

function rowToVerification(row: Selectable<Schema['email_verifications']>): Verification {
  return {
    tokenHash: row.token_hash,
    workspaceId: row.workspace_id,
    contactId: row.contact_id,
    email: row.email,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  };
}

const byHash = query<{ hash: string }>()((db, p) => db.selectFrom('email_verifications').selectAll().where('token_hash', '=', p.hash));
const since = query<{ ws: string; since: number }>()((db, p) =>
  db
    .selectFrom('email_verifications')
    .select(['contact_id', 'email', 'created_at'])
    .where('workspace_id', '=', p.ws)
    .where('created_at', '>', p.since),
);

/** In whatever workspace: the link names none. */
export async function findVerification(tx: Tx, tokenHash: string): Promise<Verification | null> {
  const row = await tx.get(byHash, { hash: tokenHash });
  return row ? rowToVerification(row) : null;
}

export interface SentLink {
  contactId: string;
  email: string;
  at: number;
}

/** Of the whole workspace: rows are few, by the limits which are counted from them. */
export async function listSentLinks(tx: Tx, after: number): Promise<SentLink[]> {
  const rows = await tx.all(since, { ws: tx.workspaceId, since: after });
  return rows.map((row) => ({ contactId: row.contact_id, email: row.email, at: row.created_at }));
}

/** The contact's earlier links are over; what is older than anybody asks for is forgotten. */
export async function insertVerification(
  tx: Tx,
  v: { tokenHash: string; contactId: string; email: string; agentId: number | null; now: number; expiresAt: number },
): Promise<void> {
  const { workspaceId } = tx;
  await tx.execute((db) =>
    db
      .deleteFrom('email_verifications')
      .where('workspace_id', '=', workspaceId)
      .where('created_at', '<', v.now - keptForMs),
  );
  await tx.execute((db) =>
    db
      .updateTable('email_verifications')
      .set({ expires_at: v.now })
      .where('workspace_id', '=', workspaceId)
      .where('contact_id', '=', v.contactId)
      .where('used_at', 'is', null)
      .where('expires_at', '>', v.now),
  );
  await tx.execute((db) =>
    db.insertInto('email_verifications').values({
      token_hash: v.tokenHash,
      workspace_id: workspaceId,
      contact_id: v.contactId,
      email: v.email,
      agent_id: v.agentId,
      created_at: v.now,
      expires_at: v.expiresAt,
      used_at: null,
    }),
  );
}

/** Uses a link up; false where it was used or is too old. */
export async function useVerification(tx: Tx, tokenHash: string, now: number): Promise<boolean> {
  const rows = await tx.execute((db) =>
    db
      .updateTable('email_verifications')
      .set({ used_at: now })
      .where('token_hash', '=', tokenHash)
      .where('workspace_id', '=', tx.workspaceId)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returning('token_hash'),
  );
  return rows.length === 1;
}
