// Stands in for what talks to the server until its chunk is here: keeps what is written meanwhile, and fetches the chunk for as long as it takes.
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { backoffMs } from './backoff.ts';
import type { ConnectionStatus } from './connection.ts';
import type { Delivery } from './create-delivery.ts';
import type { OutboxBody, OutboxItem } from './outbox.ts';

export interface Deferred {
  /** Null until it is here. */
  now: ReadonlySignal<Delivery | null>;
  status: ReadonlySignal<ConnectionStatus>;
  /** What is not acknowledged yet. Before it is kept it is shown only where the chunk did not come, beside a hint. */
  items: ReadonlySignal<readonly OutboxItem[]>;
  durable: ReadonlySignal<boolean>;
  add(to: OutboxItem['to'], body: OutboxBody): Promise<OutboxItem>;
  retry(cid: string): void;
  remove(cid: string): void;
  /** From now on it is wanted. */
  get(): Promise<Delivery>;
  /** Forgets what was written; says how much it was. */
  clear(): number;
}

export function createDeferred(load: () => Promise<Delivery>, newCid: () => string): Deferred {
  const now = signal<Delivery | null>(null);
  const isMissing = signal(false);
  const early = signal<readonly OutboxItem[]>([]);
  let coming: Promise<Delivery> | undefined;

  async function fetched(): Promise<Delivery> {
    for (let attempt = 0; ; attempt++) {
      try {
        const delivery = await load();
        now.value = delivery;
        const added = early.value.map(({ to, body, cid }) => delivery.outbox.add(to, body, cid));
        void Promise.all(added).then(() => (early.value = []));
        return delivery;
      } catch {
        isMissing.value = true;
        await new Promise((resolve) => {
          setTimeout(resolve, backoffMs(attempt, Math.random));
          window.addEventListener('online', resolve, { once: true });
        });
      }
    }
  }

  const get = (): Promise<Delivery> => (coming ??= fetched());

  return {
    now,
    status: computed(() => now.value?.connection.status.value ?? (isMissing.value ? 'waiting' : 'idle')),
    items: computed(() => {
      const kept = now.value?.outbox.items.value ?? [];
      const waiting = isMissing.value ? early.value.filter(({ cid }) => !kept.some((item) => item.cid === cid)) : [];
      return waiting.length > 0 ? [...kept, ...waiting] : kept;
    }),
    durable: computed(() => now.value?.outbox.durable.value ?? !(isMissing.value && early.value.length > 0)),
    async add(to, body) {
      if (now.value) return now.value.outbox.add(to, body);
      const item = { cid: newCid(), to, body, at: Date.now() };
      early.value = [...early.value, item];
      await get();
      return item;
    },
    retry: (cid) => void now.value?.outbox.retry(cid),
    remove: (cid) => void now.value?.outbox.remove(cid),
    get,
    clear() {
      const { length } = early.value;
      early.value = [];
      return length;
    },
  };
}
