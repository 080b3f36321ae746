// Names that stand by themselves: signed under a message, or heading a card of contact details.
import { isGiven, isStop, isTitle, readName, type NameSpan } from './name-read.ts';
import { foundFrom, type NameFound, type NameScene } from './name-scene.ts';
import { nameTurned } from './name-turned.ts';
import type { Token } from './text.ts';

const CLOSING =
  /(?:^|\n|[.!?,]\s*)(?:many |kind |best |warm |with |mit |bien )?(?:thanks|thank you|thx|regards|cheers|best|sincerely|yours(?: \w+)?|respectfully|ta|grüße|grüßen|gruß|freundlichen grüßen|danke|lg|mfg|saludos|un saludo|gracias|atentamente|abraços|abraço|atenciosamente|obrigad[oa]|cordialement|bien à vous|merci|saluti|cordiali saluti|grazie|groet|groeten|groetjes|bedankt|pozdrawiam|z poważaniem|dziękuję|с уважением|спасибо|з повагою|дякую|saygılar|saygılarımla|teşekkürler|hälsningar|mvh|hilsen|s pozdravem|děkuji|salam|terima kasih|xoxo|xx|trân trọng)(?: (?:so much|very much|a lot|again|in advance|for [^\n]{1,40}))?[^\n\p{L}]{0,3}\n\s{0,8}[-–—~]?\s?/giu;
/** Words that close a letter and nothing else, so that a name may follow them on the same line. */
const PARTING =
  /(?<!\p{L})(?:(?:(?:with |many |kind |best |warm |warmest |yours )?(?:regards|wishes)|sincerely|yours (?:truly|faithfully|sincerely)|(?<=(?:^|[.!?,;\n–-])\s{0,3})(?:best|cheers)|respectfully|(?:mit )?(?:freundlichen |besten |liebe[nr]? |viele[nr]? |schöne[nr]? )?(?:grüßen?|gruß|gruss|grüssen?)|lg|mfg|vg|hochachtungsvoll|(?:un |con un )?(?:cordial |afectuoso )?(?:saludos?)(?: cordial(?:es)?)?|atentamente|atte|abraços?|atenciosamente|att|cumprimentos|cordialement|bien (?:à vous|cordialement)|sincères salutations|salutations|(?:cordiali |distinti )?saluti|cordialmente|(?:met )?(?:vriendelijke |hartelijke )?(?:groet|groeten|groetjes)|mvg|pozdrawiam(?: serdecznie)?|(?:z )?(?:poważaniem|wyrazami szacunku)|с уважением|всего доброго|з повагою|saygılarımla|saygılar|sevgiler|iyi çalışmalar|(?:med )?(?:vänliga |venlig )?(?:hälsningar|hilsen)|mvh|s pozdravem|salam hormat|trân trọng|with love|xoxo)(?!\p{L})|(?:مع )?(?:تحياتي|التحية|خالص التحية)|वभवदीय|भवदीय|सादर)[\s,.!–—-]{1,4}(?=\p{L})/giu;
/** Thanks are as often said to a person by name; a full name after them, at the end of a request, is the writer's. */
const THANKS =
  /(?:(?<!\p{L})(?:thanks|thank you|thx|danke|vielen dank|gracias|obrigad[oa]|merci|grazie|bedankt|dank u|dziękuję|спасибо|дякую|teşekkürler)(?!\p{L})|شكرا|धन्यवाद)[\s,.!–—-]{1,4}(?=\p{L})/giu;
const SHORT_CLOSING =
  /(?:hearing from you|in advance|your help|your time|regards|cheers|thanks|thank you|best|please [^.?!]{4,60}|(?:could|can|would) you [^.!]{4,60}\?)[.,!]?\s*[-–—~]+\s*$/i;

/** The first token at or after `offset`, or -1. */
function tokenAt({ tokens }: NameScene, offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low < tokens.length ? low : -1;
}

function nameAt(scene: NameScene, offset: number): NameSpan | null {
  const at = tokenAt(scene, offset);
  const span = at < 0 ? null : readName(scene.tokens, at, { tongues: scene.tongues, strict: true, max: 4 });
  return span && (span.last > span.first || (scene.tokens[span.first]?.raw.length ?? 0) > 1) ? span : null;
}

const endsLine = (t: Token | undefined): boolean => t === undefined || t.kind === 'line' || t.kind === 'opaque';

function underClosing(scene: NameScene): NameFound | null {
  let found: NameFound | null = null;
  for (const match of scene.folded.matchAll(CLOSING)) {
    const span = nameAt(scene, match.index + match[0].length);
    if (span && endsLine(scene.tokens[span.last + 1])) found = foundFrom(scene, span, false);
  }
  return found;
}

const ROLE_FOLLOWS = /^[,|·/-]$/;

/** "…by Friday. Cheers, Bex": at the end of the message, after something said, and not the other side's name. */
function afterParting(scene: NameScene): NameFound | null {
  return closedBy(scene, PARTING, 1) ?? closedBy(scene, THANKS, 2);
}

function closedBy(scene: NameScene, pattern: RegExp, least: number): NameFound | null {
  let found: NameFound | null = null;
  for (const match of scene.folded.matchAll(pattern)) {
    if (!/[\p{L}\p{M}]{2}[^\p{L}\p{M}]+[\p{L}\p{M}]{2}/u.test(scene.folded.slice(0, match.index))) continue;
    const span = nameAt(scene, match.index + match[0].length);
    if (!span || span.last - span.first + 1 < least) continue;
    const after = scene.tokens[span.last + 1];
    const last =
      after === undefined || /^[.!]$/.test(after.raw)
        ? scene.tokens.length - span.last <= 2
        : after.kind === 'opaque' ||
          after.kind === 'line' ||
          (after.kind === 'number' && scene.tokens.length - span.last < 10) ||
          (ROLE_FOLLOWS.test(after.raw) && scene.tokens.length - span.last < 8);
    const head = scene.tokens[span.first] as Token;
    const cased = head.capital || head.lower === head.raw.toUpperCase() || scene.low === scene.folded;
    if (last && cased && !isSaidByOthers(scene, head.lower)) found = foundFrom(scene, span, false);
  }
  return found;
}

/** "Where is my parcel? Thank you. Beatrix" */
function lastWord(scene: NameScene): NameFound | null {
  const at = scene.tokens.length - 1;
  const last = scene.tokens[at];
  if (at < 5 || !last?.capital || !/^[.!?]$/.test(scene.tokens[at - 1]?.raw ?? '') || !isGiven(last, scene.tongues)) return null;
  if (isTitle(scene.tokens[at - 2])) return null;
  return isSaidByOthers(scene, last.lower) ? null : foundFrom(scene, { first: at, last: at, titled: false }, false);
}

const isSaidByOthers = ({ input }: NameScene, word: string): boolean =>
  input.previous.some((t) => t.role !== 'visitor' && t.text.toLowerCase().includes(word));

/** "-- \nJoanna Reyes\nOperations Lead" */
function underRule(scene: NameScene): NameFound | null {
  const rule = /\n[^\S\n]{0,8}(?:-{2,40}|_{2,40}|={2,40})[^\S\n]{0,8}\n\s{0,8}/.exec(scene.folded);
  if (!rule) return null;
  const span = nameAt(scene, rule.index + rule[0].length);
  return span && endsLine(scene.tokens[span.last + 1]) && scene.tokens[span.first]?.capital ? foundFrom(scene, span, false) : null;
}

/** A last line that is a dash and a name, or a name after a kiss: "- John", "xoxo Nina". */
function lastLine(scene: NameScene): NameFound | null {
  const match = /(?:\n\s{0,8}[-–—~]\s?|\b(?:xoxo|xx|signed|yours),? )(\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?)[.!\s]{0,4}$/u.exec(scene.folded);
  const span = match ? nameAt(scene, match.index + match[0].lastIndexOf(match[1] ?? '')) : null;
  return span && endsLine(scene.tokens[span.last + 1]) ? foundFrom(scene, span, false) : null;
}

/** "looking forward to hearing from you - Imogen" */
function afterDash(scene: NameScene): NameFound | null {
  const dash = /\s[-–—~]{1,2}\s?(\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?)\s*$/u.exec(scene.folded);
  if (!dash || !SHORT_CLOSING.test(scene.folded.slice(0, dash.index + dash[0].length - (dash[1]?.length ?? 0)).trimEnd())) return null;
  const span = nameAt(scene, scene.folded.length - dash[0].trimEnd().length + dash[0].trimEnd().lastIndexOf(dash[1] ?? ''));
  return span ? foundFrom(scene, span, false) : null;
}

/** "Priya Raman / priya@… / 0412 345 678", or a card of three lines and more: the name comes first, in two words or more. */
function headingCard(scene: NameScene): NameFound | null {
  const turned = nameTurned(scene, 0, true);
  if (turned) return turned;
  const span = readName(scene.tokens, 0, { tongues: scene.tongues, strict: true, max: 4 });
  if (!span || span.first !== 0) return null;
  if (span.last < 1 && !(scene.tokens[0]?.capital && scene.tokens[1]?.raw === ',' && scene.tokens[2]?.kind === 'opaque')) return null;
  const after = scene.tokens[span.last + 1];
  const head = scene.tokens[0] as Token;
  const lines = scene.tokens.filter((t) => t.kind === 'line').length;
  const separated = after !== undefined && (/^[/|,;<(\-–—]$/.test(after.raw) || after.kind === 'opaque' || after.kind === 'line');
  if (!separated) return null;
  if (after?.kind === 'line') return lines >= 2 && !isStop(head, scene.tongues) ? foundFrom(scene, span, false) : null;
  return head.capital && (span.last === 0 || scene.tokens[1]?.capital) ? foundFrom(scene, span, false) : null;
}

/** `hasContact`: the visitor's own address or number is in the same message. */
export function findSignature(scene: NameScene, hasContact: boolean): NameFound | null {
  const several = scene.folded.includes('\n');
  const signed = several ? (underRule(scene) ?? underClosing(scene)) : null;
  return (
    signed ?? afterParting(scene) ?? lastLine(scene) ?? afterDash(scene) ?? lastWord(scene) ?? (hasContact ? headingCard(scene) : null)
  );
}
