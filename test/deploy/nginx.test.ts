// deploy/nginx.conf as people copy it, in front of two server processes on one PostgreSQL.
import { Agent } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freshPostgres, postgresUrl } from '../helpers/postgres.ts';
import { hasNginx, startNginx } from '../helpers/nginx.ts';
import type { Nginx } from '../helpers/nginx.ts';
import { runServer } from '../helpers/process.ts';
import type { ServerProcess } from '../helpers/process.ts';
import { newCid, newVisitorToken } from '../helpers/server.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const site = readFileSync(join(import.meta.dirname, '..', '..', 'deploy', 'nginx.conf'), 'utf8');
const canRun = hasNginx && postgresUrl !== '';
if (!canRun)
  process.stderr.write(`deploy/nginx.conf: SKIPPED, ${hasNginx ? 'set FOYER_TEST_POSTGRES=postgres://…' : 'nginx is not installed'}\n`);

let folder: string;
let database: Awaited<ReturnType<typeof freshPostgres>>;
let nodes: ServerProcess[] = [];
let appId: string;

const portOf = ({ url }: ServerProcess): number => Number(new URL(url).port);

async function startNode(port = 0, env: Record<string, string> = {}): Promise<ServerProcess> {
  const url = 'postgres' in database.database ? database.database.postgres : '';
  const more = { DATABASE_URL: url, SECRET_KEY: 'a key that both of them were given', TRUST_PROXY: '1', ...env };
  const node = runServer(['--host', '127.0.0.1', '--port', String(port), '--data-dir', folder, '--log-level', 'error'], more);
  await node.printed('Snippet');
  appId = /app_\w{20}/.exec(node.stdout)?.[0] ?? '';
  return node;
}

interface Visitor {
  socket: Socket;
  heard: string[];
  say(text: string): Promise<boolean>;
}

/** From an address of its own: all of 127.0.0.0/8 is this machine. */
function visitor(url: string, address: string, transports: string[], token = newVisitorToken()): Visitor {
  const agent = new Agent({ localAddress: address, keepAlive: false });
  const socket = io(`${url}/visitor`, {
    transports,
    // The type knows of browsers only; in Node it is handed to http.request.
    agent: agent as unknown as string,
    localAddress: address,
    forceNew: true,
    query: { app_id: appId },
    auth: { appId, protocol: 1, token },
    reconnectionDelay: 50,
    reconnectionDelayMax: 300,
  } as Parameters<typeof io>[1]);
  const heard: string[] = [];
  socket.onAny((name: string, body: unknown) => heard.push(`${name} ${JSON.stringify(body)}`));
  return {
    socket,
    heard,
    async say(text) {
      const reply = (await socket.timeout(10_000).emitWithAck('message.send', { cid: newCid(), text })) as { ok: boolean; code?: string };
      if (!reply.ok) throw new Error(`refused: ${reply.code}`);
      return true;
    },
  };
}

describe.skipIf(!canRun)('deploy/nginx.conf in front of two nodes', () => {
  let nginx: Nginx;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'foyer-nodes-'));
    database = await freshPostgres();
    nodes = await Promise.all([startNode(), startNode()]);
    nginx = await startNginx(site, nodes.map(portOf));
  });
  afterAll(async () => {
    await nginx?.stop();
    for (const node of nodes) node.child.kill('SIGKILL');
    await Promise.all(nodes.map((node) => node.exited));
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('those who poll from ten addresses stay with their nodes, and both nodes have some', async () => {
    const people = Array.from({ length: 10 }, (_, i) => visitor(nginx.url, `127.0.0.${i + 2}`, ['polling']));
    for (const [i, { say }] of people.entries()) for (const n of [1, 2, 3]) expect(await say(`${i} says ${n}`)).toBe(true);
    for (const { socket } of people) socket.close();
    expect(new Set(nginx.went())).toEqual(new Set(nodes.map((node) => `127.0.0.1:${portOf(node)}`)));
    const kept = await database.rows(`select id from messages where text like '% says %'`);
    expect(kept).toHaveLength(30);
  });

  it('the same without the line that keeps them there does not work: so this test would tell', async () => {
    const spread = await startNginx(site.replace(/^\s*hash .*\n/m, ''), nodes.map(portOf));
    const { socket } = visitor(spread.url, '127.0.0.2', ['polling']);
    const errors: string[] = [];
    socket.on('disconnect', (reason) => errors.push(reason));
    socket.on('connect_error', (error) => errors.push(error.message));
    await expect.poll(() => errors.length, { timeout: 10_000 }).toBeGreaterThan(2);
    socket.close();
    await spread.stop();
  });

  it('WebSockets pass; when their node is killed the other takes over, and what was acknowledged is there', async () => {
    const people = Array.from({ length: 8 }, (_, i) => visitor(nginx.url, `127.0.0.${i + 40}`, ['websocket']));
    for (const [i, { say }] of people.entries()) await say(`${i} before`);
    expect(people.every(({ socket }) => socket.io.engine.transport.name === 'websocket')).toBe(true);
    const [first] = nodes;
    const port = first === undefined ? 0 : portOf(first);
    first?.child.kill('SIGKILL');
    await first?.exited;
    await expect.poll(() => people.every(({ socket }) => socket.connected), { timeout: 20_000 }).toBe(true);
    for (const [i, { say }] of people.entries()) await say(`${i} after`);
    expect(await database.rows(`select id from messages where text like '% before' or text like '% after'`)).toHaveLength(16);
    for (const { socket } of people) socket.close();
    nodes = [await startNode(port), ...nodes.slice(1)];
  });

  it('WEBSOCKET_ONLY: polling is refused, WebSockets need no line that keeps them', async () => {
    const strict = await Promise.all([startNode(0, { WEBSOCKET_ONLY: 'on' }), startNode(0, { WEBSOCKET_ONLY: 'on' })]);
    const spread = await startNginx(site.replace(/^\s*hash .*\n/m, ''), strict.map(portOf));
    const polls = visitor(spread.url, '127.0.0.2', ['polling']);
    const refused = new Promise<string>((resolve) => polls.socket.once('connect_error', (error) => resolve(error.message)));
    expect(await refused).toMatch(/xhr poll error/);
    polls.socket.close();
    // As the widget has it: WebSocket, then polling.
    const people = Array.from({ length: 6 }, (_, i) => visitor(spread.url, `127.0.0.${i + 60}`, ['websocket', 'polling']));
    for (const [i, { say }] of people.entries()) expect(await say(`${i} by WebSocket`)).toBe(true);
    for (const { socket } of people) socket.close();
    await spread.stop();
    for (const node of strict) node.child.kill('SIGKILL');
    await Promise.all(strict.map((node) => node.exited));
  });
});
