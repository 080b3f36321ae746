// How a contact came to be what it is: what happened to it, to those merged into it, and to whom it was merged into before that was undone.
import type { AgentTimeline, AgentTimelineItem } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import type { Agent } from '../store/agents.ts';
import { findContact } from '../store/contacts.ts';
import { listEventsOfContact } from '../store/events.ts';
import type { EventRow } from '../store/events.ts';
import { listFamily } from '../store/family.ts';
import { findNote } from '../store/merges.ts';
import type { Tx } from '../store/query.ts';
import { listEventsOfStay, listStays, listWhoLeft } from '../store/stays.ts';
import type { Stay } from '../store/stays.ts';
import { liveContact } from './contact/find.ts';
import { Refusal } from './refusal.ts';
import { authorOfAgent } from './turn.ts';

const readAtOnce = 100;

/** Newest first. Messages and read marks stand in the thread and are left out. */
export async function readTimeline(
  deps: Deps,
  agent: Agent,
  body: { contact: string; cursor?: string | undefined; limit?: number | undefined },
): Promise<AgentTimeline> {
  const before = body.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(body.cursor);
  if (!Number.isSafeInteger(before)) throw new Refusal('bad_request', 'This cursor was not made here.');
  return deps.store.in(agent.workspaceId).read(async (tx) => {
    const contact = await liveContact(tx, body.contact);
    const left = await listWhoLeft(tx, contact.id);
    const stays = left.length === 0 ? [] : await listStays(tx, await listFamily(tx, contact.id), left);
    const { items, nextCursor } = await readPage(tx, { contact: contact.id, stays, before, limit: body.limit ?? 30 });
    return { items, nextCursor, people: await peopleIn(tx, items) };
  });
}

interface Asked {
  contact: string;
  stays: readonly Stay[];
  before: number;
  limit: number;
}

async function readPage(tx: Tx, asked: Asked): Promise<Pick<AgentTimeline, 'items' | 'nextCursor'>> {
  const items: AgentTimelineItem[] = [];
  let cursor = asked.before;
  for (let page = 0; page < 20 && items.length <= asked.limit; page++) {
    const lived = await livedBefore(tx, asked, cursor);
    for (const each of lived) {
      if (items.length === asked.limit) return { items, nextCursor: String(cursor) };
      cursor = each.event.rev;
      if (isTold(each.event, asked.stays)) items.push(await eventToItem(tx, each));
    }
    if (lived.length < readAtOnce) return { items, nextCursor: null };
  }
  return { items, nextCursor: String(cursor) };
}

interface Lived {
  event: EventRow;
  /** As part of another contact. */
  isStay: boolean;
}

async function livedBefore(tx: Tx, { contact, stays }: Asked, before: number): Promise<Lived[]> {
  const found = new Map<number, Lived>();
  for (const event of await listEventsOfContact(tx, contact, before, readAtOnce)) found.set(event.rev, { event, isStay: false });
  for (const stay of stays)
    for (const event of await listEventsOfStay(tx, stay, contact, before, readAtOnce))
      if (!found.has(event.rev)) found.set(event.rev, { event, isStay: true });
  return [...found.values()].toSorted((a, b) => b.event.rev - a.event.rev).slice(0, readAtOnce);
}

const untold = new Set<EventRow['type']>(['message.created', 'conversation.read', 'message.edited', 'message.deleted']);

function isTold({ type, data }: EventRow, stays: readonly Stay[]): boolean {
  // The undoing tells it.
  if (type === 'conversation.moved') return !stays.some((stay) => stay.contact === data['from']);
  return !untold.has(type);
}

async function eventToItem(tx: Tx, { event, isStay }: Lived): Promise<AgentTimelineItem> {
  const { message, agent, from } = event.data;
  const isMerging = event.type === 'contact.merged' || event.type === 'contact.unmerged';
  const contact = isStay && isMerging && typeof from === 'string' ? from : event.contactId;
  const note = await findNote(tx, event);
  return {
    rev: event.rev,
    at: event.at,
    type: event.type,
    ...(contact !== null && { contact }),
    conversation: event.conversationId,
    message: typeof message === 'number' ? message : null,
    by: typeof agent === 'number' ? await authorOfAgent(tx, agent) : null,
    data: event.data,
    ...(note !== null && { note }),
  };
}

async function peopleIn(tx: Tx, items: readonly AgentTimelineItem[]): Promise<AgentTimeline['people']> {
  const ids = new Set(items.flatMap(({ contact, data }) => [contact, data['from'], data['into'], data['other']]));
  const people: AgentTimeline['people'] = [];
  for (const id of ids) {
    const person = typeof id === 'string' ? await findContact(tx, id) : null;
    if (person && person.erasedAt === null) people.push({ id: person.id, name: person.name, email: person.email });
  }
  return people;
}
