// JSON that every database can hold and every reader can walk.
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Deeper than any flow, and far from the end of the stack. */
const maxDepth = 40;
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

class Unfit extends Error {}

/** As `line` does it for one text: halves of surrogate pairs are replaced, U+0000 is refused; keys included. */
export function cleanJson(raw: unknown): { ok: true; value: Json } | { ok: false; message: string } {
  try {
    return { ok: true, value: clean(raw, 0) };
  } catch (error) {
    if (error instanceof Unfit) return { ok: false, message: error.message };
    throw error;
  }
}

function clean(value: unknown, depth: number): Json {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (depth >= maxDepth) throw new Unfit(`nested deeper than ${maxDepth} levels`);
  if (Array.isArray(value)) return value.map((entry) => clean(entry, depth + 1));
  if (typeof value !== 'object') throw new Unfit('no JSON');
  // `__proto__` may be a key of JSON and must not become what the object inherits from.
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, entry]) => [cleanText(key), clean(entry, depth + 1)]));
}

function cleanText(text: string): string {
  if (text.includes('\0')) throw new Unfit('the character U+0000 cannot be stored');
  return text.replace(loneSurrogate, '\uFFFD');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in a list, whatever else there is. */
export function entriesOf(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** The steps of a flow's JSON by id, whatever state it is in. */
export function stepsOf(flow: unknown): [id: string, step: Record<string, unknown>][] {
  const steps = isObject(flow) ? flow['steps'] : null;
  return isObject(steps) ? Object.entries(steps).flatMap(([id, step]) => (isObject(step) ? [[id, step]] : [])) : [];
}
