// The victim of the forged proofs, the keys of its workspace and of others, and how a host signs.
import { createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto';
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
export const foreign = {
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

export const b64 = (value: unknown): string =>
  (Buffer.isBuffer(value) ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))).toString('base64url');

export const claims = { user_id: victim, email: victimEmail, name: 'Vera', iat: seconds, exp: seconds + 300 };

type Sign = (text: string) => Buffer;
export const byHmac =
  (key: string | Uint8Array, hash = 'sha256'): Sign =>
  (text) =>
    createHmac(hash, key).update(text).digest();
export const byPair: Record<KeyAlgorithm, (key: KeyObject) => Sign> = {
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

export const notStrings = (right: string): unknown[] => [
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
export const bitFlips = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return copy;
  });

/** Ids and addresses that look like the victim's to people or to careless code. */
export const lookalikes = [
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
