// The shape of one language's words; everything language-specific in extraction is data of this shape.

/**
 * How people ask to be written to, as regular expression sources; `…` stands for a few words, none of them a negation.
 * All but the second of `around` end where the address begins.
 */
export interface Invites {
  /** Words that may stand before an imperative: "please", "or". */
  opens?: string;
  /** Imperatives; they open their clause or follow `opens`, so that "I write to" is none. */
  asks?: string;
  /** The same said outright, wherever it stands: "you can write to". */
  lets?: string;
  /** What stands on both sides of the address where the verb comes last. */
  around?: readonly (readonly [before: string, after: string])[];
}

export interface Lexicon {
  /** BCP 47 primary subtag. */
  tag: string;
  script: 'latin' | 'cyrillic' | 'arabic' | 'hebrew' | 'devanagari' | 'cjk' | 'hangul';
  /** Phrases followed by the speaker's own name and hardly anything else ("my name is"). `...` is not allowed. */
  nameFollows: readonly string[];
  /** Phrases followed by a name, but as often by a state, trade or origin ("I am"). */
  selfFollows: readonly string[];
  /** Phrases preceded by the speaker's own name ("is my name"). */
  namePrecedes: readonly string[];
  lastNameFollows?: readonly string[];
  /** Space-separated words that are never part of a name: function words, common verbs, replies. */
  stop: string;
  /** Space-separated words that follow `selfFollows` without being a name: states, trades, nationalities. */
  states: string;
  /** Regular expression source: endings of such words, for lower-case ones not listed. */
  stateEndings?: string;
  /** Space-separated words that may stand before a bare answer: "yes", "sure", "hello". */
  fillers: string;
  /** Regular expression sources, tried on a lower-cased bot or agent turn. */
  asksName: string;
  asksFirstName?: string;
  asksLastName?: string;
  asksEmail: string;
  asksPhone: string;
  /** Regular expression sources, tried on the words just before an address or number. */
  phoneCue: string;
  ownEmail: string;
  otherEmail: string;
  invites?: Invites;
  /** What a number is that is not a phone: order, card, date words; tried on the words just before it. */
  otherNumber: string;
  /** Spoken signs of an address. */
  at: readonly string[];
  dot: readonly string[];
}
