// Which run of digits is the visitor's telephone number, and its E.164 form.
import { parsePhoneNumberFromString, type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import { scanCodeApart, scanDigits, scanSpelledDigits, type DigitRun } from './phone-scan.ts';
import type { Asked } from './questions.ts';
import { relations } from './relations.ts';
import { lower, type Span } from './text.ts';
import type { Detail, ExtractInput } from './types.ts';
import { lastMatch, vocabulary } from './vocabulary.ts';

const DATE =
  /^\(?\s?(?:(?:19|20)\d{2}[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:19|20)\d{2})(?!\d)/;
const IP = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const DECIMAL = /^\d{1,3}\.\d{4,}$/;
const SSN = /^\d{3}-\d{2}-\d{4}$/;
const CARD = /^\d{4}(?:[ -]\d{4}){3}$|^3\d{3}[ -]\d{6}[ -]\d{5}$/;
const IBAN = /[a-z]{2}\d{2}\s?(?:\d{4}\s?)*$/i;
/** Directly left of the digits: part of a word, a code, a sum or a handle. */
const GLUED_BEFORE =
  /(?:[\p{Script=Latin}\p{Script=Cyrillic}\p{N}_\\@#=*^<$€£¥₹][-+.(]?|@\s|[=*^<]\s|(?<!\p{L})(?:no|nr|n)[.°º]\s?|#\s?|\d:)$/u;
/** Such a left neighbour is fine where it is a label: "ph9715…", "my number-650 …". */
const LABEL_BEFORE =
  /(?:tel|phone|ph|phn|mobile|mob|cell|number|fax|whatsapp)\.?[-:.#]{0,2}$|^[mtp]:$|(?:tel|phone|mobile|cell)\.? (?:no|nr|n)[.°º]\s?$/;
/** Right of them: a unit, a letter, more of a sum or a time. */
const GLUED_AFTER =
  /^(?:[-_]?\p{Script=Latin}|%|\s?[=*^]|\s?(?:€|\$|£|(?:usd|eur|credits?|dollars?|euros?|people|guests|items|units|pcs|kg|km|cm|mm|gb|mb)(?!\p{L}))|[-:/@]\d|-\p{L}\p{L}?(?!\p{L}))/iu;
const CALLED_THEM =
  /\b(?:i|we) (?:called|call|rang|tried|dialed|dialled|phoned)\b[^.!?]{0,20}$|\b(?:your|their|his|her|its|support|company|restaurant|hotel|shop|store|(?<!\b(?:my|our) )office'?s?) (?:tele)?(?:phone|number|mobile|cell|line)[^.!?]{0,20}$|\bto call\b[^.!?]{0,30}(?:enter|dial)\b[^.!?]{0,10}$|请输入\s?$|\bnumber (?:that )?you (?:gave|sent|listed|have|provided|told)\b[^.!?]{0,20}$|\b(?:call|contact|phone|ring|reach|text) (?:them|him|her)\b[^.!?]{0,12}$|\bhe'?s|\bshe'?s\b|\b(?:calls?|called|texts?|sms|voicemail|message)\b[^.!?]{0,12}\bfrom\b[^.!?]{0,10}$|llamé al|ho chiamato|j'ai appelé|ich habe [^.!?]{0,20}angerufen|liguei para|звонил|дзвонив|dzwoniłem|aradım/;
/** A relative's or colleague's number, or the other side's own. */
const THEIRS = new RegExp(
  String.raw`(?<!\p{L})(?:${relations}|vuestro|vosotros|vostro|vosso|votre|ihre|jullie|wasz|ваш|numaranız)(?!\p{L})[^.!?,\n]{0,28}$|(?:你们|你的|妈妈|爸爸|老婆|老公|あなたの|御社の|母の|父の|妻の|夫の|엄마|아빠|남편|아내)[^，。,]{0,10}$`,
  'u',
);
/** "Do not call … anymore", "my old number was …" */
const GIVEN_UP =
  /(?<!\p{L})(?:(?:do not|don'?t|never|stop) (?:us(?:e|ing)|call(?:ing)?|ring(?:ing)?|text(?:ing)?|contact(?:ing)?|phon(?:e|ing))|no longer|not|old|former|previous|instead of|nicht mehr|alte[rns]?|ya no|antiguo|não|antigo|ne plus|ancien|non più|vecchio|niet meer|oude?|stary|już nie|eski|старый|больше не)(?!\p{L})[^.!?,;\d]{0,24}$/u;
const GIVEN_UP_AFTER = /^[^.!?,;\d]{0,12}(?:any ?more|no longer|is old|was my old)/;
const ABBREVIATED = /(?<!\p{L})(tel|тел|mob|моб|ph|tlf|tfno|nr|cel|cell|telef|num)\.(?=\s)/gu;
/** "… anymore, use …": another number in its place. */
const IN_ITS_PLACE =
  /\d[^\d]{0,30}(?<!\p{L})(?:new (?:one|number|phone|cell|mobile)(?:'s| is|:)?|use|try|now|but|sondern|jetzt|ahora|sino|agora|mas|maintenant|mais|ora|ma|nu|maar|teraz|ale|теперь|но|şimdi)\s(?:\p{L}+\s){0,3}$/u;
const NOT_A_PHONE =
  /not a (?:tele)?phone|doesn'?t look like|isn'?t a (?:tele)?phone|不像|不是(?:一个)?电话|não parece|no parece|is always busy|is busy|nobody picks|is a (?:ssn|serial|sequence|seq)|序列号|打不通|没人接|(?:no|non) fun[cz]iona|não funciona|ne (?:marche|fonctionne) pas|geht nicht|werkt niet|nie działa|не работает|çalışmıyor|(?:doesn'?t|does not|isn'?t|not) work/;

interface Reading {
  run: DigitRun;
  value: string;
  /** Certain as a number of some country. */
  valid: boolean;
  score: number;
}

const isCountry = (code: string | undefined): code is CountryCode => code !== undefined && isSupportedCountry(code.toUpperCase());

function extended(value: string, run: DigitRun): string {
  return run.extension && value.startsWith('+') ? `${value};ext=${run.extension}` : value;
}

/** E.164 where the number itself or the visitor's country tells; else the bare digits. */
function normalise(run: DigitRun, country: string | undefined): { value: string; valid: boolean } | null {
  const home = isCountry(country?.toUpperCase()) ? (country?.toUpperCase() as CountryCode) : undefined;
  const digits = run.digits;
  const international = run.plus || /^00[1-9]/.test(digits);
  if (international) {
    const parsed = parsePhoneNumberFromString('+' + (run.plus ? digits : digits.slice(2)));
    if (parsed?.isPossible()) return { value: extended(parsed.number, run), valid: parsed.isValid() };
    return run.plus ? null : { value: digits, valid: false };
  }
  if (home) {
    const parsed = parsePhoneNumberFromString(digits, home);
    if (parsed?.isPossible()) return { value: extended(parsed.number, run), valid: parsed.isValid() };
    // A country code typed without its plus.
    const whole = parsePhoneNumberFromString('+' + digits);
    if (whole?.isValid() && whole.country === home) return { value: extended(whole.number, run), valid: true };
  }
  return { value: digits, valid: false };
}

function shapedLikeOther(run: DigitRun): boolean {
  const text = run.text.replace(/^[\s(]+/, '');
  if (run.plus) return false;
  return (
    DATE.test(text) ||
    IP.test(text) ||
    DECIMAL.test(text) ||
    SSN.test(text) ||
    CARD.test(text) ||
    run.digits.length > 15 ||
    /\)\s?\.\s?\(/.test(text) ||
    /^(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d$/.test(text)
  );
}

function saidByOthers(run: DigitRun, input: ExtractInput): boolean {
  const tail = run.digits.slice(-7);
  return input.previous.some((t) => t.role !== 'visitor' && t.text.replace(/\D/g, '').includes(tail));
}

interface Context {
  low: string;
  input: ExtractInput;
  asked: Asked;
  beside: Beside;
}

/** What else the same message gives: an own address (or nothing but a name) or a self-introduction makes a plain number theirs; a correction speaks of the number before. */
export interface Beside {
  onCard: boolean;
  ownName: boolean;
  corrects: boolean;
}

const SPEAKS_OF_PHONE_AFTER =
  /^[^.!?\d]{0,14}(?:是我的电话|是我的手机|is (?:my|the) (?:best |right |correct |new )?(?:phone|number|cell|mobile|way to)|es mi (?:número|teléfono|móvil)|ist meine|è il mio|é o meu|numara(?:dan|sından|ma|mdan)|로 (?:연락|전화)|番?に(?:お)?電話|に(?:ご)?連絡|番に|まで(?:お)?電話|पर (?:कॉल|फोन)|par (?:call|phone|msg|message|whatsapp)|mobile\b|cell\b|\(?whatsapp)/;
/** Words left and right of a number for its kind, and what the kind is worth: people answer mobiles, not faxes. */
const KINDS: readonly { before: RegExp; after: RegExp; worth: number }[] = [
  { before: /\b(?:mobile|cell|mob|whats ?app|m)\b[^\p{L}]*$/u, after: /^[^\p{L}\d\n]{0,3}(?:mobile|cell|mob|whatsapp)\b/u, worth: 1 },
  { before: /\bfax\b(?: (?:is|no|number|nr))*[^\p{L}]*$|传真[^\p{L}]*$/u, after: /^[^\p{L}\d\n]{0,3}fax\b/u, worth: -3 },
];

/** What the words around say; below zero they speak against it. */
function contextPoints(run: DigitRun, c: Context): number {
  // The dot of "tel." ends no sentence.
  const before = c.low.slice(Math.max(0, run.start - 48), run.start).replace(ABBREVIATED, '$1 ');
  const after = c.low.slice(run.end, run.end + 40);
  const near = before.slice(Math.max(before.lastIndexOf('\n\n'), before.search(/[.!?]\s[^.!?]*$/)) + 1);
  const clause = near.slice(Math.max(near.search(/\d[^\d]*$/), -1) + 1);
  const words = vocabulary();
  if (GLUED_BEFORE.test(before) && !LABEL_BEFORE.test(before)) return -9;
  if (GLUED_AFTER.test(after) && !run.extension) return -9;
  if (IBAN.test(before.trimEnd()) && run.digits.length > 8 && /[a-z]{2}\d*\s*$/i.test(before)) return -9;
  const otherAt = clause.search(words.otherNumber);
  const cued = lastMatch(words.phoneCue, clause) > otherAt || SPEAKS_OF_PHONE_AFTER.test(after);
  const other = otherAt >= 0 && !cued;
  let s = 0;
  if (c.asked.phone || IN_ITS_PLACE.test(before)) s += 3;
  if (cued) s += 3;
  if (other) s -= 5;
  if (CALLED_THEM.test(near) || THEIRS.test(clause) || NOT_A_PHONE.test(after) || NOT_A_PHONE.test(c.low)) s -= 6;
  if (GIVEN_UP.test(clause) || GIVEN_UP_AFTER.test(after)) s -= 4;
  if (saidByOthers(run, c.input)) s -= 6;
  if (shapedLikeOther(run)) s -= c.asked.phone || cued ? 4 : 6;
  if (c.beside.onCard && run.digits.length > 8) s += 2;
  else if (c.beside.ownName && /\d[ ().-]+\d/.test(run.text)) s += 1;
  if (c.beside.corrects && c.input.known.phone !== null && !other) s += 3;
  if (c.asked.other && !c.asked.phone && !cued) s -= 4;
  for (const kind of KINDS) if (kind.before.test(clause) || kind.after.test(after)) s += kind.worth;
  return s;
}

function numberPoints(run: DigitRun, valid: boolean, low: string, asked: Asked): number {
  const words = (low.slice(0, run.start) + low.slice(run.end)).match(/\p{L}+/gu)?.length ?? 0;
  // Abroad's form among few words is given to be used; within a story it may be anybody's.
  let s = valid ? (run.plus && words < 5 ? 2 : 1) : 0;
  // Nothing but the number: "PO 4155550132" or "I paid 4155550132" speak of something else.
  if (words === 0 && (valid || run.plus) && !asked.other && !asked.text) s += 1;
  if ((run.digits.length < 7 || run.digits.length > 12) && !valid) s -= 1;
  return s;
}

export function findPhone(folded: string, input: ExtractInput, asked: Asked, beside: Beside, taken: readonly Span[]): Detail | null {
  const low = lower(folded);
  const apart = scanCodeApart(low);
  const whole = scanDigits(folded, taken);
  const runs = apart ? [apart, ...whole.filter((r) => r.end <= apart.start || apart.end <= r.start)] : whole;
  if (asked.phone) {
    const spelled = scanSpelledDigits(low);
    if (spelled) runs.unshift(spelled);
  }
  let best: Reading | null = null;
  for (const run of runs) {
    const context = contextPoints(run, { low, input, asked, beside });
    // A parse costs more than all the rest; nothing it can add lifts a run this low.
    if (context < -1) continue;
    const number = normalise(run, input.country);
    if (!number || number.value.replace(/\D/g, '').length < 6) continue;
    const points = context + numberPoints(run, number.valid, low, asked);
    const later = best !== null && points === best.score && (beside.corrects || (number.valid && !best.valid));
    if (points >= 2 && (!best || points > best.score || later)) best = { run, ...number, score: points };
  }
  if (!best) return null;
  const known = input.known.phone;
  return {
    field: 'phone',
    value: best.value,
    start: best.run.start,
    end: best.run.end,
    replaces: known !== null && known !== best.value && (beside.corrects || asked.phone),
    flags: [],
  };
}
