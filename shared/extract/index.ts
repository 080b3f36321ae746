// Email, name and phone out of one chat message, read in the light of the turns before it.
import { isCorrection } from './correction.ts';
import { findEmails, joinSplitEmail, ownEmail, type ExtractRules } from './email.ts';
import { scanLinks } from './email-scan.ts';
import { findName } from './name.ts';
import { tonguesFor, type NameFound, type NameScene } from './name-scene.ts';
import { findPhone } from './phone.ts';
import { askedBefore, type Asked } from './questions.ts';
import { fold, lower, tokenize, type Span } from './text.ts';
import { ownWords } from './quoted.ts';
import type { Detail, ExtractInput } from './types.ts';

export type { ExtractRules } from './email.ts';

const MAX_LENGTH = 8000;
const NONE = { email: null, name: null, phone: null };
const HAS_LETTER = /\p{L}/u;
/** "Ann Lee, 07700 900123" and no more: a name and a written number beside each other are somebody's card. */
const CARD = /^\s*\p{Lu}\p{L}+(?: \p{Lu}[\p{L}'-]+){1,3}\s?[,/|;\n–-]\s?\+?[\d(][\d ().-]{7,20}$/u;

const SURNAME_FIRST = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]+$/u;

/** First and last name in the order and with the gap their script has. */
function joined(first: string, last: string): { value: string; replaces: boolean } {
  return { value: SURNAME_FIRST.test(first) && SURNAME_FIRST.test(last) ? last + first : `${first} ${last}`, replaces: true };
}

/** Whether `value` was the visitor's answer to a question for that part of the name alone. */
function givenAs(part: 'first' | 'last', value: string, { previous }: ExtractInput): boolean {
  return previous.some(
    (turn, i) =>
      turn.role === 'visitor' &&
      turn.text.includes(value) &&
      i > 0 &&
      askedBefore({ text: turn.text, previous: previous.slice(0, i), known: NONE }).name === part,
  );
}

/** The same over several lines, an address between them. */
const CARD_IN_LINES =
  /^\s*\p{Lu}[\p{L}.'-]+(?: \p{Lu}[\p{L}.'-]*){1,3}\s*\n(?:[^\n]{0,80}\n){0,6}?[^\S\n]{0,4}(?:\p{L}{1,9}[.:]? ?)?\+?[\d(][\d ().-]{7,20}\s*(?:\n|$)/u;

/** The known name completed or corrected by the one just found, and whether it takes its place. */
function nameDetail(found: NameFound, input: ExtractInput, asked: Asked, corrects: boolean): Detail {
  const known = input.known.name;
  const base = { field: 'name' as const, start: found.start, end: found.end, flags: [] };
  if (known === null) return { ...base, value: found.value, replaces: false };
  if (asked.name === 'first' && found.part === 'full' && !corrects && givenAs('last', known, input))
    return { ...base, ...joined(found.value, known) };
  const sameStart = lower(known).startsWith(lower(found.value)) || lower(known).endsWith(lower(found.value));
  if (found.part === 'last' && !sameStart && !corrects) {
    return { ...base, ...joined(known.split(' ')[0] ?? known, found.value) };
  }
  const completes = lower(found.value).startsWith(lower(known) + ' ');
  // The host's or guest's name is no news about who is writing.
  const restated = (asked.name !== null && !/\b(?:host|guest)/.test(asked.text)) || corrects || found.stated;
  return { ...base, value: found.value, replaces: !sameStart && (completes || restated) };
}

/** Details the visitor gives of themselves; at most one of each field. Never throws; linear in the length of the text. */
export function extractDetails(input: ExtractInput, rules: ExtractRules = {}): Detail[] {
  const text = input.text.length > MAX_LENGTH ? input.text.slice(0, MAX_LENGTH) : input.text;
  const whole = fold(text);
  const folded = ownWords(whole);
  const asked = askedBefore(input);
  const low = lower(folded);
  const corrects = isCorrection(low);
  const links = scanLinks(folded);
  const found = findEmails(folded, asked, links);
  const split = found.length === 0 ? joinSplitEmail(folded, input) : null;
  const email = ownEmail(folded, split ? [split] : found, input, asked, corrects, rules);
  const opaque: Span[] = [...links, ...found].sort((a, b) => a.start - b.start);
  const onCard = email !== null || CARD.test(folded) || CARD_IN_LINES.test(folded);
  const named = HAS_LETTER.test(folded) ? nameIn(text, folded, input, { asked, corrects }, opaque, onCard) : null;
  const beside = { onCard: onCard && (email ?? named) !== null, ownName: named !== null, corrects };
  const phone = /\d/.test(folded) || asked.phone ? findPhone(folded, input, asked, beside, opaque) : null;
  // A heading over a number alone is a name only once the number is known to be the visitor's.
  const name = named ?? (phone && !email ? nameIn(text, folded, input, { asked, corrects }, opaque, true) : null);
  const details = [email, phone, name ? nameDetail(name, input, asked, corrects) : null];
  return details.filter((d): d is Detail => d !== null);
}

function nameIn(
  text: string,
  folded: string,
  input: ExtractInput,
  { asked, corrects }: { asked: Asked; corrects: boolean },
  opaque: readonly Span[],
  hasContact: boolean,
): NameFound | null {
  const scene: NameScene = {
    text,
    folded,
    low: lower(folded),
    shouted: text === text.toUpperCase(),
    tokens: tokenize(folded, opaque),
    input,
    asked,
    corrects,
    tongues: tonguesFor(input.language),
  };
  return findName(scene, hasContact);
}

/** Compiles every table, so that the first visitor does not wait for it. */
export function warmUp(): void {
  extractDetails({
    text: 'Hi, I am Ada, ada at example dot org, +1 415 555 0132',
    previous: [{ role: 'bot', text: 'Your name?' }],
    known: { email: null, name: null, phone: null },
  });
}
