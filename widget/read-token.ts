// A chunk of its own, for the rare page that finds a database and no cookie.
import { tokenPattern } from '../shared/ids.ts';
import type { StoredItem } from './outbox-store.ts';
import { inForce, storedToken } from './session.ts';

/** As long as a page waits for a browser that neither opens nor refuses. */
const limitMs = 1000;

/** The token of the item that was stored last; null where there is none in force. Then what lies there is nobody's, and goes. */
export async function readToken(name: string): Promise<string | null> {
  const items = await readItems(name);
  const records = (items ?? []).map(({ session = '' }) => session);
  const last = records.toSorted((a, b) => endOf(b) - endOf(a))[0] ?? '';
  const token = inForce(last);
  if (token !== null && tokenPattern.test(token)) return token;
  // Logged out, or consent withdrawn, on a sister domain: that reaches the cookie, not this. Unless another tab has begun meanwhile (which
  // stores the cookie first), or it is of a version that did not write down whose it is.
  if (items && !records.includes('') && storedToken(name) === null) indexedDB.deleteDatabase(name);
  return null;
}

const endOf = (record: string): number => Number(record.split('.')[1] ?? 0);

/** Null where the browser does not say. */
function readItems(name: string): Promise<StoredItem[] | null> {
  return new Promise((resolve) => {
    const none = (): void => resolve(null);
    setTimeout(none, limitMs);
    const opening = indexedDB.open(name);
    // Another tab has deleted it since it was listed: it must not come to be again.
    opening.onupgradeneeded = () => opening.transaction!.abort();
    opening.onerror = opening.onblocked = none;
    opening.onsuccess = () => {
      const database = opening.result;
      database.onversionchange = () => database.close();
      const work = database.transaction('outbox');
      const items = work.objectStore('outbox').getAll() as IDBRequest<StoredItem[]>;
      work.onabort = none;
      work.oncomplete = () => {
        database.close();
        resolve(items.result);
      };
    };
  });
}
