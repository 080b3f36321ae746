// Folding and tokens. Folding never changes a string's length, so every offset holds in the visitor's own text.

const ASCII_ONLY = /^[\x00-\x7f]*$/;
const DIGIT = /\p{Nd}/u;
const FOLDED_MARKS: Readonly<Record<string, string>> = {
  '＠': '@',
  '﹫': '@',
  '＋': '+',
  '．': '.',
  '｡': '.',
  '－': '-',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  ー: 'ー',
  '（': '(',
  '）': ')',
  '　': ' ',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u2007': ' ',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '`': "'",
  '´': "'",
  '＿': '_',
  '／': '/',
  '：': ':',
  '，': ',',
  '；': ';',
  '？': '?',
  '！': '!',
  '\t': ' ',
  '؟': '?',
  '،': ',',
  '؛': ';',
  '。': '。',
};

/** The ASCII value of a decimal digit of any script; every script's ten digits are contiguous and start at its zero. */
function asciiDigit(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  for (let zero = code; zero > code - 10; zero--) if (!DIGIT.test(String.fromCodePoint(zero - 1))) return String(code - zero);
  return char;
}

/** Digits met so far; a pure function's memory, bounded by the number of digits there are. */
const digitsSeen = new Map<string, string>();

function foldDigit(char: string): string {
  const seen = digitsSeen.get(char);
  if (seen !== undefined) return seen;
  const value = asciiDigit(char);
  digitsSeen.set(char, value);
  return value;
}

function foldChar(char: string): string {
  const mark = FOLDED_MARKS[char];
  if (mark !== undefined) return mark;
  if (char >= 'Ａ' && char <= 'ｚ' && /\p{L}/u.test(char)) return String.fromCharCode(char.charCodeAt(0) - 0xfee0);
  return char.length === 1 && DIGIT.test(char) ? foldDigit(char) : char;
}

/** Full-width forms, native digits and typographic marks as ASCII, unit for unit. */
export function fold(text: string): string {
  if (ASCII_ONLY.test(text)) return text;
  let out = '';
  for (const char of text) out += char.charCodeAt(0) < 128 ? char : foldChar(char);
  return out;
}

/** Lower case of the same length: `İ` would otherwise grow by a combining dot. */
export function lower(text: string): string {
  const plain = text.replaceAll('İ', 'I').toLowerCase();
  if (plain.length === text.length) return plain;
  let out = '';
  for (const unit of text.split('')) out += unit.toLowerCase().slice(0, 1);
  return out;
}

/** `opaque`: an address or link, no part of any phrase. */
export type TokenKind = 'word' | 'number' | 'mixed' | 'mark' | 'line' | 'opaque';

export interface Token {
  kind: TokenKind;
  raw: string;
  lower: string;
  start: number;
  end: number;
  /** Starts with an upper-case letter. */
  capital: boolean;
}

export interface Span {
  start: number;
  end: number;
}

// Initials with their dots ("J.P.", "K.") come first, so that the dot does not end the sentence.
const TOKEN =
  /(?:\p{Lu}\.-?){1,3}(?![\p{L}\p{N}])|(?<![\p{L}\p{N}'])\p{Ll}\.(?=\s\p{L})|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['_-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*|\n|[^\s\p{M}]/gu;
const HAS_DIGIT = /\p{N}/u;
const HAS_LETTER = /\p{L}/u;

function kindOf(raw: string): TokenKind {
  if (raw === '\n') return 'line';
  const letter = HAS_LETTER.test(raw);
  if (!HAS_DIGIT.test(raw)) return letter ? 'word' : 'mark';
  return letter ? 'mixed' : 'number';
}

/** Tokens of folded text; what lies in `opaque` (sorted, disjoint) becomes one token each. */
export function tokenize(folded: string, opaque: readonly Span[] = []): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN.source, TOKEN.flags);
  let nextSpan = 0;
  for (let match = pattern.exec(folded); match; match = pattern.exec(folded)) {
    const raw = match[0];
    const start = match.index;
    const span = opaque[nextSpan];
    if (span && start + raw.length > span.start) {
      const text = folded.slice(span.start, span.end);
      tokens.push({ kind: 'opaque', raw: text, lower: text, start: span.start, end: span.end, capital: false });
      pattern.lastIndex = Math.max(span.end, start);
      nextSpan++;
      continue;
    }
    const low = lower(raw);
    tokens.push({ kind: kindOf(raw), raw, lower: low, start, end: start + raw.length, capital: low[0] !== raw[0] });
  }
  return tokens;
}

/** The clause around a span: from the last sentence end before it, and to the first after it, within `reach` units. */
export function clauseAround(text: string, span: Span, reach: number): { before: string; after: string } {
  const before = text.slice(Math.max(0, span.start - reach), span.start);
  const after = text.slice(span.end, span.end + reach);
  // A label alone on its line ("E-mail:") still speaks of what stands under it.
  const line = /:[^\S\n]*\n[^\S\n]*$/.exec(before);
  if (line)
    return clauseAround(
      text.slice(0, span.start - before.length + line.index) + ': '.padEnd(before.length - line.index) + text.slice(span.start),
      span,
      reach,
    );
  const cut = Math.max(
    before.lastIndexOf('. '),
    before.lastIndexOf('\n'),
    before.lastIndexOf('? '),
    before.lastIndexOf('! '),
    before.lastIndexOf('。'),
  );
  const stop = after.search(/[.!?](?:\s|$)|[\n。]/);
  return { before: cut < 0 ? before : before.slice(cut + 1), after: stop < 0 ? after : after.slice(0, stop + 1) };
}
