// The visitor's own name: as an answer, after a cue, before one, or as a signature.
import { findCjkName } from './name-cjk.ts';
import { findKoreanName } from './name-ko.ts';
import { isBoundary, isState, isStop, readName, type NameSpan } from './name-read.ts';
import { findSignature } from './name-signature.ts';
import type { Asked } from './questions.ts';
import type { Token } from './text.ts';
import type { ExtractInput } from './types.ts';
import { cueStandsAt, vocabulary, type Cue, type Tongue } from './vocabulary.ts';

export interface NameFound {
  value: string;
  start: number;
  end: number;
  /** What the words around it call it. */
  part: 'full' | 'last';
  /** Said in so many words ("my name is"), not merely answered. */
  stated: boolean;
}

export interface NameScene {
  text: string;
  folded: string;
  tokens: readonly Token[];
  input: ExtractInput;
  asked: Asked;
  /** Languages whose words count as words in this message. */
  tongues: readonly Tongue[];
}

const english = (): Tongue => vocabulary().tongues.get('en') as Tongue;

export function tonguesFor(language: string | undefined): Tongue[] {
  const hinted = vocabulary().tongues.get((language ?? 'en').slice(0, 2).toLowerCase());
  return hinted && hinted.tag !== 'en' ? [hinted, english()] : [english()];
}

export function foundFrom(scene: NameScene, span: NameSpan, stated: boolean, part: 'full' | 'last' = 'full'): NameFound {
  const start = scene.tokens[span.first]?.start ?? 0;
  const end = scene.tokens[span.last]?.end ?? start;
  const value = scene.text.slice(start, end).replace(/\s+/g, ' ');
  return { value, start, end, part, stated };
}

/** A question about a name, not a statement of one: "is my name spelled right?", "who is this?". */
const ASKING_BEFORE = new Set('what whats is was does how if that not isn\'t wasn\'t who where why do did your his her their company restaurant user pet product \'s partner\'s wife\'s husband\'s'.split(' '));

const startsSentence = (tokens: readonly Token[], i: number): boolean => i === 0 || ['mark', 'line', 'opaque'].includes(tokens[i - 1]?.kind ?? '');

/** Whether the cue at `at` may speak of the visitor, by the word before it. */
function cueHolds(scene: NameScene, at: number, cue: Cue): boolean {
  const before = scene.tokens[at - 1];
  const first = cue.words[0] ?? '';
  if (before && before.kind === 'word' && ASKING_BEFORE.has(before.lower) && !startsSentence(scene.tokens, at)) return false;
  // A bare label ("name", "nom", "surname") opens a line or stands before a colon.
  if (cue.words.length === 1 && /^(?:names?|nom|nombre|nome|name|naam|prénom|surname|isim|nama|tên|имя|ім'я|имя|фио|imię|jméno|meno|namn|navn|nimi|नाम|الاسم|השם|שם|tu|foyer)$/u.test(first)) {
    return startsSentence(scene.tokens, at) || (before !== undefined && isStop(before, scene.tongues) && scene.tokens[at + 1]?.raw === ':');
  }
  if (first === 'it' || first === "it's" || first === 'its' || first === 'es' || first === "c'est" || first === 'это' || first === 'to') return scene.asked.name !== null || startsSentence(scene.tokens, at) || isGreeting(scene, at - 1);
  return true;
}

const isGreeting = (scene: NameScene, i: number): boolean => {
  const t = scene.tokens[i];
  return t?.kind === 'word' && [...scene.tongues, ...vocabulary().tongues.values()].some((g) => g.fillers.has(t.lower));
};

/** Skips what may stand between a cue and the name: a colon, a dash, quotes, "is". */
function afterCue(tokens: readonly Token[], at: number): number {
  let i = at;
  while (i - at < 3 && /^[:\-–—=“”"'«„,*(]$/u.test(tokens[i]?.raw ?? '')) i++;
  const t = tokens[i];
  if (i > at && t?.kind === 'line') i++;
  return i;
}

function nameAfterCue(scene: NameScene, at: number, cue: Cue): NameFound | null {
  const self = cue.kind === 'self';
  const from = afterCue(scene.tokens, at + cue.words.length);
  const tongues = cue.tongue.tag === 'en' ? [cue.tongue] : [cue.tongue, ...scene.tongues.filter((t) => t !== cue.tongue)];
  const span = readName(scene.tokens, from, { tongues: self ? tongues : [cue.tongue], strict: self, max: 4 });
  if (!span) return null;
  if (self && !selfHolds(scene, at, cue, span, tongues)) return null;
  return foundFrom(scene, span, !self, cue.kind === 'lastName' ? 'last' : 'full');
}

const CONTINUES = new Set('and from here with i my calling writing speaking at but we i\'m im i\'ve i\'d und aus hier et de du y e ed con from van uit da dan dari saya i z ze a și og och och fra från и из а та з de,'.split(' '));

/** "I am X" names only where X looks like a name and what follows does not go on describing. */
function selfHolds(scene: NameScene, at: number, cue: Cue, span: NameSpan, tongues: readonly Tongue[]): boolean {
  const { tokens } = scene;
  const head = tokens[span.first] as Token;
  const after = tokens[span.last + 1];
  const ends = isBoundary(after) || CONTINUES.has(after?.lower ?? '') || cue.tongue.stop.has(after?.lower ?? '');
  const opens = startsSentence(tokens, at) || isGreeting(scene, at - 1);
  const asksBack = tokens.slice(0, at).some((t) => t.kind === 'word') && scene.folded.trimEnd().endsWith('?') && cue.words[0] === 'is';
  if (asksBack) return false;
  if (head.raw.length < 2) return false;
  const words = span.last - span.first + 1;
  if (scene.asked.name && scene.asked.age === 0) return ends || head.capital;
  const cased = cue.tongue.lexicon.script === 'latin' || cue.tongue.lexicon.script === 'cyrillic';
  const shout = scene.text === scene.text.toUpperCase();
  if (cased && head.capital && !shout) return cue.tongue.tag === 'de' ? ends && opens : ends || words > 1;
  if (cue.words.length === 1 && cue.tongue.tag !== 'id' && cue.tongue.tag !== 'it') return opens && ends && isBoundary(after) && !isState(head, tongues) && cue.tongue.tag === 'en' && words <= 2;
  return opens && ends && words <= 2;
}

function nameBeforeCue(scene: NameScene, at: number, cue: Cue): NameFound | null {
  const { tokens } = scene;
  const weak = cue.words.length === 1 || cue.words[0] === 'by';
  let first = at;
  while (first > 0 && tokens[first - 1]?.kind === 'word' && at - first < 6) first--;
  if (weak && tokens[at - 1]?.kind === 'mark' && tokens[at - 1]?.raw === ',' ) {
    // "Renee, by the way"
    if (cue.words[0] !== 'by' && cue.words[0] !== 'btw') return null;
    first = at - 1;
    while (first > 0 && tokens[first - 1]?.kind === 'word' && at - first < 6) first--;
    return exactly(scene, first, at - 2, cue, weak);
  }
  return exactly(scene, first, at - 1, cue, weak);
}

/** The tokens from `first` to `last` as one name, fillers at the front aside. */
function exactly(scene: NameScene, first: number, last: number, cue: Cue, weak: boolean): NameFound | null {
  let from = first;
  while (from < last && cue.tongue.fillers.has(scene.tokens[from]?.lower ?? '')) from++;
  const span = readName(scene.tokens, from, { tongues: [cue.tongue], strict: weak, max: 5 });
  if (span?.last !== last) {
    // "Lena from Brightside Bakery here"
    const next = span ? scene.tokens[span.last + 1] : undefined;
    if (!span || !weak || next?.lower !== 'from' || !scene.tokens[span.first]?.capital) return null;
    return foundFrom(scene, span, false);
  }
  if (weak && !startsSentence(scene.tokens, first)) return null;
  if (weak && !isBoundary(scene.tokens[last + 1 + cue.words.length]) && !scene.tokens[span.first]?.capital) return null;
  return foundFrom(scene, span, !weak);
}

/** Every cue in the message, best last value first: statements beat self-introductions. */
export function nameByCue(scene: NameScene): NameFound | null {
  const { cuesByWord } = vocabulary();
  const { tokens } = scene;
  let stated: NameFound | null = null;
  let last: NameFound | null = null;
  let weak: NameFound | null = null;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.kind !== 'word') continue;
    for (const cue of cuesByWord.get(token.lower) ?? []) {
      if (!cueStandsAt(tokens, i, cue) || !cueHolds(scene, i, cue)) continue;
      const found = cue.kind === 'precedes' ? nameBeforeCue(scene, i, cue) : nameAfterCue(scene, i, cue);
      if (!found) continue;
      if (found.part === 'last') last ??= found;
      else if (found.stated) stated ??= found;
      else weak ??= found;
      break;
    }
  }
  if (stated && last && stated.start < last.start) return { ...stated, value: `${stated.value} ${last.value}`, end: last.end };
  return stated ?? last ?? weak;
}

/** A bare answer to "your name?": a name, alone or followed by something that is clearly no part of it. */
export function nameByAnswer(scene: NameScene): NameFound | null {
  const { tokens, asked, tongues } = scene;
  if (!asked.name) return null;
  let from = 0;
  const skippable = (t: Token | undefined): boolean =>
    t !== undefined && ((t.kind === 'mark' && /^[,.!:\-–—"“”'«»„*(]$/u.test(t.raw)) || (t.kind === 'word' && tongues.some((g) => g.fillers.has(t.lower))));
  while (from < tokens.length - 1 && skippable(tokens[from])) from++;
  const span = readName(tokens, from, { tongues, strict: false, max: 5 });
  if (!span) return null;
  const after = tokens[span.last + 1];
  if (scene.folded.trimEnd().endsWith('?') && tokens.length > 3) return null;
  const words = span.last - span.first + 1;
  if (after?.kind === 'word' && !answerMayEndAt(scene, span, after)) return null;
  if (asked.age > 0 && (words > 3 || from > 0)) return null;
  return foundFrom(scene, trimCode(scene, span), false, asked.name === 'last' ? 'last' : 'full');
}

const AFTER_ANSWER = new Set('and i my at tomorrow today please here is the for but that from on in with phone email number ph mobile account ssn it\'s its thanks thank you not'.split(' '));

function answerMayEndAt(scene: NameScene, span: NameSpan, after: Token): boolean {
  const head = scene.tokens[span.first] as Token;
  return AFTER_ANSWER.has(after.lower) && (head.capital || after.lower !== 'is') && !isState(head, scene.tongues);
}

/** "kavitha sde 785": with a code asked for too, a short last word that a number follows belongs to the code. */
function trimCode(scene: NameScene, span: NameSpan): NameSpan {
  const last = scene.tokens[span.last];
  const after = scene.tokens[span.last + 1];
  if (!scene.asked.other || span.last === span.first || !last) return span;
  if (after?.kind !== 'number' && after?.kind !== 'mixed') return span;
  return last.raw.length <= 3 || !/[aeiouyà-ÿ]/i.test(last.raw) ? { ...span, last: span.last - 1 } : span;
}

/** "*Stephen, with a ph" after a name was given. */
function nameByAsterisk(scene: NameScene): NameFound | null {
  if (scene.input.known.name === null || scene.tokens[0]?.raw !== '*') return null;
  const span = readName(scene.tokens, 1, { tongues: scene.tongues, strict: true, max: 3 });
  return span && isBoundary(scene.tokens[span.last + 1]) ? foundFrom(scene, span, true) : null;
}

export function findName(scene: NameScene, hasContact: boolean): NameFound | null {
  return (
    findCjkName(scene) ?? findKoreanName(scene) ?? nameByCue(scene) ?? nameByAsterisk(scene) ?? nameByAnswer(scene) ?? findSignature(scene, hasContact)
  );
}
