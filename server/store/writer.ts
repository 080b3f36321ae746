// P3: group commit. Work that waits in the same turn shares one COMMIT, each in a savepoint of its own; nobody is answered
// before it returned. P14: the queue is bounded.
import type { Connection } from './open.ts';

export interface WriterLimits {
  /** Items in one commit. */
  batch: number;
  /** After this long a batch is committed with what it has, ms. */
  batchMs: number;
  /** Items that may wait. */
  queue: number;
}

export const writerLimits: WriterLimits = { batch: 128, batchMs: 12, queue: 5000 };

/** The queue is full: nothing was done, the caller may try again. */
export class BusyError extends Error {
  readonly retryAfterMs = 500;
}

/** The database failed around a commit: whether the work is stored is not known (P4). */
export class UnavailableError extends Error {}

interface Item {
  work: () => Promise<unknown>;
  /** Called in commit order, before anybody is answered. */
  committed: (value: unknown) => void;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

export interface Writer {
  run<T>(work: () => Promise<T>, committed?: (value: T) => void): Promise<T>;
  /** Waits until what was given before is settled. */
  idle(): Promise<void>;
  waiting(): number;
}

export function createWriter(connection: Connection, limits: WriterLimits = writerLimits): Writer {
  const queue: Item[] = [];
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    // The turn ends first, so that everything the sockets read in it goes into one commit.
    await new Promise<void>((next) => setImmediate(next));
    while (queue.length > 0) {
      await commitBatch(connection, queue, limits);
      if (queue.length > 0) await new Promise<void>((next) => setImmediate(next));
    }
    running = null;
  }

  return {
    run<T>(work: () => Promise<T>, committed: (value: T) => void = () => {}) {
      if (queue.length >= limits.queue) return Promise.reject(new BusyError('the write queue is full'));
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, committed: committed as (value: unknown) => void, resolve: resolve as (value: unknown) => void, reject });
        running ??= drain();
      });
    },
    async idle() {
      while (running) await running;
    },
    waiting: () => queue.length,
  };
}

type Outcome = { item: Item; ok: true; value: unknown } | { item: Item; ok: false; error: unknown };

async function commitBatch(connection: Connection, queue: Item[], limits: WriterLimits): Promise<void> {
  const outcomes: Outcome[] = [];
  const taken: Item[] = [];
  const deadline = performance.now() + limits.batchMs;
  try {
    await connection.command('BEGIN');
    do {
      const item = queue.shift() as Item;
      taken.push(item);
      outcomes.push(await runItem(connection, item));
    } while (queue.length > 0 && taken.length < limits.batch && performance.now() < deadline);
    await connection.command('COMMIT');
  } catch (error) {
    await connection.command('ROLLBACK').catch(() => {});
    if (taken.length === 0 && queue.length > 0) taken.push(...queue.splice(0, limits.batch));
    for (const item of taken) item.reject(new UnavailableError('the database did not commit', { cause: error }));
    return;
  }
  for (const outcome of outcomes) if (outcome.ok) outcome.item.committed(outcome.value);
  for (const outcome of outcomes) {
    if (outcome.ok) outcome.item.resolve(outcome.value);
    else outcome.item.reject(outcome.error);
  }
}

async function runItem(connection: Connection, item: Item): Promise<Outcome> {
  await connection.command('SAVEPOINT item');
  try {
    const value = await item.work();
    await connection.command('RELEASE SAVEPOINT item');
    return { item, ok: true, value };
  } catch (error) {
    await connection.command('ROLLBACK TO SAVEPOINT item');
    await connection.command('RELEASE SAVEPOINT item');
    return { item, ok: false, error };
  }
}
