// What the visitor sent and the server has not acknowledged yet (P10, P11): kept, in order, tried forever.
import { signal, type ReadonlySignal } from '@preact/signals';
import type { FactValue } from '../shared/bot/types.ts';
import type { Failure } from '../shared/errors.ts';
import type { SendReply, VisitorBody, VisitorCommandName, VisitorReply } from '../shared/protocol.ts';
import { backoffMs } from './backoff.ts';
import { memoryStore, type OutboxStore } from './memory-store.ts';
import { sendItem } from './send-item.ts';

/** What a message carries besides its text: values of chips, or of a control, and ids of uploads. */
export type Extra = Pick<VisitorBody<'message.send'>, 'choice' | 'choices' | 'files'>;

/** Stored as it is: an item of the version before must stay readable. */
export type OutboxBody =
  | ({ kind: 'message'; text: string } & Extra)
  | { kind: 'form'; message: number; values: Record<string, FactValue> }
  | ({ kind: 'detail' } & Pick<VisitorBody<'detail.answer'>, 'message' | 'field' | 'answer' | 'value'>);

export interface OutboxItem {
  cid: string;
  /** A conversation; the cid of one still to be started; null: whichever is the visitor's current one. */
  to: number | string | null;
  body: OutboxBody;
  at: number;
  /** Was on the wire: its body must not change any more (P2). */
  tried?: boolean;
  /** Will never be taken as it is. */
  failure?: Pick<Failure, 'code' | 'message' | 'errors'>;
  /** Acknowledged; shown until the log brings it. Never stored. */
  ack?: SendReply;
}

export interface OutboxDeps {
  openStore(): Promise<OutboxStore>;
  isOnline(): boolean;
  request<K extends VisitorCommandName>(name: K, body: VisitorBody<K>): Promise<VisitorReply<K>>;
  newCid(): string;
  now?(): number;
  random?(): number;
  /** Runs one attempt while no other tab makes one. */
  lock?<T>(act: () => Promise<T>): Promise<T>;
  /** Tells the other tabs. */
  tell?(news: OutboxNews): void;
  onAck?(item: OutboxItem, ack: SendReply): void;
  onFailure?(item: OutboxItem): void;
  /** A conversation came to be for `to`. */
  onStarted?(to: string, conversation: number): void;
}

export type OutboxNews = { kind: 'changed' } | { kind: 'acked'; cid: string; ack: SendReply };

export interface Outbox {
  items: ReadonlySignal<readonly OutboxItem[]>;
  /** False where what is typed would be lost with the page. */
  durable: ReadonlySignal<boolean>;
  add(to: OutboxItem['to'], body: OutboxBody, cid?: string): Promise<OutboxItem>;
  retry(cid: string): Promise<void>;
  remove(cid: string): Promise<void>;
  /** Reads what an earlier page or another tab left. */
  load(): Promise<void>;
  /** The line is back: no waiting any more. */
  flush(): void;
  /** The log brought it: that is as good as an ack which was lost on its way. */
  confirm(cid: string, ack: SendReply): void;
  /** The log has reached this: what it brought is shown from there. */
  settle(conversation: number, seq: number): void;
  hear(news: OutboxNews): void;
  /** Waits for the acks, at most so long while there is a line; then nothing is sent until what it gives back is called. */
  pause(withinMs: number): Promise<() => void>;
  /** What may be stored has changed: what waits goes where it may be now. */
  move(): Promise<void>;
  /** The page may be frozen now: whatever is open is let go. */
  rest(): void;
  /** Waits for the acks, at most so long; then forgets the rest, also in the store, and says how many they were. */
  drain(withinMs: number): Promise<number>;
  /** Forgets what is here. Of the store only that: another tab may have filled it for the next person already. */
  leave(): Promise<number>;
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const { now = Date.now, random = Math.random, lock = (act) => act(), tell = () => {} } = deps;
  const items = signal<readonly OutboxItem[]>([]);
  const durable = signal(true);
  const busy = new Set<OutboxItem['to']>();
  /** Items on the wire: their conversation may have got its id meanwhile, and with it a run of its own. */
  const flying = new Set<string>();
  const started = new Map<string, number>();
  const sleepers = new Set<() => void>();
  let store: Promise<OutboxStore> | null = null;
  let loading: Promise<void> | undefined;
  let generation = 0;
  let pauses = 0;

  const isSending = (): boolean => deps.isOnline() && pauses === 0;
  const isPending = (item: OutboxItem): boolean => !item.failure && !item.ack;
  const find = (cid: string): OutboxItem | undefined => items.value.find((item) => item.cid === cid);
  const show = (next: readonly OutboxItem[]): void => void (items.value = next.toSorted((a, b) => (a.cid < b.cid ? -1 : 1)));
  const change = (cid: string, more: Partial<OutboxItem>): void =>
    show(items.value.map((item) => (item.cid === cid ? { ...item, ...more } : item)));
  const drop = (cid: string): void => show(items.value.filter((item) => item.cid !== cid));

  async function opened(moved: readonly OutboxItem[]): Promise<OutboxStore> {
    let next = await deps.openStore();
    try {
      for (const item of moved) await next.put(item);
    } catch {
      next = memoryStore(moved);
    }
    durable.value = next.kind !== 'memory';
    return next;
  }

  /** @param moved what it begins with */
  const open = (moved: readonly OutboxItem[] = []): Promise<OutboxStore> => (store ??= opened(moved));

  /** A store that fails in use (quota, cleared by the browser) is left for memory, with the hint that goes with it. */
  async function keep({ ack: _ack, ...stored }: OutboxItem): Promise<void> {
    try {
      const used = await open();
      await used.put(stored);
      // All was moved meanwhile.
      if (store && (await store) !== used) return await keep(stored);
    } catch {
      store = Promise.resolve(memoryStore([...unsent().filter((other) => other.cid !== stored.cid), stored]));
      durable.value = false;
    }
    tell({ kind: 'changed' });
  }

  const unsent = (): OutboxItem[] => items.value.filter((item) => !item.ack);

  async function forget(cid: string): Promise<void> {
    // An item that stays behind is sent again after a reload, and deduped by its cid.
    await (await open()).remove(cid).catch(() => {});
  }

  async function add(to: OutboxItem['to'], body: OutboxBody, cid = deps.newCid()): Promise<OutboxItem> {
    const mine = generation;
    const item: OutboxItem = { cid, to, body, at: now() };
    await keep(item);
    // Whoever wrote it is gone: it must not be sent as somebody else's.
    if (mine !== generation) await forget(cid);
    else {
      show([...items.value, item]);
      start();
    }
    return item;
  }

  function start(): void {
    for (const item of items.value) if (isPending(item) && !busy.has(item.to)) void run(item.to);
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        sleepers.delete(done);
        resolve();
      };
      sleepers.add(done);
      setTimeout(done, ms);
    });
  }

  function flush(): void {
    for (const wake of sleepers) wake();
    start();
  }

  /** One in flight per conversation keeps the order in which things were typed. */
  async function run(to: OutboxItem['to']): Promise<void> {
    busy.add(to);
    const mine = generation;
    for (let attempt = 0; isSending() && mine === generation;) {
      const item = items.value.find((other) => other.to === to && isPending(other));
      if (!item) break;
      // The run that sent it begins this one anew.
      if (flying.has(item.cid)) return void busy.delete(to);
      flying.add(item.cid);
      const waitMs = await lock(() => attemptOne(item.cid, attempt)).finally(() => flying.delete(item.cid));
      attempt = waitMs === null ? 0 : attempt + 1;
      if (waitMs !== null) await sleep(waitMs);
    }
    busy.delete(to);
    if (isSending() && mine === generation) start();
  }

  /** Null when the item is settled one way or the other, else how long to wait before the next try. */
  async function attemptOne(cid: string, attempt: number): Promise<number | null> {
    if (!(await (await open()).has(cid).catch(() => true))) return (drop(cid), null);
    const item = await addressed(cid);
    if (!item) return null;
    const reply = 'ok' in item ? item : await sendItem(deps.request, item, now());
    if (!find(cid)) return null;
    if (reply.ok) return (await acknowledge(cid, reply), null);
    if (reply.retryable) return Math.max(reply.retryAfterMs ?? 0, backoffMs(attempt, random));
    const { code, message, errors } = reply;
    change(cid, { failure: { code, message, errors } });
    await keep(find(cid)!);
    deps.onFailure?.(find(cid)!);
    return null;
  }

  /** Starts the conversation the item is for where that is still to be done; says the failure where it cannot. */
  async function addressed(cid: string): Promise<OutboxItem | Failure | undefined> {
    const item = find(cid);
    if (!item || typeof item.to !== 'string') {
      if (item && item.to === null && !item.tried) await keepChanged(cid, { tried: true });
      return find(cid);
    }
    const { to } = item;
    const reply = started.has(to) ? null : await deps.request('conversation.start', { cid: to });
    if (reply?.ok === false) return reply;
    if (reply) started.set(to, reply.conversation.id);
    const conversation = started.get(to)!;
    await readdress(to, conversation, () => reply && deps.onStarted?.(to, conversation));
    return find(cid);
  }

  async function keepChanged(cid: string, more: Partial<OutboxItem>): Promise<void> {
    change(cid, more);
    const item = find(cid);
    if (item) await keep(item);
  }

  /** What waits behind the first message of a conversation goes to that conversation. */
  async function readdress(from: OutboxItem['to'], to: number, shown?: () => void): Promise<void> {
    const waiting = items.value.filter((item) => item.to === from && !item.tried && !item.ack).map((item) => item.cid);
    for (const cid of waiting) change(cid, { to });
    shown?.();
    for (const cid of waiting) await keepChanged(cid, {});
  }

  async function acknowledge(cid: string, { id, conversation, seq, at }: SendReply): Promise<void> {
    const ack = { id, conversation, seq, at };
    const item = find(cid);
    if (!item || item.ack) return;
    change(cid, { ack, to: conversation, failure: undefined });
    deps.onAck?.(item, ack);
    tell({ kind: 'acked', cid, ack });
    await forget(cid);
    if (item.to === null) await readdress(null, conversation);
  }

  async function read(): Promise<void> {
    const mine = generation;
    const stored = await (await open()).all().catch(() => []);
    if (mine !== generation) return;
    const here = new Map(items.value.map((item) => [item.cid, item]));
    show([...stored.map((item) => here.get(item.cid) ?? item), ...items.value.filter((item) => item.ack)]);
    start();
  }

  const load = (): Promise<void> => (loading = read());

  async function settled(withinMs: number): Promise<void> {
    const until = now() + withinMs;
    await loading;
    flush();
    while (items.value.some(isPending) && isSending() && now() < until) await new Promise((resolve) => setTimeout(resolve, 25));
  }

  /** Whoever comes next opens a store of their own. */
  async function end(close: (former: OutboxStore) => Promise<void>): Promise<number> {
    const [former, { length }] = [store, unsent()];
    generation++;
    items.value = [];
    busy.clear();
    store = null;
    if (former) await former.then(close).catch(() => {});
    return length;
  }

  return {
    items,
    durable,
    add,
    async retry(cid) {
      const item = find(cid);
      if (!item) return;
      const { failure, ...again } = item;
      if (failure?.code !== 'cid_conflict') {
        await keepChanged(cid, { failure: undefined });
        return start();
      }
      await forget(cid);
      drop(cid);
      await add(again.to, again.body);
    },
    async remove(cid) {
      await forget(cid);
      drop(cid);
      tell({ kind: 'changed' });
    },
    load,
    flush,
    confirm: (cid, ack) => void acknowledge(cid, ack),
    settle(conversation, seq) {
      if (items.value.some((item) => item.ack?.conversation === conversation && item.ack.seq <= seq)) {
        show(items.value.filter((item) => item.ack?.conversation !== conversation || item.ack.seq > seq));
      }
    },
    hear(news) {
      if (news.kind === 'changed') void load();
      else if (find(news.cid)) change(news.cid, { ack: news.ack, to: news.ack.conversation, failure: undefined });
    },
    async pause(withinMs) {
      await settled(withinMs);
      pauses++;
      return () => {
        pauses--;
        flush();
      };
    },
    async move() {
      const former = store;
      // Nothing was kept yet, and so no place to keep it comes to be: nobody has acted.
      if (!former) return;
      store = null;
      await open(unsent());
      await (await former)[durable.value ? 'close' : 'clear']().catch(() => {});
      // What a page before has left where it may be read again.
      if (durable.value) await load();
    },
    rest: () => void store?.then((opened) => opened.close()),
    async drain(withinMs) {
      await settled(withinMs);
      return end((former) => former.clear());
    },
    leave() {
      const mine = unsent();
      return end(async (former) => {
        if (mine.length > 0) await former.remove(...mine.map((item) => item.cid));
        await former.close();
      });
    },
  };
}
