// Forged hashes of ids and emails: each family makes its attempts from what an attacker may have, who never has the key itself.
import { createHash, createHmac } from 'node:crypto';
import { bitFlips, createRandom, hmac, lookalikes, notStrings, victim, victimEmail } from './forged-keys.ts';
import type { Attempt, Given, Keys } from './forged-keys.ts';

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
