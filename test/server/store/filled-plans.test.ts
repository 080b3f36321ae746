// On a database with some rows in it: no query of a message's way nor of the inbox's pages reads a table that grows from end to end.
import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import { expect, it } from 'vitest';
import { bind, compiled } from '../../../server/store/query.ts';
import type { Query, Tx } from '../../../server/store/query.ts';
import type { Schema } from '../../../server/store/schema.ts';
import type { ScopedStore, Store } from '../../../server/store/store.ts';
import { conversationFilters } from '../../../shared/protocol.ts';
import { databaseOf, fill } from '../../bench/fill.ts';
import type { OpenOptions } from '../../../server/store/open.ts';
import { searched } from '../../bench/fill/rows.ts';
import { describeStores } from '../../helpers/databases.ts';
import { connectAgent, connectVisitor, must, newCid, startServer } from '../../helpers/server.ts';

const growing = 'contacts|conversations|messages|changes|events|contact_details|sessions|message_words|contact_words';
/** What SQLite and PostgreSQL call it; through an index from end to end is no better. */
const fullScan = new RegExp(`SCAN (${growing})\\b|Seq Scan on (${growing})\\b`);

/** Hundreds of rows by name are a good part of what there is here: PostgreSQL reads it whole, and is right. */
const namesMany = (sql: string): boolean => / in \(.*\$100\b/.test(sql);

/** The walk ends at the first row that fits, and those lie at the beginning. */
const isFirstRow = (sql: string): boolean => / from "messages" .*"author_kind" = 'contact' order by "id" limit/.test(sql);

/** Explains whatever goes through the store from now on, before it is done. */
function explainAll(store: Store): { sql: string; plan: string }[] {
  const seen: { sql: string; plan: string }[] = [];
  const word = store.dialect === 'sqlite' ? 'explain query plan' : 'explain';
  const explaining = (tx: Tx): Tx => {
    const explain = async (build: (db: Kysely<Schema>) => { raw: CompiledQuery; values: readonly unknown[] }): Promise<void> => {
      let sql = '';
      const rows = await tx.execute((db): Compilable<{ detail?: string; 'QUERY PLAN'?: string }> => {
        const { raw, values } = build(db);
        ({ sql } = raw);
        return { compile: () => ({ ...raw, sql: `${word} ${raw.sql}`, parameters: values }) as never };
      });
      seen.push({ sql, plan: rows.map((row) => row.detail ?? row['QUERY PLAN'] ?? '').join('\n') });
    };
    const explainQuery = <P, R>(query: Query<P, R>, params: P): Promise<void> =>
      explain((db) => {
        const raw = query.build(db).compile();
        return { raw, values: bind(compiled(raw), params) };
      });
    return {
      ...tx,
      all: async (query, params) => (await explainQuery(query, params), tx.all(query, params)),
      get: async (query, params) => (await explainQuery(query, params), tx.get(query, params)),
      async execute(build) {
        await explain((db) => {
          const raw = build(db).compile();
          return { raw, values: raw.parameters };
        });
        return tx.execute(build);
      },
    };
  };
  const open = store.in;
  store.in = (id): ScopedStore => {
    const scope = open(id);
    return {
      read: (work) => scope.read((tx) => work(explaining(tx))),
      write: (work, committed) => scope.write((tx) => work(explaining(tx)), committed),
    };
  };
  return seen;
}

async function walkThrough(database: OpenOptions): Promise<{ sql: string; plan: string }[]> {
  const server = await startServer({ database });
  const seen = explainAll(server.deps.store);
  const [agent, visitor] = [await connectAgent(server), await connectVisitor(server)];
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
  const { cookie } = await server.agent();
  for (const path of [`contacts/${contact.id}`, 'audit', 'checklist', 'attributes', 'flows', 'flows/qualify/funnel', 'reports/capture']) {
    const response = await fetch(`${server.url}/api/v1/${path}`, { headers: { cookie } });
    expect(response.status, path).toBe(200);
  }
  agent.close();
  visitor.close();
  await server.stop();
  return seen;
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

/** A database filled before (`npm run bench -- growth --full --reuse`), into which some rows are written. */
const filled = process.env['FOYER_FILLED'];

it.skipIf(filled === undefined)(
  'on the database that FOYER_FILLED names they do, too',
  async () => {
    expectIndexes(await walkThrough(databaseOf(filled ?? '')), isFirstRow);
  },
  120_000,
);
