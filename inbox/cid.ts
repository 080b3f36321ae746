// The randomness and the clock behind a client id.
import { uuidV7 } from '../shared/ids.ts';

export function createCid(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
