// Whether a word in lower case is an everyday one or can hardly be anything but a name.
import { commonWords } from './lexicon/common-words.ts';
import type { Tongue } from './vocabulary.ts';

let common: ReadonlySet<string> | undefined;

/** Made at the first question and not at import. */
const isListed = (word: string): boolean => (common ??= new Set(commonWords.split(/\s+/))).has(word);

const isKnown = (word: string, { stop, states }: Tongue): boolean => stop.has(word) || states.has(word) || isListed(word);

/** "colorblind": two everyday words written as one. */
function isCompound(word: string, tongue: Tongue): boolean {
  for (let i = 4; i <= word.length - 4; i++) if (isKnown(word.slice(0, i), tongue) && isKnown(word.slice(i), tongue)) return true;
  return false;
}

/** "stinksauer": what somebody is, made stronger. */
function endsInState(word: string, { states }: Tongue): boolean {
  for (let i = 3; i <= word.length - 5; i++) if (states.has(word.slice(i))) return true;
  return false;
}

/** A word of the language's dictionary: English by its list, the others by what they are known to compound. */
export function isEveryday(word: string, tongue: Tongue): boolean {
  if (tongue.tag !== 'en') return /^(?:de|nl|sv|fi)$/.test(tongue.tag) && endsInState(word, tongue);
  return (
    isListed(word) ||
    word.endsWith('ish') ||
    (word.endsWith('s') && word.length > 4 && isKnown(word.slice(0, -1), tongue)) ||
    isCompound(word, tongue)
  );
}

/** How adjectives, participles and other words end that no list holds. */
const WORD_ENDING =
  /(?:y|ed|ing|in'|en|ful|less|ous|ive|ic|al|[ai]ble|ish|[ae]nt|er|or|est|some|proof|like|free|wise|ty|ness|ment|ion|ist|ism|ian|ese|ward|wards|side|way|ways|time|day|room|ship|age|us|ss|ck|ght|sh|ch|ft|ct|pt|rd|ze)$/;

/** Nothing a dictionary holds, and not shaped like a word that describes. */
export const isUnlikeWord = (word: string, tongue: Tongue): boolean =>
  word.length >= 4 && !WORD_ENDING.test(word) && !/^(?:un|dis|over|under|non|pre)/.test(word) && !isEveryday(word, tongue);
