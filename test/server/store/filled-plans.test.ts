// On a database with some rows in it: no query of a message's way nor of the inbox's pages reads a table that grows from end to end.
import type { Compilable, CompiledQuery } from 'kysely';
import pg from 'pg';
import { expect, it } from 'vitest';
import { countWaitingBefore } from '../../../server/store/conversations.ts';
import { questions } from '../../../server/store/prefetch.ts';
import { hashToken } from '../../../server/deps.ts';
import { bind, compiled } from '../../../server/store/query.ts';
import type { Query, SqlValue, Tx } from '../../../server/store/query.ts';
import { openStore } from '../../../server/store/store.ts';
import type { Store } from '../../../server/store/store.ts';
import { conversationFilters } from '../../../shared/protocol.ts';
import { databaseOf, fill } from '../../bench/fill.ts';
import type { OpenOptions } from '../../../server/store/open.ts';
import { searched } from '../../bench/fill/rows.ts';
import { freshPostgres, postgresUrl } from '../../helpers/postgres.ts';
import { describeStores } from '../../helpers/databases.ts';
import { connectAgentWith, connectVisitor, must, newCid, newVisitorToken, startServer } from '../../helpers/server.ts';
import type { TestServer } from '../../helpers/server.ts';
import { watchStore } from '../../helpers/watched-store.ts';

const growing = 'contacts|conversations|messages|changes|events|contact_details|sessions|message_words|contact_words';
/** What SQLite and PostgreSQL call it; through an index from end to end is no better. */
const fullScan = new RegExp(`SCAN (${growing})\\b|Seq Scan on (${growing})\\b`);

/** Hundreds of rows by name are a good part of what there is here: PostgreSQL reads it whole, and is right. */
const namesMany = (sql: string): boolean => / in \(.*\$100\b/.test(sql);

/** The walk ends at the first row that fits, and those lie at the beginning. */
const isFirstRow = (sql: string): boolean => / from "messages" .*"author_kind" = 'contact' order by "id" limit/.test(sql);

/** As dear as where tables are too large for memory: then PostgreSQL thinks twice of an index that it takes for a poor one. */
const randomPageCost = 8;

type Explained = { detail?: string; 'QUERY PLAN'?: string };

const literal = (value: SqlValue): string => (value === null ? 'null' : pg.escapeLiteral(`${value}`));

/** Explains whatever goes through the store from now on, before it is done. */
function explainAll(store: Store): { seen: { sql: string; plan: string }[]; settled(): Promise<unknown> } {
  const seen: { sql: string; plan: string }[] = [];
  const sent: Promise<unknown>[] = [];
  const word = store.dialect === 'sqlite' ? 'explain query plan' : 'explain';
  const asked = (tx: Tx, sql: string, parameters: readonly unknown[] = []): Promise<Explained[]> =>
    tx.execute((): Compilable<Explained> => ({ compile: () => ({ sql, parameters, query: null }) as never }));
  const note = (sql: string, rows: Explained[]): void =>
    void seen.push({ sql, plan: rows.map((row) => row.detail ?? row['QUERY PLAN'] ?? '').join('\n') });
  /** In one statement, for what is sent without waiting. */
  async function explainOnce<P, R>(tx: Tx, query: Query<P, R>, params: P): Promise<{ sql: string; values: unknown[] }> {
    let [sql, values]: [string, unknown[]] = ['', []];
    const rows = await tx.execute((db): Compilable<Explained> => {
      const raw = query.build(db).compile();
      [sql, values] = [raw.sql, bind(compiled(raw), params)];
      return { compile: () => ({ ...raw, sql: `${word} ${sql}`, parameters: values }) as never };
    });
    note(sql, rows);
    return { sql, values };
  }
  const explaining = (tx: Tx): Tx => {
    /** As PostgreSQL does a prepared statement from the sixth time on, whatever the values. */
    const explainPrepared = async (sql: string, values: readonly unknown[]): Promise<void> => {
      await asked(tx, `prepare explained as ${sql}`);
      await asked(tx, `set plan_cache_mode = force_generic_plan; set random_page_cost = ${randomPageCost}`);
      note(
        sql,
        await asked(tx, `explain execute explained (${values.map((value) => literal(value as SqlValue)).join(', ')})`.replace(' ()', '')),
      );
      await asked(tx, 'reset plan_cache_mode; reset random_page_cost');
      await asked(tx, 'deallocate explained');
    };
    const explainQuery = async <P, R>(query: Query<P, R>, params: P): Promise<void> => {
      const { sql, values } = await explainOnce(tx, query, params);
      if (store.dialect === 'postgres') await explainPrepared(sql, values);
    };
    return {
      ...tx,
      all: async (query, params) => (await explainQuery(query, params), tx.all(query, params)),
      get: async (query, params) => (await explainQuery(query, params), tx.get(query, params)),
      send(query, params) {
        sent.push(explainOnce(tx, query, params));
        tx.send(query, params);
      },
      async execute(build) {
        let raw = null as CompiledQuery | null;
        const rows = await tx.execute((db) => {
          const built = build(db);
          raw = built.compile();
          return built;
        });
        if (raw !== null) note(raw.sql, await asked(tx, `${word} ${raw.sql}`, raw.parameters));
        return rows;
      },
    };
  };
  watchStore(store, explaining);
  return { seen, settled: () => Promise.all(sent) };
}

async function walkThrough(database: OpenOptions): Promise<{ sql: string; plan: string }[]> {
  const server = await startServer({ database });
  const { seen, settled } = explainAll(server.deps.store);
  // A new one each time: a database that was filled before may have seen this.
  const { cookie } = await server.agent(`Ada${newVisitorToken().slice(0, 8)}`);
  const [agent, visitor] = [await connectAgentWith(server.url, cookie), await connectVisitor(server)];
  must(await agent.send('sync', {}));
  const { conversation } = must(
    await visitor.send('message.send', { cid: newCid(), text: 'we are 20, ada@example.com, +49 151 23456789' }),
  );
  must(await visitor.send('message.send', { cid: newCid(), text: 'next month' }));
  must(await visitor.send('sync', {}));
  must(await agent.send('conversation.takeover', { cid: newCid(), conversation }));
  must(await agent.send('message.send', { cid: newCid(), conversation: 77, text: 'here we are' }));
  must(await agent.send('conversation.read', { conversation, seq: 2 }));
  for (const filter of conversationFilters) {
    const { nextCursor } = must(await agent.send('conversation.list', { filter }));
    if (nextCursor !== null) must(await agent.send('conversation.list', { filter, cursor: nextCursor }));
  }
  for (const search of [...Object.values(searched), 'd', `${searched.frequent} ${searched.rare}`, 'hannah'])
    for (const filter of ['all', 'open'] as const) must(await agent.send('conversation.list', { filter, search }));
  const { contact } = must(await agent.send('conversation.get', { conversation })).conversation;
  must(await agent.send('conversation.history', { conversation }));
  for (const of of [contact.id, must(await agent.send('conversation.get', { conversation: 500 })).conversation.contact.id]) {
    must(await agent.send('contact.get', { contact: of }));
    must(await agent.send('contact.timeline', { contact: of }));
  }
  if (server.deps.store.dialect === 'postgres') await askAhead(server, { token: visitor.token, conversation });
  // The place in the queue, which some flows say.
  await server.deps.store.in(server.workspace.id).read((tx) => countWaitingBefore(tx, conversation, Date.now(), 200));
  for (const path of [`contacts/${contact.id}`, 'audit', 'checklist', 'attributes', 'flows', 'flows/qualify/funnel', 'reports/capture']) {
    const response = await fetch(`${server.url}/api/v1/${path}`, { headers: { cookie } });
    expect(response.status, path).toBe(200);
  }
  agent.close();
  visitor.close();
  await settled();
  await server.stop();
  return seen;
}

/** What a batch asks for ahead goes past the transactions of actions. */
async function askAhead({ deps, workspace }: TestServer, { token, conversation }: { token: string; conversation: number }): Promise<void> {
  const wanted = JSON.stringify(
    [undefined, conversation].map((named) => ({ ws: workspace.id, hash: hashToken(token), cid: newCid(), conversation: named })),
  );
  await deps.store.in(workspace.id).write(async (tx) => {
    for (const { id, build } of Object.values(questions)) await tx.all({ id, build }, { wanted, most: 10 });
  });
}

function expectIndexes(seen: { sql: string; plan: string }[], isExempt: (sql: string) => boolean): void {
  expect(seen.length).toBeGreaterThan(100);
  expect(
    seen
      .filter(({ sql, plan }) => fullScan.test(plan) && !isExempt(sql))
      .map(({ sql, plan }) => `${sql.slice(0, 300)}\n${plan.slice(0, 300)}`),
  ).toEqual([]);
  // An index that begins with the workspace, and of which no more is used, is the whole table, too.
  const wide = new RegExp(
    `SEARCH (${growing}) USING (COVERING )?INDEX (?!events_audited|contacts_verified|messages_agents)\\w+ \\(workspace_id=\\?\\)`,
  );
  expect(seen.filter(({ plan }) => wide.test(plan)).map(({ sql, plan }) => `${sql.slice(0, 300)}\n${plan.slice(0, 300)}`)).toEqual([]);
}

describeStores('with rows in the tables', (places) => {
  it('a message’s way and every page of the inbox go by indexes', async () => {
    const place = await places.fresh();
    const to = 'sqlite' in place.database ? place.database.sqlite : place.database.postgres;
    await fill({ to, messages: 60_000, seconds: 60, seed: 1 });
    expectIndexes(await walkThrough(place.database), (sql) => isFirstRow(sql) || namesMany(sql));
  }, 120_000);
});

it.skipIf(postgresUrl === '')('PostgreSQL starts no workers and compiles nothing, neither to read nor to write', async () => {
  const place = await freshPostgres();
  const store = await openStore({ database: place.database, newEpoch: 'e'.repeat(18) });
  const settings = `select current_setting('jit') as jit, current_setting('max_parallel_workers_per_gather') as workers`;
  const told = (tx: Tx) => tx.execute(() => ({ compile: () => ({ sql: settings, parameters: [], query: null }) as never }));
  const [scope, none] = [store.in('any'), [{ jit: 'off', workers: '0' }]];
  expect(await Promise.all([scope.read(told), scope.read(told), scope.write(told)])).toEqual([none, none, none]);
  await store.close();
  await place.drop();
});

/** A database filled before (`npm run bench -- growth --full --reuse`), into which some rows are written. */
const filled = process.env['FOYER_FILLED'];

if (filled !== undefined)
  it('on the database that FOYER_FILLED names they do, too', async () => {
    expectIndexes(await walkThrough(databaseOf(filled)), isFirstRow);
  }, 120_000);
