// A Redis of the test's own on a free port, from Debian's binary. It holds nothing: what is said over it is said once.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface TestRedis {
  url: string;
  port: number;
  process(): ChildProcess;
  /** kill -9, and gone until `start`. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  let child: ChildProcess;
  async function start(): Promise<void> {
    child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
    for (let i = 0; i < 200; i++) {
      if (await answers(port)) return;
      await new Promise<void>((next) => setTimeout(next, 25));
    }
    throw new Error('redis-server did not start');
  }
  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const over = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await over;
  }
  await start();
  return { url: `redis://127.0.0.1:${port}`, port, process: () => child, kill, start, stop: kill };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((closed) => void server.close(() => closed()));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (value: boolean): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
    socket.once('connect', () => socket.write('PING\r\n'));
  });
}
