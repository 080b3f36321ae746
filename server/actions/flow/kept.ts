/** Values that are dear to come by, kept for a moment: all who ask within it share one. */
export interface Kept {
  get<T>(key: string, make: () => Promise<T>): Promise<T>;
  forget(key: string): void;
}

const most = 200;

export function createKept(now: () => number, ms: number): Kept {
  const kept = new Map<string, { value: Promise<unknown>; madeAt: number }>();
  return {
    get<T>(key: string, make: () => Promise<T>): Promise<T> {
      const entry = kept.get(key);
      if (entry && now() - entry.madeAt < ms) return entry.value as Promise<T>;
      const fresh = { value: make(), madeAt: now() };
      fresh.value.catch(() => kept.get(key) === fresh && kept.delete(key));
      kept.delete(key);
      kept.set(key, fresh);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return fresh.value;
    },
    forget: (key) => void kept.delete(key),
  };
}
