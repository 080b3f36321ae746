// What each filter of the list holds: the same rule the server counts by, so that counts stay true between its answers.
import type { ConversationFilter, ConversationSummary } from '../../shared/protocol.ts';

/** In the order of the navigation. */
export const conversationFilters = [
  'open',
  'waiting',
  'mine',
  'unassigned',
  'bot',
  'closed',
  'all',
] as const satisfies readonly ConversationFilter[];

export const filterLabels: Record<ConversationFilter, string> = {
  open: 'Open',
  waiting: 'Waiting',
  mine: 'Mine',
  unassigned: 'Unassigned',
  bot: 'With the bot',
  closed: 'Closed',
  all: 'All',
};

type Filtered = Pick<ConversationSummary, 'status' | 'assignee' | 'botActive' | 'waitingSince'>;

const rules: Record<ConversationFilter, (conversation: Filtered, agentId: number) => boolean> = {
  open: (c) => c.status === 'open',
  waiting: (c) => c.status === 'open' && c.waitingSince !== null,
  mine: (c, agentId) => c.status === 'open' && c.assignee !== null && c.assignee.id === agentId,
  unassigned: (c) => c.status === 'open' && c.assignee === null && !c.botActive,
  bot: (c) => c.status === 'open' && c.botActive,
  closed: (c) => c.status === 'closed',
  all: () => true,
};

export function isIn(filter: ConversationFilter, conversation: Filtered, agentId: number): boolean {
  return rules[filter](conversation, agentId);
}

/** Waiting: who waits longest stands first. Everything else: what moved last. */
export function compareIn(filter: ConversationFilter): (a: ConversationSummary, b: ConversationSummary) => number {
  if (filter === 'waiting') return (a, b) => (a.waitingSince ?? Infinity) - (b.waitingSince ?? Infinity) || a.id - b.id;
  return (a, b) => b.lastAt - a.lastAt || b.id - a.id;
}
