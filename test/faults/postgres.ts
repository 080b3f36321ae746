// A PostgreSQL of the suite's own, as durable as an operator's: fsync and synchronous_commit are on.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { folder, freePort, isRoot, kill, run, until } from './children.ts';
import type { Child } from './children.ts';

// int8 comes as text unless told otherwise.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface Postgres {
  port: number;
  /** Of a new, empty database. */
  fresh(): Promise<{ url: string; name: string; rows<R>(sql: string): Promise<R[]> }>;
  rows<R>(sql: string): Promise<R[]>;
  /** kill -9 of the postmaster and all of its backends. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Every process of it stands still, or goes on. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

const versions = '/usr/lib/postgresql';
const bin = existsSync(versions)
  ? readdirSync(versions)
      .toSorted((a, b) => Number(a) - Number(b))
      .map((version) => join(versions, version, 'bin'))
      .at(-1)
  : undefined;
export const hasPostgres = bin !== undefined && existsSync(join(bin, 'initdb'));

export async function startPostgres(settings: Record<string, string | number> = {}): Promise<Postgres> {
  if (bin === undefined) throw new Error('there is no PostgreSQL on this machine');
  const place = folder('pg');
  const port = await freePort();
  const user = 'postgres';
  chmodSync(place.path, 0o755);
  const id = Number(spawnSync('id', ['-u', user], { encoding: 'utf8' }).stdout.trim());
  if (isRoot) chownSync(place.path, id, id);
  const data = join(place.path, 'data');
  const made = run([join(bin, 'initdb'), '-D', data, '-U', 'foyer', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'], {
    user,
    cwd: place.path,
  });
  if ((await made.exited) !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const given = { port, listen_addresses: '127.0.0.1', unix_socket_directories: place.path, max_connections: 60, ...settings };
  const options = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const url = (database: string): string => `postgres://foyer@127.0.0.1:${port}/${database}`;
  let child: Child;

  async function start(): Promise<void> {
    child = run([join(bin!, 'postgres'), '-D', data, ...options], { user, cwd: place.path, deathSignal: 'QUIT' });
    await until(
      `PostgreSQL answers (${child.stderr})`,
      () => {
        if (child.isOver()) throw new Error(`PostgreSQL ended: ${child.stderr}`);
        return query(url('postgres'), 'select 1').then(
          () => true,
          () => false,
        );
      },
      30_000,
      50,
    );
  }
  const everybody = (): string[] => {
    const pid = String(child.process.pid);
    const kids = spawnSync('ps', ['-o', 'pid=', '--ppid', pid], { encoding: 'utf8' }).stdout.split(/\s+/).filter(Boolean);
    return [pid, ...kids];
  };
  const signal = (name: string): void => void spawnSync('kill', [`-${name}`, ...everybody()]);
  await start();
  return {
    port,
    async fresh() {
      const name = `foyer_${randomBytes(6).toString('hex')}`;
      await query(url('postgres'), `create database ${name}`);
      return { url: url(name), name, rows: (sql) => query(url(name), sql) };
    },
    rows: (sql) => query(url('postgres'), sql),
    async kill() {
      signal('KILL');
      await child.exited;
    },
    start,
    freeze: () => signal('STOP'),
    thaw: () => signal('CONT'),
    async stop() {
      signal('CONT');
      await kill(child, 'SIGQUIT');
      place.remove();
    },
  };
}

async function query<R>(connectionString: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows as R[];
  } finally {
    await client.end();
  }
}
