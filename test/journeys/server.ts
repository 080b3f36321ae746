// The built server as an operator runs it: a process that can be killed and started again on the same data and port. On SQLite, or with
// FOYER_JOURNEYS_STORE=postgres on a database of its own there; with FOYER_JOURNEYS_NODES=2 as two nodes, the agents' and the visitors'.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { build, isBuilt } from '../../scripts/build.mjs';
import { freshPostgres } from '../helpers/postgres.ts';
import { startRedis } from '../helpers/redis.ts';

const root = join(import.meta.dirname, '..', '..');
const startMs = 30_000;

export interface JourneyServer {
  readonly url: string;
  /** Where agents go: another node, where there are two. */
  readonly inboxUrl: string;
  readonly appId: string;
  readonly dataDir: string;
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
  /** What an operator runs at the machine; fails unless it ends with 0. @returns what it printed */
  foyer(...argv: string[]): string;
  /** Ends it and removes its data. */
  discard(): Promise<void>;
}

interface Running {
  child: ChildProcess;
  exited: Promise<void>;
  printed: string;
}

const runsOnPostgres = process.env['FOYER_JOURNEYS_STORE'] === 'postgres';
const runsTwice = runsOnPostgres && process.env['FOYER_JOURNEYS_NODES'] === '2';

export async function startJourneyServer(given: Record<string, string> = {}): Promise<JourneyServer> {
  if (!isBuilt()) build({ quiet: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'foyer-journey-'));
  const place = runsOnPostgres ? await freshPostgres() : null;
  const redis = runsTwice ? await startRedis() : null;
  const database = place && 'postgres' in place.database ? place.database.postgres : null;
  const env = { ...given, ...(database !== null && { DATABASE_URL: database }), ...(redis && { REDIS_URL: redis.url }) };
  const launch = (port: string): Promise<Running> => run(dataDir, port, env);
  const first = await launch('0');
  const all = [first, ...(runsTwice ? [await launch('0')] : [])];
  const urls = all.map(({ printed }) => /https?:\/\/[^/\s]+/.exec(printed)?.[0] ?? '');
  const appId = /app_\w+/.exec(first.printed)?.[0] ?? '';
  const setupLink = /\S+\/setup\?token=\S+/.exec(first.printed)?.[0] ?? '';
  const kill = async (): Promise<void> => {
    for (const { child } of all) child.kill('SIGKILL');
    await Promise.all(all.map(({ exited }) => exited));
  };
  const rowsIn = <T>(sql: string, values: unknown[]): T[] =>
    database === null ? inSqlite(dataDir, (db) => db.prepare(sql).all(...values) as T[]) : (inPostgres(database, sql, values) as T[]);
  return {
    url: urls[0] ?? '',
    inboxUrl: urls.at(-1) ?? '',
    appId,
    dataDir,
    setupLink,
    kill,
    async start() {
      const again = await Promise.all(urls.map((url) => launch(new URL(url).port)));
      all.splice(0, all.length, ...again);
    },
    rows: <T>(sql: string, ...values: unknown[]) => rowsIn<T>(sql, values),
    set(settings) {
      const [row] = rowsIn<{ kept: string }>('select settings as kept from workspaces', []);
      const value = JSON.stringify({ ...(JSON.parse(row?.kept ?? '{}') as object), ...settings });
      if (database !== null) psql(database, `update workspaces set settings = ${quoted(value)}`);
      else inSqlite(dataDir, (db) => db.prepare('update workspaces set settings = ?').run(value));
    },
    foyer(...argv) {
      const args = [join(root, 'dist/server/main.js'), ...argv, '--data-dir', dataDir];
      const done = spawnSync(process.execPath, args, { cwd: dataDir, env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' });
      if (done.status !== 0) throw new Error(`foyer ${argv.join(' ')}: ${done.stderr}`);
      return done.stdout;
    },
    async discard() {
      await kill();
      await Promise.all([place?.drop(), redis?.stop()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function inSqlite<T>(dataDir: string, work: (db: Database.Database) => T): T {
  const db = new Database(join(dataDir, 'foyer.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const quoted = (value: unknown): string => (typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`);

/** Journeys look into the database between two steps, so it answers at once: by PostgreSQL's own client. */
function inPostgres(url: string, sql: string, values: unknown[]): unknown[] {
  let next = 0;
  const filled = sql.replaceAll('?', () => quoted(values[next++]));
  return JSON.parse(psql(url, `select coalesce(json_agg(t), '[]') from (${filled}) t`)) as unknown[];
}

function psql(url: string, sql: string): string {
  const done = spawnSync('psql', [url, '-XAtqc', sql], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`psql: ${done.error?.message ?? done.stderr}`);
  return done.stdout;
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
