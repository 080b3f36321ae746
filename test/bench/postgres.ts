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
  /** An empty database. */
  fresh(): Promise<string>;
  stop(): void;
}

/** Null where Debian's package is not installed. */
export async function startPostgres(): Promise<Postgres | null> {
  const bin = binaries();
  if (bin === undefined) return null;
  const folder = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
  chmodSync(folder, 0o777);
  const data = join(folder, 'data');
  const port = await freePort();
  run(folder, join(bin, 'initdb'), ['-D', data, '-U', 'foyer', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8']);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=on -c synchronous_commit=on`;
  run(folder, join(bin, 'pg_ctl'), ['-D', data, '-l', join(folder, 'log'), '-w', '-t', '60', '-o', settings, 'start']);
  let made = 0;
  return {
    async fresh() {
      const client = new pg.Client({ connectionString: `postgres://foyer@127.0.0.1:${port}/postgres` });
      await client.connect();
      const name = `bench_${++made}`;
      await client.query(`create database ${name}`);
      await client.end();
      return `postgres://foyer@127.0.0.1:${port}/${name}`;
    },
    stop() {
      run(folder, join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
