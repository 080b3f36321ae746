// What the bot says of its own accord; a flow may put its own words in place of each.
import type { Word } from './words/en.ts';
import { en } from './words/en.ts';
import { wordsByLanguage } from './words/index.ts';

export type { Word } from './words/en.ts';

export const defaultWords = en;

const byTag: ReadonlyMap<string, Record<Word, string>> = new Map(Object.entries(wordsByLanguage));

/** What the bot says of its own accord in a visitor's language, a tag; English where it has none. */
export function wordIn(language: string | null, word: Word): string {
  if (language === null) return en[word];
  const tag = language.toLowerCase();
  return (byTag.get(tag) ?? byTag.get(tag.split(/[-_]/, 1)[0] ?? '') ?? en)[word];
}
