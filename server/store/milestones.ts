// The first time of each step on the way from an installed script to a verified user, for the inbox's checklist.
import { sql } from 'kysely';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Flag } from './schema.ts';

// In the order of ids: the first match ends the search, where an aggregate would read every message. A contact's message stands
// at the beginning; for an agent's, which may be late or never come, there is an index of those alone. Such an index is used
// where its condition stands in the query as written, and where it is known to find soon: PostgreSQL takes a kind that is given later for rare.
const firstByContact = query<{ ws: string }>()((db, p) =>
  db
    .selectFrom('messages')
    .select('created_at as at')
    .where('workspace_id', '=', p.ws)
    .where('author_kind', '=', sql.lit('contact'))
    .orderBy('id')
    .limit(1),
);
const firstByAgent = query<{ ws: string }>()((db, p) =>
  db
    .selectFrom('messages')
    .select('created_at as at')
    .where('workspace_id', '=', p.ws)
    .where('author_kind', '=', sql.lit('agent'))
    .where('kind', '!=', sql.lit('note'))
    .orderBy('id')
    .limit(1),
);
const firstVerified = query<{ ws: string }>()((db, p) =>
  db
    .selectFrom('contacts')
    .select('identified_at as at')
    .where('workspace_id', '=', p.ws)
    .where('verified', '=', sql.lit<Flag>(1))
    .where('identified_at', 'is not', null)
    .orderBy('identified_at')
    .limit(1),
);

export interface Milestones {
  firstMessageAt: number | null;
  agentRepliedAt: number | null;
  firstVerifiedUserAt: number | null;
}

export async function readMilestones(tx: Tx): Promise<Milestones> {
  const ws = tx.workspaceId;
  const [message, reply, user] = [
    await tx.get(firstByContact, { ws }),
    await tx.get(firstByAgent, { ws }),
    await tx.get(firstVerified, { ws }),
  ];
  return { firstMessageAt: message?.at ?? null, agentRepliedAt: reply?.at ?? null, firstVerifiedUserAt: user?.at ?? null };
}
