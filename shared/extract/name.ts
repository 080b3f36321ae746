// The visitor's own name: as an answer, after a cue, before one, or as a signature.
import { correctionEnd } from './correction.ts';
import { findCjkName } from './name-cjk.ts';
import { nameByCue } from './name-cue.ts';
import { withoutFirm } from './name-firm.ts';
import { findKoreanName } from './name-ko.ts';
import { isBoundary, isGiven, isMash, isPlainState, isState, isStop, readName, type NameSpan } from './name-read.ts';
import { foundFrom, isFiller, type NameFound, type NameScene } from './name-scene.ts';
import { findSignature } from './name-signature.ts';
import { nameSpelled, nameTurned } from './name-turned.ts';
import type { Token } from './text.ts';

const SENTENCE_END = /[.!?:;)…,]/;
const SKIPPABLE_MARK = /^[,.!:\-–—"“”'«»„*(~_¡]$/u;
/** Openings that make a sentence of the answer, so that a state may follow ("it's private", "I'm fine"). */
const SENTENCE_WORDS = new Set("it's its it is i'm im i am this just only simply".split(' '));
const NOT_AFTER_ANSWER = new Set(
  'is are was were of to be as with than by or if so not into onto has have had will would does did'.split(' '),
);
const AFTER_ANSWER = new Set(
  "and i my at tomorrow today please here is the for but that from on in with phone email number ph mobile account ssn it's its thanks thank you not x xx xxx acct dob".split(
    ' ',
  ),
);

/** "Tess is fine", "Pina va bene" */
const SUFFICES =
  /^(?:is (?:just )?(?:fine|good|ok(?:ay)?|great|enough|perfect|goed|prima|oké)|will do|works|va bene|basta|reicht|genügt|está (?:bien|bem|bom)|suffi(?:t|ra)|wystarczy|yeterli|de(?:r|yebilir|rsen yeter)|diyebilir|достаточно|хватит)/u;
const AND_YOU =
  /(?:\b(?:and|et|y|e|und|en|a)|(?:^|[^\p{L}])(?:и|а|та)) (?:your'?s?|you|toi|vous|tú|usted|tu|você|lei|du|sie|ihrer|deiner|jij|u|ты|вас|вы|ви|ty|pan|pani)\s*\?\s*$/u;

const WITH = new Set(['with', 'mit', 'con', 'com', 'avec', 'met']);

/** A bare answer to "your name?": a name, alone or followed by something that is clearly no part of it. */
function nameByAnswer(scene: NameScene): NameFound | null {
  const { tokens, asked, tongues } = scene;
  const again = asked.age > 0 && scene.input.known.name !== null;
  if (!asked.name || (again && !(scene.corrects && asked.age === 1))) return null;
  // "pardon, Martinez": what takes the first answer back opens the second.
  const opening = again ? correctionEnd(scene.low) : 0;
  let from = tokens.findIndex((t) => t.start >= opening);
  if (from < 0 || (again && opening === 0)) return null;
  let strict = false;
  for (let t = tokens[from]; t && from < tokens.length - 1; t = tokens[++from]) {
    // "with Constance Abernathy", asked with whom one speaks
    const led = WITH.has(t.lower) && tokens[from + 1]?.capital === true;
    if (t.kind === 'word' ? !led && !isFiller(t, tongues) : !SKIPPABLE_MARK.test(t.raw)) break;
    strict ||= SENTENCE_WORDS.has(t.lower);
  }
  const turned = asked.age === 0 && asked.name === 'full' ? nameTurned(scene, from, false) : null;
  if (turned) return turned;
  const span = readName(tokens, from, { tongues, strict, max: 5, looseEnd: true });
  if (!span) return nameAsSentence(scene);
  const after = tokens[span.last + 1];
  // A counter-question, unless the name stands before it as a sentence: "Sean. What's yours?"
  if (
    scene.folded.trimEnd().endsWith('?') &&
    tokens.length > 3 &&
    !AND_YOU.test(scene.folded.toLowerCase()) &&
    !(tokens[span.first]?.capital && /^[.!,;\n]$/.test(after?.raw ?? ''))
  )
    return null;
  if (after?.kind === 'word' && !answerMayEndAt(scene, span, after)) return nameAsSentence(scene);
  if (!isLikelyAlone(scene, span)) return null;
  if (again ? !isSure(scene, span) : asked.age > 0 && (span.last - span.first > 2 || from > 0)) return null;
  return foundFrom(scene, trimCode(scene, span), false, asked.name === 'last' ? 'last' : 'full');
}

/** Written like a name or known as one, and the message ends with it. */
function isSure(scene: NameScene, span: NameSpan): boolean {
  const head = scene.tokens[span.first] as Token;
  return isBoundary(scene.tokens[span.last + 1]) && (head.capital || isGiven(head, scene.tongues));
}

/** "christine" and no more, with nothing else asked: an answer to a question put elsewhere, unless it is how the other side is called. */
function nameUnasked(scene: NameScene): NameFound | null {
  const { tokens, asked, tongues, input } = scene;
  if (asked.name || asked.text !== '' || input.known.name !== null || tokens.length > 3 || !tokens[0] || !isGiven(tokens[0], tongues))
    return null;
  const span = readName(tokens, 0, { tongues, strict: true, max: 2 });
  if (
    !span ||
    span.first !== 0 ||
    tokens[0].capital !== tokens[span.last]?.capital ||
    tokens.slice(span.last + 1).some((t) => t.raw !== '.')
  )
    return null;
  const head = tokens[0].lower;
  return input.previous.some((t) => t.role !== 'visitor' && t.text.toLowerCase().includes(head)) ? null : foundFrom(scene, span, false);
}

/** One word is no name where it is a state, a request ("pizza please") or no word at all. */
function isLikelyAlone(scene: NameScene, span: NameSpan): boolean {
  const head = scene.tokens[span.first] as Token;
  if (span.last > span.first || span.titled) return true;
  if (isMash(head) || (head.raw.length === 1 && !head.capital && head.raw < '\u02ff')) return false;
  if (!head.capital && /^(?:please|pls|plz)$/.test(scene.tokens[span.last + 1]?.lower ?? '')) return false;
  return scene.asked.name === 'last' || !isPlainState(head, scene.tongues);
}

/** "WOW! so cool :) Sarah Brown": among other talk, a stretch between marks that is a capitalised name and nothing else. */
function nameAsSentence(scene: NameScene): NameFound | null {
  const { tokens, tongues } = scene;
  if (scene.asked.age > 0) return null;
  for (let i = 1; i < tokens.length; i++) {
    if (!SENTENCE_END.test(tokens[i - 1]?.raw ?? '') || !tokens[i]?.capital) continue;
    const span = readName(tokens, i, { tongues, strict: true, max: 4 });
    const after = span ? tokens[span.last + 1] : undefined;
    if (!span || !isBoundary(after) || after?.raw === '?' || after?.raw === ',') continue;
    const onlyTalk = i < 6 && tokens.slice(0, i).every((t) => t.kind !== 'word' || isStop(t, tongues) || isFiller(t, tongues));
    if (tokens[i - 1]?.raw === ',' && span.last === span.first && !onlyTalk) continue;
    return foundFrom(scene, span, false);
  }
  return null;
}

function answerMayEndAt(scene: NameScene, span: NameSpan, after: Token): boolean {
  const head = scene.tokens[span.first] as Token;
  const next = scene.tokens[span.last + 2];
  if (SUFFICES.test(scene.low.slice(after.start, after.start + 40))) return !isState(head, scene.tongues);
  if (scene.asked.other && after.raw.length <= 3 && (next?.kind === 'number' || next?.kind === 'mixed')) return true;
  if (isState({ ...head, capital: span.last > span.first }, scene.tongues)) return false;
  if (head.capital && isStop(after, scene.tongues) && !NOT_AFTER_ANSWER.has(after.lower)) return true;
  return AFTER_ANSWER.has(after.lower) && (head.capital || after.lower !== 'is') && !isState(head, scene.tongues);
}

/** "kavitha sde 785": with a code asked for too, a short last word that a number follows belongs to the code. */
function trimCode(scene: NameScene, span: NameSpan): NameSpan {
  const last = scene.tokens[span.last];
  const after = scene.tokens[span.last + 1];
  if (!scene.asked.other || span.last === span.first || !last) return span;
  if (after?.kind !== 'number' && after?.kind !== 'mixed') return span;
  const codeAsked = /booking|confirmation|reference|reservation|code/.test(scene.asked.text);
  return (codeAsked && last.raw.length <= 3) || !/[aeiouyà-ÿ]/i.test(last.raw) ? { ...span, last: span.last - 1 } : span;
}

/** "*Stephen, with a ph" after a name was given. */
function nameByAsterisk(scene: NameScene): NameFound | null {
  if (scene.input.known.name === null || scene.tokens[0]?.raw !== '*') return null;
  const span = readName(scene.tokens, 1, { tongues: scene.tongues, strict: true, max: 3 });
  return span && isBoundary(scene.tokens[span.last + 1]) ? foundFrom(scene, span, true) : null;
}

/** "I'm Ben. Ben Stiller." and "O'Brien here, Siobhan O'Brien": one word said again as part of a longer name. */
function fullestMention(scene: NameScene, found: NameFound): NameFound {
  const small = !/^\p{Lu}/u.test(found.value);
  if (/\s/.test(found.value) || (small && !scene.asked.name)) return found;
  const past = scene.tokens.findIndex((t) => t.start >= found.end);
  // At most two tokens between: a mark, or "here" and a mark.
  for (let i = past; i >= 0 && i <= past + 2; i++) {
    const first = scene.tokens[i];
    const second = scene.tokens[i + 1];
    if (first?.kind !== 'word' || second?.kind !== 'word' || (!small && (!first.capital || !second.capital))) continue;
    if (first.raw !== found.value && second.raw !== found.value) continue;
    if (scene.tokens.slice(past, i).some((t) => t.kind === 'word' && t.lower !== 'here')) continue;
    if (isStop(first, scene.tongues) || isStop(second, scene.tongues) || second.start - first.end !== 1 || isFiller(first, scene.tongues))
      continue;
    return { ...foundFrom(scene, { first: i, last: i + 1, titled: false }, found.stated), part: found.part };
  }
  return found;
}

const ORGANISATION = new Set(
  `ltd limited inc llc llp plc corp corporation co company gmbh ag kg ug ohg sarl sas sasu srl spa slu bv nv oy ab aps pty sp zoo ooo ооо ltda eireli kft traders trading logistics hardware solutions services systems
technologies technology consulting consultants industries enterprises holdings group partners associates agency insurance bank hotel hotels restaurant bakery clinic dental pharmacy motors foods stores supplies university
school institute foundation association department dept team support media studios software builders electric plumbing realty properties estates airlines laboratories labs ventures capital telecom`.split(
    /\s+/,
  ),
);

/** "Northwind Traders", "Pemberton Hardware Ltd": a firm calls, not a person. */
function isOrganisation(scene: NameScene, found: NameFound): boolean {
  const after = scene.tokens.find((t) => t.start >= found.end);
  const next = after && after.start - found.end <= 2 && after.kind === 'word' && after.capital ? after.lower : '';
  const parts = found.value.toLowerCase().split(/[\s.]+/);
  return ORGANISATION.has(next) || (parts.length > 1 && ORGANISATION.has(parts[parts.length - 1] ?? ''));
}

/** `hasContact`: the visitor's own address or number is in the same message. */
export function findName(scene: NameScene, hasContact: boolean): NameFound | null {
  const found =
    findCjkName(scene) ??
    findKoreanName(scene) ??
    nameByCue(scene) ??
    nameByAsterisk(scene) ??
    nameSpelled(scene) ??
    nameByAnswer(scene) ??
    nameUnasked(scene) ??
    findSignature(scene, hasContact);
  return found && !isOrganisation(scene, found) ? fullestMention(scene, withoutFirm(scene, found)) : null;
}
