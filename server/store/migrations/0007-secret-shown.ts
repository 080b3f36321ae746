// Looking at the identity secret is audited, too: the index holds exactly what the audit log shows. Released migrations are never edited.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';

const audited = [
  'contact.merged',
  'contact.unmerged',
  'contact.email_verified',
  'contact.blocked',
  'contact.unblocked',
  'contact.archived',
  'contact.restored',
  'contact.erased',
  'contact.duplicate_dismissed',
  'verification.sent',
  'identity.secret_shown',
  'identity.secret_rotated',
  'identity.secret_retired',
  'identity.settings_changed',
  'token.created',
  'token.revoked',
];

export function secretShown() {
  return async function up(db: Kysely<unknown>): Promise<void> {
    const { schema } = db;
    await schema.dropIndex('events_audited').execute();
    await schema
      .createIndex('events_audited')
      .on('events')
      .columns(['workspace_id', 'rev'])
      .where(
        sql.ref('type'),
        'in',
        audited.map((type) => sql.lit(type)),
      )
      .execute();
  };
}
