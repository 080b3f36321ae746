// Foyer as it is run: the build, as processes of their own, on SQLite or on the suite's own PostgreSQL and Redis.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { build, isBuilt } from '../../scripts/build.mjs';
import { folder, freePort, kill, run, until } from './children.ts';
import type { Child } from './children.ts';
import type { FinalHistory, Principal } from './oracle.ts';

const root = join(import.meta.dirname, '..', '..');
/** The program as it is installed. */
export const main = join(root, 'dist/server/main.js');
const startMs = 30_000;

export interface Node {
  readonly url: string;
  port: number;
  readonly child: Child;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM; its exit code. */
  stop(): Promise<number | string>;
  /** Until it accepts. */
  start(more?: { env?: Env; under?: readonly string[] }): Promise<void>;
  freeze(): void;
  thaw(): void;
  isReady(): Promise<boolean>;
}

export interface House {
  nodes: Node[];
  /** The first of them. */
  node: Node;
  appId: string;
  dataDir: string;
  /** Of a signed-in agent. */
  readonly cookie: string;
  signIn(): Promise<void>;
  /** A REST call of that agent. */
  call<R>(method: string, path: string, body: object): Promise<R>;
  rows<R>(sql: string): Promise<R[]>;
  history(principals: ReadonlyMap<string, Principal>): Promise<FinalHistory>;
  /** These people's conversations, as they stand now. */
  heads(principals: ReadonlyMap<string, Principal>): Promise<{ id: number; seq: number; who: Principal }[]>;
  discard(): Promise<void>;
}

type Env = Record<string, string>;

export interface HouseOptions {
  /** In place of a SQLite file in the data directory. */
  postgres?: { url: string; rows<R>(sql: string): Promise<R[]> };
  /** Where the nodes find it: behind a proxy, for instance. */
  databaseUrl?: string;
  nodes?: number;
  env?: Env;
  /** Each node's own. */
  envOf?: (index: number) => Env;
  dataDir?: string;
  /** What the server is started by: `strace …`, a shell with a limit. */
  under?: readonly string[];
  /** Of the workspace; the bot is off unless told. */
  settings?: object;
}

export interface NodeOptions {
  port: number;
  dataDir: string;
  env: Env;
  under?: readonly string[];
}

/** Runs it and does not wait for anything. */
export function launch({ port, dataDir, env, under = [] }: NodeOptions): Child {
  if (!isBuilt()) build({ quiet: true });
  const args = [
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--data-dir',
    dataDir,
    '--log-level',
    process.env['FOYER_FAULTS_LOG'] ?? 'error',
  ];
  return run([...under, process.execPath, main, ...args], {
    cwd: dataDir,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  });
}

/** Until it has printed the last of its lines. */
async function started(child: Child): Promise<void> {
  await until(
    'the server prints its lines',
    () => {
      if (child.isOver()) throw new Error(`the server ended at its start: ${child.stdout}${child.stderr}`);
      return /^Snippet .*\n/m.test(child.stdout);
    },
    startMs,
    5,
  );
}

async function startNode(options: NodeOptions): Promise<Node> {
  let child = launch(options);
  await started(child);
  const url = `http://127.0.0.1:${options.port}`;
  return {
    url,
    port: options.port,
    get child() {
      return child;
    },
    kill: () => kill(child),
    async stop() {
      child.process.kill('SIGTERM');
      return child.exited;
    },
    async start({ env, under } = {}) {
      child = launch({ ...options, env: { ...options.env, ...env }, ...(under && { under }) });
      await started(child);
    },
    freeze: () => void child.process.kill('SIGSTOP'),
    thaw: () => void child.process.kill('SIGCONT'),
    isReady: () =>
      fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1500) }).then(
        (answer) => answer.ok,
        () => false,
      ),
  };
}

export async function startHouse(options: HouseOptions = {}): Promise<House> {
  const place = options.dataDir === undefined ? folder('data') : null;
  const dataDir = options.dataDir ?? place?.path ?? '';
  const { postgres } = options;
  const env = { ...options.env, ...(postgres && { DATABASE_URL: options.databaseUrl ?? postgres.url }) };
  const rows: House['rows'] = postgres?.rows ?? (async (sql) => sqliteRows(dataDir, sql));
  const nodes: Node[] = [];
  for (let i = 0; i < (options.nodes ?? 1); i++)
    nodes.push(
      await startNode({
        port: await freePort(),
        dataDir,
        env: { ...env, ...options.envOf?.(i) },
        ...(options.under && { under: options.under }),
      }),
    );
  const [node] = nodes;
  if (!node) throw new Error('a house has one node at least');
  const appId = /app_\w+/.exec(node.child.stdout)?.[0] ?? '';
  let session = await begin(node, '/api/v1/setup', {
    token: /setup\?token=([\w-]+)/.exec(node.child.stdout)?.[1],
    name: 'Mia Berg',
    ...account,
  });
  const set = JSON.stringify({ bot: 'off', ...options.settings }).replaceAll("'", "''");
  // Before anybody has come: a workspace is kept in memory once it was asked for.
  if (postgres) await rows(`update workspaces set settings = (settings::jsonb || '${set}'::jsonb)::text`);
  else changeRow(dataDir, `update workspaces set settings = json_patch(settings, '${set}')`);
  return {
    nodes,
    node,
    appId,
    dataDir,
    get cookie() {
      return session.cookie;
    },
    async signIn() {
      session = await begin(node, '/api/v1/session', account);
    },
    async call<R>(method: string, path: string, body: object) {
      const headers = { 'content-type': 'application/json', cookie: session.cookie, 'x-csrf-token': session.csrf };
      const answer = await fetch(node.url + path, { method, headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as R;
    },
    rows,
    history: (principals) => historyOf(rows, principals),
    heads: (principals) => headsOf(rows, principals),
    async discard() {
      await Promise.all(nodes.map((one) => one.kill()));
      place?.remove();
    },
  };
}

const account = { email: 'mia@northwind.studio', password: 'correct horse battery' };

interface Session {
  cookie: string;
  csrf: string;
}

async function begin(node: Node, path: string, body: object): Promise<Session> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(node.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} was refused: ${await answer.text()}`);
  const { csrf_token: csrf } = (await answer.json()) as { csrf_token: string };
  return { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '', csrf };
}

export function sqliteFile(dataDir: string): string {
  return join(dataDir, 'foyer.db');
}

function sqliteRows<R>(dataDir: string, sql: string): R[] {
  const database = new Database(sqliteFile(dataDir), { readonly: existsSync(`${sqliteFile(dataDir)}-shm`), timeout: 5000 });
  try {
    return database.prepare(sql).all() as R[];
  } finally {
    database.close();
  }
}

function changeRow(dataDir: string, sql: string): void {
  const database = new Database(sqliteFile(dataDir), { timeout: 5000 });
  try {
    database.prepare(sql).run();
  } finally {
    database.close();
  }
}

/** The way a session's token is kept. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Of these people alone: in the same house there may be others. */
async function historyOf(rows: House['rows'], principals: ReadonlyMap<string, Principal>): Promise<FinalHistory> {
  const owners = new Map((await headsOf(rows, principals)).map(({ id, who }) => [id, who]));
  const isTheirs = ({ conversation }: { conversation: number }): boolean => owners.has(conversation);
  const messages = await rows<{ conversation: number; seq: number; id: number; side: string; cid: string; text: string }>(
    'select conversation_id as conversation, seq, id, side, cid, text from messages',
  );
  const changes = await rows<{ conversation: number; seq: number }>('select conversation_id as conversation, seq from changes');
  return { messages: messages.filter(isTheirs), log: [...messages, ...changes].filter(isTheirs), owners };
}

async function headsOf(rows: House['rows'], principals: ReadonlyMap<string, Principal>): ReturnType<House['heads']> {
  const all = await rows<{ id: number; seq: number; hash: string }>('select id, seq, session_hash as hash from conversations');
  const byHash = new Map([...principals].map(([token, who]) => [hashOf(token), who]));
  return all.flatMap(({ id, seq, hash }) => {
    const who = byHash.get(hash);
    return who === undefined ? [] : [{ id, seq, who }];
  });
}
