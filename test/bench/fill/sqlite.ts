// Into a SQLite file, in one go: nothing is kept safe while it is filled, and indexes are built once all is there.
import Database from 'better-sqlite3';
import { columns } from './rows.ts';
import type { Rows, Table } from './rows.ts';

export interface Sink {
  write(rows: Rows): Promise<void>;
  /** Builds what makes it a database that can be served from. @param rev the last one given */
  finish(workspaceId: string, rev: number): Promise<void>;
}

export function sqliteSink(path: string): Sink {
  const db = new Database(path);
  // Or it would refuse to go on without a journal.
  db.unsafeMode();
  // From WAL there is no way to OFF but by DELETE.
  db.pragma('journal_mode = DELETE');
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('foreign_keys = OFF');
  db.pragma('cache_size = -1000000');
  const later = db
    .prepare<[], { type: string; name: string; sql: string }>(
      `select type, name, sql from sqlite_master where sql is not null and (type = 'index' or type = 'trigger')`,
    )
    .all();
  for (const { type, name } of later) db.exec(`drop ${type} ${name}`);
  const index = (name: string) => {
    // Few large segments in place of many small ones; as it was before, once it is filled.
    db.exec(`insert into ${name}_fts (${name}_fts, rank) values ('hashsize', 100000000)`);
    return db.prepare(
      `insert into ${name}_fts (rowid, words) values (@id, ltrim(replace(' ' || @words, ' ', ' ' || printf('%04x', @id >> 16))))`,
    );
  };
  const fts = { message: index('message'), contact: index('contact') };
  const inserts = new Map(
    (Object.keys(columns) as Table[]).map((table) => {
      const names = columns[table].split(' ');
      return [table, db.prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)] as const;
    }),
  );
  return {
    async write(rows) {
      db.exec('begin');
      for (const [table, insert] of inserts) for (const row of rows[table]) insert.run(row);
      for (const [id, , , words] of rows.message_words) fts.message.run({ id, words });
      for (const [id, , , words] of rows.contact_words) fts.contact.run({ id, words });
      db.exec('commit');
    },
    async finish(workspaceId, rev) {
      db.prepare('update feed_heads set rev = ? where workspace_id = ?').run(rev, workspaceId);
      db.prepare('insert into word_cursors (workspace_id, rev) values (?, ?)').run(workspaceId, rev);
      for (const name of ['message', 'contact']) db.exec(`insert into ${name}_fts (${name}_fts, rank) values ('hashsize', 1048576)`);
      for (const { sql } of later) db.exec(sql);
      db.close();
    },
  };
}
