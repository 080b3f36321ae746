// A point in time as a host app writes it.

/** What to write, in words; times before 1970 are none of an account’s. */
export const timeHint = 'write it as 2024-03-12T09:30:00Z or in Unix seconds, from 1970 on.';

/** Up to here a number is seconds: it is the year 5138 in those, and 1973 in milliseconds. */
const secondsUpTo = 1e11;
/** The end of the year 9999: what comes after has no four digits. */
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** What databases and languages print. Of what else `Date.parse` takes, the most is read in the zone of whoever reads it. */
const pattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Unix seconds, epoch milliseconds, or RFC 3339 as loosely as it is met (a date alone, a space for the T, no zone: then UTC), as number or
 * text; in epoch ms. Null where it is none of these, or not from 1970 to 9999.
 */
export function readHostTime(given: string | number): number | null {
  const text = String(given).trim();
  const at = /^\d+(?:\.\d+)?$/.test(text) ? ofNumber(Number(text)) : ofText(text);
  return at > 0 && at <= latest ? Math.round(at) : null;
}

const ofNumber = (number: number): number => (number < secondsUpTo ? number * 1000 : number);

function ofText(text: string): number {
  const [, day, time = '00:00', zone = 'Z'] = pattern.exec(text) ?? [];
  // A 31st of June is a mistake, and not the 1st of July.
  if (day === undefined || new Date(`${day}T00:00Z`).toJSON()?.startsWith(day) !== true) return Number.NaN;
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return Date.parse(`${day}T${time}${sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`}`);
}
