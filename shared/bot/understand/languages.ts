/** The languages in which a visitor's intent is understood. */
export const languages = ['en', 'es', 'pt', 'fr', 'de', 'it', 'nl', 'pl', 'tr', 'ru', 'ar', 'hi', 'ja', 'zh', 'ko'] as const;
export type Language = (typeof languages)[number];

/** Phrases by language, separated by “, ”, as a person would write them: they are folded when they are read. */
export type Phrasebook = Readonly<Record<Language, string>>;

export function splitPhrases(list: string): string[] {
  return list === '' ? [] : list.split(', ');
}

export function allPhrases(book: Phrasebook): string[] {
  return Object.values(book).flatMap(splitPhrases);
}
