// Works on what is due, whichever node left it. A job is leased, so that no two nodes do it; a node that dies loses its lease.
import type { Deps, JobClock } from '../deps.ts';
import { buryJob, bundleOf, claimJobs, deleteDeadJobs, nextJobAt, postponeJob, returnJob } from '../store/jobs.ts';
import type { Leased } from '../store/jobs.ts';
import { systemScope } from '../store/store.ts';
import type { JobKind, JobTools } from './kind.ts';

/** Longer than any attempt takes. */
const leaseMs = 60_000;
/** What another node leaves is found within this time. */
const pollMs = 2000;
/** Jobs in hand at one time. */
const most = 32;
/** Once so many of one kind of one workspace are in hand, no more of them are taken: where calls hang, others go on. */
const share = 8;
/** After so many vain tries to give a job up, it is kept as dead without. */
const lastTries = 3;
/** What was given up is kept for people to see, and looked through this often. */
const deadForMs = 30 * 86_400_000;
const sweepEveryMs = 3_600_000;

export interface JobRunner extends JobClock {
  start(): void;
  /** Takes no more, breaks off what waits for others, and resolves once nothing is in hand. */
  stop(): Promise<void>;
}

export function createJobRunner(
  deps: Deps,
  kinds: Readonly<Record<string, JobKind>>,
  outside: Omit<JobTools, 'deps' | 'signal'>,
): JobRunner {
  const inHand = new Map<Promise<void>, string>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  const stopping = new AbortController();
  const tools: JobTools = { ...outside, deps, signal: stopping.signal };
  let timer: NodeJS.Timeout | null = null;
  let timerAt = 0;
  let looking: Promise<void> | null = null;
  let isRunning = false;

  function lookIn(ms: number): void {
    if (!isRunning) return;
    const at = performance.now() + Math.max(0, ms);
    if (timer !== null && timerAt <= at) return;
    if (timer !== null) clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(look, Math.max(0, ms));
    timer.unref();
  }

  function look(): void {
    timer = null;
    if (looking !== null) return lookIn(1);
    looking = takeDue()
      .then(
        (next) => lookIn(Math.min(pollMs, next)),
        (error: unknown) => {
          deps.log.warn({ error }, 'jobs could not be looked up');
          lookIn(pollMs);
        },
      )
      .finally(() => (looking = null));
  }

  /** @returns how long nothing more is due, ms */
  async function takeDue(): Promise<number> {
    const store = deps.store.in(systemScope);
    await sweep();
    while (isRunning && inHand.size < most) {
      const full = fullBundles();
      const next = await store.read((tx) => nextJobAt(tx, full));
      if (next === null || next > deps.now()) return next === null ? pollMs : next - deps.now();
      const limit = Math.min(share, most - inHand.size);
      const jobs = await store.write((tx) => claimJobs(tx, { now: deps.now(), leaseMs, limit }, full));
      for (const job of jobs) take(job);
      // Another node was first.
      if (jobs.length === 0) return 50;
    }
    return pollMs;
  }

  function fullBundles(): string[] {
    const counts = new Map<string, number>();
    for (const bundle of inHand.values()) counts.set(bundle, (counts.get(bundle) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= share).map(([bundle]) => bundle);
  }

  async function sweep(): Promise<void> {
    const now = deps.now();
    if (now - sweptAt < sweepEveryMs) return;
    await deps.store.in(systemScope).write((tx) => deleteDeadJobs(tx, now - deadForMs));
    sweptAt = now;
  }

  function take(job: Leased): void {
    const done = work(job, kinds[job.kind] ?? unknownKind, tools)
      .catch((error: unknown) => deps.log.error({ error, job: job.id, kind: job.kind }, 'a job could not be ended; it comes again'))
      .finally(() => {
        inHand.delete(done);
        lookIn(0);
      });
    inHand.set(done, bundleOf(job));
  }

  return {
    wake: (dueAt) => lookIn(Math.min(pollMs, dueAt - deps.now())),
    start() {
      isRunning = true;
      lookIn(0);
    },
    async stop() {
      isRunning = false;
      if (timer !== null) clearTimeout(timer);
      stopping.abort();
      await looking;
      await Promise.all(inHand.keys());
    },
  };
}

/** Left by a newer version that shares the database, maybe: it is tried again for a while. */
const unknownKind: JobKind = {
  maxAttempts: 60,
  pauseMs: () => 60_000,
  run: (job) => Promise.reject(new Error(`there is no kind of work called ${job.kind}`)),
};

async function work(job: Leased, kind: JobKind, tools: JobTools): Promise<void> {
  // A node died in the last attempt.
  if (job.attempts > kind.maxAttempts) return end(job, kind, tools, 'the last attempt was not ended');
  try {
    await kind.run(job, tools);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (tools.signal.aborted) return inStore(tools.deps, job, (tx) => returnJob(tx, job));
    if (job.attempts >= kind.maxAttempts) return end(job, kind, tools, why);
    tools.deps.log.warn({ job: job.id, kind: job.kind, attempts: job.attempts, why }, 'a job failed and is tried again');
    const dueAt = tools.deps.now() + kind.pauseMs(job.attempts);
    await inStore(tools.deps, job, (tx) => postponeJob(tx, job, dueAt, why.slice(0, 500)));
  }
}

async function end(job: Leased, kind: JobKind, tools: JobTools, why: string): Promise<void> {
  let last = why;
  try {
    if (kind.giveUp) return await kind.giveUp(job, tools, why);
  } catch (error) {
    if (job.attempts < kind.maxAttempts + lastTries) throw error;
    last = `${error instanceof Error ? error.message : String(error)}, after: ${why}`;
  }
  tools.deps.log.error({ job: job.id, kind: job.kind, why: last }, 'a job was given up');
  return inStore(tools.deps, job, (tx) => buryJob(tx, job, tools.deps.now(), last.slice(0, 500)));
}

function inStore(deps: Deps, job: Leased, work: Parameters<ReturnType<Deps['store']['in']>['write']>[0]): Promise<void> {
  return deps.store.in(job.workspaceId).write(work) as Promise<void>;
}
