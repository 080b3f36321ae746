// Rows in every table there is, whatever its columns, with the values that go wrong first.
import Database from 'better-sqlite3';

const texts = [
  'plain',
  "O'Brien; drop table",
  '',
  'Zürich 🚀 日本',
  'two\nlines\ttab "quoted" \\ back',
  'ÅÄÖ å',
  '{"a":[1,null]}',
  'e\u0301',
  '\u200f rtl',
];
const numbers = [0, 1, 2_147_483_647, -1];
const bigNumbers = [0, 1_764_495_000_123, Number.MAX_SAFE_INTEGER, -1];

/**
 * Fills each table of a migrated SQLite file with rows of made-up values, `meta` and its schema aside, and deletes the last row of those
 * that count, whose ids must not be given out again.
 * @param rows of each table; of some more where `more` says so
 */
export function fillTables(path: string, rows: number, more: Readonly<Record<string, number>> = {}): void {
  const db = new Database(path);
  const small = new Set(['score', 'seq', 'attempts', 'version', 'rev', 'flow_version', 'width', 'height']);
  try {
    const names = db
      .prepare<[], { name: string }>(
        `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'`,
      )
      .all()
      .map(({ name }) => name)
      // Triggers fill what contacts and messages are found by.
      .filter((name) => name !== 'meta' && name !== 'contact_words' && !name.includes('_fts'));
    db.transaction(() => {
      for (const name of names) {
        const columns = db
          .prepare<[string], { name: string; type: string; notnull: number; pk: number }>('select * from pragma_table_info(?)')
          .all(name);
        const insert = db.prepare(
          `insert into ${name} (${columns.map((c) => c.name).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
        );
        // The last message is deleted below, and its words with it.
        const count = name === 'message_words' ? rows - 1 : (more[name] ?? rows);
        for (let i = 1; i <= count; i++) {
          insert.run(
            columns.map(({ name: column, type, notnull, pk }, at) => {
              if (type.toLowerCase() === 'text') {
                // Every third row without what may be missing; the others each their own, for what must be unique.
                if (notnull === 0 && pk === 0 && i % 3 === 0) return null;
                return `${column}-${i} ${texts[(i + at) % texts.length]}`;
              }
              if (pk === 1 || column === 'seq' || column === 'rev' || column.endsWith('_id')) return i;
              if (notnull === 0 && i % 3 === 0) return null;
              return (small.has(column) || !/_at$|_until$|size/.test(column) ? numbers : bigNumbers)[(i + at) % 4] ?? 0;
            }),
          );
        }
        if (columns.some((c) => c.pk === 1 && c.name === 'id' && c.type.toLowerCase() === 'integer'))
          db.prepare(`delete from ${name} where id = ?`).run(count);
      }
    })();
  } finally {
    db.close();
  }
}
