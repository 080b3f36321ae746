// Drafts of flows. Where a flow has none yet, what is published stands for it: a row is made by the first change.
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import { findPublished, listPublished } from './flows.ts';
import type { PublishedFlow } from './flows.ts';
import type { Schema } from './schema.ts';

export interface Draft {
  id: string;
  name: string;
  /** JSON. */
  body: string;
  rev: number;
  /** The id of an agent; null where it came with the software. */
  updatedBy: number | null;
  updatedAt: number;
}

/** One flow of the list, without its bodies. */
export interface FlowEntry {
  id: string;
  name: string;
  publishedVersion: number | null;
  publishedAt: number | null;
  draftUpdatedAt: number;
  hasChanges: boolean;
}

type Key = { ws: string; id: string };

function rowToDraft(row: Selectable<Schema['flow_drafts']>): Draft {
  return { id: row.id, name: row.name, body: row.body, rev: row.rev, updatedBy: row.updated_by, updatedAt: row.updated_at };
}

const find = query<Key>()((db, p) => db.selectFrom('flow_drafts').selectAll().where('workspace_id', '=', p.ws).where('id', '=', p.id));
const ids = query<{ ws: string }>()((db, p) =>
  db.selectFrom('flow_drafts').select(['id', 'name', 'deleted_at']).where('workspace_id', '=', p.ws),
);
const bodies = query<{ ws: string }>()((db, p) =>
  db.selectFrom('flow_drafts').select(['id', 'body']).where('workspace_id', '=', p.ws).where('deleted_at', 'is', null),
);
const entries = query<{ ws: string }>()((db, p) =>
  db
    .selectFrom('flow_drafts as d')
    .leftJoin('flows as f', (join) =>
      join
        .onRef('f.workspace_id', '=', 'd.workspace_id')
        .onRef('f.id', '=', 'd.id')
        .on((eb) =>
          eb(
            'f.version',
            '=',
            eb
              .selectFrom('flows as newer')
              .select((x) => x.fn.max('newer.version').as('version'))
              .where('newer.workspace_id', '=', p.ws)
              .whereRef('newer.id', '=', 'd.id'),
          ),
        ),
    )
    .select(['d.id', 'd.name', 'd.updated_at', 'f.version', 'f.created_at as published_at'])
    .select((eb) => eb.case().when('f.body', '=', eb.ref('d.body')).then(sql.lit(0)).else(sql.lit(1)).end().as('changed'))
    .where('d.workspace_id', '=', p.ws)
    .where('d.deleted_at', 'is', null),
);
// A no-op UPDATE … RETURNING locks the row on both databases.
const lock = query<Key>()((db, p) =>
  db
    .updateTable('flow_drafts')
    .set((eb) => ({ rev: eb.ref('rev') }))
    .where('workspace_id', '=', p.ws)
    .where('id', '=', p.id)
    .returningAll(),
);

/** A flow's name as its JSON says it; its id where it says none. */
export function nameInBody(body: unknown, id: string): string {
  const name = typeof body === 'object' && body !== null && 'name' in body ? body.name : undefined;
  return typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 120) : id;
}

/** In the order of their names. */
export async function listFlows(tx: Tx): Promise<FlowEntry[]> {
  const drafts = await tx.all(entries, { ws: tx.workspaceId });
  const known = new Set((await tx.all(ids, { ws: tx.workspaceId })).map((row) => row.id));
  const untouched = (await listPublished(tx)).filter((flow) => !known.has(flow.id));
  return [
    ...drafts.map((row) => ({
      id: row.id,
      name: row.name,
      publishedVersion: row.version,
      publishedAt: row.published_at,
      draftUpdatedAt: row.updated_at,
      hasChanges: row.changed === 1,
    })),
    ...untouched.map((flow) => ({
      id: flow.id,
      name: draftOf(flow).name,
      publishedVersion: flow.version,
      publishedAt: flow.publishedAt,
      draftUpdatedAt: flow.publishedAt,
      hasChanges: false,
    })),
  ].toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

/** Of every flow that is not deleted: its draft where there is one, and what is published of it. */
export async function listBodies(tx: Tx): Promise<{ id: string; body: string }[]> {
  const deleted = await deletedFlows(tx);
  const published = (await listPublished(tx)).filter((flow) => !deleted.has(flow.id));
  return [...(await tx.all(bodies, { ws: tx.workspaceId })), ...published.map(({ id, body }) => ({ id, body }))];
}

/** The names of all flows there ever were. */
export async function flowNames(tx: Tx): Promise<Map<string, string>> {
  const names = new Map((await listPublished(tx)).map((flow) => [flow.id, draftOf(flow).name]));
  for (const row of await tx.all(ids, { ws: tx.workspaceId })) names.set(row.id, row.name);
  return names;
}

/** The ids of flows that are deleted: none of them is given again. */
export async function deletedFlows(tx: Tx): Promise<Set<string>> {
  const rows = await tx.all(ids, { ws: tx.workspaceId });
  return new Set(rows.filter((row) => row.deleted_at !== null).map((row) => row.id));
}

/** Null where there is no such flow, or no longer. */
export async function findDraft(tx: Tx, id: string): Promise<Draft | null> {
  const row = await tx.get(find, { ws: tx.workspaceId, id });
  if (row) return row.deleted_at === null ? rowToDraft(row) : null;
  const published = await findPublished(tx, id);
  return published ? draftOf(published) : null;
}

/** As `findDraft`, and nobody else changes or publishes it until the transaction ends. */
export async function lockDraft(tx: Tx, id: string): Promise<Draft | null> {
  const published = await findPublished(tx, id);
  if (published) await insertDraft(tx, draftOf(published));
  const row = await tx.get(lock, { ws: tx.workspaceId, id });
  return row && row.deleted_at === null ? rowToDraft(row) : null;
}

function draftOf(published: PublishedFlow): Draft {
  const { id, body, publishedAt } = published;
  return { id, name: nameInBody(JSON.parse(body), id), body, rev: 0, updatedBy: null, updatedAt: publishedAt };
}

/** False where there is or was a draft of this id. */
export async function insertDraft(tx: Tx, draft: Draft): Promise<boolean> {
  const rows = await tx.execute((db) =>
    db
      .insertInto('flow_drafts')
      .values({
        workspace_id: tx.workspaceId,
        id: draft.id,
        name: draft.name,
        body: draft.body,
        rev: draft.rev,
        updated_by: draft.updatedBy,
        updated_at: draft.updatedAt,
        deleted_at: null,
      })
      .onConflict((c) => c.columns(['workspace_id', 'id']).doNothing())
      .returning('id'),
  );
  return rows.length === 1;
}

export async function updateDraft(tx: Tx, draft: Draft): Promise<void> {
  await tx.execute((db) =>
    db
      .updateTable('flow_drafts')
      .set({ name: draft.name, body: draft.body, rev: draft.rev, updated_by: draft.updatedBy, updated_at: draft.updatedAt })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', draft.id),
  );
}

export async function markDeleted(tx: Tx, id: string, now: number): Promise<void> {
  await tx.execute((db) =>
    db.updateTable('flow_drafts').set({ deleted_at: now }).where('workspace_id', '=', tx.workspaceId).where('id', '=', id),
  );
}
