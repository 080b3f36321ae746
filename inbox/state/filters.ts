// The filters of the list as the inbox shows them, by the same rule the server counts by: counts stay true between its
// answers.
import { isInFilter } from '../../shared/conversation-filters.ts';
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

export function isIn(filter: ConversationFilter, { status, assignee, botActive, waitingSince }: Filtered, agentId: number): boolean {
  return isInFilter(filter, { status, assignee: assignee && Number(assignee.id), botActive, waitingSince }, agentId);
}

/** Waiting: who waits longest stands first. Everything else: what moved last. */
export function compareIn(filter: ConversationFilter): (a: ConversationSummary, b: ConversationSummary) => number {
  if (filter === 'waiting') return (a, b) => (a.waitingSince ?? Infinity) - (b.waitingSince ?? Infinity) || a.id - b.id;
  return (a, b) => b.lastAt - a.lastAt || b.id - a.id;
}
