import { splitPhrases } from '../understand/languages.ts';
import { createPhrases } from '../understand/phrases.ts';
import { findNumber, numberSource, readNumber } from '../understand/number.ts';
import type { Phrase } from './index.ts';

const units =
  'people|persons?|employees?|staff|users?|seats|agents?|colleagues|members|folks|headcount|engineers|developers|devs|of us|personas|empleados|trabajadores|usuarios|pessoas|funcionarios|colaboradores|personnes|salaries|employes|utilisateurs|collaborateurs|personen|mitarbeiter|mitarbeiterinnen|leute|nutzer|kollegen|mann|persone|dipendenti|utenti|collaboratori|mensen|medewerkers|gebruikers|werknemers|osob|osoby|pracownikow|uzytkownikow|kisi|kisilik|calisan|kullanici|человека?|людеи|сотрудник\\p{L}*|пользовател\\p{L}*|موظف\\p{L}*|شخص\\p{L}*|اشخاص|लोग|लोगों|कर्मचारी|人|名|个人|員|员工|명';
const range = String.raw`(${numberSource})(?:\s?(?:-|–|to|and|or|a|à|bis|до|~|～)\s?(${numberSource}))?\s?(k\b)?\+?\s?`;
// At most two words between, as in "20 sales people" or "20 full time employees".
const counted = new RegExp(String.raw`(?<![\d.,$€£])${range}(?:\p{L}{2,12}[ -]){0,2}(?:${units})(?![\p{L}])`, 'u');
const countedCjk = new RegExp(String.raw`(?<![\d.,])${range}(?:人|名|个人|員|员工|명)`, 'u');
const teamOf = new RegExp(
  String.raw`\b(?:team|company|staff|group|equipo|equipa|equipe|squadra|zespol|team von|we are|were|somos|siamo|wir sind|nous sommes|on est|we zijn|нас)\s(?:of |de |di |von |van |about |around |roughly |circa |etwa |ca |approximately |environ )*${range}(?!\s?(?:years?|jahre|ans|anos|months?|minutes?|days?|weeks?|km|%|€|\$))`,
  'u',
);
const plainRange = new RegExp(range, 'u');
const hasDigit = /\d/;

const alone = createPhrases(
  splitPhrases(
    'just me, only me, just myself, only myself, it’s just me, solo founder, solopreneur, freelancer, i’m a freelancer, one man band, one person company, solo yo, sólo yo, só eu, somente eu, juste moi, moi seul, nur ich, solo io, alleen ik, tylko ja, sadece ben, только я, я один, я одна, أنا فقط, انا بس, सिर्फ मैं, केवल मैं, 私だけ, 一人です, 只有我, 就我一个, 저 혼자, 나 혼자',
  ).map((p) => [p, 1] as const),
);
const aloneAsked = createPhrases(
  splitPhrases(
    'me, myself, solo, alone, self employed, allein, seul, solo yo, yo, moi, ich, io, eu, ja sam, ben, я, أنا, मैं, 一人, 혼자',
  ).map((p) => [p, 1] as const),
);
const vague = createPhrases([
  ['a few', 4],
  ['a couple', 2],
  ['a handful', 5],
  ['a dozen', 12],
  ['dozens', 36],
  ['hundreds', 300],
  ['thousands', 3000],
]);

/** How many come for an evening says nothing of how many work together. */
const occasion =
  /(?<![\p{L}\p{M}])(?:tables?|reserv\p{L}*|dinner|lunch|brunch|restaurant|hotel|rooms?|tickets?|party of|guests?|wedding|mesa|habitacion|entradas|boda|convidados|quarto|ingressos|chambre|billets?|invites|mariage|tisch|zimmer|karten|gaeste|gaste|hochzeit|tavolo|prenot\p{L}*|camera|biglietti|ospiti|tafel|kamer|kaartjes|gasten|stolik\p{L}*|rezerw\p{L}*|pokoj|bilety|gosci|masa\p{L}*|rezervasyon\p{L}*|oda|bilet\p{L}*|misafir\p{L}*|столик\p{L}*|брон\p{L}*|номер|билет\p{L}*|гост\p{L}*|طاوله|حجز|غرفه|تذاكر|ضيوف|टेबल|मेज|बुकिंग|कमरा|टिकट|मेहमान)(?![\p{L}\p{M}])|テーブル|予約|宴会|订位|餐桌|预订|预约|房间|예약|테이블|객실/u;

export function teamSize(phrase: Phrase, asked: boolean): number | null {
  const { folded } = phrase;
  if (!asked && occasion.test(folded.text)) return null;
  if (alone.find(folded) !== null) return 1;
  if (hasDigit.test(folded.text)) {
    const text = withoutDetails(phrase);
    const match =
      counted.exec(text) ?? (folded.cjk ? countedCjk.exec(text) : null) ?? teamOf.exec(text) ?? (asked ? plainRange.exec(text) : null);
    return match === null ? null : middle(match);
  }
  if (!asked) return null;
  return aloneAsked.whole(folded) ?? vague.find(folded)?.value ?? findNumber(folded);
}

/** A phone number is no head count. */
function withoutDetails(phrase: Phrase): string {
  if (phrase.details.length === 0 || phrase.folded.text.length !== phrase.raw.length) return phrase.folded.text;
  let text = phrase.folded.text;
  for (const { start, end } of phrase.details) text = `${text.slice(0, start)}${'·'.repeat(end - start)}${text.slice(end)}`;
  return text;
}

/** Groups of `range`: from, to, “k”. */
function middle(match: RegExpExecArray): number | null {
  const from = readNumber(match[1] ?? '');
  const to = match[2] === undefined ? from : readNumber(match[2]);
  const size = Math.round((from + Math.max(from, to)) / 2) * (match[3] === undefined ? 1 : 1000);
  return size >= 1 && size <= 5_000_000 ? size : null;
}
