// When somebody signed up, as host apps write a time.

/** What to write, in words. */
export const timeHint = 'write it as 2024-03-12T09:30:00Z or in Unix seconds, between 1974 and 2200.';

/** Nobody signed up before there was a web, or will in a far future: what lies outside is an empty date, or counted in another unit. */
const earliest = Date.UTC(1974, 0, 1);
const latest = Date.UTC(2200, 0, 1);
/** Of seconds, and of milliseconds, between these two: no number is both. */
const perUnit = [1000, 1] as const;

/** RFC 3339, and what databases and languages print beside it: a date alone, a space for the T, a short zone, or none (then UTC). */
const pattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?(?: [A-Z]+)?)?)?$/i;
/** `Date.toString()`, `Date.toUTCString()`, HTTP. Every engine reads them alike. */
const spelledOut = /^[A-Z][a-z]{2},? (?:[A-Z][a-z]{2} \d{2}|\d{2} [A-Z][a-z]{2}) \d{4} \d{2}:\d{2}:\d{2} GMT(?:[+-]\d{4}(?: \(.*\))?)?$/;

/** In epoch ms; null where it is no time, or none between 1974 and 2200. */
export function readHostTime(given: unknown): number | null {
  if (typeof given !== 'string' && typeof given !== 'number') return null;
  const text = String(given).trim();
  const times = /^\d+(?:\.\d+)?$/.test(text) ? perUnit.map((unit) => Math.round(Number(text) * unit)) : [ofText(text)];
  return times.find((at) => at >= earliest && at < latest) ?? null;
}

function ofText(text: string): number {
  if (spelledOut.test(text)) return Date.parse(text);
  const [, day, time = '00:00', zone = 'Z'] = pattern.exec(text) ?? [];
  // A 31st of June is a mistake, and not the 1st of July.
  if (day === undefined || new Date(`${day}T00:00Z`).toJSON()?.startsWith(day) !== true) return Number.NaN;
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?/.exec(zone) ?? [];
  return Math.trunc(Date.parse(`${day}T${time}${sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`}`));
}
