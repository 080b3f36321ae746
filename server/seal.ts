// Secrets at rest: AES-256-GCM under SECRET_KEY, so that a copy of the database alone gives nobody's proof away.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const prefix = 's1.';

function keyFor(secretKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, new Uint8Array(), 'foyer seal 1', 32));
}

export function seal(text: string, secretKey: Uint8Array): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secretKey), iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return prefix + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

/** @throws where SECRET_KEY is not the one it was sealed with, or the text was changed */
export function unseal(sealed: string, secretKey: Uint8Array): string {
  if (!sealed.startsWith(prefix)) throw new Error('this is no sealed secret');
  const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secretKey), bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Error('A stored secret does not open: SECRET_KEY (or the file secret.key in DATA_DIR) is not the one it was made with.', {
      cause,
    });
  }
}
