// The first time of each step on the way from an installed script to a verified user, for the inbox's checklist.
import { query } from './query.ts';
import type { Tx } from './query.ts';

// In the order of ids: the first match ends the search, where an aggregate would read every message.
const firstByAuthor = query<{ ws: string; author: string }>()((db, p) =>
  db
    .selectFrom('messages')
    .select('created_at as at')
    .where('workspace_id', '=', p.ws)
    .where('author_kind', '=', p.author)
    .where('kind', '!=', 'note')
    .orderBy('id')
    .limit(1),
);
const firstVerified = query<{ ws: string }>()((db, p) =>
  db
    .selectFrom('contacts')
    .select((eb) => eb.fn.min('identified_at').as('at'))
    .where('workspace_id', '=', p.ws)
    .where('verified', '=', 1),
);

export interface Milestones {
  firstMessageAt: number | null;
  agentRepliedAt: number | null;
  firstVerifiedUserAt: number | null;
}

export async function readMilestones(tx: Tx): Promise<Milestones> {
  const ws = tx.workspaceId;
  const [message, reply, user] = [
    await tx.get(firstByAuthor, { ws, author: 'contact' }),
    await tx.get(firstByAuthor, { ws, author: 'agent' }),
    await tx.get(firstVerified, { ws }),
  ];
  return { firstMessageAt: message?.at ?? null, agentRepliedAt: reply?.at ?? null, firstVerifiedUserAt: user?.at ?? null };
}
