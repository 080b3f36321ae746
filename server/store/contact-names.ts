// Which attributes and tags contacts have, by name: what conditions and texts of a workspace may speak of.
import { query } from './query.ts';
import type { Tx } from './query.ts';

// Whose they are is looked at afterwards: as a condition it would bring in an index of all of the workspace's contacts, sorted anew for each
// page.
/** Ids of contacts rise with time, so these are the newest ones. */
const attributes = query<{ before: string; limit: number }>()((db, p) =>
  db.selectFrom('contacts').select(['id', 'workspace_id', 'attributes']).where('id', '<', p.before).orderBy('id', 'desc').limit(p.limit),
);
const tags = query<{ ws: string; after: string }>()((db, p) =>
  db
    .selectFrom('contact_tags')
    .select((eb) => eb.fn.min('tag').as('tag'))
    .where('workspace_id', '=', p.ws)
    .where('tag', '>', p.after),
);

/** After the last id there can be. */
export const fromNewest = '~';

/** The names in the attributes of the contacts before this one, newest first; `next` null where there are no more. */
export async function readAttributeNames(tx: Tx, before: string, limit: number): Promise<{ names: string[]; next: string | null }> {
  const rows = await tx.all(attributes, { before, limit });
  const names = rows.flatMap((row) =>
    row.workspace_id !== tx.workspaceId || row.attributes === '{}' ? [] : Object.keys(JSON.parse(row.attributes) as object),
  );
  return { names: [...new Set(names)], next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
}

/** In order, at most `most`. Each step jumps in the index to the next name, however many contacts have the one before. */
export async function listTags(tx: Tx, most: number): Promise<string[]> {
  const names: string[] = [];
  while (names.length < most) {
    const row = await tx.get(tags, { ws: tx.workspaceId, after: names.at(-1) ?? '' });
    if (!row || row.tag === null) break;
    names.push(row.tag);
  }
  return names;
}
