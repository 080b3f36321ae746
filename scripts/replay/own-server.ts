// A server process for one replay: on a free port, with a data directory that goes when the replay ends.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureWorkspace } from '../../server/actions/ensure-workspace.ts';
import { agentCookie } from '../../server/auth.ts';
import { hashToken, newToken } from '../../server/deps.ts';
import { createLog } from '../../server/log.ts';
import { loadSecretKey } from '../../server/secret-key.ts';
import { insertAgent, insertAgentSession } from '../../server/store/agents.ts';
import { openStore } from '../../server/store/store.ts';
import { updateWorkspace } from '../../server/store/workspaces.ts';

export interface OwnServer {
  url: string;
  /** The `Cookie` header of an agent of this server. */
  cookie: string;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');
const startMs = 60_000;

export async function startOwnServer(bot: 'on' | 'off'): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-replay-'));
  let child: ChildProcess | null = null;
  // Also where the replay ends by a signal or an error: neither the process nor its data outlive it.
  const discard = (): void => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', discard);
  const secretKey = randomBytes(32).toString('hex');
  const cookie = await prepare(folder, secretKey, bot);
  child = spawn(
    process.execPath,
    [...program(), '--port', '0', '--host', '127.0.0.1', '--data-dir', folder, '--log-level', 'error', '--no-demo'],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, SECRET_KEY: secretKey },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const running = child;
  const exited = new Promise<void>((resolve) => running.once('close', () => resolve()));
  return {
    url: await printedUrl(running),
    cookie,
    async stop() {
      running.kill('SIGTERM');
      await exited;
      discard();
      process.off('exit', discard);
    },
  };
}

/** The build where it is newer than the server's source, else the source. */
function program(): string[] {
  const built = join(root, 'dist', 'server', 'main.js');
  const stamp = join(root, 'dist', '.built');
  const source = ['--import', join(root, 'node_modules/tsx/dist/loader.mjs'), join(root, 'server/main.ts')];
  return existsSync(built) && existsSync(stamp) && !isSourceNewer(statSync(stamp).mtimeMs) ? [built] : source;
}

function isSourceNewer(builtAt: number): boolean {
  return ['server', 'shared'].some((folder) =>
    readdirSync(join(root, folder), { recursive: true }).some((name) => statSync(join(root, folder, String(name))).mtimeMs > builtAt),
  );
}

/** The workspace with its bot on or off, and an agent who is signed in already. */
async function prepare(folder: string, secretKey: string, bot: 'on' | 'off'): Promise<string> {
  const store = await openStore({ database: { sqlite: join(folder, 'foyer.db') }, newEpoch: randomBytes(12).toString('hex') });
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const base = { store, now: Date.now, random, log: createLog('error'), publish: { committed: () => {} } };
  const workspace = await ensureWorkspace(
    { ...base, secretKey: loadSecretKey(secretKey, folder) },
    { identityMode: null, allowedOrigins: null },
  );
  const token = newToken(random);
  const now = Date.now();
  await store.in(workspace.id).write(async (tx) => {
    await updateWorkspace(tx, { settings: { ...workspace.settings, bot } });
    const agent = await insertAgent(tx, { email: 'replay@localhost.example', name: 'Replay', role: 'owner', passwordHash: 'none', now });
    await insertAgentSession(tx, { tokenHash: hashToken(token), agentId: agent.id, now, expiresAt: now + 86_400_000 });
  });
  await store.close();
  return `${agentCookie}=${token}`;
}

function printedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(() => reject(new Error(`the server was not ready within ${startMs / 1000} s`)), startMs);
    child.once('close', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
    child.stdout?.on('data', (part: Buffer) => {
      printed += part.toString();
      const url = /^Inbox +(http:\/\/[^/\s]+)\//m.exec(printed)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}
