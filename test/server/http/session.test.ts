import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuth } from '../../../server/auth.ts';
import { Agent, owner, setUpOwner, startHttp } from '../../helpers/http-server.ts';
import type { HttpServer } from '../../helpers/http-server.ts';

let server: HttpServer;
beforeEach(async () => {
  server = await startHttp();
});
afterEach(() => server.close());

const dayMs = 86_400_000;
const credentials = { email: owner.email, password: owner.password };

describe('the set-up link', () => {
  it('makes the first agent and signs it in', async () => {
    const agent = new Agent(server.url);
    const token = await server.auth.createSetupToken(server.workspace.id);
    expect((await agent.call('GET', `/api/v1/setup?token=${token}`)).body).toEqual({ valid: true });
    const made = await agent.call('POST', '/api/v1/setup', { token, ...owner });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      agent: { name: 'Mia Berg', email: 'mia@example.com' },
      workspace: {
        app_id: server.workspace.appId,
        snippet: `<script async src="${server.url}/widget.js" data-app-id="${server.workspace.appId}"></script>`,
      },
    });
    expect((await agent.call('GET', '/api/v1/me')).body.agent).toEqual(made.body.agent);
  });

  it('works once', async () => {
    const token = await server.auth.createSetupToken(server.workspace.id);
    const answers = await Promise.all(
      [1, 2].map((n) => new Agent(server.url).call('POST', '/api/v1/setup', { token, ...owner, email: `a${n}@example.com` })),
    );
    expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 410]);
    expect(answers.find((a) => a.status === 410)?.body).toMatchObject({ code: 'setup_link_invalid' });
    expect((await new Agent(server.url).call('GET', `/api/v1/setup?token=${token}`)).body).toEqual({ valid: false });
  });

  it('is of no use once there is an agent, be it a link of its own', async () => {
    const second = await server.auth.createSetupToken(server.workspace.id);
    await setUpOwner(server);
    expect((await new Agent(server.url).call('GET', `/api/v1/setup?token=${second}`)).body).toEqual({ valid: false });
    expect((await new Agent(server.url).call('POST', '/api/v1/setup', { token: second, ...owner })).status).toBe(410);
  });

  it('ends after an hour', async () => {
    const token = await server.auth.createSetupToken(server.workspace.id);
    server.pass(3_600_001);
    expect((await new Agent(server.url).call('POST', '/api/v1/setup', { token, ...owner })).status).toBe(410);
  });

  it('refuses a short password by name, and stays usable', async () => {
    const token = await server.auth.createSetupToken(server.workspace.id);
    const agent = new Agent(server.url);
    const refused = await agent.call('POST', '/api/v1/setup', { token, ...owner, password: 'short' });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ code: 'bad_request', errors: [{ pointer: '/password', message: 'at least 10 characters' }] });
    expect((await agent.call('POST', '/api/v1/setup', { token, ...owner })).status).toBe(200);
  });
});

describe('signing in', () => {
  it('takes the right password, whatever the case of the email, and sets a cookie that scripts and other sites do not see', async () => {
    await setUpOwner(server);
    const agent = new Agent(server.url);
    const answer = await agent.call('POST', '/api/v1/session', { ...credentials, email: ' MIA@example.com ' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(/^foyer_agent=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/);
    expect((await agent.call('GET', '/api/v1/me')).status).toBe(200);
  });

  it('gives the same answer to a wrong password and to an unknown email', async () => {
    await setUpOwner(server);
    const agent = new Agent(server.url);
    const wrong = await agent.call('POST', '/api/v1/session', { ...credentials, password: 'wrong horse battery' });
    const unknown = await agent.call('POST', '/api/v1/session', { ...credentials, email: 'nobody@example.com' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect({ ...wrong.body, request_id: '' }).toEqual({ ...unknown.body, request_id: '' });
    expect(wrong.body.code).toBe('wrong_credentials');
  });

  it('stops guessing from one address after eight tries, and says when to come back; others get in', async () => {
    await setUpOwner(server);
    const stranger = (password: string) =>
      new Agent(server.url).call('POST', '/api/v1/session', { ...credentials, password }, { 'x-forwarded-for': '203.0.113.66' });
    for (let i = 0; i < 8; i++) expect((await stranger(`guess ${i}`)).status).toBe(401);
    const answer = await stranger(owner.password);
    expect(answer.status).toBe(429);
    expect(answer.body.code).toBe('rate_limited');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(60);
    const colleague = await new Agent(server.url).call('POST', '/api/v1/session', credentials, { 'x-forwarded-for': '203.0.113.7' });
    expect(colleague.status).toBe(200);
  });

  it('behind a proxy that TRUST_PROXY does not name, the log says so, once', async () => {
    expect(server.logged).toEqual([]);
    for (let i = 0; i < 3; i++) await fetch(`${server.url}/api/v1/me`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(server.logged.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ proxy: '127.0.0.1', msg: expect.stringContaining('TRUST_PROXY=1') }),
    ]);
  });

  it('behind https the cookie travels by https only', async () => {
    const secure = await startHttp({ publicUrl: 'https://chat.example.com' });
    try {
      const agent = await setUpOwner(secure);
      const answer = await agent.call('POST', '/api/v1/session', credentials);
      expect(answer.headers.get('set-cookie')).toMatch(/; Secure$/);
      expect(answer.body.workspace).toMatchObject({ snippet: expect.stringContaining('src="https://chat.example.com/widget.js"') });
    } finally {
      await secure.close();
    }
  });
});

describe('a session', () => {
  it('ends with signing out: its cookie is void and its sockets are closed', async () => {
    const agent = await setUpOwner(server);
    const { cookie } = agent;
    expect((await agent.call('DELETE', '/api/v1/session')).body).toEqual({ ok: true });
    expect(server.ended).toHaveLength(1);
    const answer = await agent.call('GET', '/api/v1/me', undefined, { cookie });
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: 'unauthorized', status: 401, request_id: expect.any(String) });
  });

  it('ends thirty days after its last use', async () => {
    const agent = await setUpOwner(server);
    server.pass(29 * dayMs);
    expect((await agent.call('GET', '/api/v1/me')).status).toBe(200);
    server.pass(29 * dayMs);
    expect((await agent.call('GET', '/api/v1/me')).status).toBe(200);
    server.pass(31 * dayMs);
    expect((await agent.call('GET', '/api/v1/me')).status).toBe(401);
  });

  it('that is prolonged prolongs its cookie, as does the inbox when it opens', async () => {
    const agent = await setUpOwner(server);
    const { cookie } = agent;
    expect((await agent.call('GET', '/api/v1/checklist')).headers.get('set-cookie')).toBeNull();
    server.pass(2 * 3_600_000);
    const prolonged = `${cookie}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`;
    expect((await agent.call('GET', '/api/v1/checklist')).headers.get('set-cookie')).toBe(prolonged);
    expect((await agent.call('GET', '/api/v1/checklist')).headers.get('set-cookie')).toBeNull();
    expect((await agent.call('GET', '/api/v1/me')).headers.get('set-cookie')).toBe(prolonged);
    expect((await agent.call('GET', `/api/widget/settings?app_id=${server.workspace.appId}`)).headers.get('set-cookie')).toBeNull();
  });

  it('is good for reading while nothing can be written', async () => {
    const { cookie } = await setUpOwner(server);
    server.pass(2 * 3_600_000);
    const { store } = server.deps;
    const full = { ...store, in: (id: string) => ({ ...store.in(id), write: () => Promise.reject(new Error('disk full')) }) };
    const auth = createAuth({ ...server.deps, store: full }, { isSecure: false });
    expect((await auth.agentFromCookie(cookie))?.agent.name).toBe(owner.name);
    await expect.poll(() => server.logged.join()).toContain('disk full');
  });

  it('is replaced when the same browser signs in again', async () => {
    const agent = await setUpOwner(server);
    const before = agent.cookie;
    await agent.call('POST', '/api/v1/session', credentials);
    expect(agent.cookie).not.toBe(before);
    expect(await server.auth.agentFromCookie(before)).toBeNull();
  });

  it('is found in a cookie header among others, and nothing else is', async () => {
    const agent = await setUpOwner(server);
    expect((await server.auth.agentFromCookie(`a=b; ${agent.cookie}; c=d`))?.agent.email).toBe('mia@example.com');
    for (const header of [undefined, '', 'foyer_agent=', 'foyer_agent=x', `not_${agent.cookie}`, `foyer_agent=${'A'.repeat(43)}`]) {
      expect(await server.auth.agentFromCookie(header)).toBeNull();
    }
  });
});

describe('requests forged by other pages', () => {
  it('a change without the CSRF token of this session is refused and changes nothing', async () => {
    const agent = await setUpOwner(server);
    for (const csrf of ['', 'wrong', agent.csrf.slice(1)]) {
      const answer = await agent.call('DELETE', '/api/v1/session', undefined, { 'x-csrf-token': csrf });
      expect(answer.status).toBe(403);
      expect(answer.body.code).toBe('csrf_failed');
    }
    expect((await agent.call('GET', '/api/v1/me')).status).toBe(200);
  });

  it('the CSRF token of another session does not do', async () => {
    const agent = await setUpOwner(server);
    const other = new Agent(server.url);
    await other.call('POST', '/api/v1/session', credentials);
    expect(other.csrf).not.toBe(agent.csrf);
    expect((await agent.call('DELETE', '/api/v1/session', undefined, { 'x-csrf-token': other.csrf })).status).toBe(403);
  });

  it('a page of another origin can neither sign in nor out', async () => {
    const agent = await setUpOwner(server);
    const foreign: Record<string, string>[] = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }];
    for (const headers of foreign) {
      expect((await agent.call('POST', '/api/v1/session', credentials, headers)).status).toBe(403);
      expect((await agent.call('DELETE', '/api/v1/session', undefined, headers)).status).toBe(403);
    }
    expect((await agent.call('DELETE', '/api/v1/session', undefined, { origin: server.url })).status).toBe(200);
  });

  it('a form of another page cannot send JSON: only application/json is read', async () => {
    await setUpOwner(server);
    const answer = await new Agent(server.url).call('POST', '/api/v1/session', JSON.stringify(credentials), {
      'content-type': 'text/plain',
    });
    expect(answer.status).toBe(400);
  });
});
