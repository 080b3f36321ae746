// The conversation being read: its thread as entries, what is marked in it, and the word to the server that it was read.
import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { failure as createFailure } from '../../shared/errors.ts';
import type { Failure } from '../../shared/errors.ts';
import type { Author, DetailView } from '../../shared/protocol.ts';
import type { Connection } from '../connection.ts';
import { deliver } from '../deliver.ts';
import type { Card } from './card.ts';
import type { Conversations } from './conversations.ts';
import { entriesOf } from './entries.ts';
import type { Entry } from './entries.ts';
import type { Outbox } from './outbox.ts';
import type { Revisions } from './revisions.ts';
import type { Thread, Threads } from './threads.ts';

export interface Reading {
  readonly thread: ReadonlySignal<Thread | null>;
  readonly entries: ReadonlySignal<readonly Entry[]>;
  /** The conversation does not exist or cannot be had. */
  readonly failure: ReadonlySignal<Failure | null>;
  /** The message to scroll to; `nonce` changes when it is asked for again. */
  readonly marked: ReadonlySignal<{ message: number; nonce: number } | null>;
  /** What was captured from which message, for marks beside it. */
  readonly captured: ReadonlySignal<ReadonlyMap<number, readonly DetailView[]>>;
  open(conversation: number | null, message: number | null): void;
  /** Scrolls to a message of this conversation and lights it up. */
  mark(message: number): void;
  loadOlder(): void;
  retry(): void;
  /** The newest message is on screen and somebody looks at it. */
  setSeen(isSeen: boolean): void;
  /** After a start from scratch. */
  refetch(): void;
  /** These were erased: of the open one that is said in its place. */
  erased(conversations: readonly number[]): void;
}

interface Deps {
  connection: Connection;
  conversations: Conversations;
  threads: Threads;
  outbox: Outbox;
  revisions: Revisions;
  card: Card;
  author: Author;
}

export function createReading({ connection, conversations, threads, outbox, revisions, card, author }: Deps): Reading {
  const thread = signal<Thread | null>(null);
  const failure = signal<Failure | null>(null);
  const { marked, mark } = createMark(thread, threads);
  const isSeen = signal(false);

  async function fetchSummary(id: number): Promise<void> {
    const reply = await deliver(connection, 'conversation.get', { conversation: id }, () => thread.peek()?.id === id);
    if (reply?.ok) conversations.put([reply.conversation]);
    else if (reply) {
      conversations.drop(id);
      failure.value = reply;
    }
  }

  tellRead({ connection, conversations, thread, isSeen });
  effect(() => {
    const contact = thread.value && conversations.byId.value.get(thread.value.id)?.contact.id;
    if (contact) card.open(contact);
  });

  return {
    thread,
    entries: createEntries({ thread, outbox, revisions, card, author }),
    failure,
    marked,
    captured: computed(() => capturedByMessage(card.contact.value?.details ?? [], thread.value?.id ?? null)),
    open(id, message) {
      if (thread.peek()?.id !== id) {
        failure.value = null;
        marked.value = null;
        isSeen.value = false;
        thread.value = id === null ? null : threads.open(id);
        if (id !== null && !conversations.known(id)) void fetchSummary(id);
      }
      if (message !== null) void mark(message);
    },
    mark: (message) => void mark(message),
    loadOlder() {
      if (thread.peek()) void threads.loadOlder(thread.peek()?.id ?? 0);
    },
    retry() {
      const id = thread.peek()?.id;
      if (id === undefined) return;
      failure.value = null;
      threads.retry(id);
      if (!conversations.known(id)) void fetchSummary(id);
    },
    setSeen: (next) => void (isSeen.value = next),
    refetch() {
      const id = thread.peek()?.id;
      if (id !== undefined) void fetchSummary(id);
    },
    erased(ids) {
      if (ids.includes(thread.peek()?.id ?? 0)) failure.value = createFailure('contact_gone');
    },
  };
}

/** Loads as far back as the message stands; nothing is marked where another thread was opened meanwhile. */
function createMark(
  thread: ReadonlySignal<Thread | null>,
  threads: Threads,
): { marked: Signal<{ message: number; nonce: number } | null>; mark(message: number): Promise<void> } {
  const marked = signal<{ message: number; nonce: number } | null>(null);
  return {
    marked,
    async mark(message) {
      const open = thread.peek();
      if (!open) return;
      await whenLoaded(open);
      if ((await threads.reach(open.id, message)) && thread.peek() === open)
        marked.value = { message, nonce: (marked.peek()?.nonce ?? 0) + 1 };
    },
  };
}

function createEntries({
  thread,
  outbox,
  revisions,
  card,
  author,
}: Pick<Deps, 'outbox' | 'revisions' | 'card' | 'author'> & { thread: ReadonlySignal<Thread | null> }): ReadonlySignal<readonly Entry[]> {
  const told = computed(() => card.timeline.shown.value?.items ?? []);
  const promotions = computed(() => told.value.filter((item) => item.type === 'contact.promoted'));
  const handovers = computed(() => {
    const reasons = told.value.filter((item) => item.type === 'bot.handed_over' && typeof item.data['reason'] === 'string');
    return new Map(reasons.map((item) => [item.at, String(item.data['reason'])]));
  });
  return computed(() => {
    const open = thread.value;
    if (!open) return [];
    const changes = open.changes.value;
    const inLog = new Set(changes.map((change) => (change.kind === 'message' ? change.message.cid : undefined)));
    const last = changes.at(-1)?.seq ?? 0;
    const isAhead = (item: { conversation: number; seq: number | null }): boolean =>
      item.conversation === open.id && (item.seq === null || item.seq > last);
    return entriesOf({
      changes,
      outgoing: outbox.items.value.filter((item) => isAhead(item) && !inLog.has(item.cid)),
      revisions: revisions.items.value.filter(isAhead),
      promotions: promotions.value
        .filter((item) => item.conversation === open.id)
        .map((item) => ({ at: item.at, message: item.message, to: String(item.data['to'] ?? item.data['type'] ?? 'lead') }))
        .reverse(),
      handovers: handovers.value,
      me: author,
    });
  });
}

/** Says so once per head, while the thread's end is on screen. */
function tellRead({
  connection,
  conversations,
  thread,
  isSeen,
}: Pick<Deps, 'connection' | 'conversations'> & { thread: ReadonlySignal<Thread | null>; isSeen: ReadonlySignal<boolean> }): void {
  const told = new Map<number, number>();
  effect(() => {
    const open = thread.value;
    const summary = open && conversations.byId.value.get(open.id);
    if (!open || !summary || !isSeen.value || !open.isLoaded.value || summary.agentUnread === 0) return;
    const seq = open.changes.value.at(-1)?.seq ?? 0;
    if (seq <= Math.max(told.get(open.id) ?? 0, summary.agentReadSeq)) return;
    told.set(open.id, seq);
    conversations.markRead(open.id);
    // Until it is answered, or something newer was read.
    void deliver(connection, 'conversation.read', { conversation: open.id, seq }, () => told.get(open.id) === seq);
  });
}

function whenLoaded(thread: Thread): Promise<void> {
  return new Promise((resolve) => {
    let isDone = false;
    const dispose = effect(() => {
      if (!thread.isLoaded.value || isDone) return;
      isDone = true;
      queueMicrotask(() => {
        dispose();
        resolve();
      });
    });
  });
}

function capturedByMessage(details: readonly DetailView[], conversation: number | null): ReadonlyMap<number, readonly DetailView[]> {
  const byMessage = new Map<number, DetailView[]>();
  for (const detail of details) {
    const { source } = detail;
    if (source.message === null || (source.conversation !== null && source.conversation !== conversation)) continue;
    byMessage.set(source.message, [...(byMessage.get(source.message) ?? []), detail]);
  }
  return byMessage;
}
