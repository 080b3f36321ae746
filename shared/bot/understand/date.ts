// Dates as people type them: 2026-12-03 · 3.12. · 12/3/2026 · 3rd of December · tomorrow · next Friday · in two weeks.
import { addDays, addMonths, toIso, weekdayOf } from './calendar.ts';
import { calendarWords, lastWords, nextWeek, relativeDays } from './date-words.ts';
import type { Folded } from './fold.ts';

export interface DateScene {
  /** ISO, in the visitor's zone; null: only dates written out in full are understood. */
  today: string | null;
  /** The visitor's language, a tag: whether 12/3 is in March or in December. */
  language: string | null;
}

/** A date stands near the beginning of an answer. */
const maxScanned = 300;

/** ISO; null where there is none. */
export function readDate(folded: Folded, scene: DateScene): string | null {
  const head =
    folded.text.length > maxScanned ? { ...folded, text: folded.text.slice(0, maxScanned), words: folded.words.slice(0, 60) } : folded;
  return (
    written(head.cjk ? head.text.replace(chineseNumber, toDigits) : head.text, scene) ??
    (scene.today === null ? null : spoken(head, scene.today))
  );
}

const chineseDigits = '一二三四五六七八九';
const chineseNumber = /[一二三四五六七八九十]{1,3}(?=月|日|号|號)/gu;

/** 三 · 十二 · 二十一 · 三十 */
function toDigits(text: string): string {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['零', text];
  const value = (letter: string | undefined): number => chineseDigits.indexOf(letter ?? '') + 1;
  return String((tens === '零' ? 0 : value(tens) || 1) * 10 + value(ones));
}

const yearFirst = /(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)/u;
const dotted = /(?<![\d.,])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})(?!\d))?(?!\d)/u;
const slashed = /(?<![\d/.-])(\d{1,2})\s?([/-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2}))?(?![\d/-])/u;
const monthDayCjk = /(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})(?:\s?[日号號일])?(?!\d)/u;
const ending = String.raw`(?:st|nd|rd|th|er|re|o|a|º|ª|\.)?`;

interface Named {
  dayFirst: RegExp;
  monthFirst: RegExp;
}

let named: Named | null = null;

function namedPatterns(): Named {
  if (named !== null) return named;
  const names = [...calendarWords().months.keys()].toSorted((a, b) => b.length - a.length).join('|');
  const year = String.raw`(?:[\s,.]{0,2}(?:de |del |of |г\.? )?(\d{4}))?`;
  named = {
    dayFirst: new RegExp(String.raw`(?<!\d)(\d{1,2})${ending}[\s-]?(?:of |de |di |d |din )?(${names})(?![\p{L}\p{M}])\.?${year}`, 'u'),
    monthFirst: new RegExp(String.raw`(?<![\p{L}\p{M}])(${names})\.?\s(?:the )?(\d{1,2})(?!\d|:|\s?[ap]m)${ending}${year}`, 'u'),
  };
  return named;
}

function written(text: string, scene: DateScene): string | null {
  if (!/\d/.test(text)) return null;
  const full = yearFirst.exec(text);
  if (full !== null) return toIso(Number(full[1]), Number(full[2]), Number(full[3]));
  const european = dotted.exec(text);
  if (european !== null) return dated(european[3], Number(european[2]), Number(european[1]), scene);
  const slash = slashed.exec(text);
  if (slash !== null) return ordered(slash, scene);
  const cjk = monthDayCjk.exec(text);
  if (cjk !== null) return dated(undefined, Number(cjk[1]), Number(cjk[2]), scene);
  const { dayFirst, monthFirst } = namedPatterns();
  const { months } = calendarWords();
  const before = dayFirst.exec(text);
  if (before !== null) return dated(before[3], months.get(before[2] ?? '') ?? 0, Number(before[1]), scene);
  const after = monthFirst.exec(text);
  return after === null ? null : dated(after[3], months.get(after[1] ?? '') ?? 0, Number(after[2]), scene);
}

/** 12/3/2026: the order is the language's, unless only the other one is a date. */
function ordered(match: RegExpExecArray, scene: DateScene): string | null {
  const [first, second] = [Number(match[1]), Number(match[3])];
  const monthFirst = dated(match[4], first, second, scene);
  const dayFirst = dated(match[4], second, first, scene);
  return isMonthFirst(scene.language) ? (monthFirst ?? dayFirst) : (dayFirst ?? monthFirst);
}

/** English where it is spoken as in the United States; and where the year would stand first, the month follows it. */
function isMonthFirst(language: string | null): boolean {
  const [primary, ...rest] = (language ?? 'en').toLowerCase().split(/[-_]/);
  if (primary === 'zh' || primary === 'ja' || primary === 'ko') return true;
  return primary === 'en' && (rest.length === 0 || rest.includes('us') || rest.includes('ph'));
}

/** Without a year, the next such day from today on. */
function dated(year: string | undefined, month: number, day: number, { today }: DateScene): string | null {
  if (year?.length === 4) return toIso(Number(year), month, day);
  const thisYear = today === null ? null : Number(today.slice(0, 4));
  if (year !== undefined) {
    const recent = 2000 + Number(year);
    // “12.3.71” is a birthday.
    return toIso(recent > (thisYear ?? 2030) + 20 ? recent - 100 : recent, month, day);
  }
  if (thisYear === null || today === null) return null;
  // The 29th of February may be years away.
  for (let next = thisYear; next <= thisYear + 8; next++) {
    const date = toIso(next, month, day);
    if (date !== null && date >= today) return date;
    if (date === null && !(month === 2 && day === 29)) return null;
  }
  return null;
}

const some = String.raw`(\d{1,3}|an?|one|two|three|un|une|una|uno|um|uma|eine[mnr]?|een|dos|tres|deux|trois|zwei|drei|due|tre|twee|drie|dois|duas|dwa|trzy|два|три)`;
const unit = String.raw`(?:(days?|dias?|jours?|tage?n?|giorn[oi]|dag(?:en)?|dni|dzien|gun|дн[яе]и?|день|يوم|ايام|दिन)|(weeks?|semanas?|semaines?|wochen?|settiman[ae]|weken|week|tydzien|tygodnie|tygodni|hafta|недел[юия]|недель|اسبوع|اسابيع|हफ्ते|हफ्तों|सप्ताह)|(months?|mes(?:es)?|mois|monate?n?|mes[ei]|maanden|maand|miesiac|miesiace|miesiecy|ay|месяца?|месяцев|شهر|اشهر|महीने))`;
const fromNow = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:in|en|dentro de|em|daqui a|dans|tra|fra|over|za|через|بعد)\s(?:${some}\s)?${unit}(?![\p{L}])`,
  'u',
);
const later = new RegExp(String.raw`(?<![\p{L}\p{M}\d])${some}\s?${unit}\s?(?:from now|later|sonra|बाद|में)`, 'u');
const laterCjk = /(\d{1,3})\s?(?:(日|天|일)|(週間?|周|星期|주)|([かヶケ]月|个月|個月|개월|달))\s?(?:間)?(?:後|后|以后|뒤|후)/u;
const few: Readonly<Record<string, number>> = {
  two: 2,
  dos: 2,
  deux: 2,
  zwei: 2,
  due: 2,
  twee: 2,
  dois: 2,
  duas: 2,
  dwa: 2,
  два: 2,
  three: 3,
  tres: 3,
  trois: 3,
  drei: 3,
  tre: 3,
  drie: 3,
  trzy: 3,
  три: 3,
};

function spoken(folded: Folded, today: string): string | null {
  const span = fromNow.exec(folded.text) ?? later.exec(folded.text) ?? (folded.cjk ? laterCjk.exec(folded.text) : null);
  if (span !== null) return after(span, today);
  return weekday(folded, today) ?? relative(folded, today) ?? ofTheMonth(folded.text, today);
}

/** Groups: how many, days, weeks, months. */
function after([, amount, days, weeks]: RegExpExecArray, today: string): string {
  const count = amount === undefined ? 1 : (few[amount] ?? (/\d/.test(amount) ? Number(amount) : 1));
  if (days !== undefined) return addDays(today, count);
  return weeks === undefined ? addMonths(today, count) : addDays(today, 7 * count);
}

function weekday(folded: Folded, today: string): string | null {
  const { weekdays, shortWeekdays } = calendarWords();
  const day = weekdays.find(folded)?.value ?? shortWeekdays.whole(folded);
  if (day === null) return null;
  const now = weekdayOf(today);
  if (nextWeek.find(folded) !== null) return addDays(today, 7 - now + day);
  if (lastWords.find(folded) !== null) return addDays(today, -((now - day + 6) % 7) - 1);
  return addDays(today, ((day - now + 6) % 7) + 1);
}

function relative(folded: Folded, today: string): string | null {
  const days = relativeDays.find(folded)?.value ?? null;
  return days === null ? null : addDays(today, days);
}

const ordinalDay = /^(?:on |am |el |le |il |der |den |o |op |dia |el dia |the )*(\d{1,2})(?:st|nd|rd|th|er|\.|º|日|号|일)$/u;

/** “the 15th”: the next one. */
function ofTheMonth(text: string, today: string): string | null {
  const day = Number(ordinalDay.exec(text.trim())?.[1] ?? 0);
  for (let months = 0; day > 0 && day <= 31 && months <= 12; months++) {
    const [year = 0, month = 1] = addMonths(`${today.slice(0, 7)}-01`, months)
      .split('-')
      .map(Number);
    const date = toIso(year, month, day);
    if (date !== null && date >= today) return date;
  }
  return null;
}
