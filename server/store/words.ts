// The words a search goes by, the same for both databases: made here, so that neither's idea of a letter matters.

/** SQLite's lower() leaves Å alone, so case is folded here; marks go, too: Öberg is found by "oberg", σωκράτης by "σωκρατησ". */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC').replaceAll('ς', 'σ');
}

/** Written without spaces between words. */
const spaceless = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}`;
const runs = new RegExp(String.raw`[${spaceless}]+|[^${spaceless}]+`, 'gu');
const isSpaceless = new RegExp(`^[${spaceless}]`, 'u');

/** Longer ones (addresses, keys) are found by their beginning; an index has a limit for each. */
const longest = 40;
/** Of one message; a pasted book is found by its beginning. */
const mostIndexed = 500;
const mostAsked = 10;

/** Numbers are the same with and without zeros before them: 0151… is a part of +49151…. */
const trimmed = (word: string): string => (/^0+\d+$/.test(word) ? word.replace(/^0+(?=\d)/, '') : word);

function wordsIn(text: string, ofRun: (characters: readonly string[]) => string[]): string[] {
  const found: string[] = [];
  for (const [word] of fold(text).matchAll(/[\p{L}\p{N}]+/gu))
    for (const [run] of word.matchAll(runs))
      found.push(...(isSpaceless.test(run) ? ofRun([...run]) : [[...trimmed(run)].slice(0, longest).join('')]));
  return [...new Set(found)];
}

const pairs = (characters: readonly string[]): string[] => characters.slice(1).map((c, i) => `${characters[i] ?? ''}${c}`);

/** What a text is found by, with spaces between; empty where there is nothing to find. */
export function wordsOf(text: string): string {
  // Each character begins a pair, and the last one stands alone: so every single one is the beginning of a word.
  return wordsIn(text, (run) => [...pairs(run), ...run.slice(-1)])
    .slice(0, mostIndexed)
    .join(' ');
}

/** A number is found by any part of it that has four digits or more to its end, for few people type the country's. */
export function wordsOfPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').slice(0, 20);
  const ends = Array.from({ length: Math.max(digits.length - 3, 0) }, (_, i) => trimmed(digits.slice(i)));
  return [...new Set(ends)].join(' ');
}

/** What must all begin some word of a text for the text to be found. Empty: nothing can be found by it. */
export function wordsAsked(search: string): string[] {
  const words = wordsIn(search, (run) => (run.length > 1 ? pairs(run) : [...run]));
  return words.filter((word) => !words.some((other) => other !== word && other.startsWith(word))).slice(0, mostAsked);
}

/** The index holds each word behind the slice of ids its row lies in, so that a search looks through the newest ones first. */
export const sliceSize = 65_536;

export const sliceOf = (id: number): number => Math.floor(id / sliceSize);

/** As it stands before a word. Migration 0004 says the same in SQL. */
export const sliceName = (slice: number): string => slice.toString(16).padStart(4, '0');
