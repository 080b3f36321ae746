// What happened with one contact, by page, newest first.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { AgentTimeline } from '../../shared/protocol.ts';
import type { Connection } from '../connection.ts';
import { deliver } from '../deliver.ts';

type Page = Readonly<AgentTimeline>;

export interface Timeline {
  /** Null until loaded. */
  readonly shown: ReadonlySignal<Page | null>;
  readonly isLoadingMore: ReadonlySignal<boolean>;
  /** The first page, again where it is here already. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
  /** The next load takes the place of what is shown: it is of another contact. */
  startAnew(): void;
  clear(): void;
}

const pageSize = 30;

/** `contact` says whose timeline it is, null while nobody's. */
export function createTimeline(connection: Connection, contact: () => string | null): Timeline {
  const shown = signal<Page | null>(null);
  const isLoadingMore = signal(false);
  let isOther = false;
  async function page(cursor: string | null): Promise<Page | null> {
    const id = contact();
    if (id === null) return null;
    const body = { contact: id, limit: pageSize, ...(cursor === null ? {} : { cursor }) };
    const reply = await deliver(connection, 'contact.timeline', body, () => contact() === id);
    return reply?.ok && contact() === id ? reply : null;
  }
  return {
    shown,
    isLoadingMore,
    async load() {
      const first = await page(null);
      if (!first) return;
      shown.value = withNewest(isOther ? null : shown.peek(), first);
      isOther = false;
    },
    async loadMore() {
      const cursor = shown.peek()?.nextCursor;
      if (isLoadingMore.peek()) return;
      isLoadingMore.value = true;
      const next = cursor ? await page(cursor) : null;
      isLoadingMore.value = false;
      const known = shown.peek();
      if (next && known && known.nextCursor === cursor)
        shown.value = { ...next, items: [...known.items, ...next.items], people: named(next, known) };
    },
    startAnew: () => void (isOther = true),
    clear: () => void (shown.value = null),
  };
}

/** A first page loaded again: older pages stay, unless too much is new to join them. */
function withNewest(known: Page | null, first: Page): Page {
  const oldest = first.items.at(-1);
  if (!known || !oldest || first.nextCursor === null) return first;
  const joint = known.items.findIndex((item) => item.rev === oldest.rev);
  if (joint === -1 || joint === known.items.length - 1) return first;
  return { ...known, items: [...first.items, ...known.items.slice(joint + 1)], people: named(first, known) };
}

/** Each once, as they are called now. */
function named(newer: Page, known: Page): Page['people'] {
  const others = known.people.filter(({ id }) => newer.people.every((person) => person.id !== id));
  return [...newer.people, ...others];
}
