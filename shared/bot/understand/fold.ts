// One spelling for many: lower case, no accents, no width or digit variants, cut into words.

export interface Folded {
  text: string;
  words: readonly string[];
  /** Holds Chinese, Japanese or Korean, where words cannot be told apart by spaces. */
  cjk: boolean;
}

const ascii = /^[\x00-\x7f]*$/;
const asciiWord = /[a-z0-9]+/g;
const anyWord = /[\p{L}\p{N}\p{M}]+/gu;
const cjkLetter = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
// Latin and Cyrillic accents, Arabic vowel signs and hamza, tatweel, the nukta of Hindi.
const marks = /[\u0300-\u036f\u064b-\u0655\u0640\u093c]/g;
const singular: Readonly<Record<string, string>> = { ı: 'i', ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', ى: 'ي', ة: 'ه', '’': "'", '‘': "'" };
const singularLetters = /[ıłøßæىة’‘]/g;
const otherDigits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g;
// "I'm", "don't": one word, also where the visitor leaves the apostrophe out; French "l'email" stays two.
const englishEnding = /'(?=(?:t|m|re|d|ll|ve|s)\b)/g;

export function fold(raw: string): Folded {
  const text = foldText(raw);
  if (ascii.test(text)) return { text, words: text.match(asciiWord) ?? [], cjk: false };
  return { text, words: text.match(anyWord) ?? [], cjk: cjkLetter.test(text) };
}

function foldText(raw: string): string {
  const lower = ascii.test(raw) ? raw.toLowerCase() : foldLetters(raw);
  return lower.includes("'") ? lower.replace(englishEnding, '') : lower;
}

function foldLetters(raw: string): string {
  return raw
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(marks, '')
    .normalize('NFC')
    .replace(singularLetters, (letter) => singular[letter] ?? letter)
    .replace(otherDigits, (digit) => String(digitValue(digit)));
}

/** Arabic, Persian and Devanagari digits each stand in a block of ten that begins at a multiple of sixteen or six above it. */
function digitValue(digit: string): number {
  const code = digit.charCodeAt(0);
  return code >= 0x0966 ? code - 0x0966 : code >= 0x06f0 ? code - 0x06f0 : code - 0x0660;
}
