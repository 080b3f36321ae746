// In development: what a wrong proof probably is. Each hint answers a question about the secret, so in production none is given.
import { createHash, createHmac } from 'node:crypto';
import type { ProofInput } from './identity.ts';

type Said = Pick<ProofInput, 'userId' | 'email' | 'userHash' | 'userJwt' | 'secrets'>;

const hmac = (key: string | Buffer, text: string): string => createHmac('sha256', key).update(text).digest('hex');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const decoded = (secret: string): Buffer => Buffer.from(secret, 'base64url');

/** What hosts make in place of `HMAC-SHA256(secret, id)`, and the words for it. */
const mistakes: ((said: { id: string; email: string | null; secret: string }) => [hash: string | null, words: string])[] = [
  ({ email, secret }) => [email && hmac(secret, email), 'It is that of the email: where a user_id is given, sign the user_id.'],
  ({ id, secret }) => [hmac(secret, `${id}\n`), 'A line break was signed with it: with echo, use echo -n.'],
  ({ id, secret }) => [hmac(`${secret}\n`, id), 'The secret has a line break at its end: trim it.'],
  ({ id, secret }) => [hmac(decoded(secret), id), 'The secret was decoded from base64: use its letters as they are.'],
  ({ id, secret }) => [hmac(id, secret), 'Key and text are swapped: the secret is the key, the user_id the text.'],
  ({ id }) => [sha256(id), 'It is a plain SHA-256 of the user_id, without the secret.'],
  ({ id, secret }) => [sha256(secret + id), 'It is SHA-256 of secret and user_id in a row: use HMAC.'],
  ({ id, secret }) => [sha256(id + secret), 'It is SHA-256 of user_id and secret in a row: use HMAC.'],
];

/** Null: no idea. */
export function likelyMistake(said: Said): string | null {
  return (
    (typeof said.userHash === 'string' && inHash(said, said.userHash)) ||
    (typeof said.userJwt === 'string' && inJwt(said, said.userJwt)) ||
    null
  );
}

function inHash({ userId, email, secrets }: Said, hash: string): string | null {
  const id = userId ?? email;
  if (id === null) return null;
  for (const secret of secrets) {
    const right = hmac(secret, id);
    if (isBase64Of(right, hash)) return 'It is the right one, but in base64: write it in hex.';
    for (const mistake of mistakes) {
      const [wrong, words] = mistake({ id, email: userId === null ? null : email, secret });
      if (wrong === hash.toLowerCase()) return words;
    }
  }
  return null;
}

const isBase64Of = (hex: string, text: string): boolean => text.length < 50 && Buffer.from(text, 'base64').toString('hex') === hex;

function inJwt({ secrets }: Said, token: string): string | null {
  const [header = '', payload = '', signature] = token.split('.');
  const isBy = (key: string | Buffer): boolean =>
    createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url') === signature;
  if (secrets.some((secret) => isBy(decoded(secret)))) return 'The secret was decoded from base64: use its letters as they are.';
  return secrets.some((secret) => isBy(`${secret}\n`)) ? 'The secret has a line break at its end: trim it.' : null;
}
