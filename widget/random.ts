// The only source of randomness of the widget's ids.
import { uuidV7 } from '../shared/ids.ts';

function bytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

export function newCid(): string {
  return uuidV7(Date.now(), bytes(10));
}

/** 256 random bits as base64url. */
export function newToken(): string {
  return btoa(String.fromCharCode(...bytes(32)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
