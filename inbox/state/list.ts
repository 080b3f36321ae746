// The list: which conversations the chosen filter and search show, in which order, and how more are loaded.
import { batch, computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../shared/errors.ts';
import type { AgentReply, ConversationFilter, ConversationSummary } from '../../shared/protocol.ts';
import type { Connection } from '../connection.ts';
import { deliver } from '../deliver.ts';
import type { Conversations } from './conversations.ts';
import type { CountsState } from './counts.ts';
import { compareIn, isIn } from './filters.ts';

const pageSize = 50;
const searchAfterMs = 200;

interface Loaded {
  cursor: string | null;
  /** `lastAt` of the oldest row loaded: what is older and known by chance waits for its page, so that no gap shows. */
  floor: number;
}

export interface List {
  readonly filter: ReadonlySignal<ConversationFilter>;
  readonly search: ReadonlySignal<string>;
  /** Null while nothing is loaded yet. */
  readonly rows: ReadonlySignal<readonly ConversationSummary[] | null>;
  readonly failure: ReadonlySignal<Failure | null>;
  readonly hasMore: ReadonlySignal<boolean>;
  readonly unread: ReadonlySignal<number>;
  /** While true, rows keep their places under the pointer. */
  readonly isHeld: ReadonlySignal<boolean>;
  setFilter(filter: ConversationFilter): void;
  setSearch(words: string): void;
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

type ListReply = Extract<AgentReply<'conversation.list'>, { ok: true }>;

export function createList({ connection, conversations, counts, agentId }: Deps): List {
  const filter = signal<ConversationFilter>('open');
  const search = signal('');
  const loaded = signal<ReadonlyMap<string, Loaded>>(new Map());
  const found = signal<{ key: string; ids: readonly number[] } | null>(null);
  const failure = signal<Failure | null>(null);
  const isHeld = signal(false);
  const key = computed(() => keyOf(filter.value, search.value));
  const loading = new Set<string>();
  let searchTimer: ReturnType<typeof setTimeout> | undefined;
  let recountTimer: ReturnType<typeof setTimeout> | undefined;

  function take(reply: ListReply, of: string, isFirst: boolean): void {
    batch(() => {
      conversations.put(reply.conversations);
      counts.set(reply.counts, reply.rev);
      const last = reply.conversations.at(-1);
      loaded.value = new Map(loaded.value).set(of, {
        cursor: reply.nextCursor,
        floor: reply.nextCursor === null || !last ? -Infinity : last.lastAt,
      });
      const ids = reply.conversations.map((c) => c.id);
      if (search.value.trim() !== '' && of === key.value)
        found.value = { key: of, ids: isFirst ? ids : [...(found.value?.ids ?? []), ...ids] };
      failure.value = null;
    });
  }

  async function load(cursor: string | null): Promise<void> {
    const of = key.peek();
    const words = search.peek().trim();
    if (loading.has(of)) return;
    loading.add(of);
    const body = {
      filter: filter.peek(),
      limit: pageSize,
      ...(words === '' ? {} : { search: words }),
      ...(cursor === null ? {} : { cursor }),
    };
    const reply = await deliver(connection, 'conversation.list', body, () => key.peek() === of);
    loading.delete(of);
    if (reply?.ok) take(reply, of, cursor === null);
    else if (reply && key.peek() === of) failure.value = reply;
  }

  const ensureLoaded = (): void => {
    failure.value = null;
    if (!loaded.peek().has(key.peek()) && counts.counts.peek() !== null) void load(null);
  };

  const current = computed((): readonly ConversationSummary[] | null => {
    const page = loaded.value.get(key.value);
    if (!page) return null;
    const all = conversations.byId.value;
    if (search.value.trim() !== '') return (found.value?.key === key.value ? found.value.ids : []).flatMap((id) => all.get(id) ?? []);
    return [...all.values()].filter((c) => isIn(filter.value, c, agentId()) && c.lastAt >= page.floor).sort(compareIn(filter.value));
  });

  return {
    filter,
    search,
    rows: heldOrder(current, isHeld, key),
    failure,
    hasMore: computed(() => (loaded.value.get(key.value)?.cursor ?? null) !== null),
    unread: computed(() => [...conversations.byId.value.values()].filter((c) => c.status === 'open' && c.agentUnread > 0).length),
    isHeld,
    setFilter(next) {
      if (filter.peek() === next) return;
      filter.value = next;
      ensureLoaded();
    },
    setSearch(words) {
      clearTimeout(searchTimer);
      search.value = words;
      if (words.trim() === '') ensureLoaded();
      else searchTimer = setTimeout(() => void load(null), searchAfterMs);
    },
    hold: (next) => void (isHeld.value = next),
    loadMore() {
      const cursor = loaded.peek().get(key.peek())?.cursor;
      if (cursor) void load(cursor);
    },
    retry: () => void load(null),
    startOver() {
      batch(() => {
        loaded.value = new Map();
        found.value = null;
      });
      loading.clear();
      void load(null);
    },
    recount() {
      clearTimeout(recountTimer);
      recountTimer = setTimeout(async () => {
        const reply = await connection.send('conversation.list', { filter: filter.peek(), limit: 1 });
        if (reply.ok) counts.set(reply.counts, reply.rev);
      }, 400);
    },
  };
}

function keyOf(filter: ConversationFilter, search: string): string {
  return `${filter}\n${search.trim().toLowerCase()}`;
}

/** Rows that are there keep their order while held; new ones go below, and all sort themselves when let go. */
function heldOrder(
  current: ReadonlySignal<readonly ConversationSummary[] | null>,
  isHeld: ReadonlySignal<boolean>,
  key: ReadonlySignal<string>,
): ReadonlySignal<readonly ConversationSummary[] | null> {
  let order: number[] = [];
  let orderOf = '';
  const rows = computed(() => {
    const sorted = current.value;
    if (!sorted) return null;
    if (!isHeld.value || orderOf !== key.value) {
      order = sorted.map((c) => c.id);
      orderOf = key.value;
      return sorted;
    }
    const place = new Map(order.map((id, index) => [id, index]));
    const held = [...sorted].sort((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity) || 0);
    order = held.map((c) => c.id);
    return held;
  });
  // Keeps the computed alive, so that the order held is the one seen last.
  effect(() => void rows.value);
  return rows;
}
