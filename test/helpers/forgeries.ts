// Proofs as they are forged: each family makes its attempts from what an attacker may have, who never has the key itself.
import { createHash, createHmac, createPublicKey, createSign, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { KeyAlgorithm } from '../../shared/api.ts';
import type { ProofInput } from '../../server/identity.ts';

/** A workspace's keys, and how its host signs. */
export interface Keys {
  algorithm: 'HS256' | KeyAlgorithm;
  secrets: readonly [string, string];
  pair: { publicKey: KeyObject; privateKey: KeyObject } | null;
  ownKey: Uint8Array;
}

export type Given = Pick<ProofInput, 'userId' | 'email' | 'userHash' | 'userJwt'>;
export type Attempt = Partial<Given> & { family: string };

export const nowMs = Date.UTC(2031, 5, 1, 12);
export const seconds = Math.floor(nowMs / 1000);
export const victim = 'victim-4711';
export const victimEmail = 'victim@example.com';

export const pairs = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
};
const foreign = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
};

export const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }) as string;
export const hmac = (secret: string | Uint8Array, text: string): string => createHmac('sha256', secret).update(text).digest('hex');

/** The same numbers every time, so that what fails fails again. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const b64 = (value: unknown): string =>
  (Buffer.isBuffer(value) ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))).toString('base64url');

export const claims = { user_id: victim, email: victimEmail, name: 'Vera', iat: seconds, exp: seconds + 300 };

type Sign = (text: string) => Buffer;
const byHmac =
  (key: string | Uint8Array, hash = 'sha256'): Sign =>
  (text) =>
    createHmac(hash, key).update(text).digest();
const byPair: Record<KeyAlgorithm, (key: KeyObject) => Sign> = {
  RS256: (key) => (text) => createSign('RSA-SHA256').update(text).sign(key),
  ES256: (key) => (text) => sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }),
  EdDSA: (key) => (text) => sign(null, Buffer.from(text), key),
};

export function token(header: unknown, payload: unknown, signer: Sign): string {
  const text = `${b64(header)}.${b64(payload)}`;
  return `${text}.${signer(text).toString('base64url')}`;
}

export const signerOf = (keys: Keys): Sign =>
  keys.algorithm === 'HS256' ? byHmac(keys.secrets[0]) : byPair[keys.algorithm]((keys.pair as { privateKey: KeyObject }).privateKey);

/** As the host signs it. */
export const rightJwt = (keys: Keys, payload: unknown = claims, header: object = {}): string =>
  token({ alg: keys.algorithm, typ: 'JWT', ...header }, payload, signerOf(keys));

const notStrings = (right: string): unknown[] => [
  [],
  [right],
  [[right]],
  [right, right],
  {},
  { 0: right },
  { hash: right },
  { toString: right },
  { length: 64 },
  { __proto__: null },
  0,
  1,
  -1,
  1e308,
  Number.NaN,
  true,
  false,
  Buffer.from(right),
  new Date(nowMs),
];

/** Of a text, with each of its bytes' bits turned over once. */
const bitFlips = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return copy;
  });

/** Ids and addresses that look like the victim's to people or to careless code. */
const lookalikes = [
  'VICTIM-4711',
  'Victim-4711',
  ' victim-4711',
  'victim-4711 ',
  'victim-4711\n',
  'victim-4711\0',
  'victim\u20104711',
  'vıctim-4711',
  'victim-47110',
  'victim-471',
  'victim',
  '4711',
  '',
  victimEmail,
  'VICTIM@EXAMPLE.COM',
  'admin',
  '*',
  '%',
  'null',
  'undefined',
];

export function forgedHashes(keys: Keys, strangerSecret: string): Attempt[] {
  const [secret] = keys.secrets;
  const right = hmac(secret, victim);
  const random = createRandom(7);
  const of = (family: string, hashes: readonly unknown[], more: Partial<Given> = {}): Attempt[] =>
    hashes.map((userHash) => ({ family, userId: victim, ...more, userHash }));
  const wrongKeys = [
    strangerSecret,
    '',
    ' ',
    secret.slice(1),
    secret.slice(0, -1),
    `${secret} `,
    `${secret}\n`,
    secret.toUpperCase(),
    secret.toLowerCase(),
    `"${secret}"`,
    hmac(secret, ''),
    'app_1',
    'secret',
    'changeme',
  ];
  const digest = (name: string, text: string): string => createHash(name).update(text).digest('hex');
  return [
    ...of('hash: no string', notStrings(right)),
    ...of('hash: empty or blank', ['', ' ', '\n', '\0', ' '.repeat(64), '0'.repeat(64), 'f'.repeat(64), 'g'.repeat(64), '０'.repeat(64)]),
    ...of(
      'hash: wrong length',
      Array.from({ length: 64 }, (_, i) => right.slice(0, i)).concat(Array.from({ length: 64 }, (_, i) => right + '0'.repeat(i + 1))),
    ),
    ...of('hash: around the right one', [
      ` ${right}`,
      `${right} `,
      `${right}\n`,
      `0x${right}`,
      `sha256=${right}`,
      `"${right}"`,
      `${right}\0`,
      right + right,
    ]),
    ...of(
      'hash: one bit turned',
      bitFlips(Buffer.from(right, 'hex')).map((b) => b.toString('hex')),
    ),
    ...of(
      'hash: another key',
      wrongKeys.map((key) => hmac(key, victim)),
    ),
    ...of(
      'hash: of somebody else',
      lookalikes.map((id) => hmac(secret, id)),
    ),
    ...lookalikes
      .filter((id) => id.trim() !== victim && id !== victimEmail)
      .map((userId) => ({ family: 'hash: shown by somebody else', userId, userHash: right })),
    ...of('hash: of the email, beside an id', [hmac(secret, victimEmail)], { email: victimEmail }),
    ...of('hash: of the id, beside an email alone', [right], { userId: null, email: victimEmail }),
    ...['other@example.com', 'victim@example.co', 'victim@example.com.evil.example', 'victim+1@example.com'].map((email) => ({
      family: 'hash: of another email',
      userId: null,
      email,
      userHash: hmac(secret, victimEmail),
    })),
    ...of('hash: of the email in capitals', [hmac(secret, victimEmail.toUpperCase())], { userId: null, email: victimEmail }),
    ...of('hash: with nothing beside it', [right], { userId: null, email: null }),
    ...of('hash: another function', [
      ...['sha256', 'sha512', 'sha1', 'md5', 'sha3-256'].flatMap((name) => [
        digest(name, victim),
        digest(name, secret + victim),
        digest(name, victim + secret),
      ]),
      ...['sha1', 'sha512', 'md5', 'sha384'].flatMap((name) => [
        createHmac(name, secret).update(victim).digest('hex'),
        createHmac(name, secret).update(victim).digest('hex').slice(0, 64),
      ]),
      hmac(victim, secret),
      hmac(secret, right),
      Buffer.from(right, 'hex').toString('base64'),
      Buffer.from(right, 'hex').toString('base64url'),
      Buffer.from(right).toString('hex'),
      [...right].toReversed().join(''),
      Buffer.from(right, 'hex').reverse().toString('hex'),
    ]),
    ...of(
      'hash: guessed',
      Array.from({ length: 2000 }, () => Array.from({ length: 64 }, () => random(16).toString(16)).join('')),
    ),
  ];
}

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

function outOfTime(keys: Keys): Attempt[] {
  const of = (family: string, payloads: readonly object[]): Attempt[] =>
    payloads.map((payload) => ({ family, userId: null, email: null, userJwt: rightJwt(keys, { ...claims, ...payload }) }));
  const late = [61, 62, 90, 300, 3600, 86_400, 3e7, 1e9];
  return [
    ...of('jwt: expired', late.map((s) => ({ exp: seconds - s })).concat([{ exp: 0 }, { exp: -1 }])),
    ...of(
      'jwt: not valid yet',
      late.map((s) => ({ nbf: seconds + s })),
    ),
    ...of(
      'jwt: from the future',
      late.map((s) => ({ iat: seconds + s, exp: seconds + s + 300 })),
    ),
    ...of(
      'jwt: times that are none',
      ['exp', 'nbf', 'iat'].flatMap((name) => [String(seconds + 300), null, {}, [], true, ''].map((value) => ({ [name]: value }))),
    ),
  ];
}

function wrongClaims(keys: Keys): Attempt[] {
  const said = (family: string, payloads: readonly unknown[], more: Partial<Given> = {}): Attempt[] =>
    payloads.map((payload) => ({ family, userId: null, email: null, ...more, userJwt: rightJwt(keys, payload) }));
  const { exp } = claims;
  return [
    ...lookalikes
      .filter((id) => id.trim() !== victim && id !== '')
      .flatMap((userId) => said('jwt: for another id than the one beside', [claims, { sub: victim, exp }], { userId })),
    ...said('jwt: for nobody', [
      {},
      { exp },
      { email: victimEmail, exp },
      { id: victim, exp },
      { userId: victim, exp },
      { USER_ID: victim, exp },
    ]),
    ...said(
      'jwt: for something that is no id',
      [[], {}, [victim], { id: victim }, true, null].flatMap((id) => [
        { user_id: id, exp },
        { sub: id, exp, user_id: id },
      ]),
    ),
    ...said('jwt: no claims', [
      '',
      'null',
      '[]',
      '1',
      '"x"',
      'true',
      '{',
      `[${JSON.stringify(claims)}]`,
      JSON.stringify(JSON.stringify(claims)),
    ]),
    ...said(
      'jwt: claims of a wrong type',
      ['email', 'name', 'phone', 'avatar', 'company'].flatMap((name) => [
        { ...claims, [name]: 5 },
        { ...claims, [name]: { a: 1 } },
        { ...claims, [name]: [victimEmail] },
      ]),
    ),
  ];
}
