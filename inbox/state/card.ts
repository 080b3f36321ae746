// The contact beside the thread: fetched once, then filled in live as the feed brings what was captured.
import { batch, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { failure as createFailure } from '../../shared/errors.ts';
import type { Failure } from '../../shared/errors.ts';
import type { ContactCard, ContactSummary, DetailView, FeedItem } from '../../shared/protocol.ts';
import type { Connection } from '../connection.ts';
import { deliver } from '../deliver.ts';
import { createTimeline } from './timeline.ts';
import type { Timeline } from './timeline.ts';

export interface Card {
  readonly contact: ReadonlySignal<ContactCard | null>;
  readonly failure: ReadonlySignal<Failure | null>;
  readonly timeline: Timeline;
  /** Fields that came in while the card was looked at, in the order they came: highlighted once. */
  readonly fresh: ReadonlySignal<readonly string[]>;
  /** Rose in type before the agent's eyes. */
  readonly isPromoted: ReadonlySignal<boolean>;
  open(contact: string): void;
  /** Feed items, in order. */
  take(items: readonly FeedItem[]): void;
  presence(contact: string, online: boolean, page: ContactCard['page']): void;
  /** As the server said them last. */
  setTags(contact: string, tags: readonly string[]): void;
  /** Somebody said that this one is another person. */
  dropDuplicate(contact: string, other: string): void;
  /** Asks for everything again, soon and once for many reasons. */
  refresh(): void;
}

/** Waits for the end of a burst: one message can bring several facts. */
const refreshAfterMs = 120;
const aboutContact = /^(contact|detail|consent|lead|form|bot|conversation)\./;

export function createCard(connection: Connection): Card {
  const contact = signal<ContactCard | null>(null);
  const failure = signal<Failure | null>(null);
  const news = createNews();
  let openId: string | null = null;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  const timeline = createTimeline(connection, () => openId);

  function load(): void {
    failure.value = null;
    void loadContact();
    void timeline.load();
  }

  async function loadContact(): Promise<void> {
    const id = openId;
    if (id === null) return;
    const reply = await deliver(connection, 'contact.get', { contact: id }, () => openId === id);
    if (!reply || openId !== id) return;
    if (reply.ok) take(reply.contact);
    else fail(reply);
  }

  function take(loaded: ContactCard): void {
    show(loaded);
    if (loaded.id === openId) return;
    // It was merged away while nobody here heard of it.
    openId = loaded.id;
    timeline.startAnew();
    void timeline.load();
  }

  /** What is gone is not shown any longer; what only could not be had just now is. */
  function fail(why: Failure): void {
    batch(() => {
      failure.value = why;
      if (isGone(why)) empty();
    });
  }

  function empty(): void {
    contact.value = null;
    timeline.clear();
    news.clear();
  }

  /** What is new against what was shown is highlighted; a card just opened is not. */
  function show(next: ContactCard): void {
    const before = contact.peek();
    batch(() => {
      contact.value = next;
      if (before) news.take(before, next);
    });
  }

  function open(id: string): void {
    if (openId === id) return;
    openId = id;
    clearTimeout(refreshTimer);
    batch(empty);
    load();
  }

  /** Goes on as the one it became: what is known stays until the rest is here. */
  function follow(survivor: ContactSummary): void {
    const card = contact.peek();
    openId = survivor.id;
    clearTimeout(refreshTimer);
    if (card) show({ ...withSummary(card, survivor), duplicates: card.duplicates.filter((other) => other.contact.id !== survivor.id) });
    timeline.startAnew();
    load();
  }

  function refresh(): void {
    clearTimeout(refreshTimer);
    refreshTimer = setTimeout(load, refreshAfterMs);
  }

  function takeOne(item: FeedItem): void {
    if (openId === null) return;
    if (item.mergedFrom === openId && item.contact) return follow(item.contact);
    if (item.type === 'contact.erased' && item.contactId === openId) return fail(createFailure('contact_gone'));
    const card = contact.peek();
    if (card && isOfAnother(card, item)) refresh();
    if ((item.contactId ?? item.contact?.id ?? item.conversation?.contact.id) !== openId) return;
    if (card) show(withItem(card, item));
    if (aboutContact.test(item.type)) refresh();
  }

  return {
    contact,
    failure,
    timeline,
    fresh: news.fresh,
    isPromoted: news.isPromoted,
    open,
    take: (items) => batch(() => items.forEach(takeOne)),
    ...createTouches(contact),
    refresh,
  };
}

/** What is known at once, before the card is asked anew. */
function createTouches(contact: Signal<ContactCard | null>): Pick<Card, 'presence' | 'setTags' | 'dropDuplicate'> {
  const touch = (id: string, change: (card: ContactCard) => Partial<ContactCard>): void => {
    const card = contact.peek();
    if (card?.id === id) contact.value = { ...card, ...change(card) };
  };
  const without = (other: string) => (card: ContactCard) => ({ duplicates: card.duplicates.filter(({ contact: { id } }) => id !== other) });
  return {
    presence: (id, online, page) => touch(id, (card) => ({ online, page: page ?? card.page, lastSeenAt: Date.now() })),
    setTags: (id, tags) => touch(id, () => ({ tags: [...tags] })),
    dropDuplicate(id, other) {
      touch(id, without(other));
      touch(other, without(id));
    },
  };
}

interface News extends Pick<Card, 'fresh' | 'isPromoted'> {
  take(before: ContactCard, next: ContactCard): void;
  clear(): void;
}

/** What changed before the agent's eyes. */
function createNews(): News {
  const fresh = signal<readonly string[]>([]);
  const isPromoted = signal(false);
  return {
    fresh,
    isPromoted,
    take(before, next) {
      if (next.type !== before.type) isPromoted.value = true;
      const unseen = newFields(before, next).filter((field) => !fresh.peek().includes(field));
      if (unseen.length > 0) fresh.value = [...fresh.peek(), ...unseen];
    },
    clear() {
      fresh.value = [];
      isPromoted.value = false;
    },
  };
}

export const isGone = ({ code }: Failure): boolean => code === 'contact_gone' || code === 'not_found';

/** Something happened to another one which this card lists as a possible duplicate, or may have to. */
function isOfAnother({ id, email, duplicates }: ContactCard, item: FeedItem): boolean {
  if (!aboutContact.test(item.type)) return false;
  // Found from the other side, it says of neither whom it may be.
  if (item.type === 'contact.duplicate_found') return true;
  const ids = [item.contactId, item.contact?.id, item.mergedFrom, item.restored?.id];
  const others = [item.contact, item.restored].filter((other) => other !== undefined && other.id !== id);
  return duplicates.some((other) => ids.includes(other.contact.id)) || (email !== null && others.some((other) => other?.email === email));
}

/** What a feed item says of the contact, shown before the whole card is fetched anew. */
function withItem(card: ContactCard, item: FeedItem): ContactCard {
  const summary = item.contact ?? item.conversation?.contact;
  const next = summary ? withSummary(card, summary) : card;
  return item.detail ? withDetail(next, item, item.detail) : next;
}

/** A summary says nothing of a block where there is none. */
function withSummary(card: ContactCard, summary: ContactSummary): ContactCard {
  return { ...card, ...summary, blocked: summary.blocked ?? false };
}

function withDetail(card: ContactCard, item: FeedItem, { field, value, message, outcome }: NonNullable<FeedItem['detail']>): ContactCard {
  if (card.details.some((known) => known.field === field && known.value === value)) return card;
  const seen: DetailView = {
    field,
    value,
    grade: 'claimed',
    status: outcome,
    source: { kind: 'message', conversation: item.conversationId ?? null, message },
    flags: [],
    suggestion: null,
    at: item.at,
  };
  if (outcome === 'alternate') return { ...card, details: [...card.details, seen] };
  const isReplaced = (known: DetailView): boolean => known.field === field && known.status === 'current';
  const others = card.details.map((known) => (isReplaced(known) ? { ...known, status: 'former' as const } : known));
  return { ...card, [field]: value, details: [...others, seen] };
}

const cardFields = ['name', 'email', 'phone', 'company'] as const;

function newFields(before: ContactCard, after: ContactCard): string[] {
  const fields: string[] = cardFields.filter((field) => after[field] !== null && after[field] !== before[field]);
  const attributes = Object.entries(after.attributes).filter(([name, value]) => value !== null && before.attributes[name] !== value);
  const isSignUp = after.signedUpAt !== undefined && after.signedUpAt !== before.signedUpAt;
  return [...fields, ...(isSignUp ? ['signed_up_at'] : []), ...attributes.map(([name]) => name)];
}
