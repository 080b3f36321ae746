// The outbox in localStorage, for browsers that open no database; a chunk of its own, they are few.
import type { OutboxStore } from './memory-store.ts';
import type { OutboxItem } from './outbox.ts';

/** Null where that is blocked, too. */
export function localStore(key: string): OutboxStore | null {
  const read = (): OutboxItem[] => JSON.parse(localStorage.getItem(key) ?? '[]') as OutboxItem[];
  const write = (items: OutboxItem[]): void => localStorage.setItem(key, JSON.stringify(items));
  try {
    write(read());
  } catch {
    return null;
  }
  return {
    kind: 'local',
    all: async () => read(),
    has: async (cid) => read().some((item) => item.cid === cid),
    put: async (item) => write([...read().filter((other) => other.cid !== item.cid), item]),
    remove: async (...cids) => write(read().filter((item) => !cids.includes(item.cid))),
    clear: async () => localStorage.removeItem(key),
    close: async () => {},
  };
}
