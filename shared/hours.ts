// Business hours: when the team answers, in its own time zone, with split shifts and holidays.

/** Minutes after midnight, `from` < `to` ≤ 1440. */
export interface Shift {
  from: number;
  to: number;
}

export interface Hours {
  /** IANA name. */
  timeZone: string;
  /** Monday first; no shifts: closed that day. */
  week: readonly [Shift[], Shift[], Shift[], Shift[], Shift[], Shift[], Shift[]];
  /** ISO dates in the time zone; no shifts: closed the whole day. */
  holidays: readonly { date: string; name?: string | undefined; shifts?: Shift[] | undefined }[];
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Further ahead nobody is told when the team is back. */
const daysAhead = 60;

interface Local {
  /** ISO. */
  date: string;
  /** After midnight, by the clock on the wall. */
  minutes: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** What a clock on the wall shows. Every known zone's name is a key once, so the clocks are bounded. */
function localAt(timeZone: string, at: number): Local {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) parts[type] = value;
  return {
    date: `${parts.year ?? ''}-${parts.month ?? ''}-${parts.day ?? ''}`,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/** The shifts of one day: those of its holiday, or of its weekday. */
function shiftsOn(hours: Hours, date: string): readonly Shift[] {
  const holiday = hours.holidays.find((each) => each.date === date);
  if (holiday !== undefined) return holiday.shifts ?? [];
  return hours.week[(new Date(Date.parse(date)).getUTCDay() + 6) % 7] ?? [];
}

/** By the clock on the wall of the hours' own zone; a shift's last minute is before its `to`. */
export function isOpen(hours: Hours, at: number): boolean {
  const { date, minutes } = localAt(hours.timeZone, at);
  return shiftsOn(hours, date).some(({ from, to }) => minutes >= from && minutes < to);
}

/** The first moment from `at` on at which it is open, `at` itself included; null where that is not within sixty days. */
export function nextOpening(hours: Hours, at: number): number | null {
  if (isOpen(hours, at)) return at;
  const today = Date.parse(localAt(hours.timeZone, at).date);
  for (let day = 0; day <= daysAhead; day++) {
    const date = new Date(today + day * dayMs).toISOString().slice(0, 10);
    const opening = openingOn(hours, date, at);
    if (opening !== null) return opening - at > daysAhead * dayMs ? null : opening;
  }
  return null;
}

function openingOn(hours: Hours, date: string, after: number): number | null {
  const shifts = shiftsOn(hours, date);
  if (shifts.length === 0) return null;
  const midnight = Date.parse(date);
  const offsets = [...new Set([offsetAt(hours.timeZone, midnight - dayMs), offsetAt(hours.timeZone, midnight + 2 * dayMs)])];
  const starts = shifts.flatMap(({ from }) => offsets.map((offset) => midnight + from * minuteMs - offset));
  // Where the clock is changed: a shift may begin in the hour that is left out, or come again with the one that is repeated.
  const changed = offsets.length > 1 ? [changeBetween(hours.timeZone, midnight - dayMs, midnight + 2 * dayMs)] : [];
  const openings = [...starts, ...changed].filter((at) => at >= after && localAt(hours.timeZone, at).date === date && isOpen(hours, at));
  return openings.length === 0 ? null : Math.min(...openings);
}

/** How far the zone's clock is ahead of UTC, in ms. */
function offsetAt(timeZone: string, at: number): number {
  const { date, minutes } = localAt(timeZone, at);
  return Date.parse(date) + minutes * minuteMs - Math.floor(at / minuteMs) * minuteMs;
}

/** The first minute at which the zone's clock has the offset it has at `to`. */
function changeBetween(timeZone: string, from: number, to: number): number {
  const offset = offsetAt(timeZone, to);
  let [before, after] = [Math.floor(from / minuteMs), Math.floor(to / minuteMs)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(timeZone, middle * minuteMs) === offset) after = middle;
    else before = middle;
  }
  return after * minuteMs;
}

interface BackWords {
  today: string;
  tomorrow: string;
  /** Within a week. */
  weekday: string;
  later: string;
  /** Monday first, where the weekday changes its form after the preposition, which stands with it. */
  weekdays?: readonly string[];
}

/** `{time}`, `{day}`; said after “We’re back”. Without am and pm the hour alone would be two. */
const backPhrases: Readonly<Record<string, BackWords>> = {
  en: { today: 'at {time}', tomorrow: 'tomorrow at {time}', weekday: 'on {day} at {time}', later: 'on {day} at {time}' },
  es: { today: 'a las {time}', tomorrow: 'mañana a las {time}', weekday: 'el {day} a las {time}', later: 'el {day} a las {time}' },
  pt: {
    today: 'às {time}',
    tomorrow: 'amanhã às {time}',
    weekday: '{day} às {time}',
    later: 'em {day} às {time}',
    weekdays: ['na segunda-feira', 'na terça-feira', 'na quarta-feira', 'na quinta-feira', 'na sexta-feira', 'no sábado', 'no domingo'],
  },
  fr: { today: 'à {time}', tomorrow: 'demain à {time}', weekday: '{day} à {time}', later: 'le {day} à {time}' },
  de: { today: 'um {time} Uhr', tomorrow: 'morgen um {time} Uhr', weekday: 'am {day} um {time} Uhr', later: 'am {day} um {time} Uhr' },
  it: { today: 'alle {time}', tomorrow: 'domani alle {time}', weekday: '{day} alle {time}', later: 'il {day} alle {time}' },
  nl: { today: 'om {time} uur', tomorrow: 'morgen om {time} uur', weekday: '{day} om {time} uur', later: 'op {day} om {time} uur' },
  pl: {
    today: 'o {time}',
    tomorrow: 'jutro o {time}',
    weekday: '{day} o {time}',
    later: '{day} o {time}',
    weekdays: ['w poniedziałek', 'we wtorek', 'w środę', 'w czwartek', 'w piątek', 'w sobotę', 'w niedzielę'],
  },
  tr: { today: 'saat {time}', tomorrow: 'yarın saat {time}', weekday: '{day} günü saat {time}', later: '{day} saat {time}' },
  ru: {
    today: 'в {time}',
    tomorrow: 'завтра в {time}',
    weekday: '{day} в {time}',
    later: '{day} в {time}',
    weekdays: ['в понедельник', 'во вторник', 'в среду', 'в четверг', 'в пятницу', 'в субботу', 'в воскресенье'],
  },
  ar: { today: 'الساعة {time}', tomorrow: 'غدًا الساعة {time}', weekday: 'يوم {day} الساعة {time}', later: 'يوم {day} الساعة {time}' },
  hi: { today: '{time} बजे', tomorrow: 'कल {time} बजे', weekday: '{day} को {time} बजे', later: '{day} को {time} बजे' },
  ja: { today: '{time}', tomorrow: '明日{time}', weekday: '{day}{time}', later: '{day}{time}' },
  zh: { today: '{time}', tomorrow: '明天{time}', weekday: '{day}{time}', later: '{day}{time}' },
  ko: { today: '{time}', tomorrow: '내일 {time}', weekday: '{day} {time}', later: '{day} {time}' },
};

/**
 * When somebody is back, as it is said after “back”: “at 14:00”, “tomorrow at 9:00”, “on Monday at 9:00”, by the visitor's
 * own clock. In a language this file has no words for, English.
 */
export function backWords(at: number, now: number, timeZone: string, language: string | null): string {
  const primary = (language ?? 'en').toLowerCase().split(/[-_]/, 1)[0] ?? '';
  const known = Object.hasOwn(backPhrases, primary) ? backPhrases[primary] : undefined;
  const phrases = known ?? backPhrases['en'];
  if (phrases === undefined) throw new Error('no English phrases');
  const there = localAt(timeZone, at);
  const days = Math.round((Date.parse(there.date) - Date.parse(localAt(timeZone, now).date)) / dayMs);
  const time = timeIn(there.minutes);
  const fill = (phrase: string, day: string): string => phrase.replace('{day}', day).replace('{time}', time);
  if (days <= 0) return fill(phrases.today, '');
  if (days === 1) return fill(phrases.tomorrow, '');
  const locale = known === undefined ? 'en' : primary;
  const noon = Date.parse(there.date) + dayMs / 2;
  if (days < 7) {
    const own = phrases.weekdays?.[(new Date(noon).getUTCDay() + 6) % 7];
    return fill(phrases.weekday, own ?? inUtc(locale, { weekday: 'long' }).format(noon));
  }
  return fill(phrases.later, inUtc(locale, { day: 'numeric', month: 'long' }).format(noon));
}

function timeIn(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

function inUtc(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' });
}
