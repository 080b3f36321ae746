// The built server as an operator runs it: a process that can be killed and started again on the same data and port.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { build, isBuilt } from '../../scripts/build.mjs';

const root = join(import.meta.dirname, '..', '..');
const startMs = 30_000;

export interface JourneyServer {
  readonly url: string;
  readonly appId: string;
  /** The one-use link of its first start. */
  readonly setupLink: string;
  /** Rows as they are committed now. */
  rows<T>(sql: string, ...values: unknown[]): T[];
  /** What an operator sets for the only workspace, where there is no page for it. */
  set(settings: object): void;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
  /** On the same port and data. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  discard(): Promise<void>;
}

interface Running {
  child: ChildProcess;
  exited: Promise<void>;
  printed: string;
}

export async function startJourneyServer(env: Record<string, string> = {}): Promise<JourneyServer> {
  if (!isBuilt()) build({ quiet: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'foyer-journey-'));
  const launch = (port: string): Promise<Running> => run(dataDir, port, env);
  let running = await launch('0');
  const url = /https?:\/\/[^/\s]+/.exec(running.printed)?.[0] ?? '';
  const appId = /app_\w+/.exec(running.printed)?.[0] ?? '';
  const setupLink = /\S+\/setup\?token=\S+/.exec(running.printed)?.[0] ?? '';
  const kill = async (): Promise<void> => {
    running.child.kill('SIGKILL');
    await running.exited;
  };
  return {
    url,
    appId,
    setupLink,
    kill,
    async start() {
      running = await launch(new URL(url).port);
    },
    rows<T>(sql: string, ...values: unknown[]) {
      const database = new Database(join(dataDir, 'foyer.db'), { readonly: true });
      try {
        return database.prepare(sql).all(...values) as T[];
      } finally {
        database.close();
      }
    },
    set(settings) {
      const database = new Database(join(dataDir, 'foyer.db'));
      try {
        const { kept } = database.prepare('select settings as kept from workspaces').get() as { kept: string };
        database.prepare('update workspaces set settings = ?').run(JSON.stringify({ ...(JSON.parse(kept) as object), ...settings }));
      } finally {
        database.close();
      }
    },
    async discard() {
      await kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function run(dataDir: string, port: string, env: Record<string, string>): Promise<Running> {
  const args = [join(root, 'dist/server/main.js'), '--host', '127.0.0.1', '--port', port, '--data-dir', dataDir, '--log-level', 'error'];
  const child = spawn(process.execPath, args, {
    cwd: dataDir,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(() => reject(new Error(`the server printed in ${startMs / 1000} s only: ${printed}`)), startMs);
    void exited.then(() => reject(new Error(`the server ended at its start: ${printed}`)));
    child.stdout.on('data', (part: Buffer) => {
      printed += part.toString();
      // The last of its lines.
      if (!/^Snippet .*\n/m.test(printed)) return;
      clearTimeout(timer);
      resolve({ child, exited, printed });
    });
  });
}
