// Where unsent items wait: IndexedDB, else localStorage, else memory (P10). Opened only once the visitor has acted.
import { memoryStore, type OutboxStore } from './memory-store.ts';
import type { OutboxItem } from './outbox.ts';

/** As it lies in the database; of versions before, without the session. */
export type StoredItem = OutboxItem & { session?: string };

/** Firefox in some private modes neither opens nor refuses. */
const openTimeoutMs = 2000;

/** @param record the session's token and its end, kept with each item in the database: a cookie may be lost in a crash (I10) */
export async function openOutboxStore(appId: string, mayStore: boolean, record: () => string): Promise<OutboxStore> {
  const name = `foyer_${appId}`;
  if (!mayStore) return memoryStore();
  try {
    return databaseStore(await openDatabase(name), name, record);
  } catch {
    const { localStore } = await import('./local-store.ts').catch(() => ({ localStore: null }));
    return localStore?.(`${name}_outbox`) ?? memoryStore();
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('IndexedDB does not answer')), openTimeoutMs);
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('outbox', { keyPath: 'cid' });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = opening.onblocked = () => reject(opening.error);
  });
}

function databaseStore(first: IDBDatabase, name: string, record: () => string): OutboxStore {
  let database: IDBDatabase | null = null;

  function use(opened: IDBDatabase): IDBDatabase {
    database = opened;
    // Another tab that logs out deletes the database, and so may the browser: neither must wait for us.
    opened.onversionchange = opened.onclose = close;
    return opened;
  }

  function close(): void {
    database?.close();
    database = null;
  }

  async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const opened = database ?? use(await openDatabase(name));
    return new Promise((resolve, reject) => {
      const work = opened.transaction('outbox', mode, { durability: 'strict' });
      const request = act(work.objectStore('outbox'));
      work.oncomplete = () => resolve(request.result);
      work.onabort = work.onerror = () => reject(work.error ?? request.error);
    });
  }

  use(first);
  return {
    kind: 'indexeddb',
    all: async () => (await run<StoredItem[]>('readonly', (store) => store.getAll())).map(({ session: _session, ...item }) => item),
    has: async (cid) => (await run('readonly', (store) => store.count(cid))) > 0,
    put: async (item) => void (await run('readwrite', (store) => store.put({ ...item, session: record() }))),
    // In one transaction: between two, the database may be deleted, and would come back empty.
    remove: (...cids) => run('readwrite', (store) => cids.map((cid) => store.delete(cid)).at(-1)!),
    async clear() {
      await run('readwrite', (store) => store.clear());
      close();
      indexedDB.deleteDatabase(name);
    },
    close: async () => close(),
  };
}
