// Times and presence in words.
import type { Locale } from './locales/index.ts';

export interface Formats {
  time(at: number): string;
  /** Today, Yesterday, a weekday within a week, else a date. */
  day(at: number): string;
  /** The hour of today, else the day. */
  brief(at: number): string;
  full(at: number): string;
  /** Of times to come: today, tomorrow, a weekday within a week, else a date. */
  dayAhead(at: number): string;
}

export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

const dayMs = 86_400_000;

export function createFormats({ tag, phrases }: Locale, now: () => number = Date.now): Formats {
  const style = (options: Intl.DateTimeFormatOptions): ((at: number) => string) => {
    let format: Intl.DateTimeFormat;
    try {
      format = new Intl.DateTimeFormat(tag, options);
    } catch {
      format = new Intl.DateTimeFormat('en', options);
    }
    return (at) => format.format(at);
  };
  const weekday = style({ weekday: 'long' });
  const date = style({ weekday: 'short', day: 'numeric', month: 'long' });
  const time = style({ hour: 'numeric', minute: '2-digit' });
  // Days have 23 to 25 hours.
  const daysAgo = (at: number): number => Math.round((startOfDay(now()) - startOfDay(at)) / dayMs);

  function day(at: number): string {
    const days = daysAgo(at);
    if (days <= 0) return phrases.today;
    if (days === 1) return phrases.yesterday;
    return days < 7 ? weekday(at) : date(at);
  }

  function dayAhead(at: number): string {
    const days = -daysAgo(at);
    if (days < 2) return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(days, 'day');
    return days < 7 ? weekday(at) : date(at);
  }

  return {
    time,
    day,
    dayAhead,
    brief: (at) => (daysAgo(at) <= 0 ? time(at) : day(at)),
    full: style({ dateStyle: 'medium', timeStyle: 'short' }),
  };
}

/** Honest: what is known of late, and nothing promised where nothing is. */
export function presenceText(online: boolean, replyMinutes: number | null, { phrases }: Pick<Locale, 'phrases'>): string {
  if (!online && replyMinutes === null) return phrases.away;
  if (replyMinutes === null) return phrases.online;
  if (replyMinutes < 50)
    return phrases.repliesInMinutes(Math.max(1, Math.round(replyMinutes < 10 ? replyMinutes : Math.round(replyMinutes / 5) * 5)));
  if (replyMinutes < 20 * 60) return phrases.repliesInHours(Math.round(replyMinutes / 60));
  return phrases.repliesInDays(Math.round(replyMinutes / 1440));
}
