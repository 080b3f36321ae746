// The registry of languages: a language is one file and one line here. English is built in, others are chunks.
import { en, type Phrases } from './en.ts';
import type { Later } from './en-later.ts';

const loaders: Record<string, () => Promise<Locale['phrases']>> = {
  en: async () => en,
  de: async () => (await import('./de.ts')).phrases,
  es: async () => (await import('./es.ts')).phrases,
  fr: async () => (await import('./fr.ts')).phrases,
  pt: async () => (await import('./pt.ts')).phrases,
};

const rightToLeft = ['ar', 'fa', 'he', 'ur'];

export interface Locale {
  /** BCP 47 tag for dates and for screen readers. */
  tag: string;
  direction: 'ltr' | 'rtl';
  /** Those of the parts in chunks of their own come with the language, save English ones: see `messages/words.ts`. */
  phrases: Phrases & Partial<Later>;
}

/** The first of the wanted languages that there is, else English. */
export async function loadLocale(wanted: readonly (string | undefined | null)[]): Promise<Locale> {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split(/[-_]/)[0];
    const load = language && loaders[language];
    if (!load) continue;
    try {
      return { tag: dateTag(tag!, language), direction: rightToLeft.includes(language) ? 'rtl' : 'ltr', phrases: await load() };
    } catch {
      // A chunk that does not arrive must not keep the chat away.
      break;
    }
  }
  return { tag: 'en', direction: 'ltr', phrases: en };
}

/** A page in plain `en` is read by somebody whose browser knows which English: they get their own dates. */
function dateTag(tag: string, language: string): string {
  return navigator.languages.find((own) => own.toLowerCase().split('-')[0] === language) ?? tag.replace('_', '-');
}

/** What the server is told: the page's language, and where that names no region, the visitor's: local phone numbers have a country. */
export function spokenTag(wanted: readonly (string | undefined)[]): string {
  const tag = (wanted.find(Boolean) ?? 'en').replaceAll('_', '-');
  const language = /^[a-z]+(-[a-z]{4}(?![a-z\d]))?/i.exec(tag)?.[0];
  if (!language || /^-([a-z]{2}|\d{3})(?![a-z\d])/i.test(tag.slice(language.length))) return tag;
  const region = navigator.languages.map((own) => /^[a-z]+(?:-[a-z]{4})?-([a-z]{2})(?![a-z\d])/i.exec(own)?.[1]).find(Boolean);
  return region ? `${language}-${region}${tag.slice(language.length)}` : tag;
}

export type { Phrases };
