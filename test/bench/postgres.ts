// A PostgreSQL of the bench's own, from Debian's binaries, that loses nothing: fsync and synchronous_commit are on.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import pg from 'pg';

const versions = '/usr/lib/postgresql';
const binaries = (): string | undefined =>
  existsSync(versions)
    ? readdirSync(versions)
        .toSorted((a, b) => Number(a) - Number(b))
        .map((version) => join(versions, version, 'bin'))
        .findLast((path) => existsSync(join(path, 'initdb')))
    : undefined;

/** It refuses to run as root. */
function run(folder: string, command: string, args: string[]): void {
  const isRoot = process.getuid?.() === 0;
  const [name, all] = isRoot ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];
  const { status, stderr } = spawnSync(name, all, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export interface Postgres {
  /** An empty database, in place of one of that name. */
  fresh(name?: string): Promise<string>;
  urlOf(name: string): string;
  stop(): void;
}

/**
 * Null where Debian's package is not installed.
 * @param kept a folder whose databases are there again the next time; without it they are gone once it is stopped
 */
export async function startPostgres(kept?: string): Promise<Postgres | null> {
  const bin = binaries();
  if (bin === undefined) return null;
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'foyer-bench-'));
  chmodSync(folder, 0o777);
  const data = join(folder, 'data');
  const port = await freePort();
  const stop = (mode: string): void => run(folder, join(bin, 'pg_ctl'), ['-D', data, '-m', mode, '-w', '-t', '300', 'stop']);
  if (!existsSync(data))
    run(folder, join(bin, 'initdb'), ['-D', data, '-U', 'foyer', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8']);
  // Of a run that was broken off.
  else if (existsSync(join(data, 'postmaster.pid'))) stop('fast');
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=on -c synchronous_commit=on`;
  run(folder, join(bin, 'pg_ctl'), ['-D', data, '-l', join(folder, 'log'), '-w', '-t', '60', '-o', settings, 'start']);
  const urlOf = (name: string): string => `postgres://foyer@127.0.0.1:${port}/${name}`;
  let made = 0;
  return {
    urlOf,
    async fresh(name = `bench_${++made}`) {
      const client = new pg.Client({ connectionString: urlOf('postgres') });
      await client.connect();
      await client.query(`drop database if exists ${name} with (force)`);
      await client.query(`create database ${name}`);
      await client.end();
      return urlOf(name);
    },
    stop() {
      stop(kept === undefined ? 'immediate' : 'fast');
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
