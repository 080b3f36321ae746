// Runs of digits that are shaped like a telephone number.
import type { Span } from './text.ts';

export interface DigitRun extends Span {
  /** As written, folded. */
  text: string;
  digits: string;
  plus: boolean;
  extension: string | null;
}

// One bounded step of the run: a digit, then at most four separators. No alternative can match the same text twice.
const RUN = /(?:\+\s?|\(\s?\+?\s?)?\(?\s?\d(?:[ ().\-/·•*]{0,4}\d){5,21}/g;
const EXTENSION =
  /^\s{0,2}(?:[,;]\s{0,2})?(?:ext(?:ension)?\.?|extn\.?|x|durchwahl|dw|poste|доб\.?|int\.?|interno|wew\.?)\s{0,2}[:.#]?\s{0,2}(\d{1,7})(?!\d)/i;

/** A second number begins where the gap is wide ("650-253-4561 -- 455-234-3451"). */
const WIDE_GAP = /\s{2,}|\s?--+\s?|\s\/\s/g;

function split(text: string, start: number): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const gap of text.matchAll(WIDE_GAP)) {
    spans.push({ start: start + from, end: start + gap.index });
    from = gap.index + gap[0].length;
  }
  spans.push({ start: start + from, end: start + text.length });
  return spans;
}

const GROUP_OF_TEN = /(?:^|[^\d])((?:\d{1,3} )?\d{10,12})(?=\s|$)/;

/** "15205 1 8004264735" and "8956254756 4223": a group that is a whole number by itself sheds the house number or postcode beside it. */
function shedNeighbours(text: string, start: number): Span {
  const whole = { start, end: start + text.length };
  if (text.startsWith('+') || text.startsWith('00') || count(text) <= 13) return whole;
  const group = GROUP_OF_TEN.exec(text)?.[1] ?? /(?<=^\d{4,6} )\d{3}[ -]\d{3}[ -]\d{4}$/.exec(text)?.[0];
  if (!group) return whole;
  const at = start + text.indexOf(group);
  return { start: at, end: at + group.length };
}

const count = (s: string): number => s.replace(/\D/g, '').length;

function runAt(folded: string, span: Span): DigitRun {
  const text = folded.slice(span.start, span.end);
  const extension = EXTENSION.exec(folded.slice(span.end, span.end + 30));
  return { ...span, text, digits: text.replace(/\D/g, ''), plus: /^[\s(]*\+/.test(text), extension: extension?.[1] ?? null };
}

export function scanDigits(folded: string, taken: readonly Span[]): DigitRun[] {
  const runs: DigitRun[] = [];
  let seen = 0;
  for (const match of folded.matchAll(RUN)) {
    if (++seen > 24) break;
    if (/\d/.test(folded[match.index + match[0].length] ?? '') || /\d/.test(folded[match.index - 1] ?? '')) continue;
    const lead = match[0].length - match[0].trimStart().length;
    const whole = { start: match.index + lead, end: match.index + match[0].length };
    if (taken.some((t) => t.start < whole.end && whole.start < t.end)) continue;
    // "$20 415-666-7777": the price is the first group alone.
    const price = /[$€£₹¥]$/.test(folded.slice(0, whole.start)) ? /^\d+\s/.exec(match[0].slice(lead)) : null;
    if (price) whole.start += price[0].length;
    const parts = split(folded.slice(whole.start, whole.end), whole.start);
    const useful = parts.every((p) => count(folded.slice(p.start, p.end)) >= 6) ? parts : [whole];
    for (const part of useful) runs.push(runAt(folded, shedNeighbours(folded.slice(part.start, part.end), part.start)));
  }
  return runs;
}

const AREA = String.raw`(?:area code|vorwahl|prefijo|clave lada|lada|indicatif|prefisso|netnummer|kengetal|ddd|(?:numer )?kierunkowy|alan kodu|код города|код міста|riktnummer|suuntanumero|předvolba|kode area|mã vùng|区号|區號|市外局番|지역번호)`;
const COUNTRY = String.raw`(?:country code|ländervorwahl|landesvorwahl|landnummer|código (?:de|do) pa[ií]s|indicatif (?:du )?pays|prefisso internazionale|国家代码|国番号|国コード|국가번호)`;
const IS = String.raw`(?:\s{0,2}(?:is|ist|es|è|é|est|это|は|是|:|=|-)\s{0,2}|\s{1,3}|)`;
const LOCAL = String.raw`\(?\d(?:[ ().-]{0,2}\d){5,10}(?!\d)`;
/** "area code 312, 5550144", "555-0144, area code 312", "country code 44, then 7700 900123" */
const CODE_FIRST = new RegExp(
  String.raw`(?<!\p{L})(?:(${COUNTRY})|${AREA})${IS}\(?(\+?\d{1,5})\)?(?!\d)(?:[^\d\n.!?]{1,40}|\. )(${LOCAL})`,
  'u',
);
const CODE_LAST = new RegExp(String.raw`(?<!\d)(${LOCAL})[^\d\n.!?]{1,16}${AREA}${IS}\(?(\d{2,5})(?!\d)`, 'u');

/** A number whose area or country code is told apart from it. */
export function scanCodeApart(low: string): DigitRun | null {
  if (
    !/code|wahl|prefi|lada|indicatif|net|keng|ddd|kierun|kodu|код|rikt|suunta|před|kode|mã|c[oó]digo|land|[区區]|市外|国|국가|지역/.test(
      low,
    )
  )
    return null;
  const first = CODE_FIRST.exec(low);
  const last = first ? null : CODE_LAST.exec(low);
  const match = first ?? last;
  if (!match) return null;
  const [code = '', local = ''] = first ? [first[2], first[3]] : [last?.[2], last?.[1]];
  const digits = (code + local).replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15) return null;
  const plus = first?.[1] !== undefined || code.startsWith('+');
  return {
    start: match.index,
    end: match.index + match[0].length,
    text: digits,
    digits: plus ? digits.replace(/^0+/, '') : digits,
    plus,
    extension: null,
  };
}

/** Digits as people say them, in the languages where they are dictated. */
export const wordDigits: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  o: '0',
  nought: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  cero: '0',
  uno: '1',
  dos: '2',
  tres: '3',
  cuatro: '4',
  cinco: '5',
  seis: '6',
  siete: '7',
  ocho: '8',
  nueve: '9',
  null: '0',
  eins: '1',
  zwei: '2',
  zwo: '2',
  drei: '3',
  vier: '4',
  fünf: '5',
  sechs: '6',
  sieben: '7',
  acht: '8',
  neun: '9',
  zéro: '0',
  un: '1',
  deux: '2',
  trois: '3',
  quatre: '4',
  cinq: '5',
  sept: '7',
  huit: '8',
  neuf: '9',
  due: '2',
  tre: '3',
  quattro: '4',
  cinque: '5',
  sei: '6',
  sette: '7',
  otto: '8',
  nove: '9',
  um: '1',
  dois: '2',
  três: '3',
  quatro: '4',
  sete: '7',
  oito: '8',
};

/** "four one five, five five five, zero one six four": at least seven digits in a row, three or more of them spelt. */
export function scanSpelledDigits(low: string): DigitRun | null {
  const words = [...low.matchAll(/\p{L}+|\d|[^\s\p{L}\d]/gu)];
  let digits = '';
  let start = 0;
  let end = 0;
  let best: DigitRun | null = null;
  let repeat = 1;
  let spelt = 0;
  for (const word of words) {
    const digit = /^\d$/.test(word[0]) ? word[0] : wordDigits[word[0]];
    if (word[0] === 'double' || word[0] === 'triple') {
      repeat = word[0] === 'double' ? 2 : 3;
    } else if (digit !== undefined) {
      if (!digits) start = word.index;
      digits += digit.repeat(repeat);
      if (word[0].length > 1) spelt++;
      repeat = 1;
      end = word.index + word[0].length;
    } else if (!/[,.\-+]/.test(word[0])) {
      digits = '';
      spelt = 0;
    }
    if (spelt >= 3 && digits.length >= 7 && digits.length <= 15) best = { start, end, text: digits, digits, plus: false, extension: null };
  }
  return best;
}
