// Names, times and events as people say them.
import type { Author } from '../shared/conversation.ts';
import type { ContactType, FirstTouch, Grade } from '../shared/contact.ts';
import type { ContactSummary, DetailView } from '../shared/protocol.ts';
import { attributeWords } from './attribute-words.ts';
import { phoneWords } from './phone.ts';

export const typeWords: Record<ContactType, string> = { visitor: 'Visitor', lead: 'Lead', user: 'User' };

export const gradeWords: Record<Grade, { label: string; meaning: string }> = {
  claimed: { label: 'Claimed', meaning: 'Said by somebody, and not checked by anybody yet.' },
  verified: { label: 'Verified', meaning: 'A link or code was mailed to it and used.' },
  signed: { label: 'Signed', meaning: 'Vouched for by your app with a valid proof.' },
};

/** What is claimed, by where it came from. */
const claimWords: Record<DetailView['source']['kind'], string> = {
  message: 'Typed in chat or a form. Nobody has checked it yet.',
  form: 'Typed in chat or a form. Nobody has checked it yet.',
  flow: 'Answered to the bot. Nobody has checked it yet.',
  identify: 'Said by the page, without a proof from your app. It could be anybody’s.',
  agent: 'Entered by a colleague. Nobody has checked it yet.',
  api: 'Sent by your server. Nobody has checked it yet.',
};

export function gradeMeaning(grade: Grade, source?: DetailView['source']['kind']): string {
  return grade === 'claimed' && source !== undefined ? claimWords[source] : gradeWords[grade].meaning;
}

/** A contact without a name is known by its email, else by the end of its id: the same words on every screen. */
export function contactName(contact: Pick<ContactSummary, 'id' | 'name' | 'email'>): string {
  return contact.name ?? contact.email ?? `Visitor ${contact.id.slice(-4)}`;
}

export function authorName(author: Author, contact: Pick<ContactSummary, 'id' | 'name' | 'email'> | null, me: number): string {
  if (author.kind === 'bot') return author.name ?? 'Bot';
  if (author.kind === 'agent') return author.id === me ? 'You' : (author.name ?? 'A colleague');
  return contact ? contactName(contact) : (author.name ?? 'Visitor');
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** "42s", "4m", "1h 12m", "3d": how long something lasts, in at most seven letters. */
export function shortDuration(ms: number): string {
  if (ms < minuteMs) return `${Math.max(0, Math.floor(ms / 1000))}s`;
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)}m`;
  if (ms < dayMs) {
    const minutes = Math.floor((ms % hourMs) / minuteMs);
    return minutes === 0 ? `${Math.floor(ms / hourMs)}h` : `${Math.floor(ms / hourMs)}h ${minutes}m`;
  }
  return `${Math.floor(ms / dayMs)}d`;
}

/** "now", "4m", "2h", "Tue", "3 Mar", "3 Mar 2024": when it was, for a list. */
export function shortTime(at: number, now: number): string {
  const age = now - at;
  if (age < minuteMs) return 'now';
  if (age < hourMs) return `${Math.floor(age / minuteMs)}m`;
  if (age < dayMs) return `${Math.floor(age / hourMs)}h`;
  if (age < 6 * dayMs) return format({ weekday: 'short' }, at);
  return isSameYear(at, now)
    ? format({ day: 'numeric', month: 'short' }, at)
    : format({ day: 'numeric', month: 'short', year: 'numeric' }, at);
}

/** "just now", "4 minutes ago", "yesterday": when it was, in a sentence. */
export function relativeTime(at: number, now: number): string {
  const age = Math.max(0, now - at);
  if (age < minuteMs) return 'just now';
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (age < hourMs) return words.format(-Math.floor(age / minuteMs), 'minute');
  if (age < dayMs) return words.format(-Math.floor(age / hourMs), 'hour');
  return words.format(-Math.floor(age / dayMs), 'day');
}

/** "in 3 days", "tomorrow": when it will be, in a sentence. */
export function futureTime(at: number, now: number): string {
  const left = Math.max(0, at - now);
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (left < hourMs) return words.format(Math.ceil(left / minuteMs), 'minute');
  if (left < dayMs) return words.format(Math.round(left / hourMs), 'hour');
  return words.format(Math.round(left / dayMs), 'day');
}

export const clockTime = (at: number): string => format({ hour: '2-digit', minute: '2-digit' }, at);
export const fullTime = (at: number): string => format({ dateStyle: 'medium', timeStyle: 'short' }, at);

/** "12 Mar 2024". Midnight in UTC is a date that was given without a time: it is the same day everywhere. */
export const calendarDay = (at: number): string => format({ dateStyle: 'medium', ...(at % dayMs === 0 && { timeZone: 'UTC' }) }, at);

/** "Today", "Yesterday", "Tuesday, 3 March", with the year where it is another. */
export function dayName(at: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / dayMs);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return format({ weekday: 'long', day: 'numeric', month: 'long', ...(isSameYear(at, now) ? {} : { year: 'numeric' }) }, at);
}

/** "26 April", with the year where it is another. */
export function dateWords(at: number, now: number): string {
  return format({ day: 'numeric', month: 'long', ...(isSameYear(at, now) ? {} : { year: 'numeric' }) }, at);
}

export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions, at: number): string {
  const key = JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(undefined, options);
  formats.set(key, known);
  return known.format(at);
}

function isSameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}

/** 0 to 3: how urgent it is to answer somebody who waits this long. */
export function warmth(waitedMs: number): 0 | 1 | 2 | 3 {
  if (waitedMs < 2 * minuteMs) return 0;
  if (waitedMs < 10 * minuteMs) return 1;
  return waitedMs < hourMs ? 2 : 3;
}

/** "/pricing" of "https://example.com/pricing?x=1"; the host where it is the front page. */
export function pageName(url: string): string {
  try {
    const { hostname, pathname } = new URL(url);
    return pathname === '/' ? hostname : decodeURI(pathname);
  } catch {
    return url;
  }
}

/** "from google.com · campaign spring (google / cpc)": where somebody came from; null where nothing tells. */
export function originWords({ url, referrer, utm }: Pick<FirstTouch, 'url' | 'referrer' | 'utm'>): string | null {
  const from = hostOf(referrer);
  const source = [utm['utm_source'], utm['utm_medium']].filter((word) => word !== undefined && word !== '').join(' / ');
  const campaign = utm['utm_campaign'] ?? '';
  const parts = [
    // From page to page of one site says nothing.
    ...(from === null || from === hostOf(url) ? [] : [`from ${from}`]),
    ...(campaign === '' ? [] : [`campaign ${campaign}${source === '' ? '' : ` (${source})`}`]),
    ...(campaign === '' && source !== '' ? [source] : []),
  ];
  return parts.length === 0 ? null : parts.join(' · ');
}

function hostOf(url: string | null): string | null {
  try {
    return new URL(url ?? '').hostname.replace(/^www\./, '') || null;
  } catch {
    return null;
  }
}

export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** "team_size" → "Team size". */
export function attributeLabel(name: string): string {
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function factWords(value: string | number | boolean | null): string {
  if (value === null) return 'not given';
  return typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value);
}

/** A captured detail or an attribute as people read it. */
export function detailWords(field: string, value: string): string {
  return field === 'phone' ? phoneWords(value) : attributeWords(field, value);
}
