// Business hours as they are edited: times of day, what is wrong with a day, time zones to choose from. Pure.
import type { Hours, Shift } from '../shared/hours.ts';

export type Week = Hours['week'];

/** A Monday, so that names come in the order of the week. */
const monday = Date.UTC(2024, 0, 1, 12);
const dayMs = 86_400_000;

export const dayNames: readonly string[] = Array.from({ length: 7 }, (_, day) =>
  new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(monday + day * dayMs),
);

export const minutesADay = 1440;
/** What a day begins with when it is opened. */
export const usualShift: Shift = { from: 9 * 60, to: 17 * 60 };

/** 540 → "09:00"; the end of the day as "00:00", as a time field can hold it. */
export function timeOf(minutes: number): string {
  const inDay = minutes % minutesADay;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

/** "09:00" → 540; NaN for no time. Midnight at the end of a shift is the end of the day. */
export function minutesOf(time: string, end: 'from' | 'to'): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(time) ?? [];
  if (hours === undefined) return Number.NaN;
  const value = Number(hours) * 60 + Number(minutes);
  return end === 'to' && value === 0 ? minutesADay : value;
}

export function shiftsFault(shifts: readonly Shift[]): string | null {
  for (const { from, to } of shifts) {
    if (!Number.isFinite(from) || !Number.isFinite(to)) return 'A time is missing.';
    if (to <= from) return 'It ends before it begins. For a night shift, end at 00:00 and go on the next day.';
  }
  const sorted = [...shifts].sort((a, b) => a.from - b.from);
  return sorted.some((shift, i) => i > 0 && shift.from < (sorted[i - 1]?.to ?? 0)) ? 'Two shifts overlap.' : null;
}

export function hoursFault(hours: Hours | null): string | null {
  if (hours === null) return null;
  for (const [day, shifts] of hours.week.entries()) {
    const fault = shiftsFault(shifts);
    if (fault !== null) return `${dayNames[day]}: ${fault}`;
  }
  const dates = new Set<string>();
  for (const holiday of hours.holidays) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(holiday.date)) return 'A holiday has no date.';
    if (dates.has(holiday.date)) return `Two holidays are on ${dateWords(holiday.date)}.`;
    dates.add(holiday.date);
    const fault = shiftsFault(holiday.shifts ?? []);
    if (fault !== null) return `${dateWords(holiday.date)}: ${fault}`;
  }
  return null;
}

/** As they are stored: shifts by time, holidays by date. */
export function tidy(hours: Hours): Hours {
  const sorted = (shifts: readonly Shift[]): Shift[] => [...shifts].sort((a, b) => a.from - b.from);
  return {
    timeZone: hours.timeZone,
    week: hours.week.map(sorted) as unknown as Week,
    holidays: [...hours.holidays]
      .sort((a, b) => a.date.localeCompare(b.date))
      .map(({ date, name, shifts }) => ({
        date,
        ...(name?.trim() && { name: name.trim() }),
        ...(shifts && shifts.length > 0 && { shifts: sorted(shifts) }),
      })),
  };
}

export function withDay(week: Week, day: number, shifts: Shift[]): Week {
  return week.map((old, index) => (index === day ? shifts : old)) as unknown as Week;
}

/** The shifts of one day on these as well. */
export function copyDay(week: Week, day: number, to: readonly number[]): Week {
  const shifts = week[day] ?? [];
  return week.map((old, index) => (to.includes(index) ? shifts.map((shift) => ({ ...shift })) : old)) as unknown as Week;
}

/** The next shift after the last one: an hour's pause, as long as the day has room. */
export function nextShift(shifts: readonly Shift[]): Shift {
  const end = Math.max(0, ...shifts.map(({ to }) => (Number.isFinite(to) ? to : 0)));
  if (shifts.length === 0 || end > minutesADay - 120) return usualShift;
  return { from: end + 60, to: Math.min(minutesADay, end + 60 + 240) };
}

export function defaultHours(timeZone: string): Hours {
  const workday = (): Shift[] => [{ ...usualShift }];
  return { timeZone, week: [workday(), workday(), workday(), workday(), workday(), [], []], holidays: [] };
}

export const browserZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

export interface Zone {
  name: string;
  /** "Berlin", as people call it. */
  city: string;
  /** "GMT+1", now. */
  offset: string;
}

let known: readonly Zone[] | null = null;

/** Every zone of the browser; offsets are of the first time it was asked. */
export function zones(now: number): readonly Zone[] {
  known ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')].map((name) => zoneOf(name, now));
  return known;
}

export function zoneOf(name: string, now: number): Zone {
  const city = (name.split('/').at(-1) ?? name).replaceAll('_', ' ');
  return { name, city, offset: offsetOf(name, now) };
}

function offsetOf(timeZone: string, now: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** Those whose city, region or offset has these words; those that begin with them first. */
export function searchZones(all: readonly Zone[], words: string): Zone[] {
  const wanted = words.trim().toLowerCase().replaceAll(' ', '_');
  if (wanted === '') return [...all];
  const rank = ({ name, city, offset }: Zone): number => {
    if (city.toLowerCase().replaceAll(' ', '_').startsWith(wanted)) return 0;
    if (name.toLowerCase().includes(wanted)) return 1;
    return offset.toLowerCase().replace('gmt', 'utc').includes(wanted.replace('gmt', 'utc')) ? 2 : 3;
  };
  return all
    .map((zone) => ({ zone, rank: rank(zone) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map((each) => each.zone);
}

/** "25 Dec 2026" of "2026-12-25". */
export function dateWords(date: string): string {
  const at = Date.parse(`${date}T12:00:00Z`);
  return Number.isNaN(at)
    ? date
    : new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(at);
}

/** Today's ISO date in the zone. */
export function dateIn(timeZone: string, now: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

/** "14:02", there. */
export function clockIn(timeZone: string, now: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(now);
}

/** "today 17:00", "tomorrow 9:00", "Monday 9:00", "5 Jan 9:00": when something is, said in the team's own time. */
export function momentIn(timeZone: string, at: number, now: number): string {
  const time = clockIn(timeZone, at).replace(/^0/, '');
  const days = Math.round((Date.parse(dateIn(timeZone, at)) - Date.parse(dateIn(timeZone, now))) / dayMs);
  if (days === 0) return `today ${time}`;
  if (days === 1) return `tomorrow ${time}`;
  const options: Intl.DateTimeFormatOptions = days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'short' };
  return `${new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(at)} ${time}`;
}
