// The words days go by, in fifteen languages: those of the calendar come from Intl, the rest is written here.
import { fold } from './fold.ts';
import type { Phrasebook } from './languages.ts';
import { allPhrases, languages, splitPhrases } from './languages.ts';
import { createPhrases } from './phrases.ts';
import type { Phrases } from './phrases.ts';

const today: Phrasebook = {
  en: 'today, tonight',
  es: 'hoy',
  pt: 'hoje',
  fr: 'aujourd’hui',
  de: 'heute',
  it: 'oggi',
  nl: 'vandaag',
  pl: 'dziś, dzisiaj',
  tr: 'bugün',
  ru: 'сегодня',
  ar: 'اليوم, النهارده',
  hi: 'आज, aaj',
  ja: '今日, きょう, 本日',
  zh: '今天, 今日',
  ko: '오늘',
};
const tomorrow: Phrasebook = {
  en: 'tomorrow, tmrw, tmr, tomorow, tommorow, tommorrow',
  es: 'mañana',
  pt: 'amanhã',
  fr: 'demain',
  de: 'morgen',
  it: 'domani',
  nl: 'morgen',
  pl: 'jutro',
  tr: 'yarın',
  ru: 'завтра',
  ar: 'غدا, بكرة, بكره',
  hi: 'कल, kal',
  ja: '明日, あした, あす',
  zh: '明天',
  ko: '내일',
};
const afterTomorrow: Phrasebook = {
  en: 'day after tomorrow, the day after tomorrow, overmorrow',
  es: 'pasado mañana',
  pt: 'depois de amanhã',
  fr: 'après demain, après-demain',
  de: 'übermorgen',
  it: 'dopodomani',
  nl: 'overmorgen',
  pl: 'pojutrze',
  tr: 'öbür gün, yarından sonra',
  ru: 'послезавтра',
  ar: 'بعد غد, بعد بكرة',
  hi: 'परसों, parson',
  ja: '明後日, あさって',
  zh: '后天, 後天',
  ko: '모레',
};
const yesterday: Phrasebook = {
  en: 'yesterday',
  es: 'ayer',
  pt: 'ontem',
  fr: 'hier',
  de: 'gestern',
  it: 'ieri',
  nl: 'gisteren',
  pl: 'wczoraj',
  tr: 'dün',
  ru: 'вчера',
  ar: 'أمس, امبارح',
  hi: '',
  ja: '昨日, きのう',
  zh: '昨天',
  ko: '어제',
};

export const relativeDays: Phrases<number> = createPhrases([
  ...allPhrases(afterTomorrow).map((phrase) => [phrase, 2] as const),
  ...allPhrases(yesterday).map((phrase) => [phrase, -1] as const),
  ...allPhrases(tomorrow).map((phrase) => [phrase, 1] as const),
  ...allPhrases(today).map((phrase) => [phrase, 0] as const),
]);

/** The weekday that follows is that of the next calendar week. */
export const nextWeek: Phrases<boolean> = createPhrases(
  splitPhrases(
    'next week, next monday, next tuesday, next wednesday, next thursday, next friday, next saturday, next sunday, próxima semana, semana que viene, semana que vem, semaine prochaine, nächste woche, nächster woche, kommende woche, prossima settimana, settimana prossima, volgende week, przyszłym tygodniu, następnym tygodniu, gelecek hafta, haftaya, önümüzdeki hafta, следующей неделе, الأسبوع القادم, الأسبوع المقبل, अगले हफ्ते, अगले सप्ताह, 来週, 下周, 下週, 下星期, 下礼拜, 다음 주, 다음주',
  ).map((phrase) => [phrase, true] as const),
);

/** The weekday beside it has been. */
export const lastWords: Phrases<boolean> = createPhrases(
  splitPhrases(
    'last, pasado, pasada, passado, passada, dernier, dernière, letzten, letzter, letzte, vergangenen, scorso, scorsa, vorige, afgelopen, zeszły, zeszłą, ostatni, geçen, прошлый, прошлую, прошлое, الماضي, الماضية, पिछले, 先週, 上周, 上个, 上星期, 지난',
  ).map((phrase) => [phrase, true] as const),
);

/** Forms the calendar does not list: other cases, short forms. Monday first. */
const moreWeekdays = [
  'mon, mo, lun, seg, segunda, segunda feira, pon, pn, pzt, пн, 月曜, 周一, 週一, 礼拜一, somvar',
  'tue, tues, di, mar, terça, terca feira, wt, sal, вт, 火曜, 周二, 週二, 礼拜二',
  'wed, weds, mi, mié, mer, quarta, quarta feira, wo, śr, środę, çar, ср, среду, 水曜, 周三, 週三, 礼拜三',
  'thu, thur, thurs, do, jue, jeu, gio, quinta, quinta feira, czw, per, чт, 木曜, 周四, 週四, 礼拜四',
  'fri, fr, vie, ven, sexta, sexta feira, vr, pt, cum, пт, пятницу, 金曜, 周五, 週五, 礼拜五',
  'sat, sa, sáb, sam, sab, za, sob, sobotę, cmt, сб, субботу, sonnabend, 土曜, 周六, 週六, 礼拜六',
  'sun, so, dom, dim, zo, niedz, nd, niedzielę, paz, вс, воскресенье, 日曜, 周日, 週日, 星期天, 周天, 礼拜天, 礼拜日',
];
const levantineMonths = 'كانون الثاني, شباط, آذار, نيسان, أيار, حزيران, تموز, آب, أيلول, تشرين الأول, تشرين الثاني, كانون الأول';

/** So short a form is a day only where it is all that is said. */
const minLetters = 3;

export interface CalendarWords {
  weekdays: Phrases<number>;
  /** Also those of two letters, for a whole message. */
  shortWeekdays: Phrases<number>;
  /** Month by its folded name. */
  months: ReadonlyMap<string, number>;
}

let words: CalendarWords | null = null;

/** Worked out when first needed: most flows ask for no date. */
export function calendarWords(): CalendarWords {
  return (words ??= collect());
}

function collect(): CalendarWords {
  const weekdays: (readonly [string, number])[] = moreWeekdays.flatMap((list, i) =>
    splitPhrases(list).map((name) => [name, i + 1] as const),
  );
  const months = new Map<string, number>(splitPhrases(levantineMonths).map((name, i) => [fold(name).text, i + 1]));
  for (const language of languages) {
    const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
      new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' });
    const weekday = format({ weekday: 'long' });
    // 6 July 2026 is a Monday.
    for (let i = 1; i <= 7; i++) weekdays.push([weekday.format(Date.UTC(2026, 6, 5 + i)), i]);
    const forms = [
      format({ month: 'long' }),
      format({ month: 'short' }),
      format({ month: 'long', day: 'numeric' }),
      format({ month: 'short', day: 'numeric' }),
    ];
    for (let month = 1; month <= 12; month++) {
      for (const form of forms) {
        const name = form.formatToParts(Date.UTC(2026, month - 1, 6)).find((part) => part.type === 'month')?.value ?? '';
        const folded = fold(name).words.join(' ');
        // “5月” is read by its number.
        if (/^[\p{L}\p{M} ]{2,}$/u.test(folded)) months.set(folded, month);
      }
    }
  }
  months.set('sept', 9);
  const isLong = ([name]: readonly [string, number]): boolean => fold(name).cjk || name.length >= minLetters;
  return { weekdays: createPhrases(weekdays.filter(isLong)), shortWeekdays: createPhrases(weekdays), months };
}
