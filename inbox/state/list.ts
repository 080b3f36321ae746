// The list: which conversations the chosen filter and search show, in which order, and how more are loaded.
import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../shared/errors.ts';
import type { ConversationFilter, ConversationSummary } from '../../shared/protocol.ts';
import type { Connection } from '../connection.ts';
import type { Conversations } from './conversations.ts';
import type { CountsState } from './counts.ts';
import { compareIn, isIn } from './filters.ts';
import { createPages, keyOf } from './pages.ts';
import type { Pages, Query } from './pages.ts';

const searchAfterMs = 200;
const recountAfterMs = 400;

type Rows = readonly ConversationSummary[] | null;

export interface List {
  readonly filter: ReadonlySignal<ConversationFilter>;
  readonly search: ReadonlySignal<string>;
  /** Null while nothing is loaded yet. */
  readonly rows: ReadonlySignal<Rows>;
  readonly failure: ReadonlySignal<Failure | null>;
  readonly hasMore: ReadonlySignal<boolean>;
  /** So many fit the search that only the newest were looked at. */
  readonly isCut: ReadonlySignal<boolean>;
  /** Open conversations with something unread. */
  readonly unread: ReadonlySignal<number>;
  setFilter(filter: ConversationFilter): void;
  setSearch(words: string): void;
  /** While held, rows keep their places under the pointer. */
  hold(isHeld: boolean): void;
  loadMore(): void;
  retry(): void;
  /** Forgets what was loaded and loads the first page. */
  startOver(): void;
  /** Counts anew, soon and once for many reasons. */
  recount(): void;
}

interface Deps {
  connection: Connection;
  conversations: Conversations;
  counts: CountsState;
  agentId: () => number;
}

export function createList({ connection, conversations, counts, agentId }: Deps): List {
  const filter = signal<ConversationFilter>('open');
  const search = signal('');
  const isHeld = signal(false);
  const query = computed((): Query => ({ filter: filter.value, words: search.value }));
  const key = computed(() => keyOf(query.value));
  const pages = createPages({ connection, conversations, counts, isWanted: (of) => of === key.peek() });
  const rows = computed(() => rowsOf(query.value, pages, conversations, agentId()));
  const loadFirst = (): void => void pages.load(query.peek(), null);
  const ensureLoaded = (): void => {
    // Before the feed is joined nothing was counted, and the start loads the first page itself.
    if (!pages.loaded.peek().has(key.peek()) && counts.counts.peek() !== null) loadFirst();
  };
  const searchLater = createDelay(loadFirst, searchAfterMs);
  const recountLater = createDelay(() => void recount(), recountAfterMs);
  async function recount(): Promise<void> {
    const reply = await connection.send('conversation.list', { filter: filter.peek(), limit: 1 });
    if (reply.ok) counts.set(reply.counts, reply.rev);
  }

  return {
    filter,
    search,
    rows: heldOrder(rows, isHeld, key),
    failure: pages.failure,
    hasMore: computed(() => (pages.loaded.value.get(key.value)?.cursor ?? null) !== null),
    isCut: computed(() => pages.loaded.value.get(key.value)?.isCut ?? false),
    unread: computed(() => [...conversations.byId.value.values()].filter((c) => c.status === 'open' && c.agentUnread > 0).length),
    setFilter(next) {
      filter.value = next;
      ensureLoaded();
    },
    setSearch(words) {
      search.value = words;
      searchLater.cancel();
      if (words.trim() === '') ensureLoaded();
      else searchLater.start();
    },
    hold: (next) => void (isHeld.value = next),
    loadMore() {
      const cursor = pages.loaded.peek().get(key.peek())?.cursor;
      if (cursor) void pages.load(query.peek(), cursor);
    },
    retry: loadFirst,
    startOver() {
      pages.clear();
      loadFirst();
    },
    recount: recountLater.start,
  };
}

function createDelay(run: () => void, ms: number): { start(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => clearTimeout(timer);
  return {
    cancel,
    start() {
      cancel();
      timer = setTimeout(run, ms);
    },
  };
}

function rowsOf({ filter, words }: Query, pages: Pages, conversations: Conversations, agentId: number): Rows {
  const page = pages.loaded.value.get(keyOf({ filter, words }));
  if (!page) return null;
  const all = conversations.byId.value;
  if (words.trim() !== '') return page.ids.flatMap((id) => all.get(id) ?? []);
  return [...all.values()].filter((c) => isIn(filter, c, agentId) && c.lastAt >= page.floor).sort(compareIn(filter));
}

/** Rows that are there keep their order while held; new ones go below, and all sort themselves when let go. */
function heldOrder(current: ReadonlySignal<Rows>, isHeld: ReadonlySignal<boolean>, key: ReadonlySignal<string>): ReadonlySignal<Rows> {
  let order: number[] = [];
  let orderOf = '';
  const rows = computed(() => {
    const sorted = current.value;
    if (!sorted) return null;
    const isSame = isHeld.value && orderOf === key.value;
    const place = new Map(order.map((id, index) => [id, index]));
    const shown = isSame ? [...sorted].sort((a, b) => (place.get(a.id) ?? place.size) - (place.get(b.id) ?? place.size)) : sorted;
    order = shown.map((c) => c.id);
    orderOf = key.value;
    return shown;
  });
  // Keeps the computed alive, so that the order held is the one seen last.
  effect(() => void rows.value);
  return rows;
}
