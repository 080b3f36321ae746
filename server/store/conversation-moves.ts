// Whose conversations are: counted, and moved where contacts are merged and come apart again.
import { query } from './query.ts';
import type { Tx } from './query.ts';

const countOf = query<{ ws: string; contact: string }>()((db, p) =>
  db
    .selectFrom('conversations')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('contact_id', '=', p.contact)
    .where('workspace_id', '=', p.ws),
);
const idsOf = query<{ ws: string; contact: string }>()((db, p) =>
  db.selectFrom('conversations').select('id').where('contact_id', '=', p.contact).where('workspace_id', '=', p.ws).orderBy('id'),
);

export async function countConversationsOf(tx: Tx, contactId: string): Promise<number> {
  return Number((await tx.get(countOf, { ws: tx.workspaceId, contact: contactId }))?.n ?? 0);
}

/** All of them, oldest first. */
export async function listConversationIdsOf(tx: Tx, contactId: string): Promise<number[]> {
  return (await tx.all(idsOf, { ws: tx.workspaceId, contact: contactId })).map((row) => row.id);
}

/** Conversations keep their ids when their contact is merged. */
export async function moveConversations(tx: Tx, from: string, into: string): Promise<number[]> {
  const rows = await tx.execute((db) =>
    db
      .updateTable('conversations')
      .set({ contact_id: into })
      .where('contact_id', '=', from)
      .where('workspace_id', '=', tx.workspaceId)
      .returning('id'),
  );
  return rows.map((r) => r.id);
}

/**
 * Conversations go back to whom they came from: the ones named, and those these sessions began since. @returns their ids, oldest first
 */
export async function returnConversations(
  tx: Tx,
  which: { ids: readonly number[]; sessions: readonly string[] },
  from: string,
  to: string,
): Promise<number[]> {
  const { ids, sessions } = which;
  if (ids.length === 0 && sessions.length === 0) return [];
  const rows = await tx.execute((db) =>
    db
      .updateTable('conversations')
      .set({ contact_id: to })
      .where('contact_id', '=', from)
      .where('workspace_id', '=', tx.workspaceId)
      .where((eb) =>
        eb.or([
          ...(ids.length > 0 ? [eb('id', 'in', [...ids])] : []),
          ...(sessions.length > 0 ? [eb('session_hash', 'in', [...sessions])] : []),
        ]),
      )
      .returning('id'),
  );
  return rows.map((row) => row.id).toSorted((a, b) => a - b);
}
