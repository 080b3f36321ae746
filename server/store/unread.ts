// Messages which a side has not read yet.
import { query } from './query.ts';
import type { Tx } from './query.ts';

const unreadByContact = query<{ ws: string; conversation: number; after: number }>()((db, p) =>
  db
    .selectFrom('messages')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('conversation_id', '=', p.conversation)
    .where('workspace_id', '=', p.ws)
    .where('seq', '>', p.after)
    .where('author_kind', '!=', 'contact')
    .where('kind', '!=', 'note'),
);
const unreadByAgents = query<{ ws: string; conversation: number; after: number }>()((db, p) =>
  db
    .selectFrom('messages')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('conversation_id', '=', p.conversation)
    .where('workspace_id', '=', p.ws)
    .where('seq', '>', p.after)
    .where('author_kind', '=', 'contact'),
);

export async function countUnreadByContact(tx: Tx, conversationId: number, after: number): Promise<number> {
  return Number((await tx.get(unreadByContact, { ws: tx.workspaceId, conversation: conversationId, after }))?.n ?? 0);
}

export async function countUnreadByAgents(tx: Tx, conversationId: number, after: number): Promise<number> {
  return Number((await tx.get(unreadByAgents, { ws: tx.workspaceId, conversation: conversationId, after }))?.n ?? 0);
}
