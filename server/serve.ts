// `foyer serve`: store, app, signals, and what the operator is told.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { warmUp } from '../shared/extract/index.ts';
import { ensureWorkspace } from './actions/ensure-workspace.ts';
import { createApp } from './app.ts';
import type { App } from './app.ts';
import { Fault } from './cli/fault.ts';
import type { Config } from './config.ts';
import { isDisposableDomain } from './disposable.ts';
import { readAssets } from './http/assets.ts';
import type { Assets } from './http/assets.ts';
import { keepBuild, withEarlierBuilds } from './http/earlier-builds.ts';
import { createLog } from './log.ts';
import { joinNodes } from './realtime/nodes.ts';
import type { Nodes } from './realtime/nodes.ts';
import { unseal } from './seal.ts';
import { loadSecretKey } from './secret-key.ts';
import { snippet } from './snippet.ts';
import { listAgents } from './store/agents.ts';
import { StoreOpenError } from './store/open.ts';
import { openStore } from './store/store.ts';
import type { Store } from './store/store.ts';
import type { Workspace } from './store/workspaces.ts';
import { version } from './version.ts';

const drainMs = 9000;

/** Built files lie beside this one in dist/, or in dist/ of the checkout where the source runs; those of other builds with the data. */
function findAssets({ dataDir }: Config, log: ReturnType<typeof createLog>): Assets {
  const here = dirname(fileURLToPath(import.meta.url));
  const isBuilt = here.endsWith(join('dist', 'server'));
  const dist = isBuilt ? dirname(here) : join(here, '..', 'dist');
  const built = { widget: join(dist, 'widget'), inbox: join(dist, 'inbox') };
  const kept = join(dataDir, 'builds');
  try {
    keepBuild(built, kept);
  } catch (error) {
    log.warn(
      { error },
      'this build could not be kept in DATA_DIR: pages that are open during the next upgrade may have to be loaded again',
    );
  }
  return withEarlierBuilds(readAssets({ ...built, demo: isBuilt ? join(dist, 'demo') : join(here, 'http', 'demo') }), kept);
}

async function open(config: Config): Promise<{ store: Store; secretKey: Uint8Array }> {
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    refuseToBeginAnew(config);
    const database = config.databaseUrl === null ? { sqlite: join(config.dataDir, 'foyer.db') } : { postgres: config.databaseUrl };
    const store = await openStore({ database, newEpoch: randomBytes(12).toString('hex') });
    // After the database: a first start that breaks off in between leaves no key without one.
    return { store, secretKey: loadSecretKey(config.secretKey, config.dataDir) };
  } catch (error) {
    if (error instanceof StoreOpenError) throw new Fault(error.message);
    const { code, path } = error as { code?: string; path?: string };
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'EEXIST' || code === 'ENOTDIR') {
      throw new Fault(
        `${path ?? config.dataDir} cannot be used (${code}). Choose another DATA_DIR, or make it a directory this user may write.`,
      );
    }
    throw error;
  }
}

/** A key lies there, so the directory was in use: where its database is gone, an empty one in its place would hide the loss. */
function refuseToBeginAnew({ secretKey, databaseUrl, dataDir }: Config): void {
  const [key, path] = [join(dataDir, 'secret.key'), join(dataDir, 'foyer.db')];
  if (databaseUrl !== null || secretKey !== null || !existsSync(key)) return;
  const isThere = existsSync(path);
  if (isThere && statSync(path).size > 0) return;
  throw new Fault(
    `The database ${path} is ${isThere ? 'empty' : 'gone'}, though ${key} shows that it was in use. Foyer does not start and changed nothing. ` +
      `Put it back from a backup (foyer restore), set DATABASE_URL if the data lies in PostgreSQL, or remove secret.key to begin anew.`,
  );
}

async function listen({ http }: App, { port, host }: Config): Promise<number> {
  await new Promise<void>((done, failed) => {
    http.once('error', failed);
    http.listen({ port, ...(host && { host }) }, () => {
      http.off('error', failed);
      done();
    });
  }).catch((error: NodeJS.ErrnoException) => {
    const words: Record<string, string> = {
      EADDRINUSE: `Port ${port} is taken by another program. Stop that one, or choose another port: --port ${port + 1}`,
      EACCES: `This user may not open port ${port}. Choose one above 1023, or let a proxy listen there.`,
      EADDRNOTAVAIL: `HOST "${host}" is no address of this machine.`,
      ENOTFOUND: `HOST "${host}" is no address of this machine.`,
    };
    throw words[error.code ?? ''] ? new Fault(words[error.code ?? ''] ?? '') : error;
  });
  return (http.address() as AddressInfo).port;
}

/** The lines people and scripts rely on. */
async function tell(app: App, config: Config, workspace: Workspace, here: string): Promise<void> {
  const startedAt = performance.getEntriesByName('foyer:start')[0]?.startTime ?? 0;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const data = config.databaseUrl === null ? `${config.dataDir} (SQLite)` : 'PostgreSQL';
  const lines = [`Foyer ${version.split('.').slice(0, 2).join('.')}  ready in ${seconds} s · data ${data}`];
  const say = (name: string, text: string): void => void lines.push(name.padEnd(26) + text);
  const agents = await app.deps.store.in(workspace.id).read(listAgents);
  if (agents.length > 0) say('Inbox', `${here}/inbox`);
  else say('Create your first agent', `${here}/setup?token=${await app.auth.createSetupToken(workspace.id)}   (one use, 1 h)`);
  if (config.demo) say('Demo page with widget', `${here}/demo`);
  say('Snippet', snippet(here, workspace.appId));
  process.stdout.write(`${lines.join('\n')}\n`);
}

function stopOnSignals(app: App, log: ReturnType<typeof createLog>): void {
  let isStopping = false;
  const stop = (signal: string): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, 'stopping');
    // What is not committed by then was not acknowledged: its sender still has it.
    const timer = setTimeout(() => {
      log.warn('stopping took too long; leaving');
      process.exit(0);
    }, drainMs);
    app.close().then(
      () => {
        clearTimeout(timer);
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('unhandledRejection', (error) => log.error({ error }, 'a promise was left to fail'));
}

/** A Redis that does not answer holds up nothing: nodes find what the others did in the database, a little later. */
async function meetNodes(config: Config, store: Store, log: ReturnType<typeof createLog>): Promise<Nodes | null> {
  if (config.redisUrl === null) return null;
  if (store.dialect === 'postgres')
    return joinNodes({ redisUrl: config.redisUrl, epoch: store.epoch, id: randomBytes(6).toString('base64url'), log });
  log.warn('REDIS_URL is of no use beside SQLite, which belongs to one process; set DATABASE_URL to run several');
  return null;
}

/** Resolves once it listens; then it goes on until a signal ends it. @throws Fault */
export async function serve(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const { store, secretKey } = await open(config);
  const base = { store, secretKey, log, now: Date.now, random: (bytes: number) => randomBytes(bytes) };
  const nodes = await meetNodes(config, store, log);
  const app = createApp(base, {
    ...(nodes && { nodes }),
    version,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    websocketOnly: config.websocketOnly,
    demo: config.demo,
    outbound: { allowPrivate: config.allowPrivateWebhooks },
    identityMode: config.identityMode,
    mail: config.smtpUrl && config.mailFrom && { server: config.smtpUrl, from: config.mailFrom },
    files: { folder: resolve(config.dataDir, 'files'), maxBytes: config.uploadMaxMb * 2 ** 20 },
    assets: findAssets(config, log),
  });
  const workspace = await ensureWorkspace(app.deps, config);
  try {
    unseal(workspace.identitySecret, secretKey);
  } catch (error) {
    throw new Fault((error as Error).message);
  }
  const port = await listen(app, config);
  stopOnSignals(app, log);
  await tell(
    app,
    config,
    workspace,
    config.publicUrl ?? `http://${config.host && config.host !== '0.0.0.0' ? config.host : 'localhost'}:${port}`,
  );
  // The first visitor's message need not wait for it.
  warmUp();
  isDisposableDomain('example.com');
}
