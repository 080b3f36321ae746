// The outbox's last resort, and what every store can do.
import type { OutboxItem } from './outbox.ts';

export interface OutboxStore {
  kind: 'indexeddb' | 'local' | 'memory';
  all(): Promise<OutboxItem[]>;
  has(cid: string): Promise<boolean>;
  put(item: OutboxItem): Promise<void>;
  remove(...cids: string[]): Promise<void>;
  clear(): Promise<void>;
  /** Lets go of what is open; the next use opens it again. */
  close(): Promise<void>;
}

export function memoryStore(items: readonly OutboxItem[] = []): OutboxStore {
  const byCid = new Map(items.map((item) => [item.cid, item]));
  return {
    kind: 'memory',
    all: async () => [...byCid.values()],
    has: async (cid) => byCid.has(cid),
    put: async (item) => void byCid.set(item.cid, item),
    remove: async (...cids) => cids.forEach((cid) => byCid.delete(cid)),
    clear: async () => byCid.clear(),
    close: async () => {},
  };
}
