// The real server on a free port, with SQLite in a directory of its own, and clients as stock socket.io-client makes them.
import type { IdentityMode } from '../../shared/api.ts';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { createApp } from '../../server/app.ts';
import type { App } from '../../server/app.ts';
import { ensureWorkspace } from '../../server/actions/ensure-workspace.ts';
import type { Deps } from '../../server/deps.ts';
import type { FileOptions } from '../../server/files.ts';
import type { MailSettings } from '../../server/mail-settings.ts';
import type { OutboundOptions } from '../../server/outbound.ts';
import { readAssets } from '../../server/http/assets.ts';
import type { RealtimeLimits } from '../../server/realtime/shared.ts';
import type { OpenOptions } from '../../server/store/open.ts';
import type { WriterLimits } from '../../server/store/writer.ts';
import { insertAgent } from '../../server/store/agents.ts';
import type { Agent } from '../../server/store/agents.ts';
import { openStore } from '../../server/store/store.ts';
import { updateWorkspace } from '../../server/store/workspaces.ts';
import type { Workspace, WorkspaceSettings } from '../../server/store/workspaces.ts';
import { freshPostgres } from './postgres.ts';
import { uuidV7 } from '../../shared/ids.ts';
import type {
  AgentBody,
  AgentCommandName,
  AgentReply,
  VisitorBody,
  VisitorCommandName,
  VisitorHandshake,
  VisitorReply,
} from '../../shared/protocol.ts';

export const silentLog = {
  info() {},
  warn() {},
  error: (...args: unknown[]) => void (process.env['FOYER_TEST_LOG'] && console.error(...args)),
  debug() {},
};

export interface ServerOptions {
  /** Kept after `stop`, to be started on again. */
  dataDir?: string;
  /** In place of a SQLite file in `dataDir`. */
  database?: OpenOptions;
  port?: number;
  settings?: Partial<WorkspaceSettings>;
  identityMode?: IdentityMode;
  limits?: RealtimeLimits;
  writerLimits?: WriterLimits;
  now?: () => number;
  demo?: boolean;
  /** Where calls of flows may go; private addresses, too, unless told. */
  outbound?: OutboundOptions;
  files?: Partial<FileOptions>;
  /** Where mail goes; left out: nowhere. */
  mail?: MailSettings;
}

export interface TestServer {
  app: App;
  deps: Deps;
  url: string;
  port: number;
  dataDir: string;
  workspace: Workspace;
  stop(): Promise<void>;
  /** A signed-in agent: made at the first call, the `Cookie` header for its requests. */
  agent(name?: string): Promise<{ agent: Agent; cookie: string }>;
}

/** The suites over sockets run on SQLite, and with FOYER_TEST_STORE=postgres each on a database of its own there. */
const runsOnPostgres = process.env['FOYER_TEST_STORE'] === 'postgres';

export const roomyLimits: RealtimeLimits = { perVisitor: 1e6, perAddress: 1e6, perAgent: 1e6 };

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'foyer-test-'));
  const place = runsOnPostgres && options.dataDir === undefined && !options.database ? await freshPostgres() : null;
  const store = await openStore({
    database: options.database ?? place?.database ?? { sqlite: join(dataDir, 'foyer.db') },
    newEpoch: randomBytes(12).toString('hex'),
    ...(options.writerLimits && { limits: options.writerLimits }),
  });
  const base = {
    store,
    now: options.now ?? Date.now,
    random: (n: number) => randomBytes(n),
    log: silentLog,
    secretKey: Buffer.alloc(32, 7),
  };
  const folder = (name: string): string => join(process.cwd(), 'dist', name);
  const app = createApp(base, {
    assets: readAssets({ widget: folder('widget'), inbox: folder('inbox'), demo: join(process.cwd(), 'server/http/demo') }),
    version: 'test',
    publicUrl: null,
    trustProxy: false,
    demo: options.demo ?? false,
    files: { folder: join(dataDir, 'files'), maxBytes: 100_000, ...options.files },
    limits: options.limits ?? roomyLimits,
    outbound: options.outbound ?? { allowPrivate: true },
    mail: options.mail ?? null,
  });
  const { deps } = app;
  const made = await ensureWorkspace(deps, { identityMode: options.identityMode ?? null, allowedOrigins: null });
  const settings = { ...made.settings, ...options.settings };
  await store.in(made.id).write((tx) => updateWorkspace(tx, { settings }));
  await new Promise<void>((ready) => app.http.listen(options.port ?? 0, '127.0.0.1', ready));
  const { port } = app.http.address() as AddressInfo;
  const agents = new Map<string, { agent: Agent; cookie: string }>();
  return {
    app,
    deps,
    port,
    url: `http://127.0.0.1:${port}`,
    dataDir,
    workspace: { ...made, settings },
    async agent(name = 'Ada') {
      let known = agents.get(name);
      if (!known) agents.set(name, (known = await signIn(app, made.id, name)));
      return known;
    },
    async stop() {
      await app.close();
      await place?.drop();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function signIn(app: App, workspaceId: string, name: string): Promise<{ agent: Agent; cookie: string }> {
  const { deps } = app;
  const { insertAgentSession } = await import('../../server/store/agents.ts');
  const { hashToken, newToken } = await import('../../server/deps.ts');
  const token = newToken();
  const now = deps.now();
  const agent = await deps.store.in(workspaceId).write(async (tx) => {
    const made = await insertAgent(tx, { email: `${name.toLowerCase()}@team.example`, name, role: 'owner', passwordHash: 'none', now });
    await insertAgentSession(tx, { tokenHash: hashToken(token), agentId: made.id, now, expiresAt: now + 86_400_000 });
    return made;
  });
  return { agent, cookie: app.auth.cookie(token).split(';')[0] ?? '' };
}

export const newCid = (): string => uuidV7(Date.now(), randomBytes(10));
export const newVisitorToken = (): string => randomBytes(32).toString('base64url');

export interface Client<Send> {
  socket: Socket;
  send: Send;
  /** Every event received so far, in order. */
  received: { name: string; body: unknown }[];
  /** Resolves with the first event (past or future) of this name that fits. */
  waitFor<T>(name: string, fits?: (body: T) => boolean): Promise<T>;
  close(): void;
}

export type VisitorClient = Client<<K extends VisitorCommandName>(name: K, body: VisitorBody<K>) => Promise<VisitorReply<K>>> & {
  token: string;
};
export type AgentClient = Client<<K extends AgentCommandName>(name: K, body: AgentBody<K>) => Promise<AgentReply<K>>>;

export async function connectVisitor(
  server: Pick<TestServer, 'url'> & { workspace: { appId: string } },
  more: Partial<VisitorHandshake> = {},
): Promise<VisitorClient> {
  const token = more.token ?? newVisitorToken();
  const appId = server.workspace.appId;
  const socket = io(`${server.url}/visitor`, {
    transports: ['websocket'],
    forceNew: true,
    query: { app_id: appId },
    auth: { appId, protocol: 1, token, ...more },
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
  });
  const client = { ...(await connected(socket)), token } as VisitorClient;
  const send = client.send as (name: string, body: unknown) => Promise<{ ok: boolean; token?: string }>;
  // As a browser does it: the token an identify answers is kept in place of the one before.
  const keeping: typeof send = async (name, body) => {
    const reply = await send(name, body);
    if (name === 'identify' && reply.ok && reply.token !== undefined) {
      client.token = reply.token;
      socket.auth = { appId, protocol: 1, ...more, token: reply.token };
    }
    return reply;
  };
  client.send = keeping as VisitorClient['send'];
  return client;
}

export async function connectAgent(server: TestServer, name?: string): Promise<AgentClient> {
  const { cookie } = await server.agent(name);
  return connectAgentWith(server.url, cookie);
}

export async function connectAgentWith(url: string, cookie: string): Promise<AgentClient> {
  const socket = io(`${url}/agent`, {
    transports: ['websocket'],
    forceNew: true,
    auth: { protocol: 1 },
    extraHeaders: { cookie },
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
  });
  return (await connected(socket)) as AgentClient;
}

async function connected(socket: Socket): Promise<Client<unknown>> {
  const received: { name: string; body: unknown }[] = [];
  const waiting = new Set<(name: string, body: unknown) => void>();
  socket.onAny((name: string, body: unknown) => {
    received.push({ name, body });
    for (const look of waiting) look(name, body);
  });
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once('connect_error', refuse);
    socket.once('connect', () => {
      // From here on it comes back by itself.
      socket.off('connect_error', refuse);
      resolve();
    });
  });
  return {
    socket,
    received,
    send: (name: string, body: unknown) => socket.timeout(10_000).emitWithAck(name, body),
    waitFor<T>(name: string, fits: (body: T) => boolean = () => true): Promise<T> {
      const before = received.find((e) => e.name === name && fits(e.body as T));
      if (before) return Promise.resolve(before.body as T);
      return new Promise<T>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`no ${name} that fits came in 8 s; came: ${received.map((e) => e.name).join(' ')}`)),
          8000,
        );
        const look = (at: string, body: unknown): void => {
          if (at !== name || !fits(body as T)) return;
          waiting.delete(look);
          clearTimeout(timer);
          resolve(body as T);
        };
        waiting.add(look);
      });
    },
    close: () => void socket.close(),
  };
}

/** Unwraps a reply, or fails with what it says. */
export function must<T extends { ok: boolean }>(reply: T): Extract<T, { ok: true }> {
  if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply)}`);
  return reply as Extract<T, { ok: true }>;
}
