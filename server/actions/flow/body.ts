// The JSON of a flow as it comes from outside: what may be kept, and what of it the server decides.
import { Refusal } from '../refusal.ts';
import type { JsonObject } from './json.ts';
import { cleanJson } from './json.ts';

/** Of one flow, as JSON. */
export const maxFlowBytes = 512 * 1024;

/**
 * Any object may be a draft, whole or not.
 * @param pointer where it stands in the request
 * @throws Refusal bad_request, too_large
 */
export function readBody(raw: unknown, pointer: string): JsonObject {
  const wrong = (message: string): Refusal => new Refusal('bad_request', undefined, { errors: [{ pointer, message }] });
  const cleaned = cleanJson(raw);
  if (!cleaned.ok) throw wrong(cleaned.message);
  const { value } = cleaned;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('a flow is a JSON object');
  if (Buffer.byteLength(JSON.stringify(value)) > maxFlowBytes) throw new Refusal('too_large', 'A flow may have at most 512 kB.');
  return value;
}

/** Which flow it is, and which version, is the server's to say. */
export function stamp(body: JsonObject, id: string, version: number): JsonObject {
  const { id: _, version: __, ...rest } = body;
  return { id, version, ...rest };
}

const longestId = 56;

/** An id for people to recognise, which no other flow has or had. */
export function slugFor(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    // ß has no mark to be taken off, but a capital of two letters.
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestId)
    .replace(/^-+|-+$/g, '');
  const slug = plain === '' ? 'flow' : plain;
  if (!taken.has(slug)) return slug;
  for (let n = 2; ; n++) if (!taken.has(`${slug}-${n}`)) return `${slug}-${n}`;
}
