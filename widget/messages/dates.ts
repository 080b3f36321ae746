// Calendar days as ISO dates, in the visitor's own time zone: no instant, so never through UTC.

/** Days from today. */
export function isoDay(days: number, now = new Date()): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** “Friday, 27 November 2026”; what is no ISO date stays as it is. */
export function dateInWords(iso: string, tag: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso) ?? [];
  if (!year) return iso;
  return new Intl.DateTimeFormat(tag, { dateStyle: 'full' }).format(new Date(Number(year), Number(month) - 1, Number(day)));
}
