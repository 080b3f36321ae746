// How identities are proved, over REST: settings, public key, rotation of the secret.
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkProof, ownTokenKey } from '../../../server/identity.ts';
import { getWorkspace } from '../../../server/store/workspaces.ts';
import { aColleague, setUpOwner, startHttp } from '../../helpers/http-server.ts';
import type { Agent, HttpServer } from '../../helpers/http-server.ts';

let server: HttpServer;
let owner: Agent;
beforeAll(async () => {
  server = await startHttp();
  owner = await setUpOwner(server);
});
afterAll(() => server.close());

const path = '/api/v1/settings/identity';
const patch = (body: object): ReturnType<Agent['call']> => owner.call('PATCH', path, body);
const auditedTypes = async (): Promise<[string, object][]> =>
  ((await owner.call('GET', '/api/v1/audit')).body['data'] as { type: string; data: object }[]).map(({ type, data }) => [type, data]);
const publicPem = (pair: { publicKey: KeyObject }): string => pair.publicKey.export({ format: 'pem', type: 'spki' }) as string;

describe('settings of identity', () => {
  it('begin with optional proofs by the one secret', async () => {
    expect((await owner.call('GET', path)).body).toEqual({
      mode: 'optional',
      mode_from: 'workspace',
      lead_merging: 'same_email_or_none',
      public_key: null,
      secret: { created_at: '2030-01-01T00:00:00.000Z', last_used_at: null },
      next_secret: null,
    });
  });

  it('are changed one by one; what is left out stays, and the log says what is new and who did it', async () => {
    expect((await patch({ mode: 'required' })).body).toMatchObject({ mode: 'required', lead_merging: 'same_email_or_none' });
    expect((await patch({ lead_merging: 'never' })).body).toMatchObject({ mode: 'required', lead_merging: 'never' });
    expect((await patch({ lead_merging: 'never' })).status).toBe(200);
    expect((await owner.call('GET', path)).body).toMatchObject({ mode: 'required', lead_merging: 'never' });
    expect(await auditedTypes()).toEqual([
      ['identity.settings_changed', { lead_merging: 'never', agent: expect.any(Number) }],
      ['identity.settings_changed', { mode: 'required', agent: expect.any(Number) }],
    ]);
    expect(server.forgotten).toContain(server.workspace.id);
    await patch({ mode: 'optional', lead_merging: 'same_email_or_none' });
  });

  it.each([[{ mode: 'strict' }], [{ lead_merging: 'sometimes' }], [{ modes: 'off' }], [{ public_key: 'x' }], [{ mode: null }]])(
    '%j is refused',
    async (body) => {
      expect((await patch(body)).body).toMatchObject({ status: 400, code: 'bad_request' });
    },
  );

  it('leave the mode to IDENTITY_MODE where the operator set it', async () => {
    const fixed = await startHttp({ identityMode: 'required' });
    const boss = await setUpOwner(fixed);
    expect((await boss.call('GET', path)).body).toMatchObject({ mode_from: 'configuration' });
    expect((await boss.call('PATCH', path, { mode: 'off' })).body).toMatchObject({ status: 409, code: 'settings_fixed' });
    expect((await boss.call('PATCH', path, { lead_merging: 'always' })).body).toMatchObject({ lead_merging: 'always' });
    await fixed.close();
  });

  it('are not for other agents', async () => {
    const colleague = await aColleague(server);
    expect((await colleague.call('GET', path)).status).toBe(403);
    expect((await colleague.call('PATCH', path, { mode: 'off' })).status).toBe(403);
  });
});

const ownPair = generateKeyPairSync('ed25519');
const secretPem: string = ownPair.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;

describe('a public key', () => {
  it.each([
    ['RS256', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['EdDSA', () => generateKeyPairSync('ed25519')],
  ] as const)('for %s is taken, told back, and taken away again', async (algorithm, make) => {
    const pem = publicPem(make());
    expect((await patch({ public_key: { algorithm, pem: `\n${pem}\n` } })).body).toMatchObject({ public_key: { algorithm, pem } });
    expect((await owner.call('GET', path)).body).toMatchObject({ public_key: { algorithm, pem } });
    expect((await auditedTypes())[0]).toEqual(['identity.settings_changed', { public_key: algorithm, agent: expect.any(Number) }]);
    expect((await patch({ public_key: null })).body).toMatchObject({ public_key: null });
  });

  it('of the host’s leaves the demo page, which cannot have it, with a proof that is taken', async () => {
    await patch({ public_key: { algorithm: 'EdDSA', pem: publicPem(ownPair) } });
    const { identityKey: publicKey } = (await server.deps.store.in(server.workspace.id).read(getWorkspace))?.settings ?? {};
    const { body } = await owner.call('GET', '/demo/sign?account=tomas');
    const given = { userId: 'demo-tomas', email: null, userHash: undefined, userJwt: body['user_jwt'], nowMs: server.deps.now() };
    const ownKey = ownTokenKey(server.deps.secretKey, server.workspace.id);
    expect(await checkProof({ ...given, secrets: [], publicKey: publicKey ?? null, ownKey })).toMatchObject({ ok: true });
    await patch({ public_key: null });
  });

  const rsa = (modulusLength: number, publicExponent = 65_537): string =>
    publicPem(generateKeyPairSync('rsa', { modulusLength, publicExponent }));
  it.each([
    ['no key', 'RS256', 'hello', /no public key/],
    ['an empty text', 'RS256', '', /no public key/],
    ['a cut one', 'RS256', rsa(2048).slice(0, 200), /no public key/],
    ['a private key', 'EdDSA', secretPem, /private key/],
    ['a private key behind a public one', 'EdDSA', publicPem(ownPair) + secretPem, /private key/],
    ['RSA with 1,024 bits', 'RS256', rsa(1024), /2,048/],
    ['RSA with the exponent 3', 'RS256', rsa(2048, 3), /exponent/],
    ['RSA-PSS', 'RS256', publicPem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 })), /RSA key/],
    ['P-384', 'ES256', publicPem(generateKeyPairSync('ec', { namedCurve: 'P-384' })), /P-256/],
    ['secp256k1', 'ES256', publicPem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' })), /P-256/],
    ['Ed448', 'EdDSA', publicPem(generateKeyPairSync('ed448')), /Ed25519/],
    ['X25519', 'EdDSA', publicPem(generateKeyPairSync('x25519')), /Ed25519/],
    ['an RSA key for another algorithm', 'ES256', rsa(2048), /EC key/],
  ] as const)('that is %s (%s) is refused with the reason, and nothing changes', async (_, algorithm, pem, reason) => {
    const answer = await patch({ mode: 'off', public_key: { algorithm, pem } });
    expect(answer.body).toMatchObject({ status: 422, code: 'invalid_public_key', errors: [{ pointer: '/public_key/pem' }] });
    expect(answer.body['detail']).toMatch(reason);
    expect((await owner.call('GET', path)).body).toMatchObject({ mode: 'optional', public_key: null });
  });
});

describe('the rotation of the identity secret', () => {
  const secrets = async (): Promise<Record<string, unknown>> => (await owner.call('GET', '/api/v1/identity_secret')).body;
  const rotation = '/api/v1/identity_secret/rotation';

  it('makes a second one beside the first, which becomes the only one when it is finished', async () => {
    const before = await secrets();
    expect(before['next_identity_secret']).toBeNull();
    expect((await owner.call('POST', `${rotation}/finish`, {})).body).toMatchObject({ status: 409, code: 'no_rotation' });
    expect((await owner.call('DELETE', rotation)).body).toMatchObject({ status: 409, code: 'no_rotation' });
    server.pass(1000);
    const started = new Date(server.deps.now()).toISOString();
    expect((await owner.call('POST', rotation, {})).body).toMatchObject({ next_secret: { created_at: started, last_used_at: null } });
    const during = await secrets();
    expect(during['identity_secret']).toBe(before['identity_secret']);
    expect(during['next_identity_secret']).toMatch(/^[\w-]{43}$/);
    expect((await owner.call('POST', rotation, {})).body).toMatchObject({ status: 409, code: 'rotation_under_way' });
    expect(await secrets()).toEqual(during);
    server.pass(1000);
    expect((await owner.call('POST', `${rotation}/finish`, {})).body).toMatchObject({ secret: { created_at: started }, next_secret: null });
    expect(await secrets()).toEqual({ identity_secret: during['next_identity_secret'], next_identity_secret: null });
  });

  it('drops the second one, and the first stays', async () => {
    const before = await secrets();
    await owner.call('POST', rotation, {});
    expect((await owner.call('DELETE', rotation)).body).toMatchObject({ next_secret: null });
    expect(await secrets()).toEqual(before);
  });

  it('stands in the log, without a secret', async () => {
    const types = (await auditedTypes()).filter(([type]) => type !== 'identity.secret_shown');
    expect(types.slice(0, 4)).toEqual([
      ['identity.secret_retired', { slot: 'next', agent: expect.any(Number) }],
      ['identity.secret_rotated', { agent: expect.any(Number) }],
      ['identity.secret_retired', { slot: 'former', agent: expect.any(Number) }],
      ['identity.secret_rotated', { agent: expect.any(Number) }],
    ]);
  });
});
