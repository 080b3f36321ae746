// What a database holds, by table, to be compared with another one.
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { tableNames } from '../../server/store/tables.ts';
import type { Place } from './postgres.ts';

/** Of a SQLite file, which may be in use. */
export const rowsIn = (path: string) => ({
  async rows<R>(sql: string): Promise<R[]> {
    const db = new Database(path, { readonly: true });
    try {
      return db.prepare(sql).all() as R[];
    } finally {
      db.close();
    }
  },
});

export type Rows = Pick<Place, 'rows'>;
/** The number of rows of each table and the hash of them all, in whatever order. */
export async function contentOf(place: Rows, except: string[] = []): Promise<Record<string, string>> {
  const content: Record<string, string> = {};
  for (const table of tableNames.filter((name) => !except.includes(name))) {
    const rows = (await place.rows(`select * from ${table}`)).map((row) =>
      JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    );
    content[table] = `${rows.length} ${createHash('sha256').update(rows.toSorted().join('\n')).digest('hex')}`;
  }
  return content;
}
