// Fills a database with what a workspace has after years, from a seed:
//   node --import tsx test/bench/fill.ts --to ./data/foyer.db | postgres://… [--messages 10000000] [--time 600] [--seed 1]
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { ensureWorkspace } from '../../server/actions/ensure-workspace.ts';
import { insertAgent } from '../../server/store/agents.ts';
import { feedHead } from '../../server/store/events.ts';
import { openStore } from '../../server/store/store.ts';
import { postgresSink } from './fill/postgres.ts';
import { columns, makeRows } from './fill/rows.ts';
import type { Table } from './fill/rows.ts';
import { sqliteSink } from './fill/sqlite.ts';

export interface FillOptions {
  /** Path of a SQLite file, or an address of PostgreSQL; empty. */
  to: string;
  messages: number;
  /** It stops there and says how far it came. */
  seconds: number;
  seed: number;
  said?(line: string): void;
}

export const databaseOf = (to: string) => (to.startsWith('postgres') ? { postgres: to } : { sqlite: to });

export type Filled = Record<Table, number>;

export async function fill({ to, messages, seconds, seed, said = () => {} }: FillOptions): Promise<Filled> {
  const store = await openStore({ database: databaseOf(to), newEpoch: randomBytes(12).toString('hex') });
  const silent = { info() {}, warn() {}, error() {}, debug() {} };
  const deps = { store, now: Date.now, random: (n: number) => randomBytes(n), secretKey: Buffer.alloc(32, 7), log: silent };
  const workspace = await ensureWorkspace(deps as never, { identityMode: null, allowedOrigins: null });
  const scope = store.in(workspace.id);
  const { agents, rev } = await scope.write(async (tx) => {
    const made: { id: number; name: string }[] = [];
    for (const name of ['Mia Berg', 'Jonas Weber', 'Lucía Fernández', 'Elif Yılmaz', 'Tom Becker'])
      made.push(await insertAgent(tx, { email: `agent${made.length}@team.example`, name, role: 'owner', passwordHash: 'none', now: 1 }));
    return { agents: made, rev: await feedHead(tx) };
  });
  await store.close();

  const sink = to.startsWith('postgres') ? await postgresSink(to) : sqliteSink(to);
  const flow = { id: workspace.flowId ?? 'qualify', version: workspace.flowVersion ?? 1 };
  const filled = Object.fromEntries(Object.keys(columns).map((table) => [table, 0])) as Filled;
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  let told = 0;
  for (const rows of makeRows({ seed, workspaceId: workspace.id, messages, agents, flow, now: Date.now(), rev })) {
    await sink.write(rows);
    for (const table of Object.keys(columns) as Table[]) filled[table] += rows[table].length;
    if (filled.messages - told >= 500_000) said(`${(told = filled.messages)} messages, ${perSecond(filled, elapsed())} rows/s`);
    if (elapsed() > seconds) {
      said(`${seconds} s are over: it ends with ${filled.messages} of ${messages} messages`);
      break;
    }
  }
  said(`rows written in ${elapsed().toFixed(0)} s, ${perSecond(filled, elapsed())} rows/s; indexes follow`);
  await sink.finish(workspace.id, rev + filled.events);
  said(
    `filled in ${elapsed().toFixed(0)} s: ${Object.entries(filled)
      .map(([table, n]) => `${n} ${table}`)
      .join(', ')}`,
  );
  return filled;
}

const perSecond = (filled: Filled, seconds: number): string => (Object.values(filled).reduce((a, b) => a + b, 0) / seconds).toFixed(0);

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { to: { type: 'string' }, messages: { type: 'string' }, time: { type: 'string' }, seed: { type: 'string' } },
  });
  if (values.to === undefined) throw new Error('--to is missing: the path of a SQLite file or postgres://…');
  const numbers = { messages: Number(values.messages ?? 10_000_000), seconds: Number(values.time ?? 600), seed: Number(values.seed ?? 1) };
  await fill({ to: values.to, ...numbers, said: (line) => console.log(line) });
}
