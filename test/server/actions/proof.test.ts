// The proof of identity, as host apps make it and as others forge it.
import { createHash, createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode, Failure } from '../../../shared/errors.ts';
import type { VisitorBody } from '../../../shared/protocol.ts';
import { nextSecret, setProofStage } from '../../helpers/proof-stage.ts';
import { must } from '../../helpers/server.ts';
import { arrive, hmac, identitySecret, jwt } from '../../helpers/talk.ts';

const now = Date.UTC(2031, 5, 1, 12);
const { servers, identify } = setProofStage(now);
let secret: string;
beforeAll(() => void (secret = identitySecret(servers.optional)));
let people = 0;
const someone = (): string => `person-${++people}`;

const b64 = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const seconds = (ms: number): number => Math.floor(ms / 1000);

function refusedWith(reply: unknown, reason: RegExp, code: ErrorCode = 'identity_verification_failed'): void {
  expect(reply).toMatchObject({ ok: false, code, retryable: false });
  expect((reply as Failure).message).toMatch(reason);
}

describe('user_hash', () => {
  it('of the user_id verifies the person, in every mode', async () => {
    for (const mode of ['off', 'optional', 'required'] as const) {
      const id = someone();
      const reply = must(await identify({ user_id: id, user_hash: hmac(identitySecret(servers[mode]), id) }, mode));
      expect(reply, mode).toMatchObject({ type: 'user', verified: true });
    }
  });

  it('of a numeric id and in upper case hex verifies too', async () => {
    expect(must(await identify({ user_id: 4711, user_hash: hmac(secret, '4711').toUpperCase() })).verified).toBe(true);
  });

  it('of the email in lower case verifies who has no user_id', async () => {
    expect(must(await identify({ email: ' Mixed@Example.com ', user_hash: hmac(secret, 'mixed@example.com') })).verified).toBe(true);
  });

  it('of either secret slot verifies; of another workspace’s secret it does not', async () => {
    const [a, b, c] = [someone(), someone(), someone()];
    expect(must(await identify({ user_id: a, user_hash: hmac(secret, a) })).verified).toBe(true);
    expect(must(await identify({ user_id: b, user_hash: hmac(nextSecret, b) })).verified).toBe(true);
    refusedWith(await identify({ user_id: c, user_hash: hmac(identitySecret(servers.required), c) }), /identity secret of this workspace/);
  });

  const right = (): string => hmac(secret, 'wrong');
  it.each([
    ['of another id', () => hmac(secret, 'somebody else'), /identity secret/],
    ['with one digit changed', () => right().replace(/.$/, (d) => (d === '0' ? '1' : '0')), /identity secret/],
    ['as an array', () => [right()], /string, not an array/],
    ['as an object', () => ({ hash: right() }), /string, not object/],
    ['as a number', () => 5, /string, not number/],
    ['as true', () => true, /string, not boolean/],
    ['empty', () => '', /64 hex digits/],
    ['too short', () => right().slice(2), /64 hex digits/],
    ['too long', () => `${right()}00`, /64 hex digits/],
    ['in base64', () => createHmac('sha256', secret).update('wrong').digest('base64'), /64 hex digits/],
    ['by SHA-1', () => createHmac('sha1', secret).update('wrong').digest('hex'), /64 hex digits/],
    ['with white space', () => ` ${right()}`, /64 hex digits/],
  ])('%s is refused with the reason, in every mode, and never downgraded', async (_, hash, reason) => {
    for (const mode of ['off', 'optional', 'required'] as const)
      refusedWith(await identify({ user_id: 'wrong', user_hash: hash() }, mode), reason);
  });

  it('of the email does not vouch for a user_id given beside it', async () => {
    refusedWith(
      await identify({ user_id: someone(), email: 'a@example.com', user_hash: hmac(secret, 'a@example.com') }),
      /identity secret/,
    );
  });

  it('without anything to check it against is refused', async () => {
    refusedWith(await identify({ user_hash: hmac(secret, 'x') }), /without a user_id or email/);
  });
});

describe('user_jwt', () => {
  const exp = seconds(now) + 300;

  it('with user_id, a numeric one, or sub verifies the person it names', async () => {
    for (const claims of [{ user_id: someone() }, { user_id: 90_000 + people }, { sub: someone() }]) {
      expect(must(await identify({ user_jwt: await jwt(secret, claims, exp) })), JSON.stringify(claims)).toMatchObject({
        type: 'user',
        verified: true,
      });
    }
    expect(must(await identify({ user_jwt: await jwt(nextSecret, { user_id: someone() }, exp) })).verified).toBe(true);
  });

  it('its claims override what stands beside it', async () => {
    const visitor = await arrive(servers.optional);
    must(
      await visitor.send('identify', {
        email: 'beside@example.com',
        name: 'Beside',
        user_jwt: await jwt(secret, { user_id: someone(), email: 'In@Claims.example', name: 'Claims' }),
      }),
    );
    expect(must(await visitor.send('sync', {})).me).toMatchObject({ email: 'in@claims.example', name: 'Claims' });
    visitor.close();
  });

  it.each([
    ['null', null],
    ['empty', ''],
    ['blank', ' '],
  ])('vouches for no email, name or phone that stands beside it where its own is %s', async (_, nothing) => {
    const email = `beside-${_}@example.com`;
    const victim = await arrive(servers.optional);
    const { contact_id } = must(await victim.send('identify', { email, user_hash: hmac(secret, email) }));
    const thief = await arrive(servers.optional);
    const beside = { email, name: 'Beside', phone: '+4930123456' };
    const user_jwt = await jwt(secret, { user_id: someone(), email: nothing, name: nothing, phone: nothing });
    const reply = must(await thief.send('identify', { ...beside, user_jwt }));
    expect(reply.contact_id).not.toBe(contact_id);
    const { deps } = servers.optional;
    const rows = await deps.store
      .in('')
      .read((tx) =>
        tx.execute((db) =>
          db.selectFrom('contacts').select(['email', 'email_grade', 'name_grade', 'phone_grade']).where('id', '=', reply.contact_id),
        ),
      );
    // Null clears; what says nothing leaves room for what is only said.
    const claimed = { email, email_grade: 'claimed', name_grade: 'claimed', phone_grade: 'claimed' };
    expect(rows).toEqual([nothing === null ? { email: null, email_grade: null, name_grade: null, phone_grade: null } : claimed]);
    for (const client of [victim, thief]) client.close();
  });

  it.each([
    [-59, true],
    [59, true],
    [-61, false],
    [-3600, false],
  ])('that expires at %i s from now is taken: %s (60 s are forgiven)', async (offset, taken) => {
    const reply = await identify({ user_jwt: await jwt(secret, { user_id: someone() }, seconds(now) + offset) });
    if (taken) expect(must(reply).verified).toBe(true);
    else refusedWith(reply, /expired/, 'identity_token_expired');
  });

  it('that is not yet valid is refused', async () => {
    refusedWith(await identify({ user_jwt: await jwt(secret, { user_id: someone(), nbf: seconds(now) + 120 }) }), /nbf/);
  });

  it('with alg none, by whatever spelling, is refused', async () => {
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
      const body = `${b64({ alg, typ: 'JWT' })}.${b64({ user_id: someone() })}`;
      for (const signature of ['', '.', `.${hmac(secret, body)}`])
        refusedWith(await identify({ user_jwt: `${body}${signature}` }), /user_jwt/);
    }
  });

  it('signed with a key of its own choice, RS256, ES256 or HS512, is refused', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const head = `${b64({ alg: 'RS256', jwk: rsa.publicKey.export({ format: 'jwk' }) })}.${b64({ user_id: someone() })}`;
    refusedWith(
      await identify({ user_jwt: `${head}.${createSign('RSA-SHA256').update(head).sign(rsa.privateKey, 'base64url')}` }),
      /HS256/,
    );
    const long = `${b64({ alg: 'HS512' })}.${b64({ user_id: someone() })}`;
    refusedWith(await identify({ user_jwt: `${long}.${createHmac('sha512', secret).update(long).digest('base64url')}` }), /HS256/);
    const pem = rsa.publicKey.export({ format: 'pem', type: 'spki' }) as string;
    const confused = `${b64({ alg: 'HS256' })}.${b64({ user_id: someone() })}`;
    refusedWith(
      await identify({ user_jwt: `${confused}.${createHmac('sha256', pem).update(confused).digest('base64url')}` }),
      /identity secret/,
    );
  });

  it('with the right secret but a header that asks for something critical is refused', async () => {
    const head = `${b64({ alg: 'HS256', crit: ['b64'], b64: false })}.${b64({ user_id: someone() })}`;
    refusedWith(await identify({ user_jwt: `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}` }), /user_jwt/);
  });

  it.each([
    ['an array', ['x'], /string, not an array/],
    ['an object', { token: 'x' }, /string, not object/],
    ['a number', 1, /string, not number/],
    ['empty', '', /user_jwt/],
    ['no token', 'abc', /not a signed/],
    ['three dots', '...', /user_jwt/],
    ['longer than 8,192 characters', 'a'.repeat(9000), /8,192/],
  ])('%s is refused with the reason', async (_, token, reason) => {
    refusedWith(await identify({ user_id: someone(), user_jwt: token }), reason);
  });

  it('without user_id, for another user_id, or with claims of a wrong type is refused', async () => {
    refusedWith(await identify({ user_jwt: await jwt(secret, { email: 'a@example.com' }) }), /needs the claim user_id/);
    refusedWith(await identify({ user_id: 'other', user_jwt: await jwt(secret, { user_id: someone() }) }), /another user_id/);
    refusedWith(await identify({ user_jwt: await jwt(secret, { user_id: { a: 1 } }) }), /wrong type/);
    refusedWith(
      await identify({ user_jwt: await jwt(secret, { user_id: someone(), email: 5, company: true }) }),
      /wrong type: email, company$/,
    );
  });

  it('that is wrong is refused though a right user_hash stands beside it', async () => {
    const id = someone();
    refusedWith(
      await identify({ user_id: id, user_hash: hmac(secret, id), user_jwt: await jwt('another secret', { user_id: id }) }),
      /identity secret/,
    );
  });

  it('whose id is a number that JSON does not hold to the last digit, or has white space around it, would be two people’s: refused', async () => {
    const numeric = async (digits: string): Promise<void> => {
      const head = `${b64({ alg: 'HS256' })}.${b64(`{"user_id":${digits}}`)}`;
      const user_jwt = `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
      refusedWith(await identify({ user_jwt }), /user_id is no whole number below 2\^53.*as a text/);
    };
    for (const digits of ['9007199254740993', '9007199254740992', '1304182137598017567', '-9007199254740993', '4.5', '1e21'])
      await numeric(digits);
    expect(must(await identify({ user_jwt: await jwt(secret, { user_id: Number.MAX_SAFE_INTEGER }) })).verified).toBe(true);
    for (const id of ['ada ', ' ada', 'ada\u00a0', '\ufeffada', 'ada\n'])
      for (const claims of [{ user_id: id }, { sub: id }])
        refusedWith(await identify({ user_jwt: await jwt(secret, claims) }), /white space around/);
  });

  it('that expires in milliseconds would live for ever, and is refused', async () => {
    for (const time of [now + 300_000, 1e13, Number.MAX_SAFE_INTEGER])
      refusedWith(await identify({ user_jwt: await jwt(secret, { user_id: someone() }, time) }), /exp .*milliseconds/);
    const head = `${b64({ alg: 'HS256' })}.${b64(`{"user_id":"${someone()}","exp":1e400}`)}`;
    refusedWith(
      await identify({ user_jwt: `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}` }),
      /exp .*milliseconds/,
    );
    // How some languages write “never”: the end of the year 9999.
    expect(must(await identify({ user_jwt: await jwt(secret, { user_id: someone() }, 253_402_300_799) })).verified).toBe(true);
  });

  it('that names a junk id is refused', async () => {
    for (const user_id of ['undefined', 'null', '0', '']) {
      expect(await identify({ user_jwt: await jwt(secret, { user_id }) }), user_id).toMatchObject({ ok: false, code: 'invalid_identity' });
    }
  });
});

describe('in development, mode off,', () => {
  const [id, email] = ['4711', 'ada@example.com'];
  const plain = (name: string, text: string): string => createHash(name).update(text).digest('hex');
  const theirs = (): string => identitySecret(servers.off);
  const mistakes: [string, (key: string) => VisitorBody<'identify'> | Promise<VisitorBody<'identify'>>, RegExp][] = [
    ['the hash of the email', (key) => ({ user_id: id, email, user_hash: hmac(key, email) }), /that of the email/],
    ['a line break that was signed', (key) => ({ user_id: id, user_hash: hmac(key, `${id}\n`) }), /echo -n/],
    ['a line break in the secret', (key) => ({ user_id: id, user_hash: hmac(`${key}\n`, id) }), /trim it/],
    ['a decoded secret', (key) => ({ user_id: id, user_hash: decodedHmac(key, id) }), /decoded from base64/],
    ['key and text swapped', (key) => ({ user_id: id, user_hash: hmac(id, key) }), /swapped/],
    ['no secret at all', () => ({ user_id: id, user_hash: plain('sha256', id) }), /plain SHA-256/],
    ['no HMAC', (key) => ({ user_id: id, user_hash: plain('sha256', key + id) }), /use HMAC/],
    ['no HMAC, the other way', (key) => ({ user_id: id, user_hash: plain('sha256', id + key) }), /use HMAC/],
    ['base64', (key) => ({ user_id: id, user_hash: createHmac('sha256', key).update(id).digest('base64') }), /write it in hex/],
    ['base64url', (key) => ({ user_id: id, user_hash: createHmac('sha256', key).update(id).digest('base64url') }), /write it in hex/],
    ['a token by the decoded secret', (key) => decodedJwt(key), /decoded from base64/],
    ['a token by a secret with a line break', async (key) => ({ user_jwt: await jwt(`${key}\n`, { user_id: id }) }), /trim it/],
  ];
  const decodedHmac = (key: string, text: string): string => createHmac('sha256', Buffer.from(key, 'base64url')).update(text).digest('hex');
  const decodedJwt = (key: string): VisitorBody<'identify'> => {
    const head = `${b64({ alg: 'HS256' })}.${b64({ user_id: id })}`;
    return { user_jwt: `${head}.${createHmac('sha256', Buffer.from(key, 'base64url')).update(head).digest('base64url')}` };
  };

  it.each(mistakes)('%s is told as the likely mistake, and only there', async (_, make, hint) => {
    refusedWith(await identify(await make(theirs()), 'off'), hint);
    const reply = (await identify(await make(secret), 'optional')) as Failure;
    refusedWith(reply, /^user_(hash|jwt) /);
    expect(reply.message).not.toMatch(hint);
    // Of another workspace's secret nothing is guessed.
    if (make.length > 0) expect(((await identify(await make(secret), 'off')) as Failure).message).not.toMatch(hint);
  });
});

describe('without a proof', () => {
  it.each([
    ['off', true],
    ['optional', true],
    ['required', false],
  ] as const)('in mode %s an identify call is taken: %s', async (mode, taken) => {
    const reply = await identify({ user_id: someone() }, mode);
    if (taken) expect(must(reply)).toMatchObject({ type: 'user', verified: false });
    else refusedWith(reply, /wants a proof/);
  });

  it('null as proof counts as none', async () => {
    expect(must(await identify({ user_id: someone(), user_hash: null, user_jwt: null })).verified).toBe(false);
    refusedWith(await identify({ user_id: someone(), user_hash: null }, 'required'), /wants a proof/);
  });

  it('mode required blocks no visitor and no lead', async () => {
    const visitor = await arrive(servers.required);
    must(await visitor.send('message.send', { cid: 'required-1', text: 'my email is lead@example.com' }));
    expect(must(await visitor.send('sync', {})).me.type).toBe('lead');
    visitor.close();
  });

  it.each(['', ' ', 'undefined', 'null', 'NaN', '[object Object]', 'true', 'false', 'none', 'anonymous', 'guest', '0', '-1', 0, -1])(
    'the junk id %j is refused, with and without a proof',
    async (user_id) => {
      for (const more of [{}, { user_hash: hmac(secret, String(user_id)) }]) {
        expect(await identify({ user_id, ...more })).toMatchObject({ ok: false, code: 'invalid_identity', retryable: false });
      }
    },
  );

  it('a number that has lost digits on its way is nobody’s id', async () => {
    for (const user_id of [2 ** 53, Number('1304182137598017567'), 1e21, 4.5]) {
      const reply = await identify({ user_id });
      expect(reply, String(user_id)).toMatchObject({ ok: false, code: 'invalid_identity' });
      expect((reply as Failure).message).toMatch(/as a text/);
    }
    expect(must(await identify({ user_id: Number.MAX_SAFE_INTEGER })).verified).toBe(false);
  });

  it('nobody is named, or by something that is no email: refused with the reason', async () => {
    expect(await identify({})).toMatchObject({ code: 'invalid_identity' });
    expect(await identify({ name: 'Ada' })).toMatchObject({ code: 'invalid_identity' });
    for (const email of ['nonsense', 'a@', 'a b@example.com'])
      expect(await identify({ email })).toMatchObject({ code: 'invalid_identity' });
    expect(await identify({ user_id: 'x'.repeat(201) })).toMatchObject({ code: 'invalid_identity' });
  });
});
