// The contact beside the thread: fetched once, then filled in live as the feed brings what was captured.
import { batch, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../shared/errors.ts';
import type { AgentTimelineItem, ContactCard, DetailView, FeedItem } from '../../shared/protocol.ts';
import type { Connection } from '../connection.ts';
import { deliver } from '../deliver.ts';

export interface Timeline {
  items: readonly AgentTimelineItem[];
  nextCursor: string | null;
}

export interface Card {
  readonly contact: ReadonlySignal<ContactCard | null>;
  readonly failure: ReadonlySignal<Failure | null>;
  readonly timeline: ReadonlySignal<Timeline | null>;
  /** Fields that came in while the card was looked at, in the order they came: highlighted once. */
  readonly fresh: ReadonlySignal<readonly string[]>;
  /** Rose in type before the agent's eyes. */
  readonly isPromoted: ReadonlySignal<boolean>;
  open(contact: string): void;
  /** Feed items, in order. */
  take(items: readonly FeedItem[]): void;
  presence(contact: string, online: boolean, page: ContactCard['page']): void;
  loadMoreTimeline(): void;
  /** Asks for everything again. */
  refresh(): void;
}

/** Waits for the end of a burst: one message can bring several facts. */
const refreshAfterMs = 120;
const timelinePage = 30;
const aboutContact = /^(contact|detail|lead|form|conversation)\./;

export function createCard(connection: Connection): Card {
  const contact = signal<ContactCard | null>(null);
  const failure = signal<Failure | null>(null);
  const timeline = signal<Timeline | null>(null);
  const fresh = signal<readonly string[]>([]);
  const isPromoted = signal(false);
  let openId: string | null = null;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;

  async function load(id: string): Promise<void> {
    failure.value = null;
    const reply = await deliver(connection, 'contact.get', { contact: id }, () => openId === id);
    if (!reply || openId !== id) return;
    if (!reply.ok) {
      failure.value = reply;
      return;
    }
    const before = contact.peek();
    batch(() => {
      contact.value = reply.contact;
      if (before?.id === id) markFresh(newFields(before, reply.contact));
    });
  }

  async function loadTimeline(id: string): Promise<void> {
    const reply = await deliver(connection, 'contact.timeline', { contact: id, limit: timelinePage }, () => openId === id);
    if (reply?.ok && openId === id) timeline.value = withNewest(timeline.peek(), reply);
  }

  function markFresh(fields: readonly string[]): void {
    const unseen = fields.filter((field) => !fresh.peek().includes(field));
    if (unseen.length > 0) fresh.value = [...fresh.peek(), ...unseen];
  }

  function open(id: string): void {
    if (openId === id) return;
    openId = id;
    clearTimeout(refreshTimer);
    batch(() => {
      contact.value = null;
      timeline.value = null;
      fresh.value = [];
      isPromoted.value = false;
    });
    void load(id);
    void loadTimeline(id);
  }

  function refresh(): void {
    clearTimeout(refreshTimer);
    refreshTimer = setTimeout(() => {
      if (openId === null) return;
      void load(openId);
      void loadTimeline(openId);
    }, refreshAfterMs);
  }

  function takeOne(item: FeedItem): void {
    if (openId === null) return;
    if (item.mergedFrom === openId && item.contact) return open(item.contact.id);
    const about = item.contactId ?? item.contact?.id ?? item.conversation?.contact.id;
    if (about !== openId) return;
    const card = contact.peek();
    if (card) {
      const next = withItem(card, item);
      if (next.type !== card.type) isPromoted.value = true;
      markFresh(newFields(card, next));
      contact.value = next;
    }
    if (aboutContact.test(item.type)) refresh();
  }

  return {
    contact,
    failure,
    timeline,
    fresh,
    isPromoted,
    open,
    take: (items) => batch(() => items.forEach(takeOne)),
    presence(id, online, page) {
      const card = contact.peek();
      if (card?.id === id) contact.value = { ...card, online, page: page ?? card.page, lastSeenAt: Date.now() };
    },
    async loadMoreTimeline() {
      const id = openId;
      const cursor = timeline.peek()?.nextCursor;
      if (id === null || !cursor) return;
      const reply = await deliver(connection, 'contact.timeline', { contact: id, limit: timelinePage, cursor }, () => openId === id);
      const known = timeline.peek();
      if (reply?.ok && known?.nextCursor === cursor)
        timeline.value = { items: [...known.items, ...reply.items], nextCursor: reply.nextCursor };
    },
    refresh,
  };
}

/** What a feed item says of the contact, shown before the whole card is fetched anew. */
function withItem(card: ContactCard, item: FeedItem): ContactCard {
  const summary = item.contact ?? item.conversation?.contact;
  const next = summary ? { ...card, ...summary } : card;
  const { detail } = item;
  if (!detail || next.details.some((known) => known.field === detail.field && known.value === detail.value)) return next;
  const seen: DetailView = {
    field: detail.field,
    value: detail.value,
    grade: 'claimed',
    status: detail.outcome,
    source: { kind: 'message', conversation: item.conversationId ?? null, message: detail.message },
    flags: [],
    suggestion: null,
    at: item.at,
  };
  const details = next.details.map((known) =>
    detail.outcome === 'current' && known.field === detail.field && known.status === 'current'
      ? { ...known, status: 'former' as const }
      : known,
  );
  return { ...next, ...(detail.outcome === 'current' ? { [detail.field]: detail.value } : {}), details: [...details, seen] };
}

const cardFields = ['name', 'email', 'phone', 'company'] as const;

function newFields(before: ContactCard, after: ContactCard): string[] {
  const fields: string[] = cardFields.filter((field) => after[field] !== null && after[field] !== before[field]);
  const attributes = Object.entries(after.attributes).filter(([name, value]) => value !== null && before.attributes[name] !== value);
  return [...fields, ...attributes.map(([name]) => name)];
}

/** A first page loaded again: older pages stay, unless too much is new to join them. */
function withNewest(known: Timeline | null, page: Timeline): Timeline {
  const oldest = page.items.at(-1);
  if (!known || !oldest || page.nextCursor === null) return page;
  const keyOf = (item: AgentTimelineItem): string => `${item.at} ${item.type} ${item.message ?? ''}`;
  const joint = known.items.findIndex((item) => keyOf(item) === keyOf(oldest));
  return joint === -1 || joint === known.items.length - 1
    ? page
    : { items: [...page.items, ...known.items.slice(joint + 1)], nextCursor: known.nextCursor };
}
