// What owners set over REST, as the next identify through a socket meets it: keys, rotation, modes, tokens for hosts without crypto.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IdentitySettings } from '../../../shared/api.ts';
import type { VisitorBody } from '../../../shared/protocol.ts';
import { newToken } from '../../../server/deps.ts';
import { seal } from '../../../server/seal.ts';
import { getWorkspace, insertWorkspace, touchIdentitySecret } from '../../../server/store/workspaces.ts';
import { hmac, pairs, pemOf, rightJwt } from '../../helpers/forged-keys.ts';
import type { Keys } from '../../helpers/forged-keys.ts';
import { Agent } from '../../helpers/http-server.ts';
import { connectVisitor, must, startServer } from '../../helpers/server.ts';
import type { TestServer } from '../../helpers/server.ts';

let now = Date.UTC(2031, 5, 1, 12);
let server: TestServer;
let owner: Agent;
const otherSecret = newToken();

beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off' }, now: () => now });
  owner = new Agent(server.url);
  owner.cookie = (await server.agent()).cookie;
  await owner.call('GET', '/api/v1/me');
  await server.deps.store.in('other').write((tx) =>
    insertWorkspace(tx, {
      id: 'other',
      appId: 'app_other',
      name: 'Other',
      identityMode: 'optional',
      settings: {},
      now,
      identitySecret: seal(otherSecret, server.deps.secretKey),
    }),
  );
});
afterAll(() => server.stop());
beforeEach(async () => {
  await settings({ mode: 'optional', public_key: null });
});

type Reply = { ok: boolean; code?: string; message?: string; verified?: boolean; type?: string };
let people = 0;
const someone = (): string => `person-${++people}`;

/** Of a visitor who is new. */
async function identify(body: VisitorBody<'identify'>, appId = server.workspace.appId): Promise<Reply> {
  const visitor = await connectVisitor({ url: server.url, workspace: { appId } });
  const reply = await visitor.send('identify', body);
  visitor.close();
  return reply;
}

async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await owner.call(method, `/api/v1${path}`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

const settings = (patch: object): Promise<Record<string, unknown>> => call('PATCH', '/settings/identity', patch);
const read = async (): Promise<IdentitySettings> => (await call('GET', '/settings/identity')) as unknown as IdentitySettings;
const secretsOf = async (): Promise<[string, string | null]> => {
  const { identity_secret: current, next_identity_secret: next } = await call('GET', '/identity_secret');
  return [current as string, next as string | null];
};
const byHash = async (secret: string): Promise<Reply> => {
  const id = someone();
  return identify({ user_id: id, user_hash: hmac(secret, id) });
};
const keys = (algorithm: Keys['algorithm'], secret = ''): Keys => ({
  algorithm,
  secrets: [secret, secret],
  pair: algorithm === 'HS256' ? null : pairs[algorithm],
  ownKey: new Uint8Array(32),
});
const jwtBy = (algorithm: Keys['algorithm'], secret?: string): string =>
  rightJwt(keys(algorithm, secret), { user_id: someone(), exp: Math.floor(now / 1000) + 300 });

const refused = { ok: false, code: 'identity_verification_failed', retryable: false };

describe('the rotation of the identity secret', () => {
  it('leaves no moment in which the host’s proofs fail, and ends the former secret when it is finished', async () => {
    const [first] = await secretsOf();
    expect(await byHash(first)).toMatchObject({ verified: true });
    await call('POST', '/identity_secret/rotation', {});
    const [still, second] = (await secretsOf()) as [string, string];
    expect(still).toBe(first);
    for (const secret of [first, second]) {
      expect(await byHash(secret)).toMatchObject({ verified: true });
      expect(await identify({ user_jwt: jwtBy('HS256', secret) })).toMatchObject({ verified: true });
    }
    await call('POST', '/identity_secret/rotation/finish', {});
    expect(await byHash(first)).toMatchObject(refused);
    expect(await identify({ user_jwt: jwtBy('HS256', first) })).toMatchObject(refused);
    expect(await byHash(second)).toMatchObject({ verified: true });
  });

  it('that is dropped ends the second secret and keeps the first', async () => {
    const [first] = await secretsOf();
    await call('POST', '/identity_secret/rotation', {});
    const [, second] = (await secretsOf()) as [string, string];
    await call('DELETE', '/identity_secret/rotation');
    expect(await byHash(second)).toMatchObject(refused);
    expect(await byHash(first)).toMatchObject({ verified: true });
  });

  it('tells of each secret when it was last used, once a minute at most, and a wrong proof uses none', async () => {
    now += 120_000;
    await call('POST', '/identity_secret/rotation', {});
    const [first, second] = (await secretsOf()) as [string, string];
    const before = (await read()).secret.last_used_at;
    await byHash('of somebody who guesses');
    expect(await read()).toMatchObject({ secret: { last_used_at: before }, next_secret: { last_used_at: null } });
    const at = new Date(now).toISOString();
    await byHash(first);
    await expect.poll(async () => (await read()).secret.last_used_at).toBe(at);
    expect((await read()).next_secret).toMatchObject({ last_used_at: null });
    now += 59_000;
    await byHash(first);
    await identify({ user_jwt: jwtBy('HS256', second) });
    const later = new Date(now).toISOString();
    await expect.poll(async () => (await read()).next_secret?.last_used_at).toBe(later);
    expect((await read()).secret.last_used_at).toBe(at);
    await call('POST', '/identity_secret/rotation/finish', {});
    expect(await read()).toMatchObject({ secret: { last_used_at: later }, next_secret: null });
  });
});

it('of many rotations that begin at once one does, and of many that end one', async () => {
  const steps = (path: string): Promise<number[]> =>
    Promise.all(Array.from({ length: 8 }, async () => (await owner.call('POST', `/api/v1/identity_secret/rotation${path}`, {})).status));
  const once = [200, 409, 409, 409, 409, 409, 409, 409];
  expect((await steps('')).toSorted((a, b) => a - b)).toEqual(once);
  const [, next] = await secretsOf();
  expect((await steps('/finish')).toSorted((a, b) => a - b)).toEqual(once);
  expect(await secretsOf()).toEqual([next, null]);
});

it('the use of a secret that went out of use meanwhile is not the other one’s', async () => {
  const { deps, workspace } = server;
  const scope = deps.store.in(workspace.id);
  const former = await scope.read(getWorkspace);
  await call('POST', '/identity_secret/rotation', {});
  await call('POST', '/identity_secret/rotation/finish', {});
  await scope.write((tx) => touchIdentitySecret(tx, former?.identitySecret ?? '', now));
  expect((await read()).secret.last_used_at).toBeNull();
});

describe('a public key', () => {
  it.each(['RS256', 'ES256', 'EdDSA'] as const)(
    'for %s: tokens by it are taken from the next identify on, and by nothing else',
    async (algorithm) => {
      const [secret] = await secretsOf();
      expect(await identify({ user_jwt: jwtBy(algorithm) })).toMatchObject(refused);
      await settings({ public_key: { algorithm, pem: pemOf(pairs[algorithm].publicKey) } });
      expect(await identify({ user_jwt: jwtBy(algorithm) })).toMatchObject({ verified: true, type: 'user' });
      const bySecret = await identify({ user_jwt: jwtBy('HS256', secret) });
      expect(bySecret).toMatchObject({ ...refused, message: `user_jwt must be signed with ${algorithm}` });
      for (const other of (['RS256', 'ES256', 'EdDSA'] as const).filter((name) => name !== algorithm))
        expect(await identify({ user_jwt: jwtBy(other) })).toMatchObject(refused);
      // The secret still makes the other kind of proof.
      expect(await byHash(secret)).toMatchObject({ verified: true });
      await settings({ public_key: null });
      expect(await identify({ user_jwt: jwtBy(algorithm) })).toMatchObject(refused);
      expect(await identify({ user_jwt: jwtBy('HS256', secret) })).toMatchObject({ verified: true });
    },
  );
});

describe('the mode', () => {
  it('holds from the next identify on, and a wrong proof is refused in each', async () => {
    const [secret] = await secretsOf();
    for (const [mode, taken] of [
      ['required', false],
      ['off', true],
      ['optional', true],
    ] as const) {
      await settings({ mode });
      expect((await identify({ user_id: someone() })).ok, mode).toBe(taken);
      expect(await byHash('wrong'), mode).toMatchObject(refused);
      expect(await byHash(secret), mode).toMatchObject({ verified: true });
    }
  });
});

describe('POST /api/v1/identity_tokens', () => {
  const make = (body: object): Promise<Record<string, unknown>> => call('POST', '/identity_tokens', body);

  it('gives a user_jwt that proves the person and what is said of them, for an hour', async () => {
    const id = someone();
    const { token, expires_at } = await make({ user_id: id, email: 'Ada@Example.org', name: 'Ada', custom_attributes: { plan: 'pro' } });
    expect(expires_at).toBe(new Date(Math.floor(now / 1000) * 1000 + 3_600_000).toISOString());
    const visitor = await connectVisitor(server);
    expect(must(await visitor.send('identify', { user_jwt: token }))).toMatchObject({ type: 'user', verified: true });
    expect(must(await visitor.send('sync', {})).me).toMatchObject({ verified: true, email: 'ada@example.org', name: 'Ada' });
    visitor.close();
    expect(await identify({ user_id: 'somebody else', user_jwt: token })).toMatchObject(refused);
    now += 3_600_000 + 61_000;
    expect(await identify({ user_jwt: token })).toMatchObject({ ok: false, code: 'identity_token_expired' });
  });

  it('serves another server by an API token with that scope', async () => {
    const { token: pat } = await call('POST', '/tokens', { name: 'shop', scopes: ['identity'] });
    const shop = new Agent(server.url);
    const asked = { authorization: `Bearer ${String(pat)}` };
    const answer = await shop.call('POST', '/api/v1/identity_tokens', { user_id: 4711, expires_in: 60 }, asked);
    expect(answer.status).toBe(200);
    expect(await identify({ user_id: 4711, user_jwt: answer.body['token'] })).toMatchObject({ verified: true });
  });

  it('is taken whatever the host signs with, and outlives the rotation of the secret', async () => {
    const { token } = await make({ user_id: someone() });
    await settings({ public_key: { algorithm: 'ES256', pem: pemOf(pairs.ES256.publicKey) } });
    expect(await identify({ user_jwt: token })).toMatchObject({ verified: true });
    await settings({ public_key: null });
    await call('POST', '/identity_secret/rotation', {});
    await call('POST', '/identity_secret/rotation/finish', {});
    expect(await identify({ user_jwt: token })).toMatchObject({ verified: true });
  });

  it('one of a workspace proves nothing in another, nor do its secrets, whichever way', async () => {
    const { token } = await make({ user_id: someone() });
    const [secret] = await secretsOf();
    const id = someone();
    expect(await identify({ user_jwt: token }, 'app_other')).toMatchObject(refused);
    expect(await identify({ user_id: id, user_hash: hmac(secret, id) }, 'app_other')).toMatchObject(refused);
    expect(await identify({ user_jwt: jwtBy('HS256', secret) }, 'app_other')).toMatchObject(refused);
    expect(await identify({ user_id: id, user_hash: hmac(otherSecret, id) })).toMatchObject(refused);
    expect(await identify({ user_id: id, user_hash: hmac(otherSecret, id) }, 'app_other')).toMatchObject({ verified: true });
  });

  it.each([
    [{}, 400, 'bad_request'],
    [{ user_id: 'undefined' }, 422, 'invalid_identity'],
    [{ user_id: 0 }, 422, 'invalid_identity'],
    [{ user_id: ' ' }, 422, 'invalid_identity'],
    [{ user_id: 2 ** 53 }, 422, 'invalid_identity'],
    [{ user_id: 4.5 }, 422, 'invalid_identity'],
    [{ user_id: 'ada ' }, 422, 'invalid_identity'],
    [{ user_id: 'ada', email: 'no address' }, 422, 'invalid_identity'],
    [{ user_id: 'ada', expires_in: 59 }, 400, 'bad_request'],
    [{ user_id: 'ada', expires_in: 86_401 }, 400, 'bad_request'],
    [{ user_id: 'ada', exp: 99_999_999_999 }, 400, 'bad_request'],
    [
      { user_id: 'ada', custom_attributes: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`a${i}`, 'x'.repeat(1000)])) },
      413,
      'too_large',
    ],
  ])('%j is refused', async (body, status, code) => {
    const answer = await owner.call('POST', '/api/v1/identity_tokens', body);
    expect(answer.body).toMatchObject({ status, code });
  });
});
