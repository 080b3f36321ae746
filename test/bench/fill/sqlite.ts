// Into a SQLite file, in one go: nothing is kept safe while it is filled, and indexes are built once all is there.
import Database from 'better-sqlite3';
import { earlier } from './clone.ts';
import type { Stride } from './clone.ts';
import { columns } from './rows.ts';
import type { Rows, Table } from './rows.ts';

export interface Sink {
  /** Of the newest block. */
  write(rows: Rows): Promise<void>;
  /** Puts the block in its place, so many before the newest. */
  copy(back: number, stride: Stride): Promise<void>;
  /** Builds what makes it a database that can be served from. @param rev the last one given */
  finish(workspaceId: string, rev: number): Promise<void>;
}

const tables = Object.keys(columns) as Table[];
const list = (table: Table): string => columns[table].split(' ').join(', ');

export function sqliteSink(path: string): Sink {
  const db = new Database(path);
  // Or it would refuse to go on without a journal; and from WAL there is no way there but by DELETE.
  db.unsafeMode();
  for (const pragma of ['journal_mode = DELETE', 'journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -1000000'])
    db.pragma(pragma);
  const later = db
    .prepare<[], { type: string; name: string; sql: string }>(
      `select type, name, sql from sqlite_master where sql is not null and (type = 'index' or type = 'trigger')`,
    )
    .all();
  for (const { type, name } of later) db.exec(`drop ${type} ${name}`);
  // Few large segments in place of many small ones; as it was before, once it is filled.
  for (const name of ['message', 'contact']) db.exec(`insert into ${name}_fts (${name}_fts, rank) values ('hashsize', 100000000)`);
  db.exec(`attach '' as block`);
  const inserts = tables.map((table) => {
    db.exec(`create table block.${table} (${list(table)})`);
    const marks = columns[table].replace(/\w+/g, '?').replaceAll(' ', ', ');
    return [table, db.prepare(`insert into block.${table} (${list(table)}) values (${marks})`)] as const;
  });
  return {
    async write(rows) {
      db.exec('begin');
      for (const [table, insert] of inserts) for (const row of rows[table]) insert.run(row);
      db.exec('commit');
    },
    async copy(back, stride) {
      db.exec('begin');
      const idsOf = (table: 'messages' | 'contacts'): number => back * stride[table];
      for (const table of tables)
        db.exec(`insert into main.${table} (${list(table)}) select ${earlier(table, back, stride).join(', ')} from block.${table}`);
      for (const [name, table] of [['message', 'messages'] as const, ['contact', 'contacts'] as const])
        db.exec(`insert into main.${name}_fts (rowid, words)
          select id, ltrim(replace(' ' || words, ' ', ' ' || printf('%04x', id >> 16))) from main.${name}_words
          where id between (select min(id) from block.${name}_words) - ${idsOf(table)} and (select max(id) from block.${name}_words) - ${idsOf(table)}`);
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
