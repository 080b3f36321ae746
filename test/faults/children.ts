// Processes and folders of the suite's own: whatever ends it, Ctrl-C too, none of them stays behind.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const isRoot = process.getuid?.() === 0;
export const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const hasSetpriv = has('setpriv');

const alive = new Set<ChildProcess>();
const undo = new Set<() => void>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
  for (const step of undo) step();
});

export interface Child {
  process: ChildProcess;
  readonly stdout: string;
  readonly stderr: string;
  /** Its exit code, or the signal that ended it. */
  exited: Promise<number | string>;
  isOver(): boolean;
}

/** @param deathSignal what the kernel sends it where this process is killed itself and can do nothing more */
export function run(command: string[], options: SpawnOptions & { user?: string; deathSignal?: string } = {}): Child {
  const { user, deathSignal = 'KILL', ...rest } = options;
  const priv = [
    ...(user !== undefined && isRoot ? [`--reuid=${user}`, `--regid=${user}`, '--clear-groups'] : []),
    ...(hasSetpriv ? [`--pdeathsig=${deathSignal}`] : []),
  ];
  const [program = '', ...args] = priv.length > 0 && hasSetpriv ? ['setpriv', ...priv, ...command] : command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...rest });
  alive.add(child);
  let [stdout, stderr] = ['', ''];
  // What goes wrong is told by its first words and its last.
  const keep = (text: string, part: Buffer): string => (text.length < 200_000 ? text + part.toString() : text);
  child.stdout?.on('data', (part: Buffer) => (stdout = keep(stdout, part)));
  child.stderr?.on('data', (part: Buffer) => (stderr = keep(stderr, part)));
  const exited = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(String(error)));
    child.once('close', (code, signal) => resolve(code ?? signal ?? ''));
  });
  void exited.then(() => alive.delete(child));
  return {
    process: child,
    exited,
    isOver: () => child.exitCode !== null || child.signalCode !== null,
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
  };
}

export async function kill(child: Child, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (!child.isOver()) {
    // What is stopped dies of nothing but KILL.
    if (signal !== 'SIGKILL') child.process.kill('SIGCONT');
    child.process.kill(signal);
  }
  await child.exited;
}

/** @returns the folder, gone with this process at the latest, and how to remove it before */
export function folder(name: string): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `foyer-faults-${name}-`));
  const remove = (): void => {
    undo.delete(remove);
    rmSync(path, { recursive: true, force: true });
  };
  undo.add(remove);
  return { path, remove };
}

/** A small disk of its own; null where this user may not mount one. */
export function smallDisk(bytes: number): { path: string; remove(): void } | null {
  const { path, remove } = folder('disk');
  const mounted = isRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'foyer-faults', path]).status === 0;
  if (!mounted) {
    remove();
    return null;
  }
  const unmount = (): void => {
    undo.delete(unmount);
    spawnSync('umount', ['-l', path]);
    remove();
  };
  // Before the folder's own.
  undo.add(unmount);
  return { path, remove: unmount };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((closed) => void server.close(() => closed()));
  return port;
}

export const pause = (ms: number): Promise<void> => new Promise((later) => setTimeout(later, ms));

/** Looks until it is so. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, withinMs: number, everyMs = 20): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${what}`);
    await pause(everyMs);
  }
}
