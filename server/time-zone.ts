// What a visitor's time zone is worth: dates in it, and whether there is one of that name.

const mostKept = 1000;
const formats = new Map<string, Intl.DateTimeFormat | null>();

/** A format costs a hundred times what it is used for, so those of late are kept. */
function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  let format = formats.get(timeZone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    } catch {
      format = null;
    }
    if (formats.size >= mostKept) formats.clear();
    formats.set(timeZone, format);
  }
  return format;
}

export function isTimeZone(name: string): boolean {
  return formatOf(name) !== null;
}

/** The ISO date it is there at this time; in UTC where there is no such zone. */
export function dateIn(timeZone: string, at: number): string {
  return (formatOf(timeZone) ?? formatOf('UTC'))?.format(at) ?? new Date(at).toISOString().slice(0, 10);
}
