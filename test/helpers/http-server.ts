// The HTTP side on a real port over a real SQLite in memory; clock and sockets are the test's.
import { createLimits } from '../../server/limits.ts';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { ensureWorkspace } from '../../server/actions/ensure-workspace.ts';
import type { Auth } from '../../server/auth.ts';
import { createAuth } from '../../server/auth.ts';
import type { Deps } from '../../server/deps.ts';
import { hashToken, newToken } from '../../server/deps.ts';
import type { Asset, Assets } from '../../server/http/assets.ts';
import type { HttpOptions } from '../../server/http/context.ts';
import { createHttp } from '../../server/http/serve.ts';
import { createLog } from '../../server/log.ts';
import { insertAgent, insertAgentSession } from '../../server/store/agents.ts';
import { openStore } from '../../server/store/store.ts';
import type { Workspace } from '../../server/store/workspaces.ts';

export interface HttpServer {
  url: string;
  deps: Deps;
  auth: Auth;
  workspace: Workspace;
  /** Moves the clock. */
  pass(ms: number): void;
  /** Sessions whose sockets were closed. */
  ended: string[];
  /** Workspaces whose settings changed. */
  forgotten: string[];
  /** Agents that the sockets tell are there. */
  online: Set<number>;
  serving: boolean;
  logged: string[];
  close(): Promise<void>;
}

export interface HttpServerOptions extends Partial<HttpOptions> {
  assets?: Record<string, Partial<Asset>>;
  allowedOrigins?: string[];
}

export const noAssets: Assets = { find: () => null };

export async function startHttp(options: HttpServerOptions = {}): Promise<HttpServer> {
  let now = Date.UTC(2030, 0, 1);
  const logged: string[] = [];
  const deps: Deps = {
    store: await openStore({ database: { sqlite: ':memory:' }, newEpoch: 'epoch-of-the-test' }),
    now: () => now,
    random: (bytes) => randomBytes(bytes),
    log: createLog('warn', { write: (line: string) => void logged.push(line) }),
    secretKey: new Uint8Array(32).fill(1),
    team: { isOnline: () => false },
    limits: createLimits(false),
    jobs: { wake: () => {} },
    publish: { committed: () => {} },
  };
  const workspace = await ensureWorkspace(deps, { identityMode: null, allowedOrigins: options.allowedOrigins ?? null });
  const auth = createAuth(deps, { isSecure: options.publicUrl?.startsWith('https:') ?? false });
  const state: Pick<HttpServer, 'ended' | 'forgotten' | 'online' | 'serving'> = {
    ended: [],
    forgotten: [],
    online: new Set(),
    serving: true,
  };
  const app = createHttp({
    deps,
    auth,
    live: {
      isAgentOnline: (_workspace, agent) => state.online.has(agent),
      endAgentSession: (hash) => void state.ended.push(hash),
      forgetWorkspace: (id) => void state.forgotten.push(id),
    },
    assets: options.assets ? plantedAssets(options.assets) : noAssets,
    options: {
      version: '1.0.0-test',
      publicUrl: null,
      trustProxy: false,
      demo: true,
      files: { folder: join(tmpdir(), 'foyer-no-files'), maxBytes: 1000 },
      ...options,
    },
    isServing: () => state.serving,
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deps,
    auth,
    workspace,
    logged,
    pass: (ms: number) => void (now += ms),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await deps.store.close();
    },
  });
}

function plantedAssets(files: Record<string, Partial<Asset>>): Assets {
  return {
    find(folder, path) {
      const file = files[`${folder}/${path}`];
      return file ? { type: 'text/plain', etag: '"e1"', body: Buffer.from(''), br: null, gz: null, isHashed: false, ...file } : null;
    },
  };
}

/** A browser's share of a session: keeps the cookie, carries the CSRF token, sends JSON. */
export class Agent {
  cookie = '';
  csrf = '';
  constructor(readonly url: string) {}

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.cookie && { cookie: this.cookie }),
        ...(this.csrf && { 'x-csrf-token': this.csrf }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual',
    });
    const set = response.headers.getSetCookie()[0];
    if (set) this.cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as Record<string, unknown>) : { text };
    if (typeof json.csrf_token === 'string') this.csrf = json.csrf_token;
    return { status: response.status, headers: response.headers, body: json };
  }
}

export const owner = { name: 'Mia Berg', email: 'Mia@Example.com', password: 'correct horse battery' };

/** The first agent, signed in through the set-up link. */
export async function setUpOwner(server: HttpServer): Promise<Agent> {
  const agent = new Agent(server.url);
  const token = await server.auth.createSetupToken(server.workspace.id);
  const answer = await agent.call('POST', '/api/v1/setup', { token, ...owner });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return agent;
}

/** A colleague who is no owner, signed in. */
export async function aColleague(server: HttpServer, name = 'Ben'): Promise<Agent> {
  const now = server.deps.now();
  const token = newToken();
  await server.deps.store.in(server.workspace.id).write(async (tx) => {
    const email = `${name.toLowerCase()}@example.com`;
    const made = await insertAgent(tx, { email, name, role: 'agent', passwordHash: 'none', now });
    await insertAgentSession(tx, { tokenHash: hashToken(token), agentId: made.id, now, expiresAt: now + 86_400_000 });
  });
  const agent = new Agent(server.url);
  agent.cookie = `foyer_agent=${token}`;
  await agent.call('GET', '/api/v1/me');
  return agent;
}
