// The key that seals secrets: given by the operator, or made once and kept in the data directory for its owner's eyes only.
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** @param given SECRET_KEY, or null. @throws where the file can be neither read nor made */
export function loadSecretKey(given: string | null, dataDir: string): Uint8Array {
  return hashed(given ?? keptKey(join(dataDir, 'secret.key')));
}

/** As `loadSecretKey`, and makes nothing. @throws where the file cannot be read */
export function readSecretKey(given: string | null, dataDir: string): Uint8Array {
  return hashed(given ?? readKey(join(dataDir, 'secret.key')));
}

const hashed = (key: string): Uint8Array => createHash('sha256').update(key).digest();

function keptKey(path: string): string {
  try {
    const file = openSync(path, 'wx', 0o600);
    const key = randomBytes(32).toString('base64url');
    writeSync(file, `${key}\n`);
    // Lost in a power cut, it would take every sealed secret with it.
    fsyncSync(file);
    closeSync(file);
    return key;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
  const key = readKey(path);
  chmodSync(path, 0o600);
  return key;
}

function readKey(path: string): string {
  const key = readFileSync(path, 'utf8').trim();
  if (key.length < 32)
    throw new Error(`${path} is too short to be a key. Restore it from a backup; a new one would not open what is stored.`);
  return key;
}
