// P3: group commit. Work that waits in the same turn shares one COMMIT; where one of it fails, all is rolled back and done again, each in a
// savepoint of its own. Nobody is answered before COMMIT returned. P14: the queue is bounded, in number and in time.
import { BusyError, ConflictError, LockedError, UnavailableError } from './errors.ts';
import type { Connection } from './open.ts';
import type { Wanted } from './prefetch.ts';

export { BusyError, UnavailableError };

export interface WriterLimits {
  /** Items in one commit. */
  batch: number;
  /** After this long a batch is committed with what it has, ms. */
  batchMs: number;
  /** Items that may wait. */
  queue: number;
  /** While the database hangs, an item that waits longer is refused, ms; 3000 unless told: all are answered within 5 s (I14). */
  patienceMs?: number;
}

/** Where a commit takes long, a batch may take so many times as long, ms: a slow disk is waited for less often. */
const timesCommit = 8;
const longestBatchMs = 60;

// Why 25 ms and not the design's 5: docs/decisions/0004.
export const writerLimits: WriterLimits = { batch: 512, batchMs: 25, queue: 5000 };

/** How often patience is looked at, ms. */
const watchMs = 200;
/**
 * So many looks without any progress: the database is slow no more, it hangs. Looks and not milliseconds, for a process that was
 * frozen itself finds its answers only after its timers.
 */
const looksUntilStuck = 8;
/** A locked database is tried again after 25 ms, then after twice as long each time, up to this. */
const longestPauseMs = 200;
/** An item whose transaction gave way to another node's is tried this often. */
const tries = 3;

/** So many items are read for beforehand, at least. */
const leastPlanned = 32;

interface Item {
  wanted: Wanted | undefined;
  work: () => Promise<unknown>;
  /** Called in commit order, before anybody is answered. */
  committed: (value: unknown) => void;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  givenAt: number;
  tried: number;
}

/** What the group commit needs of a connection; the work itself asks for more. */
export type Committing = Pick<Connection, 'command' | 'settled' | 'cut'>;

export interface Writer {
  /** @throws BusyError, UnavailableError, or what `work` threw; `work` runs again where its transaction gave way to another's */
  run<T>(work: () => Promise<T>, committed?: (value: T) => void, wanted?: Wanted): Promise<T>;
  /** Waits until what was given before is settled. */
  idle(): Promise<void>;
  waiting(): number;
}

/** What belongs to a transaction as a whole. */
export interface TransactionHooks {
  begins(): void;
  /** What the work of a batch will want, before the first of it is done; absent where asking one by one costs no more. */
  prefetch?(wanted: readonly Wanted[]): Promise<void>;
  /** Before it ends, or before one of its savepoints is released: what still waits is sent. */
  ends(): void;
  /** It, or one of its savepoints, was rolled back. */
  undone(): void;
}

export function createWriter(
  connection: Committing,
  limits: WriterLimits = writerLimits,
  hooks: TransactionHooks = { begins() {}, ends() {}, undone() {} },
): Writer {
  const queue: Item[] = [];
  /** The transaction that runs. */
  const current: Batch = { items: [], looks: 0, isCareful: false, isUnasked: false, commitMs: 0, fits: leastPlanned };
  let running: Promise<void> | null = null;

  function refuseOverdue(): void {
    if (++current.looks < looksUntilStuck) return;
    const overdue = performance.now() - (limits.patienceMs ?? 3000);
    if (current.items[0] && current.items[0].givenAt < overdue) connection.cut?.();
    while (queue[0] && queue[0].givenAt < overdue) queue.shift()?.reject(new UnavailableError('the database was waited for in vain'));
  }

  async function drain(): Promise<void> {
    current.looks = 0;
    const watch = setInterval(refuseOverdue, watchMs);
    let pauseMs = 25;
    try {
      // The turn ends first, so that everything the sockets read in it goes into one commit.
      await nextTurn();
      while (queue.length > 0) {
        const isLocked = (await commitBatch({ connection, limits, hooks }, queue, current)) === 'locked';
        current.items = [];
        if (isLocked) await new Promise<void>((next) => setTimeout(next, pauseMs));
        else if (queue.length > 0) await nextTurn();
        pauseMs = isLocked ? Math.min(pauseMs * 2, longestPauseMs) : 25;
      }
    } finally {
      clearInterval(watch);
      running = null;
    }
  }

  return {
    run<T>(work: () => Promise<T>, committed: (value: T) => void = () => {}, wanted?: Wanted) {
      if (queue.length >= limits.queue) return Promise.reject(new BusyError('the write queue is full'));
      return new Promise<T>((resolve, reject) => {
        const givenAt = performance.now();
        queue.push({
          wanted,
          work,
          committed: committed as (value: unknown) => void,
          resolve: resolve as (value: unknown) => void,
          reject,
          givenAt,
          tried: 0,
        });
        running ??= drain();
      });
    },
    async idle() {
      while (running) await running;
    },
    waiting: () => queue.length,
  };
}

const nextTurn = (): Promise<void> => new Promise((next) => setImmediate(next));

interface Batch {
  items: Item[];
  /** How often it was looked at since something was last done: a long queue that moves is only busy. */
  looks: number;
  /** One of the batch before failed and all of it was rolled back: each item gets its savepoint now. */
  isCareful: boolean;
  /** What the one before wanted could not be asked for: nothing is asked for beforehand now. */
  isUnasked: boolean;
  /** What the last COMMIT took. */
  commitMs: number;
  /** So many items the next one has time for, as far as is known. */
  fits: number;
}

interface Through {
  connection: Committing;
  limits: WriterLimits;
  hooks: TransactionHooks;
}

/** One of a transaction without savepoints failed. */
class ItemFailed extends Error {}

class AskingFailed extends ItemFailed {}

type Outcome = { item: Item; ok: true; value: unknown } | { item: Item; ok: false; error: unknown };

/** @returns `locked`: the database is another program's for now, and everything still waits */
async function commitBatch(through: Through, queue: Item[], batch: Batch): Promise<'locked' | 'settled'> {
  const { connection, limits, hooks } = through;
  const outcomes: Outcome[] = [];
  const taken = batch.items;
  // What gave way once shares no transaction again: it would hold its neighbours' locks while it waits for its own.
  const most = queue[0] && queue[0].tried > 0 ? 1 : limits.batch;
  const { isCareful, isUnasked } = batch;
  batch.isCareful = batch.isUnasked = false;
  try {
    await connection.command('BEGIN');
    hooks.begins();
    const isPlanned = hooks.prefetch !== undefined && !isUnasked;
    if (hooks.prefetch && isPlanned) await prefetched(hooks.prefetch, queue, taken, Math.min(most, batch.fits));
    // Then it has the locks; what it was told may be what let the one before fail.
    if (isPlanned && isCareful) hooks.undone();
    const deadline = performance.now() + Math.max(limits.batchMs, Math.min(timesCommit * batch.commitMs, longestBatchMs));
    for (let done = 0; ; done++) {
      const item = taken[done] ?? (isPlanned ? undefined : take(queue, taken));
      if (!item) break;
      outcomes.push(isCareful ? await runItem(through, item) : await runPlainly(connection, item));
      batch.looks = 0;
      if (outcomes.length >= most || performance.now() >= deadline) break;
    }
    // What was planned and has no time left is first of the next batch.
    const left = taken.splice(outcomes.length);
    queue.unshift(...left);
    batch.fits = left.length > 0 ? Math.max(leastPlanned, outcomes.length) : Math.min(limits.batch, batch.fits * 2);
    await allSent(connection, hooks.ends);
    const endsAt = performance.now();
    await connection.command('COMMIT');
    batch.commitMs = performance.now() - endsAt;
    batch.looks = 0;
  } catch (error) {
    hooks.undone();
    // A transaction that cannot be ended must not be the next one's beginning.
    if (taken.length > 0) await connection.command('ROLLBACK').catch(() => connection.cut?.());
    else if (error instanceof LockedError) return 'locked';
    if (error instanceof ItemFailed) {
      batch.isCareful = true;
      batch.isUnasked = error instanceof AskingFailed;
      queue.unshift(...taken);
      return 'settled';
    }
    giveBack(queue, taken.length > 0 ? taken : queue.splice(0), error);
    return 'settled';
  }
  for (const outcome of outcomes) if (outcome.ok) tellCommitted(outcome.item, outcome.value);
  for (const outcome of outcomes) {
    if (outcome.ok) outcome.item.resolve(outcome.value);
    else outcome.item.reject(outcome.error);
  }
  return 'settled';
}

function take(queue: Item[], taken: Item[]): Item | undefined {
  const item = queue.shift();
  if (item) taken.push(item);
  return item;
}

/** @throws AskingFailed where the question itself is what failed: one by one, nobody asks it */
async function prefetched(ask: NonNullable<TransactionHooks['prefetch']>, queue: Item[], taken: Item[], most: number): Promise<void> {
  taken.push(...queue.splice(0, most));
  const wanted = taken.flatMap((item) => item.wanted ?? []);
  if (wanted.length === 0) return;
  await ask(wanted).catch((error: unknown) => {
    if (error instanceof ConflictError || error instanceof UnavailableError) throw error;
    throw new AskingFailed('what the batch wants could not be asked for', { cause: error });
  });
}

/** Nothing of these is stored, or nobody knows. What surely is not and may succeed now goes back to its place in the queue. */
function giveBack(queue: Item[], items: readonly Item[], error: unknown): void {
  const again: Item[] = [];
  for (const item of items) {
    item.tried++;
    if (error instanceof ConflictError && item.tried < tries) again.push(item);
    else item.reject(new UnavailableError('the database did not commit', { cause: error }));
  }
  queue.unshift(...again);
}

/** It is stored: whatever goes wrong with the telling, its sender is answered. */
function tellCommitted(item: Item, value: unknown): void {
  try {
    item.committed(value);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

/**
 * Without a savepoint: SQLite copies every page before it is changed under one, and PostgreSQL takes two more round trips.
 * Items that fail are rare, and what is undone with them can be done again.
 */
async function runPlainly(connection: Committing, item: Item): Promise<Outcome> {
  try {
    return { item, ok: true, value: await item.work() };
  } catch (error) {
    await allSent(connection);
    if (error instanceof ConflictError) throw error;
    throw new ItemFailed('an item of the batch failed', { cause: error });
  }
}

/** Whose write failed is not known: each item gets its savepoint. */
async function allSent(connection: Committing, ends = (): void => {}): Promise<void> {
  try {
    ends();
    await connection.settled();
  } catch (error) {
    if (error instanceof ConflictError || error instanceof UnavailableError) throw error;
    throw new ItemFailed('a write of the batch failed', { cause: error });
  }
}

/** What was sent before and failed is the cause of what failed after it. */
async function causeOf(connection: Committing, error: unknown): Promise<unknown> {
  return connection.settled().then(
    () => error,
    (first: unknown) => first,
  );
}

async function runItem({ connection, hooks }: Through, item: Item): Promise<Outcome> {
  await connection.command('SAVEPOINT item');
  try {
    const value = await item.work();
    hooks.ends();
    await connection.settled();
    await connection.command('RELEASE SAVEPOINT item');
    return { item, ok: true, value };
  } catch (caught) {
    const error = await causeOf(connection, caught);
    hooks.undone();
    if (error instanceof ConflictError) throw error;
    await connection.command('ROLLBACK TO SAVEPOINT item');
    await connection.command('RELEASE SAVEPOINT item');
    return { item, ok: false, error };
  }
}
