// Published flows: a version never changes and is never deleted, for conversations that run on it and reports that count it.
import { query } from './query.ts';
import type { Tx } from './query.ts';

type Key = { ws: string; id: string };

const find = query<Key & { version: number }>()((db, p) =>
  db.selectFrom('flows').select('body').where('workspace_id', '=', p.ws).where('id', '=', p.id).where('version', '=', p.version),
);
const latest = query<Key>()((db, p) =>
  db
    .selectFrom('flows')
    .select(['version', 'body', 'published_by', 'created_at'])
    .where('workspace_id', '=', p.ws)
    .where('id', '=', p.id)
    .orderBy('version', 'desc')
    .limit(1),
);
const versions = query<Key>()((db, p) =>
  db
    .selectFrom('flows')
    .leftJoin('agents', (join) =>
      join.onRef('agents.id', '=', 'flows.published_by').onRef('agents.workspace_id', '=', 'flows.workspace_id'),
    )
    .select(['flows.version', 'flows.note', 'flows.created_at', 'agents.name as published_by'])
    .where('flows.workspace_id', '=', p.ws)
    .where('flows.id', '=', p.id)
    .orderBy('flows.version', 'desc'),
);
const latestOfAll = query<{ ws: string }>()((db, p) =>
  db
    .selectFrom('flows')
    .select(['id', 'version', 'body', 'created_at'])
    .where('workspace_id', '=', p.ws)
    .where((eb) =>
      eb(
        'version',
        '=',
        eb
          .selectFrom('flows as newer')
          .select((x) => x.fn.max('newer.version').as('version'))
          .where('newer.workspace_id', '=', p.ws)
          .whereRef('newer.id', '=', 'flows.id'),
      ),
    )
    .orderBy('id'),
);
const keys = query<{ ws: string }>()((db, p) =>
  db.selectFrom('flows').select(['id', 'version']).where('workspace_id', '=', p.ws).orderBy('id').orderBy('version'),
);
const own = query<Key>()((db, p) =>
  db
    .selectFrom('flows')
    .select('version')
    .where('workspace_id', '=', p.ws)
    .where('id', '=', p.id)
    .where('published_by', 'is not', null)
    .limit(1),
);

export interface PublishedFlow {
  id: string;
  version: number;
  /** JSON. */
  body: string;
  publishedAt: number;
}

export interface FlowVersion {
  version: number;
  publishedAt: number;
  /** The name of the agent; null where it came with the software. */
  publishedBy: string | null;
  note: string | null;
}

/** The flow's JSON as published; a version never changes. */
export async function findFlowBody(tx: Tx, id: string, version: number): Promise<string | null> {
  return (await tx.get(find, { ws: tx.workspaceId, id, version }))?.body ?? null;
}

/** What is published of a flow now, also where the flow was deleted since. */
export async function findPublished(tx: Tx, id: string): Promise<PublishedFlow | null> {
  const row = await tx.get(latest, { ws: tx.workspaceId, id });
  return row ? { id, version: row.version, body: row.body, publishedAt: row.created_at } : null;
}

/** Newest first. */
export async function listVersions(tx: Tx, id: string): Promise<FlowVersion[]> {
  const rows = await tx.all(versions, { ws: tx.workspaceId, id });
  return rows.map((row) => ({ version: row.version, publishedAt: row.created_at, publishedBy: row.published_by, note: row.note }));
}

/** The newest version of every flow, deleted ones among them. */
export async function listPublished(tx: Tx): Promise<PublishedFlow[]> {
  const rows = await tx.all(latestOfAll, { ws: tx.workspaceId });
  return rows.map((row) => ({ id: row.id, version: row.version, body: row.body, publishedAt: row.created_at }));
}

/** Every version of every flow. */
export async function listFlowKeys(tx: Tx): Promise<{ id: string; version: number }[]> {
  return tx.all(keys, { ws: tx.workspaceId });
}

/** Somebody of the workspace published this flow, be it one that came with the software. */
export async function isOwnFlow(tx: Tx, id: string): Promise<boolean> {
  return (await tx.get(own, { ws: tx.workspaceId, id })) !== undefined;
}

/** False where this version is there already; it stays as it is. */
export async function insertFlow(
  tx: Tx,
  flow: { id: string; version: number; body: string; publishedBy?: number; note?: string | null; now: number },
): Promise<boolean> {
  const rows = await tx.execute((db) =>
    db
      .insertInto('flows')
      .values({
        workspace_id: tx.workspaceId,
        id: flow.id,
        version: flow.version,
        body: flow.body,
        published_by: flow.publishedBy ?? null,
        note: flow.note ?? null,
        created_at: flow.now,
      })
      .onConflict((c) => c.columns(['workspace_id', 'id', 'version']).doNothing())
      .returning('version'),
  );
  return rows.length === 1;
}
