// P8: a receiver applies `last + 1` only, drops what it has and keeps what is ahead until the gap is filled.

export interface Sequenced {
  seq: number;
}

export interface OrderedLog<T extends Sequenced> {
  /** The last seq applied. */
  last(): number;
  /** Takes entries in any order; returns those that may be shown now, in order. */
  offer(entries: readonly T[]): T[];
  /** True while something is held back for want of what comes before it. */
  hasGap(): boolean;
  /** Starts anew at `seq`, forgetting what was held back at or below it. */
  reset(seq: number): void;
}

/** `limit` bounds what is held back; what is over it is dropped and comes again with the next sync. */
export function createOrderedLog<T extends Sequenced>(start = 0, limit = 2000): OrderedLog<T> {
  let last = start;
  const ahead = new Map<number, T>();
  function drain(): T[] {
    const ready: T[] = [];
    for (let next = ahead.get(last + 1); next; next = ahead.get(last + 1)) {
      ahead.delete(next.seq);
      last = next.seq;
      ready.push(next);
    }
    return ready;
  }
  return {
    last: () => last,
    offer(entries) {
      const ready: T[] = [];
      for (const entry of entries) {
        if (entry.seq === last + 1) {
          ahead.set(entry.seq, entry);
          // At once: a page in order must fit however much is held back.
          ready.push(...drain());
        } else if (entry.seq > last && ahead.size < limit) ahead.set(entry.seq, entry);
      }
      // After a reset, what was held back may be next without any entry of now.
      return [...ready, ...drain()];
    },
    hasGap: () => ahead.size > 0,
    reset(seq) {
      last = seq;
      for (const key of ahead.keys()) if (key <= seq) ahead.delete(key);
    },
  };
}
