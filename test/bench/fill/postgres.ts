// Into PostgreSQL: one block by COPY, the others by several connections side by side; keys and indexes are built once all is there.
import pg from 'pg';
import { earlier } from './clone.ts';
import { columns } from './rows.ts';
import type { Rows, Table, Value } from './rows.ts';
import type { Sink } from './sqlite.ts';

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const cell = (value: Value): string => (value === null ? '\\N' : String(value).replace(/[\\\t\n\r]/g, (c) => escapes[c] ?? c));
const tables = Object.keys(columns) as Table[];
const list = (table: Table): string => columns[table].split(' ').join(', ');
const connections = 4;

export async function postgresSink(url: string): Promise<Sink> {
  const clients = await Promise.all(Array.from({ length: connections }, () => connect(url)));
  const client = clients[0] as pg.Client;
  const named = tables.map((table) => `'${table}'::regclass`).join(', ');
  const constraints = await rowsOf<{ drop: string; add: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
    from pg_constraint where conrelid in (${named}) and contype in ('p', 'u', 'f') order by contype = 'f' desc, contype`);
  for (const { drop } of constraints) await client.query(drop);
  const indexes = await rowsOf<{ name: string; add: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as add from pg_index where indrelid in (${named})`,
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await client.query('alter table contacts disable trigger user; create schema block');
  for (const table of tables) await client.query(`create unlogged table block.${table} as select ${list(table)} from ${table} limit 0`);

  async function rowsOf<R>(sql: string): Promise<R[]> {
    return (await client.query(sql)).rows as R[];
  }
  const statements: string[] = [];
  /** Whoever is free takes the next one. */
  async function runAll(sql: string[]): Promise<void> {
    await Promise.all(
      clients.map(async (free) => {
        for (let next = sql.shift(); next !== undefined; next = sql.shift()) await free.query(next);
      }),
    );
  }
  return {
    async write(rows: Rows) {
      for (const table of tables) {
        const lines = rows[table].map((row) => row.map(cell).join('\t'));
        if (lines.length > 0) await copyIn(client, `copy block.${table} (${list(table)}) from stdin`, `${lines.join('\n')}\n`);
      }
    },
    async copy(back, stride) {
      for (const table of tables)
        statements.push(`insert into ${table} (${list(table)}) select ${earlier(table, back, stride).join(', ')} from block.${table}`);
      // The tables of one block one after the other, four blocks side by side.
      if (back % connections === 0 || back === 0) await runAll(statements.splice(0));
    },
    async finish(workspaceId, rev) {
      await client.query('drop schema block cascade; alter table contacts enable trigger user');
      await client.query('update feed_heads set rev = $1 where workspace_id = $2', [rev, workspaceId]);
      await client.query('insert into word_cursors (workspace_id, rev) values ($1, $2)', [workspaceId, rev]);
      const isForeign = (sql: string): boolean => sql.includes('FOREIGN KEY');
      const keys = constraints.map(({ add }) => add).filter((add) => !isForeign(add));
      // An index takes a lock that others may share; a key does not.
      await runAll(indexes.map(({ add }) => add));
      for (const add of [...keys, ...constraints.map(({ add }) => add).filter(isForeign)]) await client.query(add);
      for (const table of ['contact_words', 'contact_details', 'conversations', 'messages'])
        await client.query(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`);
      await runAll(tables.map((table) => `vacuum analyze ${table}`));
      await Promise.all(clients.map((one) => one.end()));
    },
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'`);
  return client;
}

/** pg speaks COPY to whoever handles the server's answers itself. */
function copyIn(client: pg.Client, sql: string, data: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: Error | null = null;
    client.query({
      submit: (connection: { query(text: string): void }) => connection.query(sql),
      handleCopyInResponse(connection: { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }) {
        connection.sendCopyFromChunk(Buffer.from(data));
        connection.endCopyFrom();
      },
      handleError: (error: Error) => void (failure = error),
      handleCommandComplete() {},
      handleReadyForQuery: () => (failure ? reject(failure) : resolve()),
    } as never);
  });
}
