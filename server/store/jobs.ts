// Work to be done at a time, by whichever node leases it first (P15).
import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface Job {
  id: number;
  workspaceId: string;
  kind: string;
  key: string;
  /** JSON. */
  payload: string;
  dueAt: number;
  /** How often it was leased, this time included. */
  attempts: number;
  /** Until when it is ours; null while nobody works on it. */
  leasedUntil: number | null;
}

/** A job in hand: only who holds this lease may end it. */
export type Leased = Job & { leasedUntil: number };

type Row = Selectable<Schema['jobs']>;

function rowToJob(row: Row): Job {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    kind: row.kind,
    key: row.key,
    payload: row.payload,
    dueAt: row.due_at,
    attempts: row.attempts,
    leasedUntil: row.leased_until,
  };
}

const insert = query<{ ws: string; kind: string; key: string; payload: string; due: number; now: number }>()((db, p) =>
  db.insertInto('jobs').values({
    workspace_id: p.ws,
    kind: p.kind,
    key: p.key,
    payload: p.payload,
    due_at: p.due,
    attempts: 0,
    leased_until: null,
    last_error: null,
    dead_at: null,
    created_at: p.now,
  }),
);
const removeByKey = query<{ ws: string; kind: string; key: string }>()((db, p) =>
  db.deleteFrom('jobs').where('workspace_id', '=', p.ws).where('kind', '=', p.kind).where('key', '=', p.key),
);
const remove = query<{ id: number; lease: number }>()((db, p) =>
  db.deleteFrom('jobs').where('id', '=', p.id).where('leased_until', '=', p.lease).returning('id'),
);
const hold = query<{ id: number; lease: number }>()((db, p) =>
  db
    .updateTable('jobs')
    .set((eb) => ({ attempts: eb.ref('attempts') }))
    .where('id', '=', p.id)
    .where('leased_until', '=', p.lease)
    .where('dead_at', 'is', null)
    .returning('id'),
);
// The index of what is due holds no dead jobs; it is used where its condition stands in the query as written.
const nextOf = (db: Kysely<Schema>) =>
  db.selectFrom('jobs').select(['due_at', 'leased_until']).where(sql.ref('dead_at'), 'is', null).orderBy('due_at').limit(100);
const next = query<Record<string, never>>()((db) => nextOf(db));
const bundle = sql<string>`workspace_id || ' ' || kind`;
// The lease is looked at again outside the subquery: a node that waited for the row of another's commit then sees it taken.
interface Claim extends Record<string, number> {
  now: number;
  lease: number;
  limit: number;
}
const claimOf = (db: Kysely<Schema>, p: Claim, without: readonly string[]) =>
  db
    .updateTable('jobs')
    .set((eb) => ({ leased_until: p.lease, attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('jobs')
        .select('id')
        .where(sql.ref('dead_at'), 'is', null)
        .where('due_at', '<=', p.now)
        .$if(without.length > 0, (qb) => qb.where(bundle, 'not in', without))
        .where((or) => or.or([or('leased_until', 'is', null), or('leased_until', '<=', p.now)]))
        .orderBy('due_at')
        .limit(p.limit),
    )
    .where('dead_at', 'is', null)
    .where((or) => or.or([or('leased_until', 'is', null), or('leased_until', '<=', p.now)]))
    .returningAll();
const claim = query<Claim>()((db, p) => claimOf(db, p, []));
const release = query<{ id: number; lease: number; due: number; attempts: number; error: string | null; dead: number | null }>()((db, p) =>
  db
    .updateTable('jobs')
    .set({ leased_until: null, due_at: p.due, attempts: p.attempts, last_error: p.error, dead_at: p.dead })
    .where('id', '=', p.id)
    .where('leased_until', '=', p.lease),
);

/** In place of the open job of this kind and key, even where somebody works on that one: its result then counts no more. */
export async function insertJob(tx: Tx, job: { kind: string; key: string; payload: unknown; dueAt: number; now: number }): Promise<void> {
  const { kind, key } = job;
  tx.send(removeByKey, { ws: tx.workspaceId, kind, key });
  tx.send(insert, { ws: tx.workspaceId, kind, key, payload: JSON.stringify(job.payload), due: job.dueAt, now: job.now });
}

/** A workspace's jobs of one kind, which hold up no others. */
export function bundleOf({ workspaceId, kind }: Pick<Job, 'workspaceId' | 'kind'>): string {
  return `${workspaceId} ${kind}`;
}

/** When the next job may be leased; null where there is none. In any workspace; those of the bundles `without` are not looked at. */
export async function nextJobAt(tx: Tx, without: readonly string[] = []): Promise<number | null> {
  const rows = without.length === 0 ? await tx.all(next, {}) : await tx.execute((db) => nextOf(db).where(bundle, 'not in', without));
  return rows.length === 0 ? null : Math.min(...rows.map((row) => Math.max(row.due_at, row.leased_until ?? 0)));
}

/** Leases what is due, the longest overdue first, of all workspaces. No job is leased twice at one time. */
export async function claimJobs(
  tx: Tx,
  at: { now: number; leaseMs: number; limit: number },
  without: readonly string[] = [],
): Promise<Leased[]> {
  const lease = at.now + at.leaseMs;
  const params = { now: at.now, lease, limit: at.limit };
  const rows = without.length === 0 ? await tx.all(claim, params) : await tx.execute((db) => claimOf(db, params, without));
  return rows.map((row) => ({ ...rowToJob(row), leasedUntil: lease }));
}

/** Ends a job, within the transaction of its effect. False where the lease is lost or the job replaced: then it must have none. */
export async function finishJob(tx: Tx, job: Leased): Promise<boolean> {
  return (await tx.get(remove, { id: job.id, lease: job.leasedUntil })) !== undefined;
}

/** True while the job is ours; nobody takes it until the transaction ends. */
export async function holdJob(tx: Tx, job: Leased): Promise<boolean> {
  return (await tx.get(hold, { id: job.id, lease: job.leasedUntil })) !== undefined;
}

/** To be tried again at `dueAt`. */
export async function postponeJob(tx: Tx, job: Leased, dueAt: number, error: string): Promise<void> {
  await tx.get(release, { id: job.id, lease: job.leasedUntil, due: dueAt, attempts: job.attempts, error, dead: null });
}

/** As if it had never been leased: for whoever is next. */
export async function returnJob(tx: Tx, job: Leased): Promise<void> {
  const attempts = Math.max(0, job.attempts - 1);
  await tx.get(release, { id: job.id, lease: job.leasedUntil, due: job.dueAt, attempts, error: null, dead: null });
}

/** Given up; kept for people to see. */
export async function buryJob(tx: Tx, job: Leased, now: number, error: string): Promise<void> {
  await tx.get(release, { id: job.id, lease: job.leasedUntil, due: job.dueAt, attempts: job.attempts, error, dead: now });
}

/** Forgets those given up before then, in all workspaces. */
export async function deleteDeadJobs(tx: Tx, before: number): Promise<void> {
  await tx.execute((db) => db.deleteFrom('jobs').where('dead_at', '<', before));
}
