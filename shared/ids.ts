// Forms of the ids that travel; the randomness and the clock are arguments.

/** A client id: what a client may choose itself, 8 to 36 characters. UUIDv7 is what our own clients send. */
export const cidPattern = /^[A-Za-z0-9_-]{8,36}$/;

/** A session token: 256 random bits as base64url without padding. */
export const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

/** UUIDv7 (RFC 9562, 5.7) from epoch ms and 10 random bytes. */
export function uuidV7(nowMs: number, random: Uint8Array): string {
  if (random.length < 10) throw new Error(`uuidV7 wants 10 random bytes, got ${random.length}`);
  const time = nowMs.toString(16).padStart(12, '0');
  const byte = (i: number): string => (random[i] ?? 0).toString(16).padStart(2, '0');
  const version = (0x70 | ((random[0] ?? 0) & 0x0f)).toString(16);
  const variant = (0x80 | ((random[2] ?? 0) & 0x3f)).toString(16);
  const tail = byte(4) + byte(5) + byte(6) + byte(7) + byte(8) + byte(9);
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}${byte(1)}-${variant}${byte(3)}-${tail}`;
}

/** A contact's id: 24 hex digits, time first, so that rows of one day lie together. */
export function contactId(nowMs: number, random: Uint8Array): string {
  if (random.length < 6) throw new Error(`contactId wants 6 random bytes, got ${random.length}`);
  return nowMs.toString(16).padStart(12, '0') + Array.from(random.subarray(0, 6), (b) => b.toString(16).padStart(2, '0')).join('');
}

/** Of an upload: 128 random bits. */
export const uploadIdPattern = /^[A-Za-z0-9_-]{22}$/;
