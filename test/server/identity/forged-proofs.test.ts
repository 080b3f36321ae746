// Thousands of forged proofs, and not one is taken; beside them true ones of every kind, which are. Some go through a real socket to a
// real server, in every mode, where a refusal must leave no trace.
import { afterEach, describe, expect, it } from 'vitest';
import type { IdentityMode } from '../../../shared/api.ts';
import { checkProof, ownTokenKey } from '../../../server/identity.ts';
import type { ProofResult } from '../../../server/identity.ts';
import { forgedHashes } from '../../helpers/forged-hashes.ts';
import { forgedJwts } from '../../helpers/forged-jwts.ts';
import { claims, createRandom, hmac, nowMs, pairs, pemOf, rightJwt, seconds, victim, victimEmail } from '../../helpers/forged-keys.ts';
import type { Attempt, Given, Keys } from '../../helpers/forged-keys.ts';
import { must, startServer } from '../../helpers/server.ts';
import type { TestServer } from '../../helpers/server.ts';
import { arrive, identitySecret, say } from '../../helpers/talk.ts';

const secrets = ['aB3-the-first-identity-secret-of-the-workspace', 'cD4-the-second-identity-secret-of-the-workspace'] as const;
const secretKey = new Uint8Array(32).fill(9);
const ownKey = ownTokenKey(secretKey, 'main');
const stranger = { secret: 'eF5-the-identity-secret-of-another-workspace', ownKey: ownTokenKey(secretKey, 'other') };
const algorithms = ['HS256', 'RS256', 'ES256', 'EdDSA'] as const;
const keysOf = (algorithm: Keys['algorithm']): Keys => ({
  algorithm,
  secrets,
  ownKey,
  pair: algorithm === 'HS256' ? null : pairs[algorithm],
});

const check = (keys: Keys, given: Partial<Given>): Promise<ProofResult> =>
  checkProof({
    userId: null,
    email: null,
    userHash: undefined,
    userJwt: undefined,
    nowMs,
    ...given,
    secrets: keys.secrets,
    ownKey: keys.ownKey,
    publicKey: keys.algorithm === 'HS256' || !keys.pair ? null : { algorithm: keys.algorithm, pem: pemOf(keys.pair.publicKey) },
  });

const codes = ['identity_verification_failed', 'identity_token_expired'];
const families = new Map<string, number>();

describe.each(algorithms)('with user_jwt by %s', (algorithm) => {
  const keys = keysOf(algorithm);
  const own = { ...keys, algorithm: 'HS256' as const, secrets: [ownKey, ownKey] as never };

  it('true proofs of every kind are taken', async () => {
    const true_: [string, Partial<Given>, string | null][] = [
      ...secrets.map((secret, i): [string, Partial<Given>, string] => [
        `slot ${i}`,
        { userId: victim, userHash: hmac(secret, victim) },
        victim,
      ]),
      ['in capitals', { userId: victim, userHash: hmac(secrets[0], victim).toUpperCase() }, victim],
      ['of the email', { email: victimEmail, userHash: hmac(secrets[0], victimEmail) }, null],
      ['jwt', { userJwt: rightJwt(keys) }, victim],
      ['jwt and its id', { userId: victim, userJwt: rightJwt(keys) }, victim],
      ['sub', { userJwt: rightJwt(keys, { sub: victim }) }, victim],
      ['a numeric id', { userId: '4711', userJwt: rightJwt(keys, { user_id: 4711 }) }, '4711'],
      ['kid', { userJwt: rightJwt(keys, claims, { kid: 'key-1' }) }, victim],
      ['60 s late', { userJwt: rightJwt(keys, { ...claims, exp: seconds - 59 }) }, victim],
      ['60 s early', { userJwt: rightJwt(keys, { ...claims, nbf: seconds + 60, iat: seconds + 60 }) }, victim],
      ['both', { userId: victim, userHash: hmac(secrets[1], victim), userJwt: rightJwt(keys) }, victim],
      ['our own', { userJwt: rightJwt(own) }, victim],
    ];
    for (const [name, given, userId] of true_)
      expect(await check(keys, given), name).toMatchObject({ ok: true, proof: { verified: true, userId } });
  });

  it('forged ones of every family are refused, each with a code and a reason that gives no secret away', async () => {
    const attempts: Attempt[] = [...forgedHashes(keys, stranger.secret), ...forgedJwts(keys, stranger)];
    const taken: unknown[] = [];
    for (const { family, ...given } of attempts) {
      families.set(family, (families.get(family) ?? 0) + 1);
      const result = await check(keys, given);
      if (result.ok) taken.push({ family, ...given });
      else if (!codes.includes(result.code) || !/^user_(hash|jwt)\b.{20,}/.test(result.reason)) taken.push({ family, result });
      else if (result.reason.includes(hmac(secrets[0], victim)) || secrets.some((s) => result.reason.includes(s)))
        taken.push({ family, result });
      // Told apart, so that a page asks for a fresh one; and told of nothing else.
      else if ((result.code === 'identity_token_expired') !== (family === 'jwt: expired')) taken.push({ family, result });
    }
    expect(taken).toEqual([]);
  });
});

describe('the forgeries', () => {
  it('were many, of many families, and none of these was empty', () => {
    const total = [...families.values()].reduce((sum, n) => sum + n, 0);
    expect(families.size).toBeGreaterThanOrEqual(40);
    expect(Math.min(...families.values())).toBeGreaterThan(0);
    expect(total).toBeGreaterThanOrEqual(17_000);
  });

  it('would be seen if the check were the one that libraries’ users write: by whatever algorithm the header names', async () => {
    // Key confusion, told by the token itself: the public key as a secret.
    const { jwtVerify } = await import('jose');
    const pem = pemOf(pairs.RS256.publicKey);
    const confused = forgedJwts(keysOf('RS256'), stranger).filter(({ family }) => family === 'jwt: keyed with what is public');
    const fooled: unknown[] = [];
    for (const { userJwt } of confused)
      await jwtVerify(String(userJwt), new TextEncoder().encode(pem), { currentDate: new Date(nowMs) }).then(
        () => fooled.push(userJwt),
        () => {},
      );
    expect(fooled.length).toBeGreaterThan(0);
  });
});

describe('through a socket', () => {
  const servers: TestServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  const tables = [
    'contacts',
    'sessions',
    'conversations',
    'messages',
    'events',
    'contact_merges',
    'contact_duplicates',
    'jobs',
    'workspaces',
    'feed_heads',
  ] as const;
  const stored = async ({ deps }: TestServer): Promise<Record<string, unknown[]>> => {
    const rows: Record<string, unknown[]> = {};
    for (const table of tables)
      rows[table] = (await deps.store.in('').read((tx) => tx.execute((db) => db.selectFrom(table).selectAll())))
        .map((row) => JSON.stringify(row))
        .toSorted();
    return rows;
  };

  it.each(
    (['off', 'optional', 'required'] as const).flatMap((mode) =>
      algorithms.map((algorithm): [IdentityMode, Keys['algorithm']] => [mode, algorithm]),
    ),
  )('in mode %s with %s a forged proof changes nothing that is stored, and shows nothing of the victim', async (mode, algorithm) => {
    const pair = algorithm === 'HS256' ? null : pairs[algorithm];
    const identityKey = pair && algorithm !== 'HS256' ? { algorithm, pem: pemOf(pair.publicKey) } : null;
    const server = await startServer({ settings: { bot: 'off', identityKey }, identityMode: mode, now: () => nowMs });
    servers.push(server);
    const { deps, workspace } = server;
    const mine: Keys = {
      algorithm,
      secrets: [identitySecret(server), identitySecret(server)],
      pair,
      ownKey: ownTokenKey(deps.secretKey, workspace.id),
    };
    const host = await arrive(server);
    must(await host.send('identify', { user_jwt: rightJwt(mine) }));
    await say(host, 'what only the victim may read');
    const lead = await arrive(server);
    await say(lead, 'I am mallory@example.com');
    const nobody = await arrive(server);

    const random = createRandom(mode.length * 31 + algorithm.length);
    const all = [...forgedHashes(mine, stranger.secret), ...forgedJwts(mine, stranger)].filter(fitsTheWire);
    const byFamily = grouped(all);
    const some = [...byFamily.values()].flatMap((list) =>
      Array.from({ length: Math.min(3, list.length) }, () => list[random(list.length)] as Attempt),
    );
    expect(some.length).toBeGreaterThan(100);
    // The use of the secret by the victim's true proof is noted beside.
    await expect.poll(async () => (await usedAt(server)) !== null).toBe(algorithm === 'HS256');
    // Jobs of what was said and proved before have run.
    await expect.poll(async () => (await stored(server))['jobs']).toEqual([]);
    const before = await stored(server);
    for (const { family, userId, email, userHash, userJwt } of some) {
      const said = {
        ...(userId !== null && { user_id: userId }),
        ...(email !== null && { email }),
        name: 'Mallory',
        custom_attributes: { plan: 'stolen' },
      };
      for (const visitor of [nobody, lead]) {
        const reply = await visitor.send('identify', { ...said, user_hash: userHash, user_jwt: userJwt });
        expect(reply, family).toMatchObject({
          ok: false,
          code: expect.stringMatching(/^(identity_verification_failed|identity_token_expired|invalid_identity)$/),
        });
        expect((reply as { message: string }).message.length, family).toBeGreaterThan(20);
      }
    }
    expect(await stored(server)).toEqual(before);
    for (const visitor of [nobody, lead]) expect(JSON.stringify(must(await visitor.send('sync', {})))).not.toMatch(/victim/i);
    expect(must(await host.send('sync', {})).me).toMatchObject({ verified: true, email: victimEmail });
    // And the same socket is let in by a true one.
    expect(must(await lead.send('identify', { user_jwt: rightJwt(mine, { user_id: 'mallory' }) })).verified).toBe(true);
    for (const client of [host, lead, nobody]) client.close();
  });

  const usedAt = async ({ deps, workspace }: TestServer): Promise<number | null> => {
    const rows = await deps.store
      .in(workspace.id)
      .read((tx) => tx.execute((db) => db.selectFrom('workspaces').select('identity_secret_used_at as at')));
    return rows[0]?.at ?? null;
  };
});

/** What the schema of the command takes: other things are refused before any proof is looked at. */
const fitsTheWire = ({ userId, email, userHash }: Attempt): boolean =>
  !String(userId ?? '').includes('\0') && (userId !== null || email !== null || userHash === undefined) && !Buffer.isBuffer(userHash);

function grouped(all: readonly Attempt[]): Map<string, Attempt[]> {
  const map = new Map<string, Attempt[]>();
  for (const attempt of all) map.set(attempt.family, [...(map.get(attempt.family) ?? []), attempt]);
  return map;
}
