// docs/protocol.md promises that a client can be written from it alone: its two programs are run as they stand there.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { errors } from '../../shared/errors.ts';
import { agentCommands, visitorCommands } from '../../shared/protocol.ts';
import { startServer } from '../helpers/server.ts';
import type { TestServer } from '../helpers/server.ts';

const page = readFileSync('docs/protocol.md', 'utf8');
let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startServer();
  folder = mkdtempSync(join(process.cwd(), '.protocol-page-'));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function program(heading: string): string {
  const [, section = ''] = page.split(heading);
  const code = /```js\n([\s\S]*?)```/.exec(section)?.[1];
  if (code === undefined) throw new Error(`no program below “${heading}”`);
  return code;
}

function run(heading: string, env: Record<string, string>): { output: () => string; stop: () => void } {
  const file = join(folder, `${heading.replace(/\W+/g, '-')}.mjs`);
  writeFileSync(file, program(heading));
  const child = spawn(process.execPath, [file], { env: { ...process.env, ...env } });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  return { output: () => output, stop: () => void child.kill() };
}

it('the visitor client and the agent client of the page talk to each other as they stand there', async () => {
  const [email, password] = ['page@team.example', 'a long enough password'];
  const token = await server.app.auth.createSetupToken(server.workspace.id);
  await server.app.auth.setUp({ token, name: 'Page', email, password });
  const agent = run('### 4.4 A whole agent', { URL: server.url, EMAIL: email, PASSWORD: password });
  await vi.waitFor(() => expect(server.app.io.of('/agent').sockets.size).toBe(1), { timeout: 10_000 });
  // The agent's program lists first; what comes after its list reaches it by the feed.
  await vi.waitFor(() => expect(server.app.io.of('/agent').sockets.size).toBe(1));
  const visitor = run('### 3.4 A whole visitor', { URL: server.url, APP_ID: server.workspace.appId });
  try {
    await vi.waitFor(
      () => {
        expect(visitor.output()).toContain("agent: You said: I'm Ann Keller, ann@example.com");
        expect(agent.output()).toContain('ann@example.com is a lead now');
      },
      { timeout: 10_000 },
    );
  } finally {
    visitor.stop();
    agent.stop();
  }
});

it('the page names every command, of both namespaces', () => {
  for (const name of [...Object.keys(visitorCommands), ...Object.keys(agentCommands)]) expect(page).toContain(`\`${name}\``);
});

it('the page explains every error code that a socket can answer', () => {
  const inHttp = ['too_large', 'wrong_credentials', 'csrf_failed', 'setup_link_invalid', 'storage_blocked'];
  const ofContacts = ['contact_gone', 'same_contact', 'two_users', 'undo_expired', 'undo_blocked', 'type_is_derived', 'surer_value'];
  const ofProofs = ['invalid_token', 'insufficient_scope', 'settings_fixed', 'invalid_public_key', 'rotation_under_way', 'no_rotation'];
  const ofMail = ['mail_not_configured', 'verification_invalid'];
  const onlyHttp = new Set([...inHttp, ...ofContacts, ...ofProofs, ...ofMail, 'flow_faulty', 'draft_conflict', 'in_use', 'file_refused']);
  for (const code of Object.keys(errors)) if (!onlyHttp.has(code)) expect(page).toContain(`\`${code}\``);
});
