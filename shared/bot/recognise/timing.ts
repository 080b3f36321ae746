import { splitPhrases } from '../understand/languages.ts';
import { createPhrases } from '../understand/phrases.ts';
import type { Phrase } from './index.ts';

const day = 1;
const week = 7;
const month = 30;
const year = 365;

/** Clear on their own, in fifteen languages; the value is days from now. */
const clear = createPhrases<number>([
  ...days(
    1,
    'asap, as soon as possible, right away, straight away, immediately, urgent, urgently, by tomorrow, start today, need it now, need it today, need this today',
  ),
  ...days(
    1,
    'cuanto antes, lo antes posible, inmediatamente, urgente, o quanto antes, o mais rápido possível, imediatamente, dès que possible, au plus vite, immédiatement, tout de suite',
  ),
  ...days(
    1,
    'so schnell wie möglich, so bald wie möglich, sofort, schnellstmöglich, dringend, il prima possibile, subito, appena possibile, zo snel mogelijk, meteen, direct nodig, jak najszybciej, natychmiast, pilne',
  ),
  ...days(
    1,
    'en kısa sürede, hemen, acil, bir an önce, как можно скорее, как можно быстрее, срочно, немедленно, في أقرب وقت, فورا, حالا, जल्द से जल्द, तुरंत, अभी चाहिए, jald se jald, turant',
  ),
  ...days(
    1,
    'できるだけ早く, なるべく早く, すぐに, 今すぐ, 至急, 尽快, 越快越好, 马上, 立刻, 立即, 최대한 빨리, 가능한 한 빨리, 당장, 지금 바로',
  ),
  ...days(
    5,
    'this week, esta semana, cette semaine, diese woche, questa settimana, deze week, w tym tygodniu, bu hafta, на этой неделе, هذا الأسبوع, इस हफ्ते, 今週, 这周, 本周, 이번 주, a few days, couple of days, couple days',
  ),
  ...days(
    10,
    'next week, próxima semana, semana que viene, semana que vem, semaine prochaine, nächste woche, nächster woche, prossima settimana, volgende week, w przyszłym tygodniu, gelecek hafta, önümüzdeki hafta, на следующей неделе, الأسبوع القادم, अगले हफ्ते, 来週, 下周, 下个星期, 다음 주, couple of weeks, couple weeks, a few weeks, few weeks',
  ),
  ...days(
    14,
    'this month, este mes, este mês, ce mois, diesen monat, questo mese, deze maand, w tym miesiącu, bu ay, в этом месяце, هذا الشهر, इस महीने, 今月, 这个月, 本月, 이번 달, end of the month, end of month',
  ),
  ...days(
    month,
    'next month, próximo mes, mes que viene, próximo mês, mês que vem, mois prochain, nächsten monat, nächster monat, prossimo mese, mese prossimo, volgende maand, w przyszłym miesiącu, gelecek ay, önümüzdeki ay, в следующем месяце, الشهر القادم, الشهر المقبل, अगले महीने, 来月, 下个月, 다음 달, a month from now',
  ),
  ...days(
    2 * month,
    'couple of months, couple months, few months, unos meses, alguns meses, quelques mois, paar monaten, qualche mese, paar maanden, kilka miesięcy, birkaç ay, несколько месяцев, عدة أشهر, कुछ महीने, 数ヶ月, 几个月, 몇 달, this quarter, dieses quartal, ce trimestre, este trimestre',
  ),
  ...days(
    4 * month,
    'next quarter, próximo trimestre, prochain trimestre, nächstes quartal, nächsten quartal, volgend kwartaal, 来四半期, 下个季度, 다음 분기, half a year, half year',
  ),
  ...days(
    6 * month,
    'this year, later this year, end of the year, end of year, este año, este ano, cette année, dieses jahr, quest’anno, dit jaar, w tym roku, bu yıl, bu sene, в этом году, هذا العام, इस साल, 今年, 올해',
  ),
  ...days(
    year,
    'next year, próximo año, año que viene, próximo ano, ano que vem, année prochaine, nächstes jahr, nächsten jahr, prossimo anno, anno prossimo, volgend jaar, w przyszłym roku, gelecek yıl, seneye, в следующем году, العام القادم, السنة القادمة, अगले साल, 来年, 明年, 내년, no rush, no hurry, not urgent, keine eile, pas pressé, sin prisa, sem pressa, nessuna fretta, geen haast, не срочно, acelesi yok, 急いでいません, 不急, 급하지 않',
  ),
]);

/** Only as an answer to the question. */
const asAnswer = createPhrases<number>([
  ...days(
    1,
    'now, today, tomorrow, soon, quickly, very soon, ahora, hoy, mañana, ya, agora, hoje, amanhã, maintenant, aujourd’hui, demain, jetzt, heute, morgen, bald, adesso, ora, oggi, domani, nu, vandaag, teraz, dziś, jutro, şimdi, bugün, yarın, сейчас, сегодня, завтра, скоро, الآن, اليوم, غدا, अभी, आज, कल, 今, 今日, 明日, すぐ, 现在, 今天, 明天, 지금, 오늘, 내일, 바로',
  ),
  ...days(
    year,
    'later, someday, some day, eventually, más tarde, más adelante, mais tarde, plus tard, später, irgendwann, più tardi, più avanti, later pas, później, kiedyś, sonra, daha sonra, позже, потом, когда-нибудь, لاحقا, बाद में, 後で, いつか, 以后, 晚点, 나중에',
  ),
]);

const unitDays: readonly (readonly [source: string, days: number])[] = [
  ['days?|dias?|jours?|tage?n?|giorn[oi]|dagen|dag|dni|dzien|gun|дне[ий]|дн[яе][ий]?|день|ايام|يوم|दिन|日間?|天|일', day],
  [
    'weeks?|wks?|semanas?|semaines?|wochen?|settiman[ae]|weken|tygodni\\p{L}*|tydzien|hafta\\p{L}*|недел\\p{L}+|اسبوع|اسابيع|हफ्ते|सप्ताह|週間|周|个?星期|주',
    week,
  ],
  [
    'months?|mos?|mes|meses|mois|monate?n?|mes[ei]|maanden|maand|miesi\\p{L}+|ay|ayda|месяц\\p{L}*|شهر|اشهر|شهور|महीने|महीनों|[かヶケ]月|个月|개월|달',
    month,
  ],
  ['years?|anos?|ans?|jahre?n?|anni|anno|jaar|lat|rok|yil|год\\p{L}*|лет|سنه|سنوات|साल|年間?|년', year],
];
// "in 2 weeks", "within 3 months", "2-3 weeks from now"; asked, the amount alone will do.
const lead =
  '(?:in|within|about|under|over|less than|en|dentro de|em|dans|d ici|sous|innerhalb von|binnen|entro|tra|fra|over|za|w ciagu|через|в течение|خلال|بعد)';
const amount = String.raw`(\d{1,3}|one|two|three|four|six|an?|un|une|una|uno|eine[mnr]?|een|dos|tres|deux|trois|zwei|drei|due|tre|twee|drie|dois|два|три|dwa|trzy)(?:\s?(?:-|–|to|or|a|o|ou|oder|of|bis)\s?(\d{1,3}))?\s?`;
const patterns = unitDays.map(([source, days]) => ({
  days,
  led: new RegExp(
    String.raw`(?<!\p{L})${lead} (?:the next |about |around |les |die naechsten |den nachsten )?${amount}(?:${source})(?!\p{L})`,
    'u',
  ),
  bare: new RegExp(String.raw`(?<![\p{L}\d])${amount}(?:${source})(?!\p{L})`, 'u'),
  after: new RegExp(
    String.raw`(\d{1,3})(?:\s?(?:-|–|~|～)\s?(\d{1,3}))?\s?(?:${source})(?:后|後|以内|内|之内|안에|이내|후|में|içinde|icinde|sonra| from now)`,
    'u',
  ),
}));
const unitHint =
  /day|dia|jour|tag|giorn|dag|dn|dzien|gun|д[ен]|يوم|ايام|दिन|日|天|일|w[ek]|semana|semaine|woche|settiman|weken|tygod|tydz|hafta|недел|اسبوع|اسابيع|हफ्ते|सप्ताह|週|周|星期|주|mo|mes|mois|monat|maand|miesi|ay|меся|شهر|اشهر|شهور|महीने|महीनों|月|개월|달|year|an|jahr|jaar|lat|rok|yil|год|лет|سن|साल|年|년/;
const one = /^(?:one|an?|un|une|una|uno|eine[mnr]?|een)$/;
const few: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  six: 6,
  dos: 2,
  tres: 3,
  deux: 2,
  trois: 3,
  zwei: 2,
  drei: 3,
  due: 2,
  tre: 3,
  twee: 2,
  drie: 3,
  dois: 2,
  два: 2,
  три: 3,
  dwa: 2,
  trzy: 3,
};

function days(value: number, phrases: string): (readonly [string, number])[] {
  return splitPhrases(phrases).map((phrase) => [phrase, value] as const);
}

/** What was, or a day of the month: not when somebody would like to start. */
const past = /\b(?:ago|last|yesterday|since|of (?:this|next) (?:week|month|year))\b/;
/** A longer message is a story; the patterns are tried on its head alone. */
const maxScanned = 1000;

export function timing(phrase: Phrase, asked: boolean): number | null {
  const { folded } = phrase;
  if (!asked && past.test(folded.text)) return null;
  const text = folded.text.length > maxScanned ? folded.text.slice(0, maxScanned) : folded.text;
  if (unitHint.test(text)) {
    for (const { led, bare, after, days: unit } of patterns) {
      const match = (asked ? bare.exec(text) : led.exec(text)) ?? after.exec(text);
      if (match !== null) return middle(match) * unit;
    }
  }
  return (
    clear.find(folded)?.value ??
    (asked ? (asAnswer.whole(folded) ?? (folded.words.length <= 4 ? (asAnswer.find(folded)?.value ?? null) : null)) : null)
  );
}

function middle(match: RegExpExecArray): number {
  const from = readAmount(match[1] ?? '');
  const to = match[2] === undefined ? from : readAmount(match[2]);
  return (from + Math.max(from, to)) / 2;
}

function readAmount(text: string): number {
  return one.test(text) ? 1 : (few[text] ?? Number(text));
}
