// The only source of randomness of the widget's ids.
import { uuidV7 } from '../shared/ids.ts';

function bytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

let last = 0;

/** In the order made, also within a millisecond: the outbox is sorted by it (I4). */
export function newCid(): string {
  last = Math.max(Date.now(), last + 1);
  return uuidV7(last, bytes(10));
}

/** 256 random bits as base64url. */
export function newToken(): string {
  return btoa(String.fromCharCode(...bytes(32)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
