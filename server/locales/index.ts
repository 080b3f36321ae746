// Languages of what the server itself writes to visitors: mails, and the pages their links open. One file and one line here for each.
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pt } from './pt.ts';

/** One of these is said by its first letters: `de` is German for whoever asks for `de-AT`. */
export const locales = { en, de, es, fr, pt } as const satisfies Record<string, Phrases>;

export type Language = keyof typeof locales;

export interface Phrases {
  mail: {
    subject(name: string): string;
    /** Shown in lists of mails behind the subject. */
    preview: string;
    title: string;
    /** Why it comes; the address is its reader's own. */
    why(name: string): string;
    button: string;
    orLink: string;
    /** How long it can be used. */
    until: string;
    notYou: string;
  };
  page: {
    ask: { title: string; why(name: string): string; button: string; notYou: string };
    confirmed: Said;
    used: Said;
    expired: Said;
    changed: Said;
    tooMany: Said;
    trouble: Said;
  };
}

/** What a page says, and whom it names. */
export interface Said {
  title: string;
  words(name: string): string;
}

/** The first of the wanted tags that there is, else English. */
export function bestLanguage(wanted: readonly (string | null)[]): Language {
  for (const tag of wanted) {
    const first = tag?.toLowerCase().split(/[-_]/)[0];
    const found = (Object.keys(locales) as Language[]).find((language) => language === first);
    if (found) return found;
  }
  return 'en';
}
