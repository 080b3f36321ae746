// The logs of opened conversations: loaded by page, moved on by the feed in order, filled where something is missing.
import { signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Change } from '../../shared/conversation.ts';
import type { Failure } from '../../shared/errors.ts';
import { createOrderedLog } from '../../shared/log.ts';
import type { OrderedLog } from '../../shared/log.ts';
import type { HistoryReply } from '../../shared/protocol.ts';
import type { Connection } from '../connection.ts';
import { deliver } from '../deliver.ts';

const pageSize = 100;
const gapPatienceMs = 150;
/** Logs kept for going back to; the one used longest ago is forgotten first. */
const threadsKept = 20;

export interface Thread {
  readonly id: number;
  /** A dense part of the log up to its end, oldest first. */
  readonly changes: ReadonlySignal<readonly Change[]>;
  readonly isLoaded: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<Failure | null>;
  readonly hasOlder: ReadonlySignal<boolean>;
  readonly isLoadingOlder: ReadonlySignal<boolean>;
}

interface Held extends Thread {
  changes: Signal<readonly Change[]>;
  isLoaded: Signal<boolean>;
  failure: Signal<Failure | null>;
  hasOlder: Signal<boolean>;
  isLoadingOlder: Signal<boolean>;
  log: OrderedLog<Change>;
  /** Came out of the feed while history was under way; null once history is here. */
  early: Change[] | null;
  gapTimer: ReturnType<typeof setTimeout> | undefined;
}

export interface Threads {
  /** The thread, loaded now if it is not here yet. */
  open(conversation: number): Thread;
  /** A change out of the feed; of no interest where the conversation was never opened. */
  take(conversation: number, change: Change): void;
  loadOlder(conversation: number): Promise<void>;
  /** Loads older pages until the message is here; false where the log does not hold it. */
  reach(conversation: number, message: number): Promise<boolean>;
  retry(conversation: number): void;
  /** These logs are no more. */
  drop(conversations: readonly number[]): void;
  /** Loads every thread anew, keeping on screen what is there meanwhile. */
  startOver(): void;
}

export function createThreads(connection: Connection): Threads {
  const held = new Map<number, Held>();
  const isHeld = (thread: Held): boolean => held.get(thread.id) === thread;

  async function loadNewest(thread: Held): Promise<void> {
    thread.failure.value = null;
    const reply = await deliver(connection, 'conversation.history', { conversation: thread.id, limit: pageSize }, () => isHeld(thread));
    if (reply?.ok) takeNewest(thread, reply, () => void loadNewest(thread));
    else if (reply) thread.failure.value = reply;
  }

  async function loadOlder(id: number): Promise<void> {
    const thread = held.get(id);
    const oldest = thread?.changes.peek()[0];
    if (!thread || !oldest || !thread.hasOlder.peek() || thread.isLoadingOlder.peek()) return;
    thread.isLoadingOlder.value = true;
    const body = { conversation: id, before: oldest.seq, limit: pageSize };
    const reply = await deliver(connection, 'conversation.history', body, () => isHeld(thread));
    if (reply?.ok) takeOlder(thread, reply, oldest.seq);
    thread.isLoadingOlder.value = false;
  }

  return {
    open(id) {
      const known = held.get(id);
      const thread = known ?? createThread(id);
      held.delete(id);
      held.set(id, thread);
      const [oldest] = held.keys();
      if (held.size > threadsKept && oldest !== undefined) held.delete(oldest);
      if (!known) void loadNewest(thread);
      return thread;
    },
    take(id, change) {
      const thread = held.get(id);
      if (thread) offer(thread, [change], () => void loadNewest(thread));
    },
    loadOlder,
    async reach(id, message) {
      const thread = held.get(id);
      while (thread && !holds(thread, message) && thread.hasOlder.peek() && isHeld(thread)) await loadOlder(id);
      return thread !== undefined && holds(thread, message);
    },
    retry(id) {
      const thread = held.get(id);
      if (thread) void loadNewest(thread);
    },
    drop: (ids) => ids.forEach((id) => held.delete(id)),
    startOver() {
      for (const thread of held.values()) {
        thread.early = [];
        void loadNewest(thread);
      }
    },
  };
}

function createThread(id: number): Held {
  return {
    id,
    changes: signal<readonly Change[]>([]),
    isLoaded: signal(false),
    failure: signal<Failure | null>(null),
    hasOlder: signal(false),
    isLoadingOlder: signal(false),
    log: createOrderedLog<Change>(),
    early: [],
    gapTimer: undefined,
  };
}

function offer(thread: Held, changes: readonly Change[], fill: () => void): void {
  if (thread.early !== null) {
    thread.early.push(...changes);
    return;
  }
  const ready = thread.log.offer(changes);
  if (ready.length > 0) thread.changes.value = [...thread.changes.peek(), ...ready];
  clearTimeout(thread.gapTimer);
  if (thread.log.hasGap()) thread.gapTimer = setTimeout(fill, gapPatienceMs);
}

/** Joins the newest page to what is here; where it does not reach that far back, it takes its place. */
function takeNewest(thread: Held, { changes, head, more }: HistoryReply, fill: () => void): void {
  const first = changes[0]?.seq ?? head + 1;
  if (thread.early === null && first <= thread.log.last() + 1) {
    offer(thread, changes, fill);
    return;
  }
  thread.log = createOrderedLog(first - 1);
  thread.changes.value = thread.log.offer(changes);
  thread.hasOlder.value = more;
  thread.isLoaded.value = true;
  const early = thread.early ?? [];
  thread.early = null;
  offer(thread, early, fill);
}

function takeOlder(thread: Held, { changes, more }: HistoryReply, before: number): void {
  // Loaded anew meanwhile: this page belongs to another log.
  if (thread.changes.peek()[0]?.seq !== before) return;
  thread.changes.value = [...changes.filter((change) => change.seq < before), ...thread.changes.peek()];
  thread.hasOlder.value = more && changes.length > 0;
}

function holds(thread: Held, message: number): boolean {
  return thread.changes.peek().some((change) => change.kind === 'message' && change.message.id === message);
}
