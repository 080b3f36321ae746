// The agents' lists by what they hold alone, so that a short one is not looked for among all open conversations. Released migrations are
// never edited.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';

// Each names what its condition fixes: SQLite takes the index of which it can compare most.
const lists = [
  `conversations_mine on conversations (workspace_id, status, assignee_id, last_at) where status = 'open' and assignee_id is not null`,
  `conversations_unassigned on conversations (workspace_id, status, bot_active, last_at) where status = 'open' and assignee_id is null and bot_active = 0`,
  `conversations_bot on conversations (workspace_id, status, bot_active, last_at) where status = 'open' and bot_active = 1`,
  `conversations_waiting_list on conversations (workspace_id, status, last_at) where status = 'open' and waiting_since is not null`,
];

export function listIndexes() {
  return async function up(db: Kysely<unknown>): Promise<void> {
    for (const list of lists) await sql.raw(`create index ${list}`).execute(db);
  };
}
