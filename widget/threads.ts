// The conversations of this session and their logs, applied strictly in order (P8): what is shown is a prefix of the server's.
import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { applyChange, type Change, type ConversationView } from '../shared/conversation.ts';
import { createOrderedLog, type OrderedLog } from '../shared/log.ts';
import type { VisitorBody, VisitorCommandName, VisitorReply, VisitorSyncReply } from '../shared/protocol.ts';
import { addChanges, foldChanges, type Entry } from './entries.ts';

export type ThreadState = 'unloaded' | 'loading' | 'ready' | 'failed';

export interface Thread {
  id: number;
  state: ReadonlySignal<ThreadState>;
  entries: ReadonlySignal<readonly Entry[]>;
  /** There are older entries on the server. */
  more: ReadonlySignal<boolean>;
}

interface InnerThread extends Thread {
  state: Signal<ThreadState>;
  entries: Signal<readonly Entry[]>;
  more: Signal<boolean>;
  log: OrderedLog<Change>;
  changes: Change[];
}

export interface ThreadsDeps {
  request<K extends VisitorCommandName>(name: K, body: VisitorBody<K>, timeoutMs?: number): Promise<VisitorReply<K>>;
  /** A gap stays open, or something is not known: ask the server (150 ms later). */
  needSync(): void;
  /** Changes came in and are shown now; not called for history. */
  onLive(conversation: number, changes: readonly Change[]): void;
  onApplied(conversation: number, seq: number): void;
  onBegun(conversation: number): void;
  /** It was taken away from this session: an agent undid the merge it came by. */
  onGone(conversation: number): void;
  now?(): number;
}

export interface Threads {
  /** Newest first. */
  views: ReadonlySignal<readonly ConversationView[]>;
  view(id: number): ConversationView | undefined;
  thread(id: number): Thread;
  /** A conversation that has just come to be: its log is taken from the first entry on. */
  begin(id: number): void;
  load(id: number): Promise<void>;
  loadOlder(id: number): Promise<void>;
  take(id: number, changes: readonly Change[]): void;
  /** The heads that are known now, to be given to `takeSync` with the answer to what is asked now. */
  ids(): ReadonlyMap<number, number>;
  takeSync(reply: VisitorSyncReply, asked: ReadonlyMap<number, number>): void;
  syncBody(): VisitorBody<'sync'>;
  synced(id: number, head: number): void;
  reload(id: number | null): void;
  /** Shown here: the mark is set at once and told to the server. */
  markRead(id: number): void;
  lastSeq(id: number): number;
  reset(): void;
}

const pageSize = 60;
/** A sync lists so many conversations: of what is not among them nothing is said. */
const maxListed = 50;

export function createThreads(deps: ThreadsDeps): Threads {
  const { now = Date.now } = deps;
  const views = signal<readonly ConversationView[]>([]);
  const threads = new Map<number, InnerThread>();
  let epoch: string | undefined;

  const view = (id: number): ConversationView | undefined => views.value.find((one) => one.id === id);

  function setView(next: ConversationView): void {
    views.value = [next, ...views.value.filter((one) => one.id !== next.id)].toSorted((a, b) => b.lastAt - a.lastAt || b.id - a.id);
  }

  function thread(id: number): InnerThread {
    let one = threads.get(id);
    if (!one) {
      one = {
        id,
        state: signal<ThreadState>('unloaded'),
        entries: signal<readonly Entry[]>([]),
        more: signal(false),
        log: createOrderedLog<Change>(),
        changes: [],
      };
      threads.set(id, one);
    }
    return one;
  }

  function begin(id: number): void {
    const one = thread(id);
    if (one.state.value === 'ready') return;
    one.state.value = 'ready';
    if (!view(id)) {
      setView({ ...newView(id), lastAt: now(), createdAt: now() });
      deps.onBegun(id);
    }
    apply(one, one.log.offer([]));
  }

  function applyToView(id: number, changes: readonly Change[]): void {
    let current = view(id);
    if (!current) return;
    for (const change of changes) if (change.seq > current.head) current = applyChange(current, change);
    setView(current);
  }

  function apply(one: InnerThread, ready: readonly Change[]): void {
    if (ready.length > 0) {
      one.changes.push(...ready);
      one.entries.value = addChanges(one.entries.value, ready);
      applyToView(one.id, ready);
      deps.onLive(one.id, ready);
      deps.onApplied(one.id, one.log.last());
    }
    if (one.log.hasGap()) deps.needSync();
  }

  function take(id: number, changes: readonly Change[]): void {
    const known = view(id);
    if (!known && changes[0]?.seq === 1) begin(id);
    const one = thread(id);
    if (one.state.value === 'ready') return apply(one, one.log.offer(changes));
    // Its log is not held here: only the summary is kept up, as long as nothing is missing.
    if (one.state.value === 'loading') one.changes.push(...changes);
    const head = known?.head ?? -1;
    if (!known || (changes[0]?.seq ?? 0) > head + 1) return deps.needSync();
    applyToView(id, changes);
    deps.onLive(
      id,
      changes.filter((change) => change.seq > head),
    );
  }

  async function load(id: number): Promise<void> {
    const one = thread(id);
    // One that failed waits for the next sync.
    if (one.state.value !== 'unloaded') return;
    one.state.value = 'loading';
    one.changes = [];
    const reply = await deps.request('conversation.history', { conversation: id, limit: pageSize });
    if (threads.get(id) !== one) return;
    if (!reply.ok) {
      one.state.value = 'failed';
      return;
    }
    const meanwhile = one.changes;
    one.changes = [...reply.changes];
    one.entries.value = foldChanges(one.changes);
    one.more.value = reply.more;
    one.log.reset(reply.changes.at(-1)?.seq ?? reply.head);
    one.state.value = 'ready';
    setView(reply.conversation);
    deps.onApplied(id, one.log.last());
    apply(one, one.log.offer(meanwhile));
  }

  async function loadOlder(id: number): Promise<void> {
    const one = thread(id);
    const before = one.changes[0]?.seq;
    if (one.state.value !== 'ready' || !one.more.value || before === undefined) return;
    one.more.value = false;
    const reply = await deps.request('conversation.history', { conversation: id, before, limit: pageSize });
    if (threads.get(id) !== one) return;
    if (!reply.ok) {
      one.more.value = true;
      return;
    }
    one.changes = [...reply.changes, ...one.changes];
    one.entries.value = foldChanges(one.changes);
    one.more.value = reply.more;
  }

  function takeSync({ epoch: now, conversations }: VisitorSyncReply, asked: ReadonlyMap<number, number>): void {
    const isAhead = ({ id, head }: ConversationView): boolean => (asked.get(id) ?? 0) > head;
    // What came in since is in no answer to what was asked before.
    const newer = (one: ConversationView): ConversationView => {
      const here = view(one.id);
      return here && here.head > one.head && !isAhead(one) ? here : one;
    };
    if (epoch !== undefined && epoch !== now) threads.clear();
    epoch = now;
    const listed = new Set(conversations.map((one) => one.id));
    // What came to be after the question is in no answer.
    const begun = views.value.filter((one) => !asked.has(one.id) && !listed.has(one.id));
    const known = conversations.map(newer);
    views.value = [...begun, ...known].toSorted((a, b) => b.lastAt - a.lastAt || b.id - a.id);
    for (const listing of conversations) {
      const { id } = listing;
      const one = threads.get(id);
      // Ahead of the server: it was restored from an older backup.
      if (isAhead(listing)) reload(id);
      else if (one?.state.value === 'failed') one.state.value = 'unloaded';
    }
    if (conversations.length >= maxListed) return;
    for (const id of asked.keys()) {
      if (listed.has(id)) continue;
      threads.delete(id);
      deps.onGone(id);
    }
  }

  function reload(id: number | null): void {
    if (id === null) threads.clear();
    else threads.delete(id);
    views.value = [...views.value];
  }

  return {
    views,
    view,
    thread,
    begin,
    load,
    loadOlder,
    take,
    ids: () => new Map([...[...threads.keys()].map((id) => [id, 0] as const), ...views.value.map(({ id, head }) => [id, head] as const)]),
    takeSync,
    syncBody() {
      const held = [...threads.values()].filter((one) => one.state.value === 'ready').slice(-50);
      return { ...(epoch !== undefined && { epoch }), conversations: Object.fromEntries(held.map((one) => [one.id, one.log.last()])) };
    },
    synced(id, head) {
      const one = threads.get(id);
      if (one?.state.value === 'ready' && one.log.last() < head) reload(id);
    },
    reload,
    markRead(id) {
      const one = view(id);
      const upTo = threads.get(id)?.log.last() ?? 0;
      if (!one || one.unread === 0 || upTo <= one.contactReadSeq) return;
      setView({ ...one, unread: 0, contactReadSeq: upTo });
      void deps.request('conversation.read', { conversation: id, seq: upTo });
    },
    lastSeq: (id) => threads.get(id)?.log.last() ?? 0,
    reset() {
      threads.clear();
      views.value = [];
      epoch = undefined;
    },
  };
}

function newView(id: number): ConversationView {
  return {
    id,
    status: 'open',
    assignee: null,
    botActive: true,
    head: 0,
    contactReadSeq: 0,
    agentReadSeq: 0,
    unread: 0,
    preview: '',
    lastAuthor: null,
    lastAt: 0,
    createdAt: 0,
  };
}
