// What the database holds of one workspace, in the model's terms.
import type { Selectable } from 'kysely';
import type { Schema } from '../../../server/store/schema.ts';
import type { ScopedStore } from '../../../server/store/store.ts';

export interface ContactShape {
  userId: string | null;
  claimed: string | null;
  email: string | null;
  emailSigned: boolean;
  emailProved: boolean;
  isLead: boolean;
  type: string;
  verified: boolean;
  mergedInto: number | null;
  blocked: boolean;
  archived: boolean;
  erased: boolean;
}

/** In the order it came to be. */
export function readStored(scope: ScopedStore) {
  return scope.read(async (tx) => ({
    contacts: await tx.execute((db) => db.selectFrom('contacts').selectAll().where('workspace_id', '=', tx.workspaceId).orderBy('id')),
    talks: await tx.execute((db) =>
      db.selectFrom('conversations').select(['id', 'contact_id', 'session_hash']).where('workspace_id', '=', tx.workspaceId).orderBy('id'),
    ),
    sessions: await tx.execute((db) => db.selectFrom('sessions').selectAll().where('workspace_id', '=', tx.workspaceId)),
    merges: await tx.execute((db) => db.selectFrom('contact_merges').select('id').where('workspace_id', '=', tx.workspaceId).orderBy('id')),
  }));
}

export function readIds(scope: ScopedStore) {
  return scope.read(async (tx) => ({
    contacts: await tx.execute((db) => db.selectFrom('contacts').select('id').where('workspace_id', '=', tx.workspaceId).orderBy('id')),
    talks: await tx.execute((db) => db.selectFrom('conversations').select('id').where('workspace_id', '=', tx.workspaceId).orderBy('id')),
    merges: await tx.execute((db) => db.selectFrom('contact_merges').select('id').where('workspace_id', '=', tx.workspaceId).orderBy('id')),
  }));
}

/** @param contacts ids in the order they came to be */
export function shapeOf(row: Selectable<Schema['contacts']>, contacts: readonly string[]): ContactShape {
  return {
    userId: row.user_id,
    claimed: row.claimed_user_id,
    email: row.email,
    emailSigned: row.email_grade === 'signed',
    emailProved: row.email_grade === 'signed' || row.email_grade === 'verified',
    isLead: row.lead_at !== null,
    type: row.type,
    verified: row.verified === 1,
    mergedInto: row.merged_into === null ? null : contacts.indexOf(row.merged_into),
    blocked: row.blocked === 1,
    archived: row.archived_at !== null,
    erased: row.erased_at !== null,
  };
}

/** What lies under a merge or was erased is not looked at but for what it leads to. */
export function comparable({
  userId,
  claimed,
  email,
  emailSigned,
  emailProved,
  isLead,
  type,
  verified,
  mergedInto,
  blocked,
  archived,
  erased,
}: ContactShape): object {
  if (erased) return { erased };
  if (mergedInto !== null) return { userId, mergedInto };
  const [isSigned, isProved] = [email !== null && emailSigned, email !== null && emailProved];
  return { userId, claimed, email, emailSigned: isSigned, emailProved: isProved, isLead, type, verified, mergedInto, blocked, archived };
}
