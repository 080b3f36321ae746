// The lexicons compiled for search: word sets per language and one table of phrases by first word.
import { lexicons } from './lexicon/index.ts';
import type { Lexicon } from './lexicon/types.ts';
import type { Token } from './text.ts';

export type CueKind = 'names' | 'self' | 'lastName' | 'precedes';

export interface Cue {
  kind: CueKind;
  words: readonly string[];
  tongue: Tongue;
}

export interface Tongue {
  tag: string;
  lexicon: Lexicon;
  stop: ReadonlySet<string>;
  states: ReadonlySet<string>;
  stateEnding: RegExp | null;
  fillers: ReadonlySet<string>;
}

export interface Vocabulary {
  tongues: ReadonlyMap<string, Tongue>;
  /** States and trades of every Latin-script language: cognates and loans ("model", "vegan") are shared; of four letters or more, since shorter ones are names elsewhere ("sam"). */
  latinStates: ReadonlySet<string>;
  /** Cues by their first word, longest first. */
  cuesByWord: ReadonlyMap<string, readonly Cue[]>;
  asks: Readonly<Record<'name' | 'firstName' | 'lastName' | 'email' | 'phone', RegExp>>;
  phoneCue: RegExp;
  otherNumber: RegExp;
  /** The same words wherever they stand, English aside, whose many are everyday words too. */
  otherThing: RegExp;
  ownEmail: RegExp;
  otherEmail: RegExp;
  /** Up to the address: the other side is asked to write to it. */
  invites: RegExp;
  invitesAround: readonly { before: RegExp; after: RegExp }[];
  at: readonly string[];
  dot: readonly string[];
}

const words = (list: string): Set<string> => new Set(list.split(/\s+/).filter(Boolean));

function tongueOf(lexicon: Lexicon): Tongue {
  return {
    tag: lexicon.tag,
    lexicon,
    stop: words(lexicon.stop),
    states: words(lexicon.states),
    stateEnding: lexicon.stateEndings ? new RegExp(`\\p{L}{2}${lexicon.stateEndings}$`, 'u') : null,
    fillers: words(lexicon.fillers),
  };
}

const kinds: readonly [CueKind, keyof Pick<Lexicon, 'nameFollows' | 'selfFollows' | 'lastNameFollows' | 'namePrecedes'>][] = [
  ['names', 'nameFollows'],
  ['self', 'selfFollows'],
  ['lastName', 'lastNameFollows'],
  ['precedes', 'namePrecedes'],
];

function cuesOf(tongue: Tongue): Cue[] {
  return kinds.flatMap(([kind, key]) => (tongue.lexicon[key] ?? []).map((phrase) => ({ kind, words: phrase.split(' '), tongue })));
}

type SourceKey =
  | 'asksName'
  | 'asksFirstName'
  | 'asksLastName'
  | 'asksEmail'
  | 'asksPhone'
  | 'phoneCue'
  | 'otherNumber'
  | 'ownEmail'
  | 'otherEmail';

/** One expression over all languages; where words are spaced and take no prefixes, each alternative starts at a word. */
function anyOf(key: SourceKey): RegExp {
  const sources = lexicons.flatMap((l) => {
    const source = l[key];
    if (!source) return [];
    return l.script === 'latin' || l.script === 'cyrillic' ? [`(?<!\\p{L})(?:${source})`] : [source];
  });
  return new RegExp(sources.join('|'), 'u');
}

/** What ends a lexicon's `otherNumber`: the few characters up to the digits. */
const UP_TO_DIGITS = /\[\^[^\]]*\]\{0,\d+\}\$/g;

function otherThings(): RegExp {
  const sources = lexicons
    .filter((l) => l.tag !== 'en')
    .map(({ script, otherNumber }) => {
      const source = otherNumber.replace(UP_TO_DIGITS, '');
      return script === 'latin' || script === 'cyrillic' ? `(?<!\\p{L})(?:${source})` : source;
    });
  return new RegExp(sources.join('|'), 'u');
}

/** A few words, none of them a negation. */
const FEW = String.raw`(?:\s(?!(?:nicht|niet|not|pas|nie)\s)[^\s,;:.!?@]{1,20}){0,7}?`;
const TO_ADDRESS = String.raw`[\s:"'“„«(<-]{0,4}$`;
const spaced = (source: string): string => source.replaceAll('…', FEW);

function invitesOf({ invites }: Lexicon): string[] {
  if (!invites) return [];
  const { opens = '(?!)', asks, lets } = invites;
  const opener = String.raw`(?:(?:${opens})(?:[\s,!]{1,2}|(?<=['\s])))`;
  const opened = String.raw`(?:(?:^|[,;:.!?()\n–-])\s*${opener}{0,4}|(?<!\p{L})${opener}{1,4})`;
  return [...(asks ? [`${opened}(?:${spaced(asks)})`] : []), ...(lets ? [`(?<!\\p{L})(?:${spaced(lets)})`] : [])];
}

function invitesAroundOf({ invites }: Lexicon): { before: RegExp; after: RegExp }[] {
  return (invites?.around ?? []).map(([before, after]) => ({
    before: new RegExp(before ? `(?<!\\p{L})(?:${spaced(before)})${TO_ADDRESS}` : '$', 'u'),
    after: new RegExp(`^['"”)>]?\\p{L}{0,2}?\\s*(?:${after})`, 'u'),
  }));
}

function compile(): Vocabulary {
  const tongues = lexicons.map(tongueOf);
  const cuesByWord = new Map<string, Cue[]>();
  for (const cue of tongues.flatMap(cuesOf)) {
    const first = cue.words[0] ?? '';
    cuesByWord.set(first, [...(cuesByWord.get(first) ?? []), cue]);
  }
  for (const cues of cuesByWord.values()) cues.sort((a, b) => b.words.length - a.words.length);
  return {
    tongues: new Map(tongues.map((t) => [t.tag, t])),
    cuesByWord,
    latinStates: new Set(tongues.filter((t) => t.lexicon.script === 'latin').flatMap((t) => [...t.states].filter((w) => w.length > 3))),
    asks: {
      name: anyOf('asksName'),
      firstName: anyOf('asksFirstName'),
      lastName: anyOf('asksLastName'),
      email: anyOf('asksEmail'),
      phone: anyOf('asksPhone'),
    },
    phoneCue: anyOf('phoneCue'),
    otherNumber: anyOf('otherNumber'),
    otherThing: otherThings(),
    ownEmail: anyOf('ownEmail'),
    otherEmail: anyOf('otherEmail'),
    invites: new RegExp(`(?:${lexicons.flatMap(invitesOf).join('|')})${TO_ADDRESS}`, 'u'),
    invitesAround: lexicons.flatMap(invitesAroundOf),
    at: [...new Set(lexicons.flatMap((l) => l.at))],
    dot: [...new Set(lexicons.flatMap((l) => l.dot))],
  };
}

let compiled: Vocabulary | undefined;

/** Compiled at the first call; `warmUp` makes that call at start-up. */
export function vocabulary(): Vocabulary {
  return (compiled ??= compile());
}

/** Where the last match of `pattern` (not global) in `text` begins, or -1; for short stretches of text. */
export function lastMatch(pattern: RegExp, text: string): number {
  let last = -1;
  for (const match of text.matchAll(new RegExp(pattern, 'gu'))) last = match.index;
  return last;
}

/** Whether `cue` stands at `tokens[at]`. */
export function cueStandsAt(tokens: readonly Token[], at: number, cue: Cue): boolean {
  return cue.words.every((word, k) => tokens[at + k]?.lower === word);
}
