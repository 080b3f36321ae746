// The rows by which contacts are found by tag; what a contact carries stands in its own row, too.
import { query } from './query.ts';
import type { Tx } from './query.ts';

type Key = { ws: string; contact: string; tag: string };

const insert = query<Key & { now: number }>()((db, p) =>
  db
    .insertInto('contact_tags')
    .values({ workspace_id: p.ws, contact_id: p.contact, tag: p.tag, created_at: p.now })
    .onConflict((c) => c.columns(['workspace_id', 'contact_id', 'tag']).doNothing()),
);
const remove = query<Key>()((db, p) =>
  db.deleteFrom('contact_tags').where('workspace_id', '=', p.ws).where('contact_id', '=', p.contact).where('tag', '=', p.tag),
);

export async function insertTag(tx: Tx, contact: string, tag: string, now: number): Promise<void> {
  await tx.get(insert, { ws: tx.workspaceId, contact, tag, now });
}

export async function deleteTag(tx: Tx, contact: string, tag: string): Promise<void> {
  await tx.get(remove, { ws: tx.workspaceId, contact, tag });
}

/** These and no others. */
export async function replaceTags(tx: Tx, contact: string, tags: readonly string[], now: number): Promise<void> {
  await tx.execute((db) => db.deleteFrom('contact_tags').where('workspace_id', '=', tx.workspaceId).where('contact_id', '=', contact));
  for (const tag of tags) await insertTag(tx, contact, tag, now);
}

/** The tags of a contact that was merged away are those of the one it became. */
export async function moveTags(tx: Tx, from: string, into: string, tags: readonly string[], now: number): Promise<void> {
  await replaceTags(tx, from, [], now);
  for (const tag of tags) await insertTag(tx, into, tag, now);
}
