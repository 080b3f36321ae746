// Names, times and events as people say them.
import type { EventType } from '../shared/events.ts';
import type { Author } from '../shared/conversation.ts';
import type { ContactType, Grade } from '../shared/contact.ts';
import type { AgentTimelineItem, ContactSummary } from '../shared/protocol.ts';
import { attributeWords } from './attribute-words.ts';
import { phoneWords } from './phone.ts';

export const typeWords: Record<ContactType, string> = { visitor: 'Visitor', lead: 'Lead', user: 'User' };

export const gradeWords: Record<Grade, { label: string; meaning: string }> = {
  claimed: { label: 'Claimed', meaning: 'Typed in chat or a form. Nobody has checked it yet.' },
  verified: { label: 'Verified', meaning: 'A link or code was mailed to it and used.' },
  signed: { label: 'Signed', meaning: 'Vouched for by your app with a valid proof.' },
};

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

export const clockTime = (at: number): string => format({ hour: '2-digit', minute: '2-digit' }, at);
export const fullTime = (at: number): string => format({ dateStyle: 'medium', timeStyle: 'short' }, at);

/** "Today", "Yesterday", "Tuesday, 3 March", with the year where it is another. */
export function dayName(at: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / dayMs);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return format({ weekday: 'long', day: 'numeric', month: 'long', ...(isSameYear(at, now) ? {} : { year: 'numeric' }) }, at);
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

type Sentence = (item: AgentTimelineItem, by: string) => string;

const said = (item: AgentTimelineItem, key: string): string | null => {
  const value = item.data[key];
  return value === undefined || value === null || value === '' ? null : factWords(value);
};
const isType = (word: string | null): word is ContactType => word !== null && word in typeWords;
const typeWord = (word: string | null): string => (isType(word) ? typeWords[word] : 'Contact');

const ofDetail = (item: AgentTimelineItem): string => {
  const [field, value] = [said(item, 'field') ?? 'detail', said(item, 'value')];
  return `${attributeLabel(field)}${value === null ? '' : ` ${detailWords(field, value)}`}`;
};

/** Why the bot fell silent without anybody taking over. */
const silences: Record<string, string> = {
  flow_ended: 'The bot’s flow came to its end',
  flow_missing: 'The bot stopped: its flow is gone',
};

const sentences: Record<EventType, Sentence> = {
  'contact.created': () => 'First seen',
  'contact.updated': (item) => `${said(item, 'field') ? attributeLabel(said(item, 'field') ?? '') : 'Details'} changed`,
  'contact.promoted': (item) => `Became a ${typeWord(said(item, 'to') ?? said(item, 'type'))}`,
  'contact.identified': (item) => (item.data['verified'] === true ? 'Signed in, with proof from your app' : 'Signed in, without proof'),
  'contact.merged': (_, by) => (by === '' ? 'Joined with an earlier contact' : `Merged with another contact${by}`),
  'contact.unmerged': (_, by) => `A merge was undone${by}`,
  'contact.email_verified': () => 'Email proved by the link that was mailed to it',
  'contact.blocked': (_, by) => `Blocked${by}`,
  'contact.unblocked': (_, by) => `No longer blocked${by}`,
  'contact.archived': (_, by) => `Archived${by}`,
  'contact.restored': (_, by) => (by === '' ? 'Came back from the archive' : `Brought back from the archive${by}`),
  'contact.erased': (_, by) => `Everything personal was erased${by}`,
  'contact.duplicate_found': () => 'May be the same person as another contact',
  'contact.duplicate_dismissed': (_, by) => `Said to be another person than a possible duplicate${by}`,
  'verification.sent': (_, by) => `A link to prove the email was mailed${by}`,
  'conversation.moved': () => 'A conversation came with a merge that was undone',
  'identity.secret_rotated': (_, by) => `A second identity secret was made${by}`,
  'identity.secret_retired': (_, by) => `An identity secret was retired${by}`,
  'identity.settings_changed': (_, by) => `How identities are proved was changed${by}`,
  'token.created': (_, by) => `An API token was made${by}`,
  'token.revoked': (_, by) => `An API token was revoked${by}`,
  'detail.captured': (item) => {
    const [field, value] = [said(item, 'field') ?? 'detail', said(item, 'value')];
    return `${attributeLabel(field)} captured${value === null ? '' : `: ${detailWords(field, value)}`}`;
  },
  'detail.confirmed': (item) => `${ofDetail(item)} confirmed by the visitor`,
  'detail.changed': (item) => {
    const from = said(item, 'from');
    return `${ofDetail(item)} corrected by the visitor${from === null ? '' : `, from ${detailWords(said(item, 'field') ?? '', from)}`}`;
  },
  'detail.withdrawn': (item) => `${attributeLabel(said(item, 'field') ?? 'detail')} withdrawn by the visitor`,
  'consent.given': (item) => {
    const version = said(item, 'version');
    const how = said(item, 'how') === 'told' ? 'Told what giving an address means' : 'Gave an address under the consent text';
    return version === null ? how : `${how} (version ${version})`;
  },
  'contact.tagged': (item, by) => `Tagged ${said(item, 'tag') ?? ''}`.trimEnd() + by,
  'contact.untagged': (item, by) => `Tag ${said(item, 'tag') ?? ''} taken off`.replace('  ', ' ') + by,
  'lead.captured': (item) => {
    const score = said(item, 'score');
    return score === null ? 'Qualified lead' : `Qualified lead · ${score} ${score === '1' ? 'point' : 'points'}`;
  },
  'conversation.created': () => 'Began a conversation',
  'conversation.assigned': (item, by) => {
    if (said(item, 'assignee') === null) return `Given back to the team${by}`;
    return item.data['assignee'] === item.by?.id ? `Taken${by}` : `Assigned to ${said(item, 'assignee_name') ?? 'an agent'}${by}`;
  },
  'conversation.team_assigned': (item, by) => {
    const name = said(item, 'team_name') ?? said(item, 'name');
    if (name !== null) return `Given to ${name}${by}`;
    return said(item, 'team') === null ? `Taken from its team${by}` : `Given to a team${by}`;
  },
  'conversation.closed': (_, by) => `Conversation closed${by}`,
  'conversation.reopened': (_, by) => `Conversation reopened${by}`,
  'conversation.read': () => 'Read the answers',
  'bot.paused': (item, by) => silences[said(item, 'reason') ?? ''] ?? `Taken over from the bot${by}`,
  'bot.resumed': (_, by) => `Handed back to the bot${by}`,
  'bot.handed_over': (item) => {
    const reason = said(item, 'reason');
    return `The bot handed over to the team${reason === null ? '' : `: ${reason}`}`;
  },
  'message.created': (_, by) => (by === '' ? 'Wrote a message' : `Answered${by}`),
  'message.edited': (_, by) => `A message was edited${by}`,
  'message.deleted': (_, by) => `A message was deleted${by}`,
  'form.answered': () => 'Filled in the form',
};

/** One line of the timeline. */
export function eventSentence(item: AgentTimelineItem): string {
  const by = item.by && item.by.kind !== 'contact' ? ` by ${item.by.name ?? (item.by.kind === 'bot' ? 'the bot' : 'an agent')}` : '';
  return sentences[item.type](item, by);
}
