// Debian's nginx with a configuration of ours, on a free port, as long as a test lasts.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasNginx = spawnSync('nginx', ['-v']).status === 0;

export interface Nginx {
  url: string;
  /** The node each request went to, so far, as host and port. */
  went(): string[];
  stop(): Promise<void>;
}

/** @param site what docs tell people to put into conf.d; its TLS lines and its own addresses are replaced */
export async function startNginx(site: string, nodes: readonly number[]): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-nginx-'));
  const port = await freePort();
  const servers = [...site.matchAll(/^\s*server 127\.0\.0\.1:\d+/gm)].map(([line]) => line);
  if (servers.length !== nodes.length) throw new Error(`the configuration names ${servers.length} nodes`);
  const ours = servers
    .reduce((text, line, i) => text.replace(line, `    server 127.0.0.1:${nodes[i]}`), site)
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port};`)
    .replaceAll(/^\s*ssl_.*\n/gm, '');
  const whole = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log warn; worker_processes 1;
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    events { worker_connections 512; }
    http {
      log_format nodes '$upstream_addr $request_uri'; access_log ${folder}/access.log nodes;
      ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      ${ours}
    }`;
  writeFileSync(join(folder, 'nginx.conf'), whole);
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; child.exitCode === null; i++) {
    if (
      await fetch(`${url}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    if (i > 200) throw new Error(`nginx did not start: ${said}`);
    await new Promise((next) => setTimeout(next, 25));
  }
  if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
  return {
    url,
    went: () =>
      readFileSync(join(folder, 'access.log'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0] ?? ''),
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((closed) => void server.close(() => closed()));
  return port;
}
