// Names that words announce: "my name is …", "I'm … from …", "… here", "under the name …".
import { isCorrection } from './correction.ts';
import { BOOKING, nameIndirectly, nameRespelled, nameWithFirm } from './name-indirect.ts';
import { isBoundary, isGiven, isGivenWord, isParticle, isState, isStop, readName, type NameSpan } from './name-read.ts';
import { isEveryday, isUnlikeWord } from './name-word.ts';
import { foundFrom, greetedBefore, isFiller, type NameFound, type NameScene } from './name-scene.ts';
import { nameTurned } from './name-turned.ts';
import type { Token } from './text.ts';
import { cueStandsAt, vocabulary, type Cue, type Tongue } from './vocabulary.ts';

const words = (s: string): ReadonlySet<string> => new Set(s.split(/\s+/));

/** Before a cue they make a question, a denial or somebody else's name of it. */
const SPOILS_BEFORE = words(
  "what whats what's is was does how if that not isn't wasn't don't dont never stop who where why do did your his her their whose thier company restaurant user pet product maiden mother's father's partner's wife's husband's friend's",
);
/** Between sentences, or opening a clause; an opening bracket is neither. */
const SENTENCE_MARK = /^[.!?,;:\-–—…*"“”«»¡¿|/~•。，]$/u;
const LABEL =
  /^(?:names?|full|first|last|family|name's|nom|nombre|nome|naam|prénom|surname|surname's|isim|nama|tên|имя|ім'я|фио|imię|imie|jméno|meno|namn|navn|nimi|नाम|الاسم|השם|שם|apellidos?|sobrenome|apelido|cognome|nachname|vorname|achternaam|voornaam|nazwisko|soyad)$/u;
const MY = words('my good full own real legal actual proper correct the so and but is under by on yes hi hello hey ok okay');
const THING = /^(?:it|it's|its|this|here|c'est|ini|dit|det|das|hier|es|это|to|zie)$/;
const ORIGIN = words('from here again calling speaking writing with aus da de des du van von vom z ze из из-за з');
const CONTINUES = words(
  "and from here with i my calling writing speaking at but we i'm im i've i'd und aus hier et de du y e ed con van uit da dan dari saya z ze och fra från и из а та з",
);

/** German capitalises every noun; only these go on after a name and hardly after a noun. */
const AFTER_GERMAN = words('und aus von vom hier mit aber');

export function startsSentence(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1];
  return (
    before === undefined || before.kind === 'line' || before.kind === 'opaque' || (before.kind === 'mark' && SENTENCE_MARK.test(before.raw))
  );
}

/** Fillers that belong to the cue itself: "ich bin", "io sono". */
const PRONOUNS = words('ich io eu yo ik ja я i je moi jag jeg saya aku ben tôi أنا انا');

/** Only greetings and the like stand between the start of the sentence and `i`, and at least one of them. */
function afterGreeting(scene: NameScene, i: number, tongue: Tongue): boolean {
  let j = i;
  const tongues = scene.tongues.includes(tongue) ? scene.tongues : [...scene.tongues, tongue];
  while (j > 0 && i - j < 6) {
    const t = scene.tokens[j - 1] as Token;
    if (t.kind === 'word' ? !isFiller(t, tongues) : t.kind !== 'mark' || !/^[,.!\-–¡]$/u.test(t.raw)) break;
    j--;
  }
  return (
    j < i &&
    (j === 0 || startsSentence(scene.tokens, j)) &&
    scene.tokens.slice(j, i).some((t) => t.kind === 'word' && !PRONOUNS.has(t.lower))
  );
}

/** Whether the message is in the cue's language: hinted, or another word of it stands there. */
function isSpoken(scene: NameScene, at: number, cue: Cue): boolean {
  const [home] = scene.tongues;
  // German "im" is no "I'm": a cue that is a word of the page's language needs other words of its own.
  const borrowed = home !== cue.tongue && cue.words.length === 1 && home?.stop.has(cue.words[0] ?? '') === true;
  if (scene.tongues.includes(cue.tongue) && !borrowed) return true;
  if (cue.tongue.lexicon.script !== 'latin' && cue.tongue.lexicon.script !== 'cyrillic') return true;
  const from = Math.max(0, at - 20);
  const others = scene.tokens
    .slice(from, at + 24)
    .filter((t, k) => t.kind === 'word' && t.raw.length > 1 && (from + k < at || from + k >= at + cue.words.length));
  const own = others.filter((t) => cue.tongue.stop.has(t.lower) || cue.tongue.fillers.has(t.lower)).length;
  const hinted = others.filter((t) => isStop(t, scene.tongues)).length;
  return own > hinted || (cue.words.length > 1 && own >= hinted);
}

/** Whether the cue at `at` may speak of the visitor, by the word before it. */
function cueHolds(scene: NameScene, at: number, cue: Cue): boolean {
  const before = scene.tokens[at - 1];
  const first = cue.words[0] ?? '';
  const opens = startsSentence(scene.tokens, at);
  if (!opens && before?.kind === 'word' && SPOILS_BEFORE.has(before.lower)) return false;
  const english = cue.tongue.tag === 'en';
  if (LABEL.test(first) && (cue.words.length === 1 || english)) {
    if (cue.kind === 'lastName' && cue.words.length === 2 && /\b(?:first|given) name\b/.test(scene.low)) return true;
    const led = MY.has(before?.lower ?? '') || (before !== undefined && isStop(before, scene.tongues));
    const bullet = before?.raw === '-' && scene.tokens[at]?.start === before.end;
    return (opens && !bullet) || (led && (cue.words.length > 1 || cue.kind === 'lastName'));
  }
  if (cue.kind === 'self' && /^(?:it|it's|its|es|c'est|это|to|zie|is|met|dengan|me)$/u.test(first))
    return (
      scene.asked.name !== null ||
      opens ||
      afterGreeting(scene, at, cue.tongue) ||
      greetedBefore(scene, scene.tokens[at]?.start ?? 0) === 'hello'
    );
  return true;
}

/** Languages whose common given names are listed and which write no capitals. */
const UNCASED_LISTED = words('ar');
const MERELY = words(
  'just actually simply einfach nur simplemente solo semplicemente simplement juste gewoon simplesmente só sadece просто',
);

const AGAIN = words('again nochmal nochmals wieder noch schon encore novamente nogmaals weer znowu');
const ARTICLE = words('der die de o a el la il het');
const ME_CUE = words("bins bin's me yo io eu moi mi ja");

/** "ich bins nochmal, die Wiebke", "c'est moi, Julien", "hier ist der Matthis": past the comma and the article, to a well-known name. */
function afterAgain({ tokens, tongues }: NameScene, at: number): number {
  const isName = (i: number): boolean => {
    const t = tokens[i];
    return t?.kind === 'word' && (isGiven(t, tongues) || (t.capital && isGivenWord(t, tongues)));
  };
  let i = at;
  while (i - at < 3 && AGAIN.has(tokens[i]?.lower ?? '')) i++;
  if (tokens[i]?.raw === ',' && (i > at || ME_CUE.has(tokens[at - 1]?.lower ?? ''))) i++;
  if (ARTICLE.has(tokens[i]?.lower ?? '') && isName(i + 1)) return i + 1;
  return i > at && isName(i) ? i : at;
}

/** Skips what may stand between a cue and the name: a colon, a dash, quotes. */
function afterCue(scene: NameScene, at: number): number {
  const { tokens } = scene;
  let i = at;
  if (MERELY.has(tokens[i]?.lower ?? '')) i++;
  const again = afterAgain(scene, i);
  if (again > i) return again;
  while (i - at < 3 && /^[:\-–—“”"'«„*(]$/u.test(tokens[i]?.raw ?? '')) i++;
  if (i === at && tokens[i]?.raw === ',' && (scene.asked.name || tokens[i - 1]?.lower === 'me')) i++;
  if (i > at && tokens[i]?.kind === 'line') i++;
  return i;
}

function nameAfterCue(scene: NameScene, at: number, cue: Cue): NameFound | null {
  const self = cue.kind === 'self';
  const past = afterCue(scene, at + cue.words.length);
  // "My name? Gus."
  const from = scene.tokens[past]?.raw === '?' && !self && startsSentence(scene.tokens, at) ? past + 1 : past;
  const hinted = scene.tongues.includes(cue.tongue);
  if (!hinted && cue.words.length === 1 && !isSpoken(scene, at, cue)) return null;
  const tongues = hinted ? [cue.tongue] : [cue.tongue, ...scene.tongues];
  const turned = cue.kind === 'names' && scene.tokens[from]?.capital ? nameTurned(scene, from, true) : null;
  if (turned) return { ...turned, stated: true };
  const span = readName(scene.tokens, from, { tongues, strict: self, max: 4, trustCapital: !self && at > 0 });
  if (!span || (self && !selfHolds(scene, at, cue, span))) return null;
  // "Soy de Bilbao": a place.
  if (self && !scene.asked.name && isParticle(scene.tokens[span.first] as Token)) return null;
  if (isBookingCue(cue) && !scene.tokens[span.first]?.capital && !isBookedInSmall(scene, span)) return null;
  return foundFrom(scene, span, !self, cue.kind === 'lastName' ? 'last' : 'full');
}

/** "under", "in the name of": a person's name where it is a booking, and anything elsewhere ("in the name of security"). */
const isBookingCue = (cue: Cue): boolean =>
  /^(?:under|in|on|listed|booked|reserved|booking|reservation|made|put|its|it's)$/.test(cue.words[0] ?? '') && cue.kind === 'names';

/** The words after the name, up to the next mark, end in a question mark: "Is this Beatriz?", "Anh là Tôm à?". */
function isAskedBack(scene: NameScene, span: NameSpan): boolean {
  for (let i = span.last + 1; i <= span.last + 3; i++) {
    const t = scene.tokens[i];
    if (t?.raw === '?') return true;
    if (t?.kind !== 'word') return false;
  }
  return false;
}

/** "I am X" names only where X looks like a name and what follows does not go on describing. */
function selfHolds(scene: NameScene, at: number, cue: Cue, span: NameSpan): boolean {
  const { tokens } = scene;
  const head = tokens[span.first] as Token;
  const after = tokens[span.last + 1];
  if (head.raw.length < 2 || isAskedBack(scene, span) || !isSpoken(scene, at, cue)) return false;
  if (cue.tongue.tag === 'hi')
    return (
      /^बोल$/.test(after?.lower ?? '') ||
      (/^(?:हूँ|हूं|हू)$/.test(after?.lower ?? '') && (span.last > span.first || isGiven(head, scene.tongues)))
    );
  if (span.titled) return true;
  if (!scene.tongues.includes(cue.tongue) && isState(head, scene.tongues)) return false;
  const ends = isBoundary(after) || CONTINUES.has(after?.lower ?? '') || cue.tongue.stop.has(after?.lower ?? '');
  const several = span.last > span.first;
  if (scene.asked.name && scene.asked.age === 0) return ends || head.capital;
  const opens = startsSentence(tokens, at) || afterGreeting(scene, at, cue.tongue);
  const it = /^(?:it|it's|its)$/.test(cue.words[0] ?? '') && cue.words[1] !== 'me';
  if (head.capital && it && setsRight(scene, span)) return ends || /^(?:actually|not)$/.test(after?.lower ?? '');
  if (head.capital && it && !ORIGIN.has(after?.lower ?? '') && !afterGreeting(scene, at, cue.tongue)) return false;
  if (head.capital && !scene.shouted)
    return cue.tongue.tag === 'de'
      ? opens && (several ? ends : isBoundary(after) || AFTER_GERMAN.has(after?.lower ?? ''))
      : ends || several;
  if (/^(?:latin|cyrillic)$/.test(cue.tongue.lexicon.script)) return smallSelfHolds(scene, at, cue, span);
  if (!several && UNCASED_LISTED.has(cue.tongue.tag) && !isGiven(head, scene.tongues) && !afterGreeting(scene, at, cue.tongue))
    return false;
  return opens && ends && span.last - span.first < 3;
}

/** "It's Ryan actually": the other side had the name wrong. */
function setsRight(scene: NameScene, span: NameSpan): boolean {
  if (scene.asked.text !== '' || !(scene.corrects || /\b(?:not|n't)\b|n't\b/.test(scene.low))) return false;
  return isGivenWord(scene.tokens[span.first] as Token, scene.tongues) || /\b(?:name|called)\b/.test(scene.low);
}

const onlyTalk = (scene: NameScene, to: number): boolean =>
  scene.tokens
    .slice(0, to)
    .every((t) => t.kind === 'mark' || (t.kind === 'word' && (isFiller(t, scene.tongues) || isStop(t, scene.tongues))));

/** A given name opening its sentence after "I'm"; after "it's" and the like, with nothing of a thing about it. */
function isKnownToBeName(scene: NameScene, at: number, cue: Cue, span: NameSpan): boolean {
  const head = scene.tokens[span.first] as Token;
  const after = scene.tokens[span.last + 1];
  const ends = isBoundary(after) || CONTINUES.has(after?.lower ?? '');
  // "nice to meet you sara, i'm mark"
  if (isGivenWord(head, scene.tongues) && ends && greetedBefore(scene, scene.tokens[at]?.start ?? 0) !== null) return true;
  if (!isGiven(head, scene.tongues)) return false;
  if (!startsSentence(scene.tokens, at) && !afterGreeting(scene, at, cue.tongue)) return false;
  if (!THING.test(cue.words[0] ?? '')) return true;
  return (at === 0 || afterGreeting(scene, at, cue.tongue)) && scene.asked.text === '' && (ends || ORIGIN.has(after?.lower ?? ''));
}

/** In lower case only a greeting before, or nothing else in the message, makes a name likelier than a state. */
function smallSelfHolds(scene: NameScene, at: number, cue: Cue, span: NameSpan): boolean {
  const after = scene.tokens[span.last + 1];
  if (isKnownToBeName(scene, at, cue, span)) return true;
  if (span.last - span.first > 1) return false;
  if (span.last === span.first && vocabulary().latinStates.has(scene.tokens[span.first]?.lower ?? '')) return false;
  const greeted = afterGreeting(scene, at, cue.tongue) || greetedBefore(scene, scene.tokens[at]?.start ?? 0) === 'hello';
  const thing = THING.test(cue.words[0] ?? '');
  const head = scene.tokens[span.first] as Token;
  const opens = greeted || at === 0;
  if (isEveryday(head.lower, cue.tongue) && !isGivenWord(head, scene.tongues)) return false;
  // "i'm verlene btw"
  if (!thing && /^(?:btw|by)$/.test(after?.lower ?? '') && isUnlikeWord(head.lower, cue.tongue)) return true;
  if (thing && after?.raw === ',' && greeted && span.last === span.first) return isUnlikeWord(head.lower, cue.tongue);
  if (thing) return opens && after !== undefined && ORIGIN.has(after.lower);
  if (at === 0 && cue.tongue.tag === 'en' && span.last === span.first && after?.raw === ',' && isUnlikeWord(head.lower, cue.tongue))
    return true;
  if (startsSentence(scene.tokens, at) && isBoundary(after) && scene.low.includes('my name')) return true;
  // "hi, how are you? i'm jolene, …"
  const afterSmallTalk =
    at > 0 && at < 9 && isFiller(scene.tokens[0] as Token, scene.tongues) && startsSentence(scene.tokens, at) && onlyTalk(scene, at);
  if (greeted || afterSmallTalk) return isBoundary(after) || CONTINUES.has(after?.lower ?? '');
  const whole = at === 0 && scene.tokens.slice(span.last + 1).every((t) => t.kind === 'mark');
  return whole && cue.tongue.tag === 'en' && span.last === span.first;
}

function nameBeforeCue(scene: NameScene, at: number, cue: Cue): NameFound | null {
  const { tokens } = scene;
  const weak = cue.words.length === 1 || cue.words[0] === 'by';
  let last = at - 1;
  if (tokens[last]?.raw === ',') {
    // "Renee, by the way"
    if (cue.words[0] !== 'by' && cue.words[0] !== 'btw') return null;
    last--;
  }
  let first = last + 1;
  while (first > 0 && tokens[first - 1]?.kind === 'word' && last - first < 6) first--;
  return first > last ? null : exactly(scene, first, last, at, cue, weak);
}

const OF_HOUSE = words('from at de da do du des del della van von vom z ze из з');

/** The tokens from `first` to `last` as one name, fillers at the front aside. */
function exactly(scene: NameScene, first: number, last: number, at: number, cue: Cue, weak: boolean): NameFound | null {
  if (!startsSentence(scene.tokens, first) || !isSpoken(scene, at, cue)) return null;
  let from = first;
  while (from < last && cue.tongue.fillers.has(scene.tokens[from]?.lower ?? '')) from++;
  const span = readName(scene.tokens, from, { tongues: [cue.tongue], strict: weak, max: 5 });
  if (!span) return null;
  const capital = scene.tokens[span.first]?.capital === true;
  // "Lena from Brightside Bakery here"
  if (span.last !== last)
    return weak &&
      (capital || isGiven(scene.tokens[span.first] as Token, scene.tongues)) &&
      OF_HOUSE.has(scene.tokens[span.last + 1]?.lower ?? '')
      ? foundFrom(scene, span, false)
      : null;
  // "arlo again"
  if (cue.words[0] === 'again')
    return isGiven(scene.tokens[span.first] as Token, scene.tongues) && isBoundary(scene.tokens[at + 1])
      ? foundFrom(scene, span, false)
      : null;
  if (weak && !weaklyPrecedes(scene, first, span, at + cue.words.length, cue.tongue)) return null;
  return foundFrom(scene, span, !weak);
}

/** "X here": ends its clause; in lower case it opens the message; a first word's capital is no sign, so states count. */
function weaklyPrecedes(scene: NameScene, first: number, span: NameSpan, after: number, tongue: Tongue): boolean {
  const head = scene.tokens[span.first] as Token;
  const next = scene.tokens[after];
  if (span.first === span.last && isState({ ...head, capital: false }, scene.tongues)) return false;
  if (!isBoundary(next) && !/^(?:from|again|i|my|with|and)$/.test(next?.lower ?? '')) return false;
  const greeted = greetedBefore(scene, head.start);
  if (greeted !== null && isBoundary(next) && isGivenWord(head, scene.tongues)) return true;
  const goesOn = isBoundary(next) || (/^(?:from|with|and|again)$/.test(next?.lower ?? '') && isUnlikeWord(head.lower, tongue));
  return head.capital || ((first === 0 || afterGreeting(scene, span.first, tongue)) && goesOn);
}

/** "under kassie coachys tonight": in lower case only in talk of a booking, and where the name plainly ends. */
function isBookedInSmall(scene: NameScene, span: NameSpan): boolean {
  const after = scene.tokens[span.last + 1];
  return BOOKING.test(scene.low) && (isBoundary(after) || isStop(after as Token, scene.tongues));
}

interface Cued {
  stated: NameFound | null;
  last: NameFound | null;
  self: NameFound | null;
}

/** "my name is pam. wait no, my legal name is Pamela …" */
const takenBack = (scene: NameScene, before: NameFound, after: NameFound): boolean =>
  scene.corrects && after.start > before.end && isCorrection(scene.low.slice(before.end, after.start));

/** More than any message has that is not made to hurt. */
const MAX_CUES = 60;

function collect(scene: NameScene): Cued {
  const { cuesByWord } = vocabulary();
  const cued: Cued = { stated: null, last: null, self: null };
  let tried = 0;
  for (const [i, token] of scene.tokens.entries()) {
    if (token.kind !== 'word' || tried > MAX_CUES) continue;
    for (const cue of cuesByWord.get(token.lower) ?? []) {
      if (!cueStandsAt(scene.tokens, i, cue) || !cueHolds(scene, i, cue)) continue;
      tried++;
      const found = cue.kind === 'precedes' ? nameBeforeCue(scene, i, cue) : nameAfterCue(scene, i, cue);
      if (!found) continue;
      if (found.part === 'last') cued.last ??= found;
      else if (found.stated) cued.stated = cued.stated && !takenBack(scene, cued.stated, found) ? cued.stated : found;
      else cued.self ??= found;
      break;
    }
  }
  return cued;
}

/** The first statement of a name; a self-introduction in full, or in answer to the question, comes before a nickname. */
export function nameByCue(scene: NameScene): NameFound | null {
  const { stated, last, self } = collect(scene);
  if (stated && last && stated.start < last.start) return { ...stated, value: `${stated.value} ${last.value}`, end: last.end };
  if (self && stated && self.start < stated.start && (scene.asked.name || /\s/.test(self.value))) return self;
  return stated ?? nameRespelled(scene) ?? nameIndirectly(scene) ?? last ?? self ?? nameWithFirm(scene);
}
