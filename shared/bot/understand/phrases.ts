// Finds any of many phrases in a folded text with one map lookup a word, however many phrases there are.
import { fold } from './fold.ts';
import type { Folded } from './fold.ts';

export interface PhraseHit<T> {
  value: T;
  /** How much of the text it covers: words, or for Chinese, Japanese and Korean letters. */
  length: number;
  at: number;
}

export interface Phrases<T> {
  /** The longest phrase that occurs anywhere, of equals the one listed first; null where none does. */
  find(text: Folded): PhraseHit<T> | null;
  /** Every phrase that occurs, of those that overlap the longest: “dark blue” is not “blue” as well. */
  findAll(text: Folded): T[];
  /** The phrase that is the whole text but for punctuation. */
  whole(text: Folded): T | null;
}

interface Entry<T> {
  words: readonly string[];
  value: T;
  /** Its place in the list. */
  rank: number;
}

export function createPhrases<T extends string | number | boolean>(entries: Iterable<readonly [phrase: string, value: T]>): Phrases<T> {
  const byFirstWord = new Map<string, Entry<T>[]>();
  const byWhole = new Map<string, T>();
  const cjk: { text: string; value: T }[] = [];
  let longest = 0;
  let rank = 0;
  for (const [phrase, value] of entries) {
    const folded = fold(phrase);
    const [first] = folded.words;
    if (first === undefined) continue;
    const whole = folded.words.join(' ');
    if (!byWhole.has(whole)) byWhole.set(whole, value);
    longest = Math.max(longest, folded.words.length);
    if (folded.cjk) cjk.push({ text: folded.words.join(''), value });
    else byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), { words: folded.words, value, rank: rank++ }]);
  }
  return {
    find: (text) => (text.cjk ? findLetters(text, cjk) : null) ?? findWords(text.words, byFirstWord),
    findAll: (text) => [...(text.cjk ? allLetters(text, cjk) : []), ...allWords(text.words, byFirstWord)],
    whole: (text) => (text.words.length > longest ? null : (byWhole.get(text.words.join(' ')) ?? null)),
  };
}

function findWords<T>(words: readonly string[], byFirstWord: ReadonlyMap<string, readonly Entry<T>[]>): PhraseHit<T> | null {
  let best: PhraseHit<T> | null = null;
  let bestRank = 0;
  for (let at = 0; at < words.length; at++) {
    const entries = byFirstWord.get(words[at] ?? '');
    if (entries === undefined) continue;
    for (const entry of entries) {
      const { length } = entry.words;
      if (best !== null && (best.length > length || (best.length === length && bestRank <= entry.rank))) continue;
      if (!entry.words.every((word, i) => words[at + i] === word)) continue;
      best = { value: entry.value, length, at };
      bestRank = entry.rank;
    }
  }
  return best;
}

function findLetters<T>(text: Folded, phrases: readonly { text: string; value: T }[]): PhraseHit<T> | null {
  const joined = text.words.join('');
  let best: PhraseHit<T> | null = null;
  for (const phrase of phrases) {
    if (best !== null && best.length >= phrase.text.length) continue;
    const at = joined.indexOf(phrase.text);
    if (at >= 0) best = { value: phrase.value, length: phrase.text.length, at };
  }
  return best;
}

function allWords<T>(words: readonly string[], byFirstWord: ReadonlyMap<string, readonly Entry<T>[]>): T[] {
  const found: T[] = [];
  for (let at = 0; at < words.length;) {
    let best: Entry<T> | null = null;
    for (const entry of byFirstWord.get(words[at] ?? '') ?? []) {
      if ((best === null || entry.words.length > best.words.length) && entry.words.every((word, i) => words[at + i] === word)) best = entry;
    }
    if (best !== null) found.push(best.value);
    at += best?.words.length ?? 1;
  }
  return found;
}

function allLetters<T>(text: Folded, phrases: readonly { text: string; value: T }[]): T[] {
  let left = text.words.join('');
  const found: T[] = [];
  for (const phrase of phrases.toSorted((a, b) => b.text.length - a.text.length)) {
    if (!left.includes(phrase.text)) continue;
    found.push(phrase.value);
    left = left.replaceAll(phrase.text, ' ');
  }
  return found;
}
