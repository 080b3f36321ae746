// Numbers as people type them: 1,200 · 1.200 · 2k · ２０ · twenty.
import type { Folded } from './fold.ts';

const numberWords: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  hundred: 100,
  thousand: 1000,
  uno: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  diez: 10,
  veinte: 20,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  dix: 10,
  vingt: 20,
  zwei: 2,
  drei: 3,
  vier: 4,
  funf: 5,
  zehn: 10,
  zwanzig: 20,
  tre: 3,
  dieci: 10,
  venti: 20,
  twee: 2,
  drie: 3,
  vijf: 5,
  tien: 10,
  twintig: 20,
  два: 2,
  три: 3,
  пять: 5,
  десять: 10,
  двадцать: 20,
  dwa: 2,
  trzy: 3,
  dziesiec: 10,
  dois: 2,
  dez: 10,
  vinte: 20,
};

// Groups of three or a plain run; the run is bounded so that a long digit string is one failed match and not many.
export const numberSource = String.raw`\d{1,3}(?:[.,' \u00a0\u202f]\d{3}(?!\d)){1,3}|\d{1,9}(?:[.,]\d{1,2})?`;
const number = new RegExp(`(?<![\\d.,])(?:${numberSource})(?![\\d])`, 'u');
const hasDigit = /\d/;

/** Reads one number as it was matched by `numberSource`. */
export function readNumber(text: string): number {
  const grouped = /^\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+$/.test(text);
  return Number(grouped ? text.replace(/\D/g, '') : text.replace(',', '.'));
}

/** The first number in a text, “2k” taken as 2,000; null where there is none. */
export function findNumber(text: Folded): number | null {
  if (hasDigit.test(text.text)) {
    const match = number.exec(text.text);
    if (match === null) return null;
    const thousands = /^\s?k\b/.test(text.text.slice(match.index + match[0].length, match.index + match[0].length + 3));
    return readNumber(match[0]) * (thousands ? 1000 : 1);
  }
  if (text.words.length > 8) return null;
  for (const word of text.words) {
    if (Object.hasOwn(numberWords, word)) return numberWords[word] ?? null;
  }
  return null;
}
