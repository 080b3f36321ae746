import { query } from './query.ts';
import type { Tx } from './query.ts';

const find = query<{ ws: string; id: string; version: number }>()((db, p) =>
  db.selectFrom('flows').select('body').where('workspace_id', '=', p.ws).where('id', '=', p.id).where('version', '=', p.version),
);

/** The flow's JSON as published; a version never changes. */
export async function findFlowBody(tx: Tx, id: string, version: number): Promise<string | null> {
  return (await tx.get(find, { ws: tx.workspaceId, id, version }))?.body ?? null;
}

export async function insertFlow(tx: Tx, flow: { id: string; version: number; body: string; now: number }): Promise<void> {
  await tx.execute((db) =>
    db
      .insertInto('flows')
      .values({ workspace_id: tx.workspaceId, id: flow.id, version: flow.version, body: flow.body, created_at: flow.now })
      .onConflict((c) => c.columns(['workspace_id', 'id', 'version']).doNothing()),
  );
}
