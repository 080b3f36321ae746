// What a visitor does at a question other than answering it.
import { createPhrases } from './phrases.ts';
import { fold } from './fold.ts';
import type { Folded } from './fold.ts';
import type { Phrasebook } from './languages.ts';
import { allPhrases } from './languages.ts';
import { hellos, nods, refusals, refusalsAnywhere, whys, whysAnywhere } from './phrasebook.ts';
import { isQuestion } from './questions.ts';

/** `strength`: `whole` where the message is nothing else, `within` where it holds more. */
export type Intent = { kind: 'why' | 'refusal'; strength: 'whole' | 'within' } | { kind: 'hello' | 'nod' | 'question' };

type WholeKind = 'hello' | 'nod' | 'refusal' | 'why';

const wholes = createPhrases<WholeKind>([
  ...entries(refusals, 'refusal'),
  ...entries(whys, 'why'),
  ...entries(hellos, 'hello'),
  ...entries(nods, 'nod'),
]);
const within = createPhrases<'refusal' | 'why'>([...entries(whysAnywhere, 'why'), ...entries(refusalsAnywhere, 'refusal')]);

function* entries<const T>(book: Phrasebook, kind: T): Generator<readonly [string, T]> {
  for (const phrase of allPhrases(book)) yield [phrase, kind];
}

/** Words that soften a message without changing what it does. */
const softeners = new Set(
  'please pls plz sorry thanks thank thx you though but well hmm um uh i think just actually mate man lol por favor gracias perdon obrigado obrigada merci desole pardon bitte danke sorry leider scusa grazie alstublieft bedankt prosze dzieki przepraszam lutfen tesekkurler пожалуйста спасибо извините شكرا آسف عذرا कृपया धन्यवाद माफ'
    .split(' ')
    .flatMap((word) => fold(word).words),
);

/** A whole-message intent is no longer than this many words. */
const maxWhole = 8;

export function intentOf(raw: string, text: Folded): Intent | null {
  const whole = text.words.length <= maxWhole ? wholeIntent(text) : null;
  if (whole === 'why' || whole === 'refusal') return { kind: whole, strength: 'whole' };
  if (whole !== null) return { kind: whole };
  const found = within.find(text);
  if (found !== null) return { kind: found.value, strength: 'within' };
  return isQuestion(raw, text) ? { kind: 'question' } : null;
}

function wholeIntent(text: Folded): WholeKind | null {
  const exact = wholes.whole(text);
  if (exact !== null) return exact;
  const words = text.words.filter((word) => !softeners.has(word));
  return words.length === text.words.length || words.length === 0 ? null : wholes.whole({ ...text, words });
}
