// Tokens of other servers: made and revoked by owners, opened by scope, never mixed with a session.
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenScopes } from '../../../shared/api-views.ts';
import { routes } from '../../../shared/api.ts';
import type { RouteName, TokenScope } from '../../../shared/api.ts';
import { accessOf } from '../../../server/http/access.ts';
import { Agent, aColleague, setUpOwner, startHttp } from '../../helpers/http-server.ts';
import type { HttpServer } from '../../helpers/http-server.ts';
import { aContact } from '../../helpers/rows.ts';

let server: HttpServer;
let owner: Agent;
beforeAll(async () => {
  server = await startHttp();
  owner = await setUpOwner(server);
});
afterAll(() => server.close());

interface Made {
  id: number;
  token: string;
}

async function aToken(scopes: readonly TokenScope[], more: object = {}): Promise<Made> {
  const answer = await owner.call('POST', '/api/v1/tokens', { name: 'crm sync', scopes, ...more });
  expect(answer.status).toBe(200);
  return answer.body as unknown as Made;
}

type Answer = Awaited<ReturnType<Agent['call']>>;
const withToken = (token: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  new Agent(server.url).call(method, path, body, { authorization: `Bearer ${token}`, ...headers });

const listed = async (id: number): Promise<Record<string, unknown> | undefined> =>
  ((await owner.call('GET', '/api/v1/tokens')).body['data'] as Record<string, unknown>[]).find((token) => token['id'] === id);

const allRows = (table: 'api_tokens' | 'workspaces' | 'events'): Promise<object[]> =>
  server.deps.store.in('').read((tx) => tx.execute((db) => db.selectFrom(table).selectAll()));

describe('an API token', () => {
  it('is shown once, and stored as its hash alone', async () => {
    const answer = await owner.call('POST', '/api/v1/tokens', { name: ' CRM ', scopes: ['audit:read', 'audit:read'], expires_in_days: 30 });
    const { token, ...view } = answer.body as Record<string, unknown> & { token: string };
    expect(token).toMatch(/^foyer_pat_[0-9a-f]{72}$/);
    expect(view).toEqual({
      id: expect.any(Number),
      name: 'CRM',
      prefix: token.slice(0, 16),
      scopes: ['audit:read'],
      created_at: '2030-01-01T00:00:00.000Z',
      created_by: 'Mia Berg',
      expires_at: '2030-01-31T00:00:00.000Z',
      last_used_at: null,
      revoked_at: null,
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await listed(view['id'] as number)).toEqual(view);
    for (const table of ['api_tokens', 'workspaces', 'events'] as const)
      expect(JSON.stringify(await allRows(table))).not.toContain(token.slice(16));
  });

  it('acts under its own name in the log', async () => {
    const { id: contact } = await aContact(server.deps.store.in(server.workspace.id));
    const { id, token } = await aToken(['contacts:read', 'contacts:write', 'audit:read']);
    expect((await withToken(token, 'POST', `/api/v1/contacts/${contact}/block`, { blocked: true })).body).toMatchObject({ blocked: true });
    expect((await withToken(token, 'GET', `/api/v1/contacts/${contact}`)).body).toMatchObject({ id: contact, blocked: true });
    const { body } = await withToken(token, 'GET', '/api/v1/audit?limit=1');
    expect(body['data']).toMatchObject([{ type: 'contact.blocked', contact_id: contact, by: { kind: 'token', id, name: 'crm sync' } }]);
  });

  it('stands in the log when it is made and when it is revoked', async () => {
    const { id, token } = await aToken(['audit:read']);
    await owner.call('DELETE', `/api/v1/tokens/${id}`);
    const { body } = await owner.call('GET', '/api/v1/audit');
    expect((body['data'] as unknown[]).slice(0, 2)).toMatchObject([
      { type: 'token.revoked', by: { kind: 'agent', name: 'Mia Berg' }, data: { api_token: id, name: 'crm sync' } },
      { type: 'token.created', by: { kind: 'agent' }, data: { api_token: id, scopes: 'audit:read', prefix: token.slice(0, 16) } },
    ]);
  });

  it('opens nothing from the moment it is revoked, for good', async () => {
    const { id, token } = await aToken(['audit:read']);
    expect((await withToken(token, 'GET', '/api/v1/audit')).status).toBe(200);
    const at = new Date(server.deps.now()).toISOString();
    expect((await owner.call('DELETE', `/api/v1/tokens/${id}`)).body).toMatchObject({ id, revoked_at: at });
    const answer = await withToken(token, 'GET', '/api/v1/audit');
    expect(answer.body).toMatchObject({ status: 401, code: 'invalid_token', detail: expect.stringContaining('revoked') });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    server.pass(1000);
    expect((await owner.call('DELETE', `/api/v1/tokens/${id}`)).body).toMatchObject({ id, revoked_at: at });
    expect((await owner.call('DELETE', '/api/v1/tokens/999')).body).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('expires to the millisecond', async () => {
    const { token } = await aToken(['audit:read'], { expires_in_days: 1 });
    server.pass(86_400_000 - 1);
    expect((await withToken(token, 'GET', '/api/v1/audit')).status).toBe(200);
    server.pass(1);
    const answer = await withToken(token, 'GET', '/api/v1/audit');
    expect(answer.body).toMatchObject({ status: 401, code: 'invalid_token', detail: expect.stringContaining('expired') });
  });

  it('notes when it was used, once a minute at most', async () => {
    const { id, token } = await aToken(['audit:read']);
    const first = new Date(server.deps.now()).toISOString();
    await withToken(token, 'GET', '/api/v1/audit');
    await expect.poll(async () => (await listed(id))?.['last_used_at']).toBe(first);
    server.pass(59_999);
    await withToken(token, 'GET', '/api/v1/audit');
    server.pass(1);
    const second = new Date(server.deps.now()).toISOString();
    await withToken(token, 'GET', '/api/v1/audit');
    await expect.poll(async () => (await listed(id))?.['last_used_at']).toBe(second);
  });

  it.each([
    ['empty', () => '', 401],
    ['of another kind', () => 'ghp_0123456789', 401],
    ['with one digit changed', (t: string) => t.replace(/.$/, (d) => (d === '0' ? '1' : '0')), 401],
    ['cut short', (t: string) => t.slice(0, -1), 401],
    ['in upper case', (t: string) => t.toUpperCase(), 401],
    ['made up, with the right checksum', () => `foyer_pat_${'ab'.repeat(32)}${crc32('ab'.repeat(32)).toString(16).padStart(8, '0')}`, 401],
    ['right', (t: string) => t, 200],
  ])('%s: %s', async (_, forged, status) => {
    const { token } = await aToken(['audit:read']);
    expect((await withToken(forged(token), 'GET', '/api/v1/audit')).status).toBe(status);
  });

  it('whose form or checksum does not fit is refused before anything is looked up', async () => {
    const { token } = await aToken(['audit:read']);
    const { store } = server.deps;
    const real = store.in.bind(store);
    let lookUps = 0;
    store.in = (scope) => (lookUps++, real(scope));
    try {
      for (const wrong of ['', 'x', token.slice(1), token.replace(/.$/, (d) => (d === '0' ? '1' : '0'))])
        expect((await withToken(wrong, 'GET', '/api/v1/audit')).status).toBe(401);
      expect(lookUps).toBe(0);
      await withToken(token, 'GET', '/api/v1/audit');
      expect(lookUps).toBeGreaterThan(0);
    } finally {
      store.in = real;
    }
  });

  it.each([
    [{ name: '', scopes: ['audit:read'] }],
    [{ name: 'x', scopes: [] }],
    [{ name: 'x', scopes: ['everything'] }],
    [{ name: 'x', scopes: ['audit:read'], expires_in_days: 0 }],
    [{ name: 'x', scopes: ['audit:read'], expires_in_days: 1.5 }],
  ])('%j makes none', async (body) => {
    expect((await owner.call('POST', '/api/v1/tokens', body)).body).toMatchObject({ status: 400, code: 'bad_request' });
  });
});

describe('a token and a session are never mixed', () => {
  it('a request with a token needs no CSRF token, and has none of the rights of the cookie beside it', async () => {
    const { token } = await aToken(['audit:read']);
    const both = { authorization: `Bearer ${token}` };
    expect((await owner.call('GET', '/api/v1/audit', undefined, both)).status).toBe(200);
    expect((await owner.call('GET', '/api/v1/tokens', undefined, both)).body).toMatchObject({ status: 403, code: 'insufficient_scope' });
    expect((await owner.call('GET', '/api/v1/me', undefined, { authorization: 'Bearer nonsense' })).body).toMatchObject({ status: 401 });
  });

  it('a cookie with a scheme of somebody else’s beside it, as proxies send them, is still a session', async () => {
    expect((await owner.call('GET', '/api/v1/me', undefined, { authorization: 'Basic eDp5' })).status).toBe(200);
  });

  it('a token in the query, the cookie or the body opens nothing', async () => {
    const { token } = await aToken(['audit:read']);
    const stranger = new Agent(server.url);
    expect((await stranger.call('GET', `/api/v1/audit?token=${token}&access_token=${token}`)).status).toBe(401);
    expect((await stranger.call('GET', '/api/v1/audit', undefined, { cookie: `foyer_agent=${token}` })).status).toBe(401);
    expect((await stranger.call('GET', '/api/v1/audit', undefined, { 'x-csrf-token': token })).status).toBe(401);
  });

  it('colleagues who are no owners neither see, make nor revoke tokens', async () => {
    const colleague = await aColleague(server);
    const { id } = await aToken(['audit:read']);
    for (const [method, path, body] of [
      ['GET', '/api/v1/tokens', undefined],
      ['POST', '/api/v1/tokens', { name: 'x', scopes: ['audit:read'] }],
      ['DELETE', `/api/v1/tokens/${id}`, undefined],
    ] as const)
      expect((await colleague.call(method, path, body)).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await listed(id)).toMatchObject({ revoked_at: null });
  });

  it('of another workspace nothing is seen, and its token shows nothing of this one', async () => {
    const { insertWorkspace } = await import('../../../server/store/workspaces.ts');
    const { insertApiToken } = await import('../../../server/store/api-tokens.ts');
    const { newApiToken } = await import('../../../server/api-tokens.ts');
    const { hashToken } = await import('../../../server/deps.ts');
    const { token, prefix } = newApiToken((bytes) => server.deps.random(bytes));
    const theirs = await server.deps.store.in('other').write(async (tx) => {
      const row = {
        id: 'other',
        appId: 'app_other',
        name: 'x',
        identitySecret: 's',
        identityMode: 'optional',
        settings: {},
        now: 1,
      } as const;
      await insertWorkspace(tx, row);
      return insertApiToken(tx, {
        name: 'theirs',
        prefix,
        tokenHash: hashToken(token),
        scopes: [...tokenScopes],
        agentId: null,
        createdAt: 1,
        expiresAt: null,
      });
    });
    expect(await listed(theirs.id)).toBeUndefined();
    expect((await owner.call('DELETE', `/api/v1/tokens/${theirs.id}`)).body).toMatchObject({ status: 404 });
    await aToken(['audit:read']);
    expect((await withToken(token, 'GET', '/api/v1/audit')).body['data']).toEqual([]);
  });
});

describe('scopes', () => {
  const names = Object.keys(routes) as RouteName[];
  const guarded = names.filter((name) => accessOf(name).who !== 'everybody');
  const oneOfEach = new Map<TokenScope, string>();
  let all: string;
  beforeAll(async () => {
    for (const scope of tokenScopes) oneOfEach.set(scope, (await aToken([scope])).token);
    all = (await aToken(tokenScopes)).token;
  });

  const ask = (token: string, name: RouteName): Promise<Answer> => {
    const [method = '', path = ''] = name.split(' ');
    const real = path.replace(':contact', '0'.repeat(24)).replace(':flow', 'no-such').replace(/:\w+/g, '424242');
    return withToken(token, method, real, method === 'GET' ? undefined : {});
  };

  it('every scope opens something', () => {
    expect(new Set(guarded.map((name) => accessOf(name).token).filter((scope) => scope !== null))).toEqual(new Set(tokenScopes));
  });

  it.each(guarded.flatMap((name) => tokenScopes.map((scope) => [name, scope, accessOf(name).token === scope] as const)))(
    '%s with %s: %s',
    async (name, scope, opens) => {
      const answer = await ask(oneOfEach.get(scope) ?? '', name);
      if (opens) expect(answer.body['code'], JSON.stringify(answer.body)).not.toBe('insufficient_scope');
      // What it lacks is told before the body is read or anything is looked for.
      else expect(answer.body).toMatchObject({ status: 403, code: 'insufficient_scope' });
      expect(answer.status).not.toBe(401);
      expect(answer.status).toBeLessThan(500);
    },
  );

  it.each(guarded.filter((name) => accessOf(name).token === null))('%s is opened by no token, whatever its scopes', async (name) => {
    expect((await ask(all, name)).body).toMatchObject({ status: 403, code: 'insufficient_scope' });
  });

  it('no token reaches what would be worth all the others: secrets, tokens, how identities are proved, sessions', () => {
    const closed = guarded.filter((name) => accessOf(name).token === null && !name.includes('/flows'));
    expect(closed).toEqual([
      'DELETE /api/v1/session',
      'GET /api/v1/me',
      'GET /api/v1/identity_secret',
      'POST /api/v1/identity_secret/rotation',
      'POST /api/v1/identity_secret/rotation/finish',
      'DELETE /api/v1/identity_secret/rotation',
      'PATCH /api/v1/settings/identity',
      'GET /api/v1/tokens',
      'POST /api/v1/tokens',
      'DELETE /api/v1/tokens/:token',
    ]);
  });
});
