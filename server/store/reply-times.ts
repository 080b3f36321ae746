// How long contacts of late waited for the first human answer.
import { query } from './query.ts';
import type { Tx } from './query.ts';

const recent = 50;

const firsts = query<{ ws: string; n: number }>()((db, p) =>
  db
    .selectFrom('messages')
    .select((eb) => [
      'conversation_id',
      eb.fn.min(eb.case().when('author_kind', '=', 'contact').then(eb.ref('created_at')).end()).as('asked_at'),
      eb.fn.min(eb.case().when('author_kind', '=', 'agent').then(eb.ref('created_at')).end()).as('answered_at'),
    ])
    .where('workspace_id', '=', p.ws)
    .where('kind', '!=', 'note')
    .where('conversation_id', 'in', (eb) =>
      eb.selectFrom('conversations').select('id').where('workspace_id', '=', p.ws).orderBy('last_at', 'desc').limit(p.n),
    )
    .groupBy('conversation_id'),
);

/** From a contact's first message to the first of an agent, ms, over the latest conversations that have both. */
export async function readReplyTimes(tx: Tx): Promise<number[]> {
  const rows = await tx.all(firsts, { ws: tx.workspaceId, n: recent });
  return rows.flatMap(({ asked_at: asked, answered_at: answered }) =>
    asked !== null && answered !== null && answered >= asked ? [answered - asked] : [],
  );
}
