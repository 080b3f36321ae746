// Jobs are done once, at their time, whatever dies meanwhile. Real stores, a clock that is moved by hand.
import { randomBytes } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { Deps } from '../../../server/deps.ts';
import type { JobKind } from '../../../server/jobs/kind.ts';
import { createJobRunner } from '../../../server/jobs/run.ts';
import type { JobRunner } from '../../../server/jobs/run.ts';
import { claimJobs, finishJob, insertJob } from '../../../server/store/jobs.ts';
import type { Leased } from '../../../server/store/jobs.ts';
import type { Store } from '../../../server/store/store.ts';
import { describeStores } from '../../helpers/databases.ts';
import { aWorkspace } from '../../helpers/rows.ts';
import { silentLog } from '../../helpers/server.ts';

const runners: JobRunner[] = [];
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
});

const begin = Date.UTC(2031, 0, 1);

interface Clock {
  now: number;
}

function node(store: Store, clock: Clock, kind: Partial<JobKind>, others: Record<string, JobKind> = {}): JobRunner {
  const deps = { store, now: () => clock.now, log: silentLog, random: randomBytes } as unknown as Deps;
  const outbound = (): Promise<never> => Promise.reject(new Error('nothing leaves here'));
  const outside = { outbound, sendMail: outbound, removeFile: () => Promise.resolve() };
  const whole: JobKind = { maxAttempts: 3, pauseMs: (n) => n * 1000, run: () => Promise.resolve(), ...kind };
  const runner = createJobRunner(deps, { ...others, work: whole }, outside);
  runners.push(runner);
  runner.start();
  return runner;
}

const leave = (store: Store, key: string, dueAt: number, payload: unknown = {}): Promise<void> =>
  store.in('w').write((tx) => insertJob(tx, { kind: 'work', key, payload, dueAt, now: begin }));
const rowsOf = (store: Store) => store.in('w').read((tx) => tx.execute((db) => db.selectFrom('jobs').selectAll().orderBy('id')));
const finish = (store: Store, job: Leased): Promise<boolean> => store.in(job.workspaceId).write((tx) => finishJob(tx, job));

describeStores('jobs', (places) => {
  async function set(): Promise<{ store: Store; clock: Clock }> {
    const store = await places.open();
    await aWorkspace(store, 'w');
    return { store, clock: { now: begin } };
  }

  it('a job is done when its time has come, not before, and once', async () => {
    const { store, clock } = await set();
    const done: string[] = [];
    const runner = node(store, clock, {
      run: async (job) => {
        if (await finish(store, job)) done.push(job.key);
      },
    });
    await leave(store, 'later', begin + 5000);
    await leave(store, 'now', begin);
    runner.wake(begin);
    await expect.poll(() => done).toEqual(['now']);
    clock.now += 4999;
    await leave(store, 'now again', clock.now);
    runner.wake(clock.now);
    await expect.poll(() => done).toEqual(['now', 'now again']);
    clock.now += 1;
    runner.wake(clock.now);
    await expect.poll(() => done).toEqual(['now', 'now again', 'later']);
    expect(await rowsOf(store)).toEqual([]);
  });

  it('what another node leaves is found without being told', async () => {
    const { store, clock } = await set();
    const done: string[] = [];
    node(store, clock, { run: async (job) => void ((await finish(store, job)) && done.push(job.key)) });
    await leave(store, 'quiet', begin - 1);
    await expect.poll(() => done, { timeout: 4000 }).toEqual(['quiet']);
  });

  it('several nodes on one database never do one job twice', async () => {
    const { store, clock } = await set();
    const begun: string[] = [];
    const kind: Partial<JobKind> = {
      run: async (job) => {
        begun.push(job.key);
        await finish(store, job);
      },
    };
    const nodes = [1, 2, 3, 4].map(() => node(store, clock, kind));
    const keys = Array.from({ length: 60 }, (_, i) => `job ${i}`);
    for (const key of keys) await leave(store, key, begin + 1);
    clock.now += 1;
    for (const each of nodes) each.wake(clock.now);
    await expect.poll(async () => (await rowsOf(store)).length).toBe(0);
    expect(begun.toSorted()).toEqual(keys.toSorted());
  });

  it('two claims at once share what is due between them', async () => {
    const { store } = await set();
    for (let i = 0; i < 10; i++) await leave(store, `job ${i}`, begin);
    const claim = (): Promise<Leased[]> => store.in('').write((tx) => claimJobs(tx, { now: begin, leaseMs: 1000, limit: 6 }));
    const [a, b, c] = await Promise.all([claim(), claim(), claim()]);
    expect([a, b, c].map((claimed) => claimed?.length ?? -1).toSorted((x, y) => x - y)).toEqual([0, 4, 6]);
    expect(new Set([...(a ?? []), ...(b ?? []), ...(c ?? [])].map((job) => job.id)).size).toBe(10);
  });

  it('a job whose node died in the middle comes again when the lease is over; the dead one’s result counts no more', async () => {
    const { store, clock } = await set();
    await leave(store, 'job', begin);
    const [dead] = await store.in('').write((tx) => claimJobs(tx, { now: begin, leaseMs: 60_000, limit: 1 }));
    const attempts: number[] = [];
    const runner = node(store, clock, {
      run: async (job) => {
        attempts.push(job.attempts);
        await finish(store, job);
      },
    });
    clock.now += 59_999;
    await leave(store, 'other', clock.now);
    runner.wake(clock.now);
    await expect.poll(() => attempts).toEqual([1]);
    clock.now += 1;
    runner.wake(clock.now);
    await expect.poll(() => attempts).toEqual([1, 2]);
    expect(await finish(store, dead as Leased)).toBe(false);
  });

  it('a failed job is tried again after longer and longer pauses, then kept as dead with its last error', async () => {
    const { store, clock } = await set();
    let failures = 0;
    const runner = node(store, clock, { run: () => Promise.reject(new Error(`failure ${++failures}`)) });
    await leave(store, 'job', begin);
    runner.wake(begin);
    await expect.poll(async () => (await rowsOf(store))[0]).toMatchObject({ attempts: 1, last_error: 'failure 1', due_at: begin + 1000 });
    clock.now = begin + 1000;
    runner.wake(clock.now);
    await expect.poll(async () => (await rowsOf(store))[0]).toMatchObject({ attempts: 2, last_error: 'failure 2', due_at: begin + 3000 });
    clock.now = begin + 3000;
    runner.wake(clock.now);
    await expect.poll(async () => (await rowsOf(store))[0]).toMatchObject({ attempts: 3, last_error: 'failure 3', dead_at: begin + 3000 });
    clock.now += 1e9;
    await leave(store, 'next', clock.now);
    runner.wake(clock.now);
    await expect.poll(() => failures).toBe(4);
  });

  it('a node that dies in the last attempt leaves the last word to the next', async () => {
    const { store, clock } = await set();
    await leave(store, 'job', begin);
    for (let i = 0; i < 3; i++) {
      await store.in('').write((tx) => claimJobs(tx, { now: clock.now, leaseMs: 1000, limit: 1 }));
      clock.now += 1000;
    }
    const words: string[] = [];
    let runs = 0;
    const runner = node(store, clock, {
      run: async () => void runs++,
      giveUp: async (job, _tools, why) => {
        words.push(why);
        await finish(store, job);
      },
    });
    runner.wake(clock.now);
    await expect.poll(() => words).toEqual(['the last attempt was not ended']);
    expect(runs).toBe(0);
  });

  it('a job whose last word fails, too, is kept as dead after some more tries, and does not come back for ever', async () => {
    const { store, clock } = await set();
    await leave(store, 'poison', begin);
    let words = 0;
    const runner = node(store, clock, {
      maxAttempts: 1,
      run: () => Promise.reject(new Error('no')),
      giveUp: () => Promise.reject(new Error(`cannot say so ${++words}`)),
    });
    for (let tries = 1; tries < 30 && (await rowsOf(store))[0]?.dead_at === null; tries++) {
      await expect.poll(() => words).toBe(tries);
      clock.now += 60_000;
      runner.wake(clock.now);
      await expect.poll(async () => words > tries || (await rowsOf(store))[0]?.dead_at !== null).toBe(true);
    }
    expect(await rowsOf(store)).toMatchObject([{ dead_at: clock.now, last_error: expect.stringContaining('cannot say so') }]);
    expect(words).toBeLessThan(10);
  });

  it('what hangs in one workspace holds up neither another one nor other kinds of its own', async () => {
    const { store, clock } = await set();
    await aWorkspace(store, 'x');
    const done: string[] = [];
    const hang: JobKind = {
      maxAttempts: 3,
      pauseMs: () => 1000,
      run: (_job, { signal }) => new Promise((_, failed) => signal.addEventListener('abort', () => failed(new Error('aborted')))),
    };
    for (let i = 0; i < 150; i++)
      await store.in('w').write((tx) => insertJob(tx, { kind: 'hang', key: `${i}`, payload: {}, dueAt: begin - 10, now: begin }));
    await leave(store, 'own', begin);
    await store.in('x').write((tx) => insertJob(tx, { kind: 'work', key: 'other', payload: {}, dueAt: begin, now: begin }));
    node(store, clock, { run: async (job) => void ((await finish(store, job)) && done.push(job.key)) }, { hang });
    await expect.poll(() => done.toSorted()).toEqual(['other', 'own']);
  });

  it('what was given up is forgotten after a month', async () => {
    const { store, clock } = await set();
    await leave(store, 'dead', begin);
    await store.in('w').write((tx) => tx.execute((db) => db.updateTable('jobs').set({ dead_at: begin })));
    node(store, clock, {});
    await leave(store, 'open', begin + 90 * 86_400_000);
    clock.now += 31 * 86_400_000;
    node(store, clock, {});
    await expect.poll(async () => (await rowsOf(store)).map((row) => row.key)).toEqual(['open']);
  });

  it('a job left anew takes the place of the one in hand, whose end then changes nothing', async () => {
    const { store, clock } = await set();
    let release: () => void = () => {};
    const held = new Promise<void>((go) => (release = go));
    const ended: [string, boolean][] = [];
    const runner = node(store, clock, {
      run: async (job) => {
        if (job.payload === '"first"') await held;
        ended.push([job.payload, await finish(store, job)]);
      },
    });
    await leave(store, 'job', begin, 'first');
    runner.wake(begin);
    await expect.poll(async () => (await rowsOf(store))[0]?.attempts).toBe(1);
    await leave(store, 'job', begin + 10, 'second');
    release();
    await expect.poll(() => ended).toEqual([['"first"', false]]);
    clock.now += 10;
    runner.wake(clock.now);
    await expect.poll(() => ended.at(-1)).toEqual(['"second"', true]);
  });

  it('a stop breaks off what waits for others, and gives it back as if it had not been begun', async () => {
    const { store, clock } = await set();
    await leave(store, 'job', begin);
    let begun = false;
    const runner = node(store, clock, {
      run: (_job, { signal }) =>
        new Promise((_, failed) => {
          begun = true;
          signal.addEventListener('abort', () => failed(new Error('aborted')));
        }),
    });
    await expect.poll(() => begun).toBe(true);
    await runner.stop();
    expect(await rowsOf(store)).toMatchObject([{ attempts: 0, leased_until: null, last_error: null, due_at: begin }]);
  });

  it('a kind that is not known here waits for a node that knows it', async () => {
    const { store, clock } = await set();
    const runner = node(store, clock, {});
    await store.in('w').write((tx) => insertJob(tx, { kind: 'newer', key: 'k', payload: {}, dueAt: begin, now: begin }));
    runner.wake(begin);
    await expect.poll(async () => (await rowsOf(store))[0]).toMatchObject({ last_error: expect.stringContaining('newer'), dead_at: null });
  });
});

it('looks at the database no more than every two seconds while nothing is due', async () => {
  const { openStore } = await import('../../../server/store/store.ts');
  const store = await openStore({ database: { sqlite: ':memory:' }, newEpoch: 'epoch-of-the-test' });
  let reads = 0;
  const counting: Store = {
    ...store,
    in: (id) => {
      const scope = store.in(id);
      return { ...scope, read: (work) => (reads++, scope.read(work)) };
    },
  };
  const runner = node(counting, { now: begin }, {});
  await expect.poll(() => reads).toBe(1);
  for (let i = 0; i < 50; i++) runner.wake(begin + 100_000);
  await expect.poll(() => reads, { timeout: 3000 }).toBe(2);
  await runner.stop();
  await store.close();
});
