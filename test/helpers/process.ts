// The server as an operator runs it: a process of its own, judged by what it prints and how it exits.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface ServerProcess {
  child: ChildProcess;
  /** What it printed so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves once `text` was printed to stdout; fails if the process ends before. */
  printed(text: string): Promise<void>;
  /** Its exit code, or the signal that ended it. */
  exited: Promise<number | string | null>;
  /** The address in its lines. */
  readonly url: string;
}

const root = join(import.meta.dirname, '..', '..');

/** Runs the source, not the build: `--port 0` unless the arguments say otherwise. */
export function runServer(argv: string[], env: Record<string, string> = {}, cwd = root): ServerProcess {
  const child = spawn(
    process.execPath,
    ['--import', join(root, 'node_modules/tsx/dist/loader.mjs'), join(root, 'server/main.ts'), ...argv],
    {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
  const exited = new Promise<number | string | null>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  return {
    child,
    exited,
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
    get url() {
      return /https?:\/\/[^/\s]+/.exec(stdout)?.[0] ?? '';
    },
    printed(text) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          if (stdout.includes(text)) resolve();
        };
        look();
        child.stdout.on('data', look);
        void exited.then((code) => reject(new Error(`ended with ${code} before it printed "${text}":\n${stdout}${stderr}`)));
      });
    },
  };
}
