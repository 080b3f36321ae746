// A bench run is several processes, so that the server's CPU is its own: servers, and the load against them.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ServerOptions } from '../helpers/server.ts';
import type { Job, Target } from './load.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

interface Usage {
  cpu: { user: number; system: number };
  rss: number;
}

export interface Server {
  target: Target;
  usage(): Promise<Usage>;
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

const profile = process.env['BENCH_PROFILE'] ? ['--cpu-prof', '--cpu-prof-dir=.tmp/prof'] : [];

export async function startServer(kind: 'relay' | 'foyer', options: ServerOptions = {}): Promise<Server> {
  const child = fork(here(`./${kind}-server.ts`), [], {
    // Foyer as `npm start` runs it.
    execArgv: ['--import', 'tsx', '--expose-gc', ...(kind === 'foyer' ? ['--max-semi-space-size=64'] : []), ...profile],
    env: { ...process.env, BENCH_SERVER: JSON.stringify(options) },
  });
  const target = await next<Target>(child, 'url');
  return {
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

export const cpuUs = (before: Usage, after: Usage): number => after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system;

export interface Load<T> {
  result: T;
  /** Ends those that stay connected. */
  end(): void;
  /** Has those that stay connected do something. */
  again<R>(order: object): Promise<R>;
}

/** @param before called once all are connected, just before it begins */
export async function load<T>(job: Job, before: () => Promise<void> = async () => {}): Promise<Load<T>> {
  const child = fork(here('./load.ts'), [], { execArgv: ['--import', 'tsx'] });
  child.send(job);
  await next(child, 'ready');
  await before();
  child.send('go');
  const result = await next<T>(child, 'result');
  return {
    result,
    end: () => void child.kill(),
    again(order) {
      child.send(order);
      return next(child, 'result');
    },
  };
}
