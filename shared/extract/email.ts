// Which address in a message is the visitor's own.
import { isPlaceholder, isRole, suggestEmail } from './email-kind.ts';
import { scanEmails, type EmailFound } from './email-scan.ts';
import { scanSpokenEmails } from './email-spoken.ts';
import { invitation, OF_ANOTHER } from './email-invited.ts';
import { relations } from './relations.ts';
import type { Asked } from './questions.ts';
import { clauseAround, fold, lower, type Span } from './text.ts';
import type { Detail, DetailFlag, ExtractInput } from './types.ts';
import { vocabulary } from './vocabulary.ts';

/** What the caller knows and this pure folder does not. */
export interface ExtractRules {
  isDisposableDomain?: (domain: string) => boolean;
}

const ANNOUNCED = /e-?mail|mail|correo|courriel|почт|邮箱|メール|메일|ईमेल|بريد|מייל|write to me|reach me/;

/** All addresses in the text, the spelt-out ones only where a plain one does not cover them. */
export function findEmails(folded: string, asked: Asked, links: readonly Span[]): EmailFound[] {
  const plain = folded.includes('@') ? scanEmails(folded, links) : [];
  const expects = { asked: asked.email, announced: asked.email || ANNOUNCED.test(lower(folded)) };
  const spoken = scanSpokenEmails(folded, expects).filter((s) => !plain.some((p) => p.start < s.end && s.start < p.end));
  return [...plain, ...spoken].sort((a, b) => a.start - b.start);
}

/** "@hanmail.net" sent after "lydia.park": the two halves of one address. */
export function joinSplitEmail(folded: string, input: ExtractInput): EmailFound | null {
  const half = folded.trim();
  if (half.length > 120 || !/^(?:@|\p{L}{2,12}\s)/u.test(half) || !/[\s@]/.test(half)) return null;
  const last = input.previous.findLast((t) => t.role === 'visitor');
  const local = last ? fold(last.text).trim() : '';
  if (!local || local.length > 64 || local.includes('@') || !/^[\p{L}\p{N}._+\- ]+$/u.test(local)) return null;
  const text = half.startsWith('@') ? `${local}${half}` : `${local} ${half}`;
  const [joined] = [...scanEmails(text, []), ...scanSpokenEmails(text, { asked: false, announced: true })];
  if (joined?.start !== 0 || joined.end !== text.length) return null;
  const start = folded.indexOf(half);
  return { ...joined, start, end: start + half.length, spoken: true };
}

const SAYS_OWN_AFTER = /^["'”»)>]?[\s,.<=(-]{0,6}(?:that'?s|this is|it'?s|is) (?:me|mine|my (?:e-?mail|mail|address))(?!\p{L})/u;

/** Said by the other side before: the visitor quotes it, or answers to it. */
function saidByOthers(value: string, input: ExtractInput): boolean {
  return input.previous.some((t) => t.role !== 'visitor' && t.text.toLowerCase().includes(value));
}

const OWN_AFTER =
  /^\W{0,3}(?:is mine|is my|is the best|works|is me\b|is fine|please\b|thanks)|^[^.!?]{0,20}(?:es mío|es el mío|ist meine|ist mein|è mia|è la mia|é meu|é o meu|to mój)/u;
const OTHER_AFTER =
  /^[^.!?\n]{0,60}(?:\bto (?:my |your )?(?:contacts?|address book|list)\b|from (?:the|my|our|your) (?:team|list|account|workspace)|adresine yazd|yazdım|adresine (?:e-?posta |mail |mesaj )?(?:attım|gönderdim|yolladım|ilettim)|写过信|写信|に(?:メール|連絡)を?(?:送りま|送っ?た|しま|した)|に送(?:りました|った|信しま)|로 (?:보냈|메일)|에게? (?:보냈|메일)|\bwrote\b|\bsays\b|is that you|wrong address|bekommen|erhalten|gekregen|ontvangen|den (?:e-?)?mail aldım|adresinden (?:mail|mesaj)|returned my|を?受け取|からメール|的邮件|is (?:this|that|it) (?:real|you|legit|right|correct)|a valid e-?mail|valid address|\s<)/u;
const THIRD_SUBJECT =
  /\b(?:he|she|they)\b[^.!?]{0,40}$|\b(?:boss|colleague|manager|wife|husband|partner|friend|accountant|assistant|he|she|they)\b[^.!?]{0,30}\b(?:is|at|on|uses?)\b\W*$/;
/** The address is announced as one's own in so many words, right before it. */
const SAYS_OWN =
  /(?:\b(?:my|our)\b(?: \p{L}+){0,2} (?:e-?mail|mail|gmail|inbox|address|account|login)|\bmi (?:otra )?cuenta|\bmon (?:autre )?compte|\bmeine[mns]? (?:ander\p{L}+ )?(?:konto|account)|\bminha (?:outra )?conta|\bmio (?:altro )?account|\bmi (?:correo|e-?mail|mail|dirección)|\bmeu e-?mail|\bmon (?:adresse |e-?)?mail|\bmon adresse|\bmia (?:e-?mail|mail)|\bmeine (?:e-?mail|mail|adresse)[\p{L}-]*|\bmijn (?:e-?mail|mail)[\p{L}]*|мо[йя] (?:почта|e-?mail|адрес)|\bmój (?:adres|e-?mail|mail))(?:[ -]?(?:address|id|adres|adresse|electr[oó]nico|eletr[oô]nico))?(?: (?:is|es|é|est|è|ist|to|-))?[\s:=\-–(<"“,]{0,4}$/u;
const MAIL_FROM =
  /(?:mail|e-?mail|reply|response|answer|message|letter|invitation|invite|invoice|nachricht|antwort|respuesta|resposta|réponse|risposta|antwoord|odpowiedź|ответ|correo|mensaje|mensagem|courriel|messaggio|bericht|wiadomość|письмо|сообщение|повідомлення|лист)\p{L}{0,3} (?:from|von|van|de|do|da|di|od|от|від)\s*(?:[\p{L}. ]{1,40}[(<]?)?$|\bquoting\b[^.!?@]{0,40}$|\b(?:mailing )?list\s*$/u;
/** Talk about an address: asking after it, or after whom it belongs to. */
const ASKED_ABOUT =
  /^\s*(?:and |so |but )?(?:is|what'?s|what is|who is)\s*$|\b(?:do you know|who is|who'?s|have you|heard of|about|account of|went to|goes to|(?:speak|talk|deal)(?:ing)? (?:with|to))\b[^.!?@]{0,24}$/u;
const WROTE_FROM =
  /\b(?:wrote|emailed|mailed|signed up|ordered|registered|write|writing|contacted)\b[^.!?]{0,60}\b(?:from|with|as|under)\s*$/;
/** "My message to …": where something went, which a person does not write to themselves. */
const SENT_TO =
  /(?<!\p{L})(?:my|the|our|your|this|last|that) (?:\p{L}{2,12} ){0,2}?(?:e-?mails?|mails?|messages?|letter|request|ticket)(?: (?:that |which )?(?:i |we )?\p{L}{0,16}){0,3}? to\s*$|(?<!\p{L})(?:meine|die|mi|mis|el|la|o|a|meu|minha|mon|ma|mes|le|mio|mia|il|mijn|de|het|mój|moja|moje|мой|моё|мое) (?:\p{L}{2,12} ){0,2}?(?:e-?mails?|mails?|messages?|letter|request|ticket|nachricht|anfrage|correos?|mensajes?|mensagem|mensagens|courriel|message|messaggi[oo]?|bericht|berichtje|wiadomość|письмо|сообщение|лист)(?: (?:that |which |que |che |die |dat )?(?:i |we |ich |j'ai |he |hemos |ho |ik |eu )?\p{L}{0,16}){0,3}? (?:an|a|à|al|para|naar|aan|do|na|на)\s*$/u;
const BOUNCED =
  /^[^.!?\n]{0,50}(?:\bbounced|undeliver|came back|come back|mailer-?daemon|kam(?:en)? zurück|zurückgekommen|rebot(?:ó|ad|ou)|devuelt|devolvid|voltou|revenue?s?\b|retourné|tornat[aoie] indietro|teruggekom|kwam terug|wróci|вернулось|вернулся|geri döndü|戻って|退信|退回|반송)/u;
/** "Is … still in use?" */
const STILL_THERE =
  /^[^.!\n]{0,30}(?:\bstill (?:in use|active|valid|work|exist|correct)|(?:noch|immer noch) (?:aktiv|gültig|aktuell)|ainda (?:funciona|existe|está)|sigue (?:activ|funcion|siendo)|todavía|toujours (?:valide|acti|en service|d'actualité)|ancora (?:attiv|valid|in uso)|nog (?:actief|geldig|in gebruik)|nadal|jeszcze działa|(?:ещё|еще|всё ещё) (?:актуал|работает|действ)|hâlâ)/u;
/** Addresses of a form's placeholder: "name@example.com". */
const NOT_MINE_AFTER =
  /^[^.!?]{0,20}(?:(?:is )?not mine|isn'?t mine|no es m[ií][oa]|n'est pas (?:à moi|le mien|la mienne)|nicht meine?|non è mi[oa]|não é minh?[oa]|nie (?:jest )?m[oó]j|не мо[йё]|benim değil|niet van mij)/u;
/** "The address of my husband: …" */
const RELATIVES = new RegExp(String.raw`(?<!\p{L})(?:${relations})(?!\p{L})[^.!?,;@]{0,20}$`, 'u');
const SPECIMEN =
  /^(?:name|your[._-]?(?:name|e?mail)|you|user(?:name)?|e?mail|someone|somebody|address|xxx|abc|foo|nombre|nome|nom|naam|imie)@(?:example|domain|email|company|mail|exemplo|ejemplo|exemple|beispiel)\.(?:com|org|net|de|fr|es|it|pl)$/;
const NEGATED =
  /(?:\bnot|\bisn'?t|\bno longer|\binstead of|\bold|\bformer|\bprevious|n'est pas|\bno es|non è|nicht|niet|не|nie)\s{1,2}(?:[\p{L}]+\s)?(?:(?:an|aan|to|a|à|al|на|na) )?$|\b(?:change|update|switch|move)\b[^.!?]{0,40}\bfrom\s*$|\b(?:do not|don'?t|stop|never) (?:send|writ|e-?mail|mail|us|contact)\w*\b[^,;.!?@]{0,30}$/u;
const CHANGED_TO =
  /^[\s,]*(?:to|into|->|=>|→|for|but|it'?s|rather|sondern|mais|sino|ma|maar|а|але|ale|nun)\b[\s:]*(?:use |is |es |è |est |an |to |a |à |naar |na |на |al? )?$/u;
const PREFERENCE =
  /\b(?:use|prefer|instead|rather|want|newsletter|private|personal|better|best|primary|main)\b|mejor|usa\b|utilis|nutze|gebruik|usare|использ/;
const DEPRECATED =
  /\b(?:old|former|previous|alte|antigu[oa]|antig[oa]|ancienne|vecchi[oa]|oude|stary|eski|not|isn'?t|no longer|don'?t use|stop using|instead of|work is|was)\b[^.!?]{0,20}$/;

interface Judged {
  email: EmailFound;
  score: number;
}

function judge(email: EmailFound, folded: string, low: string, input: ExtractInput, asked: Asked): number {
  const { before, after } = clauseAround(low, email, 90);
  const words = vocabulary();
  // Only the clause this address closes: what stands between it and an earlier address speaks of that one.
  const near = before.slice(before.lastIndexOf('@') + 1);
  const invited = invitation(near, after);
  const saysOwn = (SAYS_OWN.test(near) && !SENT_TO.test(near)) || SAYS_OWN_AFTER.test(after);
  let score = asked.email ? 3 : 0;
  const alone = low.slice(0, email.start).trim().length + low.slice(email.end).trim().length < 4;
  if (alone) score += 2;
  if (words.ownEmail.test(near) || OWN_AFTER.test(after)) score += 2;
  if ((WROTE_FROM.test(near) && !/\b(?:he|she|they|who|someone|somebody)\b/.test(near)) || saysOwn) score += 6;
  else if (invited === 'own') score += 2;
  else if (
    invited !== null ||
    words.otherEmail.test(near.slice(near.lastIndexOf(': ') + 1)) ||
    OTHER_AFTER.test(after) ||
    THIRD_SUBJECT.test(near) ||
    SENT_TO.test(near) ||
    BOUNCED.test(after) ||
    MAIL_FROM.test(near)
  )
    score -= 4;
  else if (ASKED_ABOUT.test(near) || STILL_THERE.test(after)) score -= 3;
  if (!saysOwn && (RELATIVES.test(near) || OF_ANOTHER.test(after))) score -= 6;
  if (PREFERENCE.test(near)) score += 1;
  if (DEPRECATED.test(near)) score -= 1;
  if (NEGATED.test(near) || NOT_MINE_AFTER.test(after)) score -= 6;
  if (near !== before && CHANGED_TO.test(near)) score += 4;
  if (isRole(email.value) && !asked.email) score -= 1;
  // "Jane Roe <jane@roe.org>" is the visitor only where it is all they wrote.
  if (folded[email.start - 1] === '<' && folded[email.end] === '>' && /\S\s*<$/.test(folded.slice(0, email.start)))
    score -= low.length - email.value.length > 40 ? 1 : 0;
  if (!asked.confirms && saidByOthers(email.value, input)) score -= 4;
  return score;
}

function flagsOf(value: string, rules: ExtractRules): { flags: DetailFlag[]; suggestion?: string } {
  const flags: DetailFlag[] = [];
  if (rules.isDisposableDomain?.(value.slice(value.indexOf('@') + 1))) flags.push('disposable');
  if (isRole(value)) flags.push('role');
  const suggestion = suggestEmail(value);
  if (suggestion) flags.push('typo');
  return suggestion ? { flags, suggestion } : { flags };
}

/** The best-supported own address; at equal support the later one, which people type to correct or prefer. */
export function ownEmail(
  folded: string,
  found: readonly EmailFound[],
  input: ExtractInput,
  asked: Asked,
  corrects: boolean,
  rules: ExtractRules,
): Detail | null {
  const low = lower(folded);
  const judged: Judged[] = found
    .filter((e) => !isPlaceholder(e.value) && (asked.email || !SPECIMEN.test(e.value)))
    .map((email) => ({ email, score: judge(email, folded, low, input, asked) }));
  let best: Judged | null = null;
  for (const one of judged) if (!best || one.score > best.score || (one.score === best.score && corrects)) best = one;
  if (!best || best.score < 0) return null;
  const { value, start, end } = best.email;
  const known = input.known.email;
  return {
    field: 'email',
    value,
    start,
    end,
    replaces: known !== null && known !== value && (corrects || asked.email),
    ...flagsOf(value, rules),
  };
}
