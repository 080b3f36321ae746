import { detailFields } from '../../../shared/contact-fields.ts';
import type { DetailView } from '../../../shared/protocol.ts';
import type { ContactRow } from '../../store/contacts.ts';
import { insertDetail, settleDetails } from '../../store/details.ts';
import type { Tx } from '../../store/query.ts';

/** What became of a contact's details outside of a conversation, beside the ones it brought: each new value with its grade, each cleared one let go. */
export async function recordDetails(
  tx: Tx,
  before: ContactRow,
  after: ContactRow,
  source: DetailView['source']['kind'],
  now: number,
): Promise<void> {
  const cleared: Record<string, null> = {};
  for (const field of detailFields) {
    const [value, grade] = [after[field], after[`${field}Grade`]];
    if (value === before[field] && grade === before[`${field}Grade`]) continue;
    if (value === null) cleared[field] = null;
    else
      await insertDetail(tx, {
        contact_id: after.id,
        field,
        value,
        grade: grade ?? 'claimed',
        status: 'current',
        source_kind: source,
        conversation_id: null,
        message_id: null,
        flags: '[]',
        suggestion: null,
        created_at: now,
      });
  }
  if (Object.keys(cleared).length > 0) await settleDetails(tx, after.id, cleared);
}
