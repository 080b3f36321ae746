// The operator's commands next to a server that runs in a process of its own, on the same data.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApiTokenView, AuditEntry } from '../../../shared/api.ts';
import { userHash } from '../../../server/identity.ts';
import { runServer } from '../../helpers/process.ts';
import type { ServerProcess } from '../../helpers/process.ts';
import { connectVisitor } from '../../helpers/server.ts';
import { foyer } from '../../helpers/terminal.ts';

let dataDir: string;
let server: ServerProcess;
let appId: string;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'foyer-beside-'));
  server = runServer(['--port', '0', '--data-dir', dataDir, '--log-level', 'trace']);
  await server.printed('Snippet');
  appId = /app_\w{20}/.exec(server.stdout)?.[0] ?? '';
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.exited;
  rmSync(dataDir, { recursive: true, force: true });
});

interface Secrets {
  identity_secret: string;
  next: { identity_secret: string; last_used_at: string | null } | null;
}

const run = (...argv: string[]) => foyer([...argv, '--data-dir', dataDir]);
async function told<T>(...argv: string[]): Promise<T> {
  const { code, stdout, stderr } = await run(...argv, '--json');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

/** Whether the server takes a proof made with this secret. */
async function isGood(secret: string): Promise<boolean> {
  const visitor = await connectVisitor({ url: server.url, workspace: { appId } });
  const reply = await visitor.send('identify', { user_id: '4711', user_hash: userHash(secret, '4711') });
  visitor.close();
  return reply.ok;
}

/** The server's answer to a request with this token. */
async function ask(path: string, token: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(server.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

describe('beside a running server', () => {
  it('a rotation: both secrets are good from the start on, the new one alone from the end on; the server hears of it within seconds', async () => {
    const before = (await told<Secrets>('secret', 'show')).identity_secret;
    expect(await isGood(before)).toBe(true);
    const next = (await told<Secrets>('secret', 'rotate')).next?.identity_secret ?? '';
    expect(next).not.toBe(before);
    expect(await run('secret', 'rotate', '--json')).toMatchObject({ code: 1, stderr: expect.stringContaining('"rotation_under_way"') });
    // Nobody has used it: the end would lock everybody out.
    expect(await run('secret', 'finish')).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') });

    await vi.waitFor(async () => expect(await isGood(next)).toBe(true), { timeout: 5000, interval: 200 });
    expect(await isGood(before)).toBe(true);
    // The first one was used just now, by a server that still signs with it.
    await vi.waitFor(
      async () => expect(await run('secret', 'finish')).toMatchObject({ code: 1, stderr: expect.stringContaining('an hour') }),
      {
        timeout: 5000,
        interval: 200,
      },
    );
    expect(await run('secret', 'finish', '--force')).toMatchObject({ code: 0 });
    await vi.waitFor(async () => expect(await isGood(before)).toBe(false), { timeout: 5000, interval: 200 });
    expect(await isGood(next)).toBe(true);
    expect(await told<Secrets>('secret', 'show')).toMatchObject({ identity_secret: next, next: null });
  });

  it('a rotation that is dropped leaves the secret as it was', async () => {
    const before = await told<Secrets>('secret', 'show');
    const { next } = await told<Secrets>('secret', 'rotate');
    expect((await told<Secrets>('secret', 'drop')).identity_secret).toBe(before.identity_secret);
    await vi.waitFor(async () => expect(await isGood(next?.identity_secret ?? '')).toBe(false), { timeout: 5000, interval: 200 });
    expect(await run('secret', 'drop', '--json')).toMatchObject({ code: 1, stderr: expect.stringContaining('"no_rotation"') });
    expect(await run('secret', 'finish', '--force')).toMatchObject({ code: 1 });
  });

  it('a token opens what its scopes say at once, and nothing from its revoking on', async () => {
    const made = await told<ApiTokenView & { token: string }>(
      'token',
      'create',
      '--name',
      'Shop',
      '--scopes',
      'identity,audit:read',
      '--expires',
      '90d',
    );
    expect(made).toMatchObject({ name: 'Shop', scopes: ['identity', 'audit:read'], created_by: null });
    expect(Date.parse(made.expires_at ?? '') - Date.now()).toBeGreaterThan(89 * 86_400_000);
    const signed = await ask('/api/v1/identity_tokens', made.token, { user_id: '4712' });
    expect(signed).toMatchObject({ status: 200, body: { token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) } });

    const listed = await run('token', 'list');
    expect(listed.stdout).toMatch(new RegExp(`^${made.id} +${made.prefix}…  Shop  identity,audit:read  until `, 'm'));
    expect(listed.stdout).not.toContain(made.token);
    expect(await run('token', 'revoke', String(made.id))).toMatchObject({ code: 0 });
    expect(await ask('/api/v1/identity_tokens', made.token, { user_id: '4712' })).toMatchObject({ status: 401 });
    expect(await run('token', 'revoke', '999')).toMatchObject({ code: 1 });
    expect(await run('token', 'revoke', 'Shop')).toMatchObject({ code: 2 });
  });

  it.each([
    [['--scopes', 'identity'], '--name is missing.'],
    [['--name', 'x'], '--scopes is missing.'],
    [['--name', 'x', '--scopes', 'everything'], '--scopes "everything": give one or more of contacts:read,'],
    [['--name', 'x', '--scopes', 'identity', '--expires', '5000d'], '--expires "5000d": give 1d to 3650d.'],
    [['--name', 'x', '--scopes', 'identity', '--expires', '1h'], '--expires "1h": give days such as 90d, or never.'],
  ])('token create %j is refused with the mend', async (argv, mend) => {
    const { code, stderr } = await run('token', 'create', ...argv);
    expect(stderr).toContain(mend);
    expect(code).toBe(2);
  });

  it('the audit log says that it was the operator, and neither it nor the log of the server holds a secret or a token', async () => {
    const made = await told<{ token: string }>('token', 'create', '--name', 'Audit', '--scopes', 'audit:read');
    const { body } = await ask('/api/v1/audit', made.token);
    const { data } = body as { data: AuditEntry[] };
    expect(data.length).toBeGreaterThan(4);
    for (const entry of data) expect(entry.by).toEqual({ kind: 'operator', id: null, name: null });
    const { identity_secret: secret } = await told<Secrets>('secret', 'show');
    const database = ['foyer.db', 'foyer.db-wal'].map((name) => readFileSync(join(dataDir, name), 'latin1')).join('');
    for (const hidden of [made.token, secret])
      expect(JSON.stringify(data) + server.stdout + server.stderr + database).not.toContain(hidden);
  });
});
