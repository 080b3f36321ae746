// The contact card and the timeline: what is known, where each came from, and how it came about.
import type { AgentTimelineItem, ConsentView, ContactCard, DetailView, MergeView } from '../../shared/protocol.ts';
import { typeOf } from '../../shared/contact.ts';
import type { Grade } from '../../shared/contact.ts';
import { undoMs } from '../../shared/merge.ts';
import type { Deps } from '../deps.ts';
import type { Agent } from '../store/agents.ts';
import type { ContactRow } from '../store/contacts.ts';
import { listDetails } from '../store/details.ts';
import type { DetailRow } from '../store/details.ts';
import { listMergesInto } from '../store/merges.ts';
import type { Merge } from '../store/merges.ts';
import { listConsents } from '../store/consents.ts';
import { listConversationsOfContact } from '../store/conversations.ts';
import { listEventsOfContact } from '../store/events.ts';
import type { EventRow } from '../store/events.ts';
import type { Tx } from '../store/query.ts';
import { readDuplicates } from './contact/duplicates.ts';
import { liveContact } from './contact/find.ts';
import { Refusal } from './refusal.ts';
import { authorOfAgent, contactToSummary } from './turn.ts';

export interface Presence {
  isOnline(contactId: string): boolean;
  pageOf(contactId: string): ContactCard['page'];
}

export async function readContactCard(deps: Deps, agent: Agent, contactId: string, presence: Presence): Promise<{ contact: ContactCard }> {
  return deps.store.in(agent.workspaceId).read(async (tx) => {
    const contact = await liveContact(tx, contactId);
    const details = (await listDetails(tx, contact.id)).map(rowToDetail);
    const conversations = (await listConversationsOfContact(tx, contact.id)).map((c) => ({
      id: c.id,
      status: c.status,
      preview: c.preview,
      lastAt: c.lastAt,
    }));
    const card: ContactCard = {
      ...contactToSummary(contact),
      phone: contact.phone,
      userId: contact.userId,
      claimedUserId: contact.claimedUserId,
      avatar: contact.avatar,
      company: contact.company,
      attributes: contact.attributes,
      details,
      score: contact.score,
      points: contact.points,
      tags: contact.tags,
      consents: (await listConsents(tx, contact.id)).map(rowToConsent),
      page: presence.pageOf(contact.id) ?? (contact.pageUrl === null ? null : { url: contact.pageUrl, title: contact.pageTitle }),
      language: contact.language,
      online: presence.isOnline(contact.id),
      conversations,
      duplicates: await readDuplicates(tx, contact),
      merges: await readMerges(tx, contact, deps.now()),
      blocked: contact.blocked,
      unsubscribed: contact.unsubscribed,
      archivedAt: contact.archivedAt,
      firstTouch: contact.firstTouch,
      createdAt: contact.createdAt,
      lastSeenAt: contact.lastSeenAt,
    };
    return { contact: card };
  });
}

/** Those that can still be undone. */
async function readMerges(tx: Tx, contact: ContactRow, now: number): Promise<MergeView[]> {
  const merges = await listMergesInto(tx, contact.id, now - undoMs);
  const views: MergeView[] = [];
  for (const merge of merges) views.push(await mergeToView(tx, merge));
  return views;
}

async function mergeToView(tx: Tx, { id, snapshot, reason, agentId, at }: Merge): Promise<MergeView> {
  const { absorbed } = snapshot;
  return {
    id,
    from: { id: absorbed.id, type: typeOf(absorbed), name: absorbed.name, email: absorbed.email },
    reason,
    by: await authorOfAgent(tx, agentId),
    note: snapshot.note ?? null,
    at,
    undoUntil: at + undoMs,
  };
}

function rowToConsent({ version, text, how, conversationId, at }: Awaited<ReturnType<typeof listConsents>>[number]): ConsentView {
  return { version, text, how, conversation: conversationId, at };
}

function rowToDetail(row: DetailRow): DetailView {
  return {
    field: row.field,
    value: row.value,
    grade: row.grade as Grade,
    status: row.status as DetailView['status'],
    source: { kind: row.source_kind as DetailView['source']['kind'], conversation: row.conversation_id, message: row.message_id },
    flags: JSON.parse(row.flags) as string[],
    suggestion: row.suggestion,
    at: row.created_at,
  };
}

/** How the contact came to be what it is, newest first. Messages and read marks stand in the thread and are left out. */
export async function readTimeline(
  deps: Deps,
  agent: Agent,
  body: { contact: string; cursor?: string | undefined; limit?: number | undefined },
): Promise<{ items: AgentTimelineItem[]; nextCursor: string | null }> {
  const limit = body.limit ?? 30;
  const before = body.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(body.cursor);
  if (!Number.isSafeInteger(before)) throw new Refusal('bad_request', 'This cursor was not made here.');
  return deps.store.in(agent.workspaceId).read(async (tx) => {
    const contact = await liveContact(tx, body.contact);
    const items: AgentTimelineItem[] = [];
    let cursor = before;
    for (let page = 0; page < 20 && items.length <= limit; page++) {
      const events = await listEventsOfContact(tx, contact.id, cursor, 100);
      for (const event of events) {
        if (items.length === limit) return { items, nextCursor: String(cursor) };
        cursor = event.rev;
        if (isTold(event)) items.push(await eventToItem(tx, event));
      }
      if (events.length < 100) return { items, nextCursor: null };
    }
    return { items, nextCursor: String(cursor) };
  });
}

const untold = new Set<EventRow['type']>(['message.created', 'conversation.read', 'message.edited', 'message.deleted']);

function isTold(event: EventRow): boolean {
  return !untold.has(event.type);
}

async function eventToItem(tx: Tx, event: EventRow): Promise<AgentTimelineItem> {
  const { message, agent } = event.data;
  return {
    at: event.at,
    type: event.type,
    ...(event.contactId !== null && { contact: event.contactId }),
    conversation: event.conversationId,
    message: typeof message === 'number' ? message : null,
    by: typeof agent === 'number' ? await authorOfAgent(tx, agent) : null,
    data: event.data,
  };
}
