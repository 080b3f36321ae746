import { conversationFilters } from '../../shared/protocol.ts';
import type { AgentBody, ConversationFilter, ConversationSummary } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import type { Agent } from '../store/agents.ts';
import { findContact } from '../store/contacts.ts';
import { countConversations, listConversations as listRows } from '../store/conversation-list.ts';
import { findConversation } from '../store/conversations.ts';
import { feedHead } from '../store/events.ts';
import { search } from '../store/search.ts';
import { Refusal } from './refusal.ts';
import { readSummary } from './turn.ts';

export interface ConversationList {
  conversations: ConversationSummary[];
  nextCursor: string | null;
  /** Read before the rows: they may be newer, never older. */
  rev: number;
  counts: Record<ConversationFilter, number>;
  searchCut?: true;
}

export async function listConversations(deps: Deps, agent: Agent, body: AgentBody<'conversation.list'>): Promise<ConversationList> {
  const limit = body.limit ?? 50;
  const after = body.cursor === undefined ? null : parseCursor(body.cursor);
  return deps.store.in(agent.workspaceId).read(async (tx) => {
    const rev = await feedHead(tx);
    const words = body.search?.trim() ?? '';
    const found = words === '' ? null : await search(tx, words, body.searchIn === 'contacts' ? ['contact'] : ['message', 'contact']);
    const rows = await listRows(tx, {
      filter: body.filter ?? 'open',
      agentId: agent.id,
      found,
      after,
      limit: limit + 1,
    });
    const conversations: ConversationSummary[] = [];
    for (const { conversation, contact } of rows.slice(0, limit)) {
      conversations.push(await readSummary(tx, conversation, contact, rev));
    }
    const last = conversations.at(-1);
    const counts = {} as Record<ConversationFilter, number>;
    for (const filter of conversationFilters) counts[filter] = await countConversations(tx, filter, agent.id);
    const nextCursor = rows.length > limit && last ? `${last.lastAt}-${last.id}` : null;
    return { conversations, nextCursor, rev, counts, ...(found?.isCut && { searchCut: true }) };
  });
}

function parseCursor(cursor: string): { lastAt: number; id: number } {
  const found = /^(\d{1,15})-(\d{1,15})$/.exec(cursor);
  if (!found)
    throw new Refusal('bad_request', 'This cursor was not made here.', {
      errors: [{ pointer: '/cursor', message: 'take nextCursor of the page before' }],
    });
  return { lastAt: Number(found[1]), id: Number(found[2]) };
}

export async function getConversation(deps: Deps, agent: Agent, id: number): Promise<{ conversation: ConversationSummary }> {
  return deps.store.in(agent.workspaceId).read(async (tx) => {
    const rev = await feedHead(tx);
    const conversation = await findConversation(tx, id);
    const contact = conversation && (await findContact(tx, conversation.contactId));
    if (!conversation || !contact) throw new Refusal('not_found', 'There is no such conversation.');
    return { conversation: await readSummary(tx, conversation, contact, rev) };
  });
}
