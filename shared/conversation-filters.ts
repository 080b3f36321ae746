// What each filter of the agents' list holds, as a rule over a row's facts. The server keeps the same rules as SQL in
// server/store/conversation-list.ts; an agreement test holds the two together.
import type { ConversationStatus } from './conversation.ts';
import type { ConversationFilter } from './protocol.ts';

/** What a filter looks at; `assignee` is an agent's id. */
export interface FilteredFacts {
  status: ConversationStatus;
  assignee: number | null;
  botActive: boolean;
  waitingSince: number | null;
}

const rules: Record<ConversationFilter, (facts: FilteredFacts, agentId: number) => boolean> = {
  open: ({ status }) => status === 'open',
  waiting: ({ status, waitingSince }) => status === 'open' && waitingSince !== null,
  mine: ({ status, assignee }, agentId) => status === 'open' && assignee === agentId,
  unassigned: ({ status, assignee, botActive }) => status === 'open' && assignee === null && !botActive,
  bot: ({ status, botActive }) => status === 'open' && botActive,
  closed: ({ status }) => status === 'closed',
  all: () => true,
};

/** `agentId`: whose list it is. */
export function isInFilter(filter: ConversationFilter, facts: FilteredFacts, agentId: number): boolean {
  return rules[filter](facts, agentId);
}
