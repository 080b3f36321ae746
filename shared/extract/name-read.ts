// Reading a name off the tokens: where it starts (after titles), which words may be in it, and where it ends.
import { givenNames } from './lexicon/given-names.ts';
import { moreGivenNames } from './lexicon/given-names-more.ts';
import type { Token } from './text.ts';
import type { Tongue } from './vocabulary.ts';

const list = (s: string): ReadonlySet<string> => new Set(s.split(/\s+/));

const AFTER_SURNAME = list('account my and phone email number ssn i here pin please policy booking mobile cell');
const TITLES =
  list(`engr rev capt sgt barr mr mrs ms miss mx dr prof professor sir madam sr sra srta dra herr frau mme mlle monsieur madame dott ing pan pani doña señor señora señorita signor signora signorina senhor senhora mevrouw meneer frau herr bay bayan hanım
г-н г-жа господин госпожа пан пані डॉ श्री श्रीमती السيد السيدة د`);
/** Inside a name and never its end. */
const PARTICLES = list(
  'de del della dello dei degli di da das do dos du des la las le los lo el al van der den ten ter te von vom zu zum zur af av bin ibn bint ben abu y e i o mac mc st saint san santa dela بن ابن بنت آل أبو ابو عبد בן בת אבן',
);
/** Particles plain enough to be followed in lower case: "maria del carmen ortiz". */
const LOOSE_PARTICLES = list('de del della di da dos van der den von bin ibn al el la بن ابن بنت آل أبو ابو عبد בן בת אבן');
/** Words of the stop lists that are also given names; they count where nothing follows that would use them as words. */
const NAMEABLE =
  list(`will may art mark bill rob frank grant chase hope faith joy june april august guy jack pat sue grace rose summer dawn page dean sol mia sara ana marie mike tony nick max pal
young long rich brown white green black gray grey strong wise cook baker carpenter hunter singer farmer barber driver painter gardener mason butcher dancer preacher noble savage swift sharp buddy penny`);
/** Only after a first name. */
const SURNAMES = list(
  'price case best day love good cash major else wall park short small little name street hall field banks rivers waters hill',
);
/** Function words that are names only as a capitalised part of a capitalised name: "Nguyễn Văn An". */
const NAMEABLE_CAPITALISED = list('an can see do so my ben son hai long may will van in on he she li to no ha');

export interface NameSpan {
  /** First and last token, both inclusive. */
  first: number;
  last: number;
  /** A title stood before it. */
  titled: boolean;
}

export interface ReadOptions {
  tongues: readonly Tongue[];
  /** Words of states and trades end it too, as after "I am". */
  strict: boolean;
  max: number;
  /** In an answer a second word in lower case may be followed by more: "Jane doe account number 84". */
  looseEnd?: boolean;
  /** A capital within a sentence is taken at its word: "no my name is Numbers". */
  trustCapital?: boolean;
}

const isWord = (t: Token | undefined): t is Token => t?.kind === 'word';

export const isTitle = (t: Token | undefined): boolean => t !== undefined && TITLES.has(t.lower);

export const isParticle = (t: Token): boolean => !t.capital && PARTICLES.has(t.lower);

export function isBoundary(t: Token | undefined): boolean {
  return t === undefined || t.kind !== 'word';
}

export function isStop(t: Token, tongues: readonly Tongue[]): boolean {
  return tongues.some((g) => g.stop.has(t.lower));
}

export function isState(t: Token, tongues: readonly Tongue[]): boolean {
  return tongues.some((g) => g.states.has(t.lower) || (!t.capital && g.stateEnding?.test(t.lower) === true));
}

/** Listed as a state or trade and not also a name: "hungry", but not "young" or "baker". */
export function isPlainState(t: Token, tongues: readonly Tongue[]): boolean {
  return !NAMEABLE.has(t.lower) && tongues.some((g) => g.states.has(t.lower));
}

let given: ReadonlySet<string> | undefined;

/** The lexicon as a set, made at the first question and not at import. */
const isListed = (word: string): boolean => (given ??= list(`${givenNames} ${moreGivenNames}`)).has(word);

/** Words of the stop lists that are given names first, and hardly what somebody says they are. */
const GIVEN_WORDS = list(
  'will mark frank bill rob grant jack guy pat sue grace rose dawn hope faith joy june april mia sara ana marie mike tony nick max pal penny dean art mason',
);
/** `isGiven`, or a word that is as often a name: only where a clause ends after it. */
export const isGivenWord = (t: Token, tongues: readonly Tongue[]): boolean => isGiven(t, tongues) || GIVEN_WORDS.has(t.lower);

/** A well-known given name that is no word of the message's languages. */
export function isGiven(t: Token, tongues: readonly Tongue[]): boolean {
  return isListed(t.lower) && !tongues.some((g) => g.stop.has(t.lower) || g.states.has(t.lower));
}

/** "asdf", "hrmm": three Latin letters or more and no vowel among them. */
export const isMash = (t: Token): boolean =>
  /^[b-df-hj-np-tv-xz]{3,}$/.test(t.lower) ||
  /^(?:asd|qwer|zxc|sdf|dfg|fgh|ghj|hjk|jkl|lkj|kjh|haha|hehe)|^(?:lorem|foo|bar|xyz|abc|lol)$/.test(t.lower);

/** Letters only, of a length names have; "I'm", "l'atelier" and the like are not. */
function isNameShaped(t: Token): boolean {
  if (t.lower.length > 24 || /[_\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]/.test(t.raw)) return false;
  if (
    /'(?:s|m|re|ll|ve|d|t)$|^x{1,3}$|-(?:based|born|bred|free|friendly|loving|obsessed|like|old|time|trained|aged|bound|savvy|speaking|related|in|out|up|to)$/.test(
      t.lower,
    )
  )
    return false;
  // Turkish case endings and the Polish instrumental: "Ankara'dan", "krakowianką".
  if (/'(?:[dt][ae]n?|y?[aeıiuü]|n?[ıiuü]n|l[ıiuü]|y[ıiuü]m)$|ą$/.test(t.lower)) return false;
  return !/^(?:l|j|m|t|s|n|c|qu)'/.test(t.lower) || t.capital;
}

function fits(t: Token, options: ReadOptions): boolean {
  if (!isNameShaped(t)) return false;
  if (isStop(t, options.tongues)) return false;
  return !options.strict || !isState(t, options.tongues);
}

/** Next to each other on one line, with nothing but space between. */
const adjacent = (tokens: readonly Token[], i: number): boolean => {
  const a = tokens[i];
  const b = tokens[i + 1];
  return isWord(a) && isWord(b) && b.start - a.end <= 3;
};

const ARTICLES = list('el la il lo der die o a de le the');

function skipTitles(tokens: readonly Token[], at: number): number {
  let i = at;
  const next = tokens[at + 1];
  // "soy el señor Quintana"
  if (ARTICLES.has(tokens[at]?.lower ?? '') && isWord(next) && !next.capital && TITLES.has(next.lower) && isWord(tokens[at + 2])) i++;
  const begun = i;
  while (isWord(tokens[i]) && TITLES.has(tokens[i]?.lower.replace(/\.$/, '') ?? '') && i - begun < 3) {
    const dot = tokens[i + 1]?.raw === '.' ? 1 : 0;
    if (!isWord(tokens[i + 1 + dot])) break;
    i += 1 + dot;
  }
  return i;
}

/** From a particle at `i`, the index of the word it leads to, or -1. */
function throughParticles(tokens: readonly Token[], i: number, capitals: boolean, options: ReadOptions): number {
  let j = i;
  while (isWord(tokens[j]) && PARTICLES.has(tokens[j]?.lower ?? '') && adjacent(tokens, j) && j - i < 3) j++;
  const end = tokens[j];
  // After "servant of" the next word belongs to the name, whatever it means by itself.
  if (j > i && isWord(end) && tokens[j - 1]?.lower === 'عبد') return j;
  // "Kees van der Meer": after a particle a capital makes a name of any word.
  const plain = capitals && end?.capital === true && isNameShaped(end) && !isAllCaps(tokens, j, j);
  if (j === i || !isWord(end) || (!plain && !fits(end, end.capital ? { ...options, strict: false } : options))) return -1;
  if (capitals) return end.capital || tokens[i]?.capital ? j : -1;
  const irish = options.tongues[0]?.tag === 'en';
  const loose = tokens.slice(i, j).every((t) => LOOSE_PARTICLES.has(t.lower) || (irish && /^(?:o|mc|mac|st)$/.test(t.lower)));
  return loose ? j : -1;
}

function nextWord(tokens: readonly Token[], i: number, capitals: boolean, options: ReadOptions): number {
  if (!adjacent(tokens, i)) return -1;
  const next = tokens[i + 1];
  if (!isWord(next)) return -1;
  if (PARTICLES.has(next.lower) && !(next.capital && capitals && fits(next, options))) {
    const through = throughParticles(tokens, i + 1, capitals, options);
    if (through > 0) return through;
    // A name does not end in one.
    if (!next.capital) return -1;
  }
  if (
    capitals &&
    next.capital &&
    (NAMEABLE.has(next.lower) || NAMEABLE_CAPITALISED.has(next.lower)) &&
    (isBoundary(tokens[i + 2]) || tokens[i + 2]?.capital)
  )
    return i + 1;
  if (capitals && next.capital && options.tongues.some((g) => g.tag === 'vi') && next.lower.length < 6) return i + 1;
  if (
    (NAMEABLE.has(next.lower) || (SURNAMES.has(next.lower) && next.capital)) &&
    (isBoundary(tokens[i + 2]) || (next.capital && SURNAMES.has(next.lower) && tokens[i + 2]?.lower === 'here')) &&
    !options.tongues.some((g) => g.fillers.has(next.lower))
  )
    return i + 1;
  // "Brown", "Young" and "White" are surnames after a capitalised first name.
  if (!fits(next, capitals && next.capital ? { ...options, strict: false } : options)) return -1;
  // "my name is tom interested in …": in lower case a state ends the name unless it closes the clause ("paul french.").
  if (!capitals && isPlainState(next, options.tongues) && !isBoundary(tokens[i + 2])) return -1;
  if (!capitals || next.capital) return i + 1;
  const beyond = tokens[i + 2];
  return isBoundary(beyond) || (options.looseEnd && beyond && AFTER_SURNAME.has(beyond.lower)) ? i + 1 : -1;
}

/** A name starting at `at`, or null. */
export function readName(tokens: readonly Token[], at: number, options: ReadOptions): NameSpan | null {
  const first = skipTitles(tokens, at);
  const head = tokens[first];
  if (!isWord(head)) return null;
  let last = first;
  if (!fits(head, options)) {
    const through = PARTICLES.has(head.lower) ? throughParticles(tokens, first, false, options) : -1;
    const nameable = NAMEABLE.has(head.lower) && isNameShaped(head);
    const next = tokens[first + 1];
    if (through > 0 && tokens[through]?.capital === true) last = through;
    else if (
      options.trustCapital &&
      head.capital &&
      !isAllCaps(tokens, first, first) &&
      (isBoundary(next) || (next?.capital === true && fits(next, options)))
    )
      last = first;
    else if (!nameable || !(isBoundary(next) || (head.capital && next?.capital === true && fits(next, options)))) return null;
  }
  for (let n = 1; n < options.max; n++) {
    const next = nextWord(tokens, last, head.capital && !isAllCaps(tokens, first, last), options);
    if (next < 0) break;
    last = next;
  }
  return { first, last, titled: first > at };
}

function isAllCaps(tokens: readonly Token[], first: number, last: number): boolean {
  return tokens.slice(first, last + 1).every((t) => t.raw.length > 2 && t.raw === t.raw.toUpperCase());
}
