// Works on what is due, whichever node left it. A job is leased, so that no two nodes do it; a node that dies loses its lease.
import type { Deps, JobClock } from '../deps.ts';
import type { Outbound } from '../outbound.ts';
import { buryJob, claimJobs, nextJobAt, postponeJob, returnJob } from '../store/jobs.ts';
import type { Leased } from '../store/jobs.ts';
import { systemScope } from '../store/store.ts';
import type { JobKind, JobTools } from './kind.ts';

/** Longer than any attempt takes. */
const leaseMs = 60_000;
/** What another node leaves is found within this time. */
const pollMs = 2000;
/** Jobs in hand at one time. */
const most = 16;

export interface JobRunner extends JobClock {
  start(): void;
  /** Takes no more, breaks off what waits for others, and resolves once nothing is in hand. */
  stop(): Promise<void>;
}

export function createJobRunner(deps: Deps, kinds: Readonly<Record<string, JobKind>>, outbound: Outbound): JobRunner {
  const inHand = new Set<Promise<void>>();
  const stopping = new AbortController();
  const tools: JobTools = { deps, outbound, signal: stopping.signal };
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
    while (isRunning && inHand.size < most) {
      const next = await store.read(nextJobAt);
      if (next === null || next > deps.now()) return next === null ? pollMs : next - deps.now();
      const limit = most - inHand.size;
      const jobs = await store.write((tx) => claimJobs(tx, { now: deps.now(), leaseMs, limit }));
      for (const job of jobs) take(job);
      // Another node was first.
      if (jobs.length === 0) return 50;
    }
    return pollMs;
  }

  function take(job: Leased): void {
    const done = work(job, kinds[job.kind] ?? unknownKind, tools)
      .catch((error: unknown) => deps.log.error({ error, job: job.id, kind: job.kind }, 'a job could not be ended; it comes again'))
      .finally(() => {
        inHand.delete(done);
        lookIn(0);
      });
    inHand.add(done);
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
      await Promise.all(inHand);
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

function end(job: Leased, kind: JobKind, tools: JobTools, why: string): Promise<void> {
  if (kind.giveUp) return kind.giveUp(job, tools, why);
  tools.deps.log.error({ job: job.id, kind: job.kind, why }, 'a job was given up');
  return inStore(tools.deps, job, (tx) => buryJob(tx, job, tools.deps.now(), why.slice(0, 500)));
}

function inStore(deps: Deps, job: Leased, work: Parameters<ReturnType<Deps['store']['in']>['write']>[0]): Promise<void> {
  return deps.store.in(job.workspaceId).write(work) as Promise<void>;
}
