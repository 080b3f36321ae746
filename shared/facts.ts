// Registry of everything a condition may test and a text may show.
import type { FactValue, Facts } from './bot/types.ts';
import type { Contact } from './contact.ts';
import { typeOf } from './contact.ts';

export type FactKind = 'text' | 'number' | 'flag' | 'choice';

/** `contact` and `team` are known to the server, `page` to the widget's sensors, `flow` to the bot alone. */
export type FactSource = 'contact' | 'team' | 'page' | 'flow';

export interface FactDefinition {
  label: string;
  kind: FactKind;
  source: FactSource;
  /** The values of a `choice`. */
  values?: readonly string[];
}

export const facts = {
  'contact.type': { label: 'Contact type', kind: 'choice', source: 'contact', values: ['visitor', 'lead', 'user'] },
  'contact.email': { label: 'Email', kind: 'text', source: 'contact' },
  'contact.name': { label: 'Name', kind: 'text', source: 'contact' },
  'contact.first_name': { label: 'First name', kind: 'text', source: 'contact' },
  'contact.phone': { label: 'Phone', kind: 'text', source: 'contact' },
  'contact.company': { label: 'Company', kind: 'text', source: 'contact' },
  'contact.user_id': { label: 'User id', kind: 'text', source: 'contact' },
  'contact.verified': { label: 'Identity verified', kind: 'flag', source: 'contact' },
  'contact.language': { label: 'Language', kind: 'text', source: 'contact' },
  'contact.tags': { label: 'Tags', kind: 'text', source: 'contact' },
  'contact.email_kind': { label: 'Kind of email', kind: 'choice', source: 'contact', values: ['work', 'free', 'role', 'disposable'] },
  'contact.score': { label: 'Lead score', kind: 'number', source: 'contact' },
  'now.date': { label: 'Date today', kind: 'text', source: 'flow' },
  score: { label: 'Score in this conversation', kind: 'number', source: 'flow' },
  'team.online': { label: 'Somebody of the team is here', kind: 'flag', source: 'team' },
  'team.open': { label: 'Within business hours', kind: 'flag', source: 'team' },
  'team.back': { label: 'When the team is back', kind: 'text', source: 'team' },
  'queue.position': { label: 'Place in the queue', kind: 'number', source: 'team' },
  'queue.minutes': { label: 'Minutes until an answer', kind: 'number', source: 'team' },
  'page.url': { label: 'Page address', kind: 'text', source: 'page' },
  'page.path': { label: 'Page path', kind: 'text', source: 'page' },
  'page.title': { label: 'Page title', kind: 'text', source: 'page' },
  'page.referrer': { label: 'Came from', kind: 'text', source: 'page' },
  'page.language': { label: 'Page language', kind: 'text', source: 'page' },
  'page.device': { label: 'Device', kind: 'choice', source: 'page', values: ['desktop', 'tablet', 'phone'] },
  'page.utm_source': { label: 'UTM source', kind: 'text', source: 'page' },
  'page.utm_medium': { label: 'UTM medium', kind: 'text', source: 'page' },
  'page.utm_campaign': { label: 'UTM campaign', kind: 'text', source: 'page' },
  'page.seconds': { label: 'Seconds on the page', kind: 'number', source: 'page' },
  'page.scroll': { label: 'Scrolled, in percent', kind: 'number', source: 'page' },
  'page.views': { label: 'Pages seen in this visit', kind: 'number', source: 'page' },
} as const satisfies Record<string, FactDefinition>;

export type FactName = keyof typeof facts;

export function isFactName(name: string): name is FactName {
  return Object.hasOwn(facts, name);
}

/** A name the contact's own attributes cannot have: what stands under it is known otherwise. `company` is both. */
export function isReservedAttribute(name: string): boolean {
  return name === 'signed_up_at' || (name !== 'company' && isFactName(`contact.${name}`));
}

/** The value of a fact; null where it is unknown, missing or empty. */
export function readFact(known: Facts, name: string): FactValue {
  const value = Object.hasOwn(known, name) ? known[name] : null;
  return value === undefined || value === '' ? null : value;
}

export type FactfulContact = Pick<
  Contact,
  'email' | 'name' | 'phone' | 'company' | 'userId' | 'verified' | 'score' | 'attributes' | 'leadAt' | 'identifiedAt'
> & {
  tags?: readonly string[] | undefined;
  /** `work`, `free`, `role` or `disposable`, told by the extraction. */
  emailKind?: string | null | undefined;
};

/** What is known about a contact, its own attributes included; the built-in facts win over an attribute of their name. */
export function contactFacts(contact: FactfulContact, language: string | null = null): Record<string, FactValue> {
  const known: Record<string, FactValue> = {};
  for (const [name, value] of Object.entries(contact.attributes)) known[`contact.${name}`] = value;
  known['contact.type'] = typeOf(contact);
  known['contact.email'] = contact.email;
  known['contact.name'] = contact.name;
  known['contact.first_name'] = contact.name === null ? null : firstNameOf(contact.name);
  known['contact.phone'] = contact.phone;
  known['contact.company'] = contact.company;
  known['contact.user_id'] = contact.userId;
  known['contact.verified'] = contact.verified;
  known['contact.language'] = language;
  known['contact.score'] = contact.score;
  known['contact.tags'] = contact.tags === undefined || contact.tags.length === 0 ? null : contact.tags.join(', ');
  known['contact.email_kind'] = contact.emailKind ?? null;
  return known;
}

/** Up to the first space; a name without one may be a whole one, as in Chinese. */
export function firstNameOf(name: string): string {
  const whole = name.trim();
  return whole.split(/\s+/, 1)[0] ?? whole;
}
