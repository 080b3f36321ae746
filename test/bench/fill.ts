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
import type { Rows, Table } from './fill/rows.ts';
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
  const blocks = messages < 20_000 ? 1 : mostBlocks;
  const spanMs = Math.floor((2 * 365 * 86_400_000) / blocks);
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  const plan = {
    seed,
    workspaceId: workspace.id,
    messages: Math.ceil(messages / blocks),
    agents,
    flow: { id: workspace.flowId ?? 'qualify', version: workspace.flowVersion ?? 1 },
    now: Date.now(),
    spanMs,
    above: { message: 0, conversation: 0, contact: 0, rev },
  };
  // Made twice: the newest block's ids lie above those of all others, and how many those are is known only then.
  const block = count(makeRows(plan));
  const stride = { messages: block.messages, conversations: block.conversations, contacts: block.contacts, revs: block.events, ms: spanMs };
  const before = (n: number): number => n * (blocks - 1);
  const above = { message: before(stride.messages), conversation: before(stride.conversations), contact: before(stride.contacts) };
  for (const rows of makeRows({ ...plan, above: { ...above, rev: rev + before(stride.revs) } })) await sink.write(rows);
  let done = 0;
  // The oldest first, so that ids rise with the rows. Where time runs out, some years lie idle, and the newest block is there all the same.
  for (let back = blocks - 1; back >= 0; back--) {
    if (elapsed() > seconds && back > 0) {
      said(`${seconds} s are over: it ends with ${(done + 1) * block.messages} of ${messages} messages`);
      back = 0;
    }
    await sink.copy(back, stride);
    done++;
    if (done % 5 === 0) said(`${done} of ${blocks} blocks, ${((done * total(block)) / elapsed()).toFixed(0)} rows/s`);
  }
  said(`rows written in ${elapsed().toFixed(0)} s, ${((done * total(block)) / elapsed()).toFixed(0)} rows/s; indexes follow`);
  await sink.finish(workspace.id, rev + blocks * stride.revs);
  const filled = Object.fromEntries(Object.entries(block).map(([table, n]) => [table, n * done])) as Filled;
  said(
    `filled in ${elapsed().toFixed(0)} s: ${Object.entries(filled)
      .map(([table, n]) => `${n} ${table}`)
      .join(', ')}`,
  );
  return filled;
}

/** One of them is made row by row, the others are copies of it. */
const mostBlocks = 20;

function count(batches: Iterable<Rows>): Filled {
  const counted = Object.fromEntries(Object.keys(columns).map((table) => [table, 0])) as Filled;
  for (const rows of batches) for (const table of Object.keys(columns) as Table[]) counted[table] += rows[table].length;
  return counted;
}

const total = (filled: Filled): number => Object.values(filled).reduce((a, b) => a + b, 0);

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { to: { type: 'string' }, messages: { type: 'string' }, time: { type: 'string' }, seed: { type: 'string' } },
  });
  if (values.to === undefined) throw new Error('--to is missing: the path of a SQLite file or postgres://…');
  const numbers = { messages: Number(values.messages ?? 10_000_000), seconds: Number(values.time ?? 600), seed: Number(values.seed ?? 1) };
  await fill({ to: values.to, ...numbers, said: (line) => console.log(line) });
}
