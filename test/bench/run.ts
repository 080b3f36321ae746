// `npm run bench`: a bare Socket.IO relay and Foyer side by side in one run; ratios first, for machines are noisy.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Target } from './load.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const quick = process.argv.includes('--quick');
const rounds = quick ? 1 : 3;

interface Server {
  child: ChildProcess;
  target: Target;
  usage(): Promise<{ cpu: { user: number; system: number }; rss: number }>;
  stop(): Promise<void>;
}

function next<T>(child: ChildProcess, field: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const exited = (code: number | null): void => reject(new Error(`a bench process ended with ${code}`));
    child.once('exit', exited);
    child.on('message', function listen(message: Record<string, unknown>) {
      if (!(field in message)) return;
      child.off('message', listen);
      child.off('exit', exited);
      resolve((field === 'url' ? message : message[field]) as T);
    });
  });
}

const nodeArgs = ['--import', 'tsx', '--expose-gc', ...(process.env['BENCH_PROFILE'] ? ['--cpu-prof', '--cpu-prof-dir=.tmp/prof'] : [])];

async function startServer(file: string, env: Record<string, string> = {}): Promise<Server> {
  const child = fork(here(file), [], { execArgv: file.includes('load') ? ['--import', 'tsx'] : nodeArgs, env: { ...process.env, ...env } });
  const target = await next<Target>(child, 'url');
  return {
    child,
    target,
    async usage() {
      child.send('usage');
      return next(child, 'usage');
    },
    async stop() {
      const gone = new Promise((done) => child.once('exit', done));
      child.send('stop');
      await gone;
    },
  };
}

async function load<T>(job: object, before: () => Promise<void> = async () => {}): Promise<{ result: T; child: ChildProcess }> {
  const child = fork(here('./load.ts'), [], { execArgv: ['--import', 'tsx'] });
  child.send(job);
  await next(child, 'ready');
  await before();
  child.send('go');
  return { result: await next<T>(child, 'result'), child };
}

interface Peak {
  perSecond: number;
  refused: number;
  messages: number;
}

async function peakOf(server: Server, conversations: number, seed: number): Promise<Peak & { cpuUs: number }> {
  let before = { cpu: { user: 0, system: 0 }, rss: 0 };
  const { result } = await load<Peak>(
    { kind: 'peak', target: server.target, conversations, visitors: 200, seed },
    async () => void (before = await server.usage()),
  );
  const { cpu } = await server.usage();
  return { ...result, cpuUs: (cpu.user + cpu.system - before.cpu.user - before.cpu.system) / result.messages };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const round = (n: number, digits = 0): string => n.toFixed(digits);

async function peaks(): Promise<boolean> {
  const figures = { relay: [] as number[], foyer: [] as number[], ratio: [] as number[], cpu: [] as number[], relayCpu: [] as number[] };
  for (let i = 0; i < rounds; i++) {
    const relay = await startServer('./relay-server.ts');
    await peakOf(relay, 200, 1000 + i);
    const bare = await peakOf(relay, 2000, i);
    await relay.stop();
    const foyer = await startServer('./foyer-server.ts');
    // Both are warm: a server that runs for days is measured, not its first second.
    await peakOf(foyer, 200, 1000 + i);
    const ours = await peakOf(foyer, 1000, i);
    await foyer.stop();
    if (ours.refused > 0) throw new Error(`${ours.refused} messages were refused`);
    figures.relay.push(bare.perSecond);
    figures.foyer.push(ours.perSecond);
    figures.ratio.push(ours.perSecond / bare.perSecond);
    figures.cpu.push(ours.cpuUs);
    figures.relayCpu.push(bare.cpuUs);
  }
  const ratio = median(figures.ratio);
  console.log(`durable visitor→agent messages, fresh qualifying conversations of 8, 200 visitors, bot and extraction on`);
  console.log(`  bare relay ${round(median(figures.relay))} msg/s, ${round(median(figures.relayCpu))} µs of server CPU a message`);
  console.log(`  Foyer ${round(median(figures.foyer))} msg/s, ${round(median(figures.cpu))} µs of server CPU a message`);
  console.log(`  ratio ${round(ratio, 3)} (must ≥ 0.060)  ${ratio >= 0.06 ? 'reached' : 'MISSED'}`);
  return ratio >= 0.06;
}

async function steadyLoad(): Promise<boolean> {
  const foyer = await startServer('./foyer-server.ts');
  await peakOf(foyer, 200, 1000);
  const job = { kind: 'steady', target: foyer.target, rate: 500, seconds: quick ? 5 : 20, visitors: 200, seed: 1 };
  const { result } = await load<{ ack: { p50: number; p99: number }; delivery: { p50: number; p99: number } }>(job);
  await foyer.stop();
  console.log('at 500 durable msg/s');
  console.log(
    `  ack p50 ${round(result.ack.p50, 1)} ms, p99 ${round(result.ack.p99, 1)} ms (must ≤ 100)  ${result.ack.p99 <= 100 ? 'reached' : 'MISSED'}`,
  );
  console.log(`  delivery to the agent p50 ${round(result.delivery.p50, 1)} ms, p99 ${round(result.delivery.p99, 1)} ms`);
  return result.ack.p99 <= 100;
}

async function idleSockets(): Promise<boolean> {
  const foyer = await startServer('./foyer-server.ts');
  const sockets = quick ? 2000 : 5000;
  const warm = await load<{ sockets: number }>({ kind: 'idle', target: foyer.target, sockets: 200 });
  const before = await foyer.usage();
  const { result, child } = await load<{ sockets: number }>({ kind: 'idle', target: foyer.target, sockets });
  const after = await foyer.usage();
  const kb = (after.rss - before.rss) / 1024 / result.sockets;
  child.kill();
  warm.child.kill();
  await foyer.stop();
  console.log(
    `idle visitor sockets\n  ${result.sockets} held at ${round(kb, 1)} kB each (must ≥ 2,000 at ≤ 60 kB)  ${kb <= 60 && result.sockets >= 2000 ? 'reached' : 'MISSED'}`,
  );
  return kb <= 60 && result.sockets >= 2000;
}

const parts = { peaks, steady: steadyLoad, idle: idleSockets };
const only = process.argv.find((word): word is keyof typeof parts => word in parts);
const reached: boolean[] = [];
for (const part of only ? [parts[only]] : Object.values(parts)) reached.push(await part());
console.log(`${reached.filter(Boolean).length} of ${reached.length} numbers reached`);
process.exitCode = reached.every(Boolean) ? 0 : 1;
