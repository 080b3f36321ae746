// How long contacts of late waited for the first human answer.
import { latestConversationIds } from './conversation-list.ts';
import type { Tx } from './query.ts';

const recent = 50;

/** From a contact's first message to the first of an agent, ms, over the latest conversations that have both. */
export async function readReplyTimes(tx: Tx): Promise<number[]> {
  const ids = await latestConversationIds(tx, recent);
  if (ids.length === 0) return [];
  const rows = await tx.execute((db) =>
    db
      .selectFrom('messages')
      .select((eb) => [
        'conversation_id',
        eb.fn.min(eb.case().when('author_kind', '=', 'contact').then(eb.ref('created_at')).end()).as('asked_at'),
        eb.fn.min(eb.case().when('author_kind', '=', 'agent').then(eb.ref('created_at')).end()).as('answered_at'),
      ])
      .where('conversation_id', 'in', ids)
      .where('workspace_id', '=', tx.workspaceId)
      .where('kind', '!=', 'note')
      .groupBy('conversation_id'),
  );
  return rows.flatMap(({ asked_at: asked, answered_at: answered }) =>
    asked !== null && answered !== null && answered >= asked ? [answered - asked] : [],
  );
}
