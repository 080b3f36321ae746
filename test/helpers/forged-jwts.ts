// Forged tokens: each family makes its attempts from what an attacker may have, who never has the key itself.
import { createHash, createPublicKey, createSign, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { KeyAlgorithm } from '../../shared/api.ts';
import { outOfTime, wrongClaims } from './forged-claims.ts';
import {
  b64,
  bitFlips,
  byHmac,
  byPair,
  claims,
  createRandom,
  foreign,
  hmac,
  notStrings,
  pairs,
  pemOf,
  rightJwt,
  signerOf,
  token,
  victim,
} from './forged-keys.ts';
import type { Attempt, Given, Keys } from './forged-keys.ts';

/** Every way to write `none` in capitals and not. */
const nones = Array.from({ length: 16 }, (_, bits) => [...'none'].map((c, i) => ((bits >> i) & 1 ? c.toUpperCase() : c)).join(''));

export function forgedJwts(keys: Keys, stranger: { secret: string; ownKey: Uint8Array }): Attempt[] {
  const of = (family: string, tokens: readonly unknown[], more: Partial<Given> = {}): Attempt[] =>
    tokens.map((userJwt) => ({ family, userId: null, email: null, ...more, userJwt }));
  const right = rightJwt(keys);
  const [head = '', body = '', signature = ''] = right.split('.');
  const other = rightJwt(keys, { ...claims, user_id: 'mallory', email: 'mallory@example.com' });
  const [, otherBody = '', otherSignature = ''] = other.split('.');
  const bits = (part: string): string[] => bitFlips(Buffer.from(part, 'base64url')).map((b) => b.toString('base64url'));
  const random = createRandom(11);
  const guessed = (length: number): Buffer => Buffer.from(Array.from({ length }, () => random(256)));
  const size = Buffer.from(signature, 'base64url').length;
  const strangers: Keys = {
    ...keys,
    secrets: [stranger.secret, stranger.secret],
    pair: keys.algorithm === 'HS256' ? null : foreign[keys.algorithm],
  };
  return [
    ...of('jwt: no string', notStrings(right)),
    ...of('jwt: no token', [
      '',
      ' ',
      '.',
      '..',
      '...',
      'a.b.c',
      'null',
      '{}',
      victim,
      head,
      `${head}.`,
      `${head}.${body}`,
      `${head}.${body}.`,
      `.${body}.${signature}`,
      `..${signature}`,
      `Bearer ${right}`,
      ` ${right}`,
      `${right} `,
      `${right}\n`,
      `${right}.`,
      `.${right}`,
      `${right}.${signature}`,
      `${right}.a.b`,
      `"${right}"`,
      `${right}=`,
      `${head}=.${body}=.${signature}=`,
      right.replace('.', '%2E'),
      right.replaceAll('.', ' '),
      'a'.repeat(8193),
      '.'.repeat(8000),
    ]),
    ...of(
      'jwt: cut',
      Array.from({ length: right.length }, (_, i) => right.slice(0, i)).concat(Array.from({ length: 60 }, (_, i) => right.slice(i + 1))),
    ),
    ...of(
      'jwt: longer',
      [...'AQgw0-_'].flatMap((c) => [1, 2, 3, 4].map((n) => right + c.repeat(n))),
    ),
    ...of(
      'jwt: one bit of the header turned',
      bits(head).map((part) => `${part}.${body}.${signature}`),
    ),
    ...of(
      'jwt: one bit of the payload turned',
      bits(body).map((part) => `${head}.${part}.${signature}`),
    ),
    ...of(
      'jwt: one bit of the signature turned',
      bits(signature).map((part) => `${head}.${body}.${part}`),
    ),
    // The last letter of base64 has bits that mean nothing: another letter decodes to the same bytes.
    ...of(
      'jwt: the same bytes in other letters',
      [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
        .filter((c) => c !== signature.at(-1))
        .map((c) => right.slice(0, -1) + c),
    ),
    ...of('jwt: parts of two', [
      `${head}.${otherBody}.${signature}`,
      `${head}.${body}.${otherSignature}`,
      `${body}.${head}.${signature}`,
      `${head}.${signature}.${body}`,
    ]),
    ...of(
      'jwt: a guessed signature',
      Array.from({ length: 400 }, () => `${head}.${body}.${b64(guessed(size))}`),
    ),
    ...of(
      'jwt: a trivial signature',
      [0, 1, 31, 32, 63, 64, 65, 255, 256, 257, size].flatMap((n) =>
        [0, 1, 255].map((fill) => `${head}.${body}.${b64(Buffer.alloc(n, fill))}`),
      ),
    ),
    ...of(
      'jwt: alg none',
      nones.flatMap((alg) =>
        [{ alg }, { alg, typ: 'JWT' }, { typ: 'JWT', alg, kid: '1' }].flatMap((header) => unsigned(header, signature)),
      ),
    ),
    ...of(
      'jwt: no such alg',
      [
        '',
        ' ',
        'HS256 ',
        'hs256',
        'Hs256',
        'HS-256',
        'SHA256',
        'HMAC',
        'none\0',
        'None,HS256',
        'HS1',
        'rs256',
        '*',
        null,
        true,
        0,
        ['HS256'],
        ['none'],
        { alg: 'HS256' },
      ].flatMap((alg) => [token({ alg }, claims, byHmac(keys.secrets[0])), ...unsigned({ alg }, signature)]),
    ),
    ...of('jwt: without alg', [
      token({}, claims, signerOf(keys)),
      token({ typ: 'JWT' }, claims, signerOf(keys)),
      token([], claims, signerOf(keys)),
      token('HS256', claims, signerOf(keys)),
      token(null, claims, signerOf(keys)),
    ]),
    ...of('jwt: another alg, rightly signed by it', otherAlgorithms(keys)),
    ...of(
      'jwt: keyed with what is public',
      [...Object.values(pairs), ...Object.values(foreign)]
        .flatMap(({ publicKey }) => publicForms(publicKey))
        .flatMap((key) => ['HS256', 'HS384', 'HS512'].map((alg) => token({ alg, typ: 'JWT' }, claims, byHmac(key, `sha${alg.slice(2)}`)))),
    ),
    ...of(
      'jwt: keyed with a guess',
      [
        '',
        ' ',
        'secret',
        'your-256-bit-secret',
        'changeme',
        'null',
        '0'.repeat(32),
        keys.secrets[0].slice(1),
        `${keys.secrets[0]}\n`,
        keys.secrets[0].toLowerCase(),
        b64(keys.secrets[0]),
        Buffer.alloc(32),
        Buffer.from(keys.secrets[0], 'base64url'),
        createHash('sha256').update(keys.secrets[0]).digest(),
        victim,
      ].map((key) => token({ alg: 'HS256', typ: 'JWT' }, claims, byHmac(key))),
    ),
    ...of('jwt: of another workspace', [
      rightJwt(strangers),
      token({ alg: 'HS256', typ: 'JWT' }, claims, byHmac(stranger.secret)),
      token({ alg: 'HS256', typ: 'JWT' }, claims, byHmac(stranger.ownKey)),
    ]),
    ...of(
      'jwt: by a foreign key',
      (['RS256', 'ES256', 'EdDSA'] as const).flatMap((alg) =>
        keyTricks(alg).map((header) => token({ alg, typ: 'JWT', ...header }, claims, byPair[alg](foreign[alg].privateKey))),
      ),
    ),
    ...of(
      'jwt: a header that brings its key',
      (['RS256', 'ES256', 'EdDSA'] as const).flatMap((alg) =>
        keyTricks(alg).flatMap((header) => [
          token({ alg: 'HS256', ...header }, claims, byHmac('')),
          token({ alg: keys.algorithm, ...header }, claims, signerOf(strangers)),
        ]),
      ),
    ),
    ...of(
      'jwt: a critical header',
      [['b64'], ['exp'], ['x'], [], ['alg'], ['http://example.com/UNDEFINED'], 'b64', null, [''], [1]].flatMap((crit) => [
        rightJwt(keys, claims, { crit, b64: false }),
        rightJwt(keys, claims, { crit }),
      ]),
    ),
    ...of('jwt: an unencoded payload', [
      rightJwt(keys, claims, { b64: false, crit: ['b64'] }),
      rightJwt(keys, JSON.stringify(claims), { crit: ['b64'], b64: false }),
    ]),
    ...outOfTime(keys),
    ...wrongClaims(keys),
  ];
}

/** Without a signature, and with one that signs nothing. */
function unsigned(header: unknown, signature: string): string[] {
  const text = `${b64(header)}.${b64(claims)}`;
  return [text, `${text}.`, `${text}..`, `${text}.${signature}`, `${text}.${b64('none')}`, `${text}.${hmac('', text)}`];
}

const publicForms = (key: KeyObject): (string | Buffer)[] => {
  const pem = pemOf(key);
  const der = key.export({ type: 'spki', format: 'der' });
  const jwk = key.export({ format: 'jwk' });
  const parts = Object.values(jwk).filter((part) => typeof part === 'string');
  return [
    pem,
    pem.trim(),
    `${pem}\n`,
    pem.replaceAll('\n', '\r\n'),
    pem.replaceAll('\n', ''),
    pem.split('\n').slice(1, -2).join(''),
    der,
    der.toString('base64'),
    der.toString('hex'),
    JSON.stringify(jwk),
    ...parts,
    ...parts.map((part) => Buffer.from(part, 'base64url')),
  ];
};

/** Signed by the host's own key, but with another algorithm than the settings say. */
function otherAlgorithms(keys: Keys): string[] {
  const [secret] = keys.secrets;
  const all = [
    ...['HS384', 'HS512'].map((alg) => token({ alg, typ: 'JWT' }, claims, byHmac(secret, `sha${alg.slice(2)}`))),
    ...(['RS256', 'ES256', 'EdDSA'] as const)
      .filter((alg) => alg !== keys.algorithm)
      .map((alg) => token({ alg, typ: 'JWT' }, claims, byPair[alg](pairs[alg].privateKey))),
    ...['RS384', 'RS512'].map((alg) =>
      token({ alg }, claims, (text) =>
        createSign(`RSA-SHA${alg.slice(2)}`)
          .update(text)
          .sign(pairs.RS256.privateKey),
      ),
    ),
    ...['PS256', 'RS256'].map((alg) =>
      token({ alg }, claims, (text) => sign('sha256', Buffer.from(text), { key: pairs.RS256.privateKey, padding: 6, saltLength: 32 })),
    ),
    // As OpenSSL writes it, where JWT wants r and s in a row.
    token({ alg: 'ES256' }, claims, (text) => sign('sha256', Buffer.from(text), pairs.ES256.privateKey)),
    ...['HS256', 'HS384', 'none'].map((alg) => token({ alg }, claims, byPair.RS256(pairs.RS256.privateKey))),
  ];
  // Where the host has a key of its own, its secret no longer signs tokens.
  return keys.algorithm === 'HS256' ? all : [...all, ...keys.secrets.map((s) => token({ alg: 'HS256', typ: 'JWT' }, claims, byHmac(s)))];
}

const keyTricks = (alg: KeyAlgorithm): object[] => {
  const jwk = createPublicKey(pemOf(foreign[alg].publicKey)).export({ format: 'jwk' });
  const x5c = [foreign[alg].publicKey.export({ type: 'spki', format: 'der' }).toString('base64')];
  const kids = [
    '1',
    '',
    '../../../../dev/null',
    '/dev/null',
    'file:///etc/passwd',
    "' OR '1'='1",
    "x' UNION SELECT ''--",
    '$(id)',
    '__proto__',
    'constructor',
    0,
    null,
    [],
    {},
  ];
  return [
    {},
    { jwk },
    { jwk, kid: 'x' },
    { x5c },
    { x5t: 'x', x5c },
    { jku: 'https://evil.example/jwks.json' },
    { x5u: 'https://evil.example/cert.pem' },
    { jku: 'http://127.0.0.1/jwks.json', kid: 'x' },
    ...kids.map((kid) => ({ kid })),
  ];
};
