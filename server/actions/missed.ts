// What was committed without our hearing of it, as the publisher takes it: read from the log of facts.
import type { EventType } from '../../shared/events.ts';
import type { Deps } from '../deps.ts';
import type { Published } from '../publish.ts';
import { listChangedContacts, listChangedConversations, listEvents } from '../store/events.ts';
import type { EventRow } from '../store/events.ts';
import { listChanges } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import { eventsToItems } from './sync-agent.ts';

export interface Revs {
  after: number;
  upTo: number;
}

export interface Audience {
  /** Of the workspace are here. */
  agents: boolean;
  /** Somebody here hears this conversation. */
  conversation(id: number): boolean;
}

/** By these a session may come to see more, or less, or be told another name. */
const aboutContacts = /^(?:contact|detail|lead|consent)\.|^conversation\.(?:created|moved)$/;

/** Facts are many, and of most nothing is needed where nobody listens. At most a few hundred at once. */
export async function readMissed(
  deps: Deps,
  workspaceId: string,
  { after, upTo }: Revs,
  isWanted: (rev: number) => boolean,
  audience: Audience,
): Promise<{ published: Published[]; contacts: string[] }> {
  return deps.store.in(workspaceId).read(async (tx) => {
    const events = (await listEvents(tx, after, upTo)).filter((event) => isWanted(event.rev));
    const items = audience.agents ? await eventsToItems(tx, events) : [];
    const published: Published[] = items.length > 0 ? [{ workspaceId, items, joins: [] }] : [];
    for (const event of events) if (isHeard(event, audience)) published.push(await changesOf(tx, event));
    return { published, contacts: contactsIn(events) };
  });
}

type Heard = EventRow & { conversationId: number; seq: number };

const isHeard = (event: EventRow, audience: Audience): event is Heard =>
  event.conversationId !== null && event.seq !== null && audience.conversation(event.conversationId);

async function changesOf(tx: Tx, { conversationId, contactId, seq }: Heard): Promise<Published> {
  const changes = await listChanges(tx, conversationId, seq - 1, seq);
  return { workspaceId: tx.workspaceId, conversation: { id: conversationId, contactId: contactId ?? '', changes }, items: [], joins: [] };
}

function contactsIn(events: readonly EventRow[]): string[] {
  const found = new Set<string>();
  for (const { type, contactId, data } of events) {
    if (!isAboutContacts(type)) continue;
    for (const id of [contactId, data['from'], data['to'], data['into']]) if (typeof id === 'string') found.add(id);
  }
  return [...found];
}

const isAboutContacts = (type: EventType): boolean => aboutContacts.test(type);

/** Where too much was missed to tell each: what changed at all. */
export async function readWhatChanged(
  deps: Deps,
  workspaceId: string,
  { after, upTo }: Revs,
): Promise<{ conversations: { id: number; head: number }[]; contacts: string[] }> {
  return deps.store.in(workspaceId).read(async (tx) => ({
    conversations: await listChangedConversations(tx, after, upTo),
    contacts: await listChangedContacts(tx, after, upTo),
  }));
}
