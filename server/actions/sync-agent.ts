// The agents' side of resuming: the feed since a rev, rebuilt from the event log.
import type { FactValue } from '../../shared/bot/types.ts';
import type { DetailField } from '../../shared/contact-fields.ts';
import { maxResumeGap } from '../../shared/protocol.ts';
import type { FeedItem, HistoryReply } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import { changeForAgent, itemForAgent } from '../publish.ts';
import type { Agent } from '../store/agents.ts';
import { findContact } from '../store/contacts.ts';
import { findConversation } from '../store/conversations.ts';
import { feedHead, listEvents } from '../store/events.ts';
import type { EventRow } from '../store/events.ts';
import { listChanges } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import { inPages } from './pages.ts';
import { Refusal } from './refusal.ts';
import { readHistory } from './sync-visitor.ts';
import { contactToSummary, readSummary } from './turn.ts';

export async function readFeedHead(deps: Deps, workspaceId: string): Promise<number> {
  return deps.store.in(workspaceId).read((tx) => feedHead(tx));
}

export type FeedPage = { kind: 'feed'; items: FeedItem[] } | { kind: 'reload' };

/** The items after `rev`, page by page; `reload` where the gap is wider than 1,000 or the client is ahead. */
export async function* readFeed(deps: Deps, workspaceId: string, rev: number): AsyncGenerator<FeedPage, number> {
  const store = deps.store.in(workspaceId);
  const head = await store.read((tx) => feedHead(tx));
  if (rev > head || head - rev > maxResumeGap) {
    yield { kind: 'reload' };
    return head;
  }
  const read = (from: number, upTo: number): Promise<FeedItem[]> =>
    store.read(async (tx) => (await eventsToItems(tx, await listEvents(tx, from, upTo))).map(itemForAgent));
  for await (const items of inPages(rev, head, read)) yield { kind: 'feed', items };
  return head;
}

/** Rows' present states stand on the last item about each conversation; being newer than their item does no harm. */
export async function eventsToItems(tx: Tx, events: readonly EventRow[]): Promise<FeedItem[]> {
  const lastOf = new Map<number, number>();
  for (const e of events) if (e.conversationId !== null) lastOf.set(e.conversationId, e.rev);
  const items: FeedItem[] = [];
  for (const event of events)
    items.push(await eventToItem(tx, event, event.conversationId !== null && lastOf.get(event.conversationId) === event.rev));
  return items;
}

async function eventToItem(tx: Tx, event: EventRow, isLast: boolean): Promise<FeedItem> {
  const item: FeedItem = { seq: event.rev, type: event.type, at: event.at };
  const contact = event.contactId === null ? null : await findContact(tx, event.contactId);
  if (event.contactId !== null) item.contactId = event.contactId;
  // Of an erased one nothing is left to be told.
  if (contact?.erasedAt === null && /^(?:contact|detail|lead|consent)\./.test(event.type)) item.contact = contactToSummary(contact);
  if (event.type === 'contact.merged' && typeof event.data['from'] === 'string') item.mergedFrom = event.data['from'];
  if (event.type === 'contact.erased') item.gone = dataToIds(event.data['conversations']);
  const restored = event.type === 'contact.unmerged' ? await findContact(tx, String(event.data['from'])) : null;
  if (restored) item.restored = contactToSummary(restored);
  if (event.type === 'detail.captured' && event.contactId !== null) item.detail = dataToDetail(event.data);
  if (event.conversationId === null) return item;
  item.conversationId = event.conversationId;
  if (event.seq !== null) {
    const [change] = await listChanges(tx, event.conversationId, event.seq - 1, event.seq);
    if (change) item.change = change;
  }
  const conversation = isLast ? await findConversation(tx, event.conversationId) : null;
  if (conversation && contact) item.conversation = await readSummary(tx, conversation, contact, event.rev);
  return item;
}

function dataToIds(list: FactValue | undefined): number[] {
  return typeof list === 'string' && list !== '' ? list.split(',').map(Number) : [];
}

function dataToDetail(data: EventRow['data']): NonNullable<FeedItem['detail']> {
  const message = data['message'];
  return {
    field: data['field'] as DetailField,
    value: String(data['value']),
    message: typeof message === 'number' ? message : null,
    outcome: data['outcome'] === 'alternate' ? 'alternate' : 'current',
  };
}

export async function readAgentHistory(
  deps: Deps,
  agent: Agent,
  body: { conversation: number; before?: number | undefined; limit?: number | undefined },
): Promise<HistoryReply> {
  return deps.store.in(agent.workspaceId).read(async (tx) => {
    const conversation = await findConversation(tx, body.conversation);
    if (!conversation) throw new Refusal('not_found', 'There is no such conversation.');
    const history = await readHistory(tx, conversation, body);
    return { ...history, changes: history.changes.map(changeForAgent) };
  });
}
