// Into PostgreSQL by COPY; keys and indexes are built once all is there.
import pg from 'pg';
import { columns } from './rows.ts';
import type { Rows, Table, Value } from './rows.ts';
import type { Sink } from './sqlite.ts';

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const cell = (value: Value): string => (value === null ? '\\N' : String(value).replace(/[\\\t\n\r]/g, (c) => escapes[c] ?? c));

export async function postgresSink(url: string): Promise<Sink> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'; set session_replication_role = replica`);
  const tables = (Object.keys(columns) as Table[]).map((table) => `'${table}'::regclass`).join(', ');
  const constraints = await rowsOf<{ drop: string; add: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
    from pg_constraint where conrelid in (${tables}) and contype in ('p', 'u', 'f') order by contype = 'f' desc, contype`);
  for (const { drop } of constraints) await client.query(drop);
  const indexes = await rowsOf<{ name: string; add: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as add from pg_index where indrelid in (${tables})`,
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);

  async function rowsOf<R>(sql: string): Promise<R[]> {
    return (await client.query(sql)).rows as R[];
  }
  return {
    async write(rows: Rows) {
      await client.query('begin');
      for (const table of Object.keys(columns) as Table[]) {
        const names = columns[table].split(' ').join(', ');
        const lines = rows[table].map((row) => row.map(cell).join('\t'));
        if (lines.length > 0) await copy(client, `copy ${table} (${names}) from stdin`, `${lines.join('\n')}\n`);
      }
      await client.query('commit');
    },
    async finish(workspaceId, rev) {
      await client.query('update feed_heads set rev = $1 where workspace_id = $2', [rev, workspaceId]);
      await client.query('insert into word_cursors (workspace_id, rev) values ($1, $2)', [workspaceId, rev]);
      for (const { add } of constraints.toReversed()) await client.query(add);
      for (const { add } of indexes) await client.query(add);
      for (const table of ['contact_words', 'contact_details', 'conversations', 'messages'])
        await client.query(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`);
      await client.query('vacuum analyze');
      await client.end();
    },
  };
}

/** pg speaks COPY to whoever handles the server's answers itself. */
function copy(client: pg.Client, sql: string, data: string): Promise<void> {
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
