import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runServer } from '../helpers/process.ts';
import type { ServerProcess } from '../helpers/process.ts';

let folder: string;
let running: ServerProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-main-'));
  running = [];
});
afterEach(async () => {
  for (const server of running) server.child.kill('SIGKILL');
  await Promise.all(running.map((server) => server.exited));
  rmSync(folder, { recursive: true });
});

function run(argv: string[] = [], env: Record<string, string> = {}, port = 0): ServerProcess {
  const server = runServer(['--port', String(port), '--data-dir', join(folder, 'data'), ...argv], env, folder);
  running.push(server);
  return server;
}

describe('the start', () => {
  it('prints where to make the first agent, the demo and the snippet; after the first agent, the inbox', async () => {
    const server = run();
    await server.printed('Snippet');
    const lines = server.stdout.trim().split('\n');
    expect(lines[0]).toMatch(/^Foyer \d+\.\d+ {2}ready in \d+\.\d s · data .*\/data \(SQLite\)$/);
    expect(lines[1]).toMatch(/^Create your first agent {3}http:\/\/localhost:\d+\/setup\?token=[\w-]{43} {3}\(one use, 1 h\)$/);
    expect(lines[2]).toMatch(/^Demo page with widget {5}http:\/\/localhost:\d+\/demo$/);
    expect(lines[3]).toMatch(/^Snippet {19}<script async src="http:\/\/localhost:\d+\/widget\.js" data-app-id="app_\w{20}"><\/script>$/);
    expect(lines).toHaveLength(4);

    const token = /token=([\w-]+)/.exec(server.stdout)?.[1];
    const made = await fetch(`${server.url}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, name: 'Mia', email: 'mia@example.com', password: 'correct horse battery' }),
    });
    expect(made.status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);

    const again = run(['--no-demo']);
    await again.printed('Snippet');
    expect(again.stdout).toMatch(/\nInbox {21}http:\/\/localhost:\d+\/inbox\nSnippet/);
    expect(again.stdout).not.toContain('setup?token');
    expect(/app_\w+/.exec(again.stdout)?.[0]).toBe(/app_\w+/.exec(server.stdout)?.[0]);
  });

  it('makes the secret key once, for the eyes of its user only, along with all it writes', async () => {
    const server = run();
    await server.printed('Snippet');
    const key = readFileSync(join(folder, 'data', 'secret.key'), 'utf8');
    for (const name of ['secret.key', 'foyer.db']) expect(statSync(join(folder, 'data', name)).mode & 0o077).toBe(0);
    server.child.kill('SIGINT');
    expect(await server.exited).toBe(0);
    const again = run();
    await again.printed('Snippet');
    expect(readFileSync(join(folder, 'data', 'secret.key'), 'utf8')).toBe(key);
  });

  it('does not begin anew where the key shows that the directory was in use and its database is gone; without the key it does', async () => {
    const server = run();
    await server.printed('Snippet');
    server.child.kill('SIGINT');
    expect(await server.exited).toBe(0);
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, 'data', `foyer.db${end}`), { force: true });
    const again = run();
    expect(await again.exited).toBe(1);
    expect(again.stderr).toMatch(/foyer\.db is gone, though .*secret\.key shows that it was in use/);
    expect(existsSync(join(folder, 'data', 'foyer.db'))).toBe(false);
    rmSync(join(folder, 'data', 'secret.key'));
    await run().printed('Create your first agent');
  });

  it('takes PUBLIC_URL for every address it prints, and foyer.config.json where it is started', async () => {
    writeFileSync(join(folder, 'foyer.config.json'), JSON.stringify({ publicUrl: 'https://chat.example.com' }));
    const server = run();
    await server.printed('Snippet');
    expect(server.stdout).toContain('https://chat.example.com/setup?token=');
    expect(server.stdout).toContain('src="https://chat.example.com/widget.js"');
    expect(server.stdout).not.toContain('/demo');
  });
});

describe('a start that cannot be', () => {
  it('a damaged database stops it with the file’s name, and the file stays as it is', async () => {
    const first = run();
    await first.printed('Snippet');
    first.child.kill('SIGTERM');
    await first.exited;
    const path = join(folder, 'data', 'foyer.db');
    const planted = Buffer.from('this is not a database, but somebody’s notes '.repeat(100));
    writeFileSync(path, planted);
    const server = run();
    expect(await server.exited).toBe(1);
    expect(server.stderr).toMatch(/^Foyer does not start\.\nThe database .*foyer\.db is damaged/);
    expect(server.stderr).not.toMatch(/\n\s+at /);
    expect(readFileSync(path).equals(planted)).toBe(true);
  });

  it('a taken port is named, with a way out', async () => {
    const other = createServer().listen(0);
    const { port } = other.address() as AddressInfo;
    const server = run([], {}, port);
    expect(await server.exited).toBe(1);
    expect(server.stderr).toContain(`Port ${port} is taken by another program.`);
    other.close();
  });

  it('a bad setting is named, and nothing is made', async () => {
    const server = run([], { TRUST_PROXY: 'all', SECRET_KEY: 'short' });
    expect(await server.exited).toBe(2);
    expect(server.stderr).toMatch(/TRUST_PROXY "all": give/);
    expect(server.stderr).toMatch(/SECRET_KEY: give/);
    expect(() => statSync(join(folder, 'data'))).toThrow('ENOENT');
  });

  it('a SECRET_KEY which does not open what is stored is told at the start', async () => {
    const first = run([], { SECRET_KEY: 'a'.repeat(40) });
    await first.printed('Snippet');
    first.child.kill('SIGTERM');
    await first.exited;
    const server = run([], { SECRET_KEY: 'b'.repeat(40) });
    expect(await server.exited).toBe(1);
    expect(server.stderr).toMatch(/SECRET_KEY .* is not the one it was made with/);
  });

  it('a second server on the same data directory is refused', async () => {
    const first = run();
    await first.printed('Snippet');
    const second = run();
    expect(await second.exited).toBe(1);
    expect(second.stderr).toContain('Another Foyer runs on');
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  });
});
