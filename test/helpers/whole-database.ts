// Every value that lies in a database, of whatever table: what must be gone is looked for in all of it.
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Store } from '../../server/store/store.ts';

/** Of the values that contain one of these words, where they stand and what they say. */
export async function cellsWith({ dialect, in: within }: Store, words: readonly string[]): Promise<string[]> {
  return within('').read(async (tx) => {
    const rows = <R>(query: RawBuilder<R>): Promise<R[]> => tx.execute((db) => ({ compile: () => query.compile(db) }));
    const tables = await rows(
      dialect === 'sqlite'
        ? // A full-text index cannot be read as rows; the tables it lies in can.
          sql<{ name: string }>`select name from sqlite_master where type = 'table' and sql not like 'create virtual%'`
        : sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    if (tables.length < 20) throw new Error(`only ${tables.length} tables were found`);
    const found: string[] = [];
    for (const { name } of tables)
      for (const row of await rows(sql<Record<string, unknown>>`select * from ${sql.id(name)}`))
        for (const [column, value] of Object.entries(row))
          if (words.some((word) => String(value).toLowerCase().includes(word.toLowerCase())))
            found.push(`${name}.${column}: ${String(value)}`);
    return found;
  });
}
