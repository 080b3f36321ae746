// localStorage that never throws: a browser which stores nothing costs the memory of a reload, not the inbox.

export interface Storage {
  read<T>(key: string): T | null;
  /** False where the browser refused. */
  write(key: string, value: unknown): boolean;
  remove(key: string): void;
  /** Every stored key that begins with this. */
  keys(prefix: string): string[];
}

const namespace = 'foyer.inbox.';

export function createStorage(area: globalThis.Storage | null = availableArea()): Storage {
  return {
    read: (key) => attempt(() => parse(area?.getItem(namespace + key) ?? null), null),
    write: (key, value) =>
      attempt(() => {
        area?.setItem(namespace + key, JSON.stringify(value));
        return area !== null;
      }, false),
    remove: (key) => attempt(() => area?.removeItem(namespace + key), undefined),
    keys: (prefix) =>
      attempt(() => {
        const all = Array.from({ length: area?.length ?? 0 }, (_, index) => area?.key(index) ?? '');
        return all.filter((key) => key.startsWith(namespace + prefix)).map((key) => key.slice(namespace.length));
      }, []),
  };
}

function availableArea(): globalThis.Storage | null {
  return attempt(() => window.localStorage, null);
}

function parse<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}

function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
