// `npm run bench`: a bare Socket.IO relay and Foyer on SQLite and PostgreSQL side by side in one run; ratios first, for machines are noisy.
// `npm run bench -- peaks|steady|start|sockets|presence|growth` runs one part; `--quick` a short form; `--keep` writes docs/bench.json.
import type { ServerOptions } from '../helpers/server.ts';
import { coldStarts } from './cold-start.ts';
import { startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { presence } from './presence.ts';
import { cpuUs, load, startServer } from './processes.ts';
import type { Server } from './processes.ts';
import { createReport, median } from './report.ts';
import type { Report } from './report.ts';

const quick = process.argv.includes('--quick');
const rounds = quick ? 1 : 3;
const lastFile = '.tmp/bench/last.json';

interface Bench {
  report: Report;
  postgres: Postgres | null;
  quick: boolean;
}

interface Peak {
  perSecond: number;
  cpu: number;
}

async function peakOf(server: Server, conversations: number, seed: number): Promise<Peak> {
  let before = await server.usage();
  const { result } = await load<{ perSecond: number; refused: number; messages: number }>(
    { kind: 'peak', target: server.target, conversations, visitors: 200, seed },
    async () => void (before = await server.usage()),
  );
  if (result.refused > 0) throw new Error(`${result.refused} messages were refused`);
  return { perSecond: result.perSecond, cpu: cpuUs(before, await server.usage()) / result.messages };
}

interface Contender {
  name: string;
  start(): Promise<Server>;
  ratio: { must?: number; aim?: number };
  peak: { must: number; aim: number } | null;
}

function contenders({ postgres }: Bench): Contender[] {
  const foyer = async (options: ServerOptions): Promise<Server> => startServer('foyer', options);
  const pg = async (options: ServerOptions): Promise<Server> =>
    foyer({ ...options, database: { postgres: (await postgres?.fresh()) ?? '' } });
  // Nothing is read out of what visitors write, either.
  const off: ServerOptions = { settings: { bot: 'off', extraction: 'asked' } };
  const all: Contender[] = [
    { name: 'SQLite, bot on', start: () => foyer({}), ratio: { must: 0.08, aim: 0.15 }, peak: null },
    { name: 'SQLite, bot off', start: () => foyer(off), ratio: { must: 0.25 }, peak: { must: 2000, aim: 10_000 } },
    { name: 'PostgreSQL, bot on', start: () => pg({}), ratio: {}, peak: null },
    { name: 'PostgreSQL, bot off', start: () => pg(off), ratio: {}, peak: { must: 2000, aim: 8000 } },
  ];
  return postgres === null ? all.slice(0, 2) : all;
}

/** Fresh qualifying conversations of eight messages, 200 visitors at a time; a message counts when the agent's screen has it. */
async function peaks(bench: Bench): Promise<void> {
  const { report } = bench;
  // All are warm and do the same: a server that runs for days is measured, not its first second.
  const [warmUp, conversations] = quick ? [200, 400] : [600, 1500];
  const relays: Peak[] = [];
  const found = contenders(bench).map((contender) => ({ ...contender, peaks: [] as Peak[], ratios: [] as number[] }));
  for (let i = 0; i < rounds; i++) {
    const relay = await startServer('relay');
    await peakOf(relay, warmUp, 1000 + i);
    const bare = await peakOf(relay, conversations, i);
    await relay.stop();
    relays.push(bare);
    for (const each of found) {
      const server = await each.start();
      await peakOf(server, warmUp, 1000 + i);
      const peak = await peakOf(server, conversations, i);
      await server.stop();
      each.peaks.push(peak);
      each.ratios.push(peak.perSecond / bare.perSecond);
    }
  }
  report.heading(
    'Durable visitor→agent messages, fresh qualifying conversations of 8, 200 visitors at a time; with the bot off, extraction is off, too',
  );
  for (const { name, ratios, ratio } of found) report.add(`ratio to the bare relay, ${name}`, median(ratios), '', ratio);
  report.add('peak, bare relay', median(relays.map((p) => p.perSecond)), 'msg/s');
  for (const { name, peaks: of, peak } of found) report.add(`peak, ${name}`, median(of.map((p) => p.perSecond)), 'msg/s', peak ?? {});
  report.add('server CPU per message, bare relay', median(relays.map((p) => p.cpu)), 'µs');
  for (const { name, peaks: of } of found) report.add(`server CPU per message, ${name}`, median(of.map((p) => p.cpu)), 'µs');
}

interface Steady {
  refused: number;
  perSecond: number;
  ack: { p50: number; p99: number };
  delivery: { p50: number; p99: number };
}

async function steady({ report, postgres }: Bench): Promise<void> {
  for (const database of postgres === null ? ['SQLite'] : ['SQLite', 'PostgreSQL']) {
    for (const rate of [500, 2000]) {
      const place = database === 'SQLite' ? {} : { database: { postgres: (await postgres?.fresh()) ?? '' } };
      const server = await startServer('foyer', place);
      await peakOf(server, 200, 1000);
      const job = { kind: 'steady', target: server.target, rate, seconds: quick ? 5 : 15, visitors: 200, seed: 1 } as const;
      const { result } = await load<Steady>(job);
      await server.stop();
      const bound = rate === 500 ? { must: 100, aim: 25, atMost: true } : {};
      report.heading(`${rate} durable msg/s asked for, bot and extraction on, ${database}`);
      report.add(`delivered of ${rate}/s, ${database}`, result.perSecond, 'msg/s', rate === 500 ? { must: 480 } : { aim: 1900 });
      report.add(`refused as busy at ${rate}/s, ${database}`, result.refused, '');
      report.add(`ack p50 at ${rate}/s, ${database}`, result.ack.p50, 'ms');
      report.add(`ack p99 at ${rate}/s, ${database}`, result.ack.p99, 'ms', bound);
      report.add(`delivery p50 at ${rate}/s, ${database}`, result.delivery.p50, 'ms');
      report.add(`delivery p99 at ${rate}/s, ${database}`, result.delivery.p99, 'ms');
    }
  }
}

async function sockets({ report }: Bench): Promise<void> {
  const server = await startServer('foyer');
  const count = quick ? 2000 : 5000;
  const warm = await load<{ sockets: number }>({ kind: 'idle', target: server.target, sockets: 200 });
  const before = await server.usage();
  const idle = await load<{ sockets: number }>({ kind: 'idle', target: server.target, sockets: count });
  const after = await server.usage();
  idle.end();
  warm.end();
  await server.stop();
  report.heading('Idle visitor sockets');
  report.add('sockets held', idle.result.sockets, '', { must: 2000, aim: 5000 });
  report.add('server CPU per connection with its first sync', cpuUs(before, after) / idle.result.sockets, 'µs');
  report.add('memory per idle visitor socket', (after.rss - before.rss) / 1024 / idle.result.sockets, 'kB', {
    must: 60,
    aim: 30,
    atMost: true,
  });
}

async function start({ report }: Bench): Promise<void> {
  const { fresh, again } = await coldStarts(quick ? 1 : 5);
  report.heading('From nothing to the first request served, as built');
  report.add('cold start, new data directory', median(fresh), 's', { must: 3, aim: 1, atMost: true });
  report.add('cold start, known data directory', median(again), 's', { must: 3, aim: 1, atMost: true });
}

/** Fills databases, which takes its time: done where it is asked for by name. */
async function growth({ report }: Bench): Promise<void> {
  const { growth: run } = await import('./growth.ts');
  await run(report);
}

const parts = { peaks, steady, start, sockets, presence, growth } satisfies Record<string, (bench: Bench) => Promise<void>>;
const only = process.argv.find((word): word is keyof typeof parts => word in parts);
const report = createReport(lastFile, only === undefined);
const postgres = only === undefined || only === 'peaks' || only === 'steady' ? await startPostgres() : null;
if (postgres === null && (only === undefined || only === 'peaks' || only === 'steady'))
  report.note('PostgreSQL is not installed here (Debian: apt-get install postgresql): its figures are missing.');
try {
  for (const part of only ? [parts[only]] : Object.values(parts).filter((part) => part !== growth)) await part({ report, postgres, quick });
} finally {
  postgres?.stop();
}
const isReached = report.end(lastFile, quick);
if (process.argv.includes('--keep')) report.end('docs/bench.json', quick);
process.exitCode = isReached ? 0 : 1;
