// What every way of finding a name is given, and what it answers.
import type { NameSpan } from './name-read.ts';
import type { Asked } from './questions.ts';
import type { Token } from './text.ts';
import type { ExtractInput } from './types.ts';
import { vocabulary, type Tongue } from './vocabulary.ts';

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
  /** `folded` in lower case. */
  low: string;
  /** All in capitals, where a capital says nothing. */
  shouted: boolean;
  tokens: readonly Token[];
  input: ExtractInput;
  asked: Asked;
  /** The message takes something back. */
  corrects: boolean;
  /** Languages whose words count as words in this message: the hinted one and English. */
  tongues: readonly Tongue[];
}

/** Languages read with a near relative's lexicon. */
const RELATED: Readonly<Record<string, string>> = {
  no: 'sv',
  nb: 'sv',
  nn: 'sv',
  da: 'sv',
  sk: 'cs',
  ms: 'id',
  ca: 'es',
  gl: 'es',
  be: 'ru',
  ne: 'hi',
  mr: 'hi',
  iw: 'he',
  in: 'id',
};

export function tonguesFor(language: string | undefined): Tongue[] {
  const { tongues } = vocabulary();
  const english = tongues.get('en') as Tongue;
  const tag = (language ?? 'en').toLowerCase().split(/[-_]/)[0] ?? 'en';
  const hinted = tongues.get(RELATED[tag] ?? tag);
  return hinted && hinted !== english ? [hinted, english] : [english];
}

export const isFiller = (t: Token, tongues: readonly Tongue[]): boolean => t.kind === 'word' && tongues.some((g) => g.fillers.has(t.lower));

export function foundFrom(scene: NameScene, span: NameSpan, stated: boolean, part: 'full' | 'last' = 'full'): NameFound {
  const start = scene.tokens[span.first]?.start ?? 0;
  const end = scene.tokens[span.last]?.end ?? start;
  return { value: scene.text.slice(start, end).replace(/\s+/g, ' '), start, end, part, stated };
}

/** A greeting, thanks or "nice to meet you", with whom it greets: all that stands before the offset, or before it in its sentence. */
const GREETED =
  /(?:^|[.!?\n])[\s,]*(?:(?:and |well |ah |oh |ok(?:ay)? )?(?:hi|hello|hey|hiya|yo|howdy|greetings|thanks|thank you|cheers|(?:good |g'?)?(?:morning|evening|afternoon|day)|(?:it'?s |a )?(?:very )?(?:nice|good|great|lovely|pleased|pleasure|glad) (?:to (?:finally )?(?:meet|e-?meet|chat with|talk to|hear from) (?:you|u|ya)|meeting (?:you|u))(?: too| as well)?|freut mich|schön dich kennenzulernen|encantad[oa]|mucho gusto|un placer|enchantée?|ravie? de (?:vous|te) rencontrer|piacere(?: mio)?|prazer|muito prazer|aangenaam|miło mi|очень приятно|приятно познакомиться|memnun oldum)(?: there| all| everyone| team| guys| folks| both| mate| again| you)?[\s,!.–-]{1,3}){1,3}(?:\p{L}{2,15}[\s,!.–-]{1,3})?$/u;
const THANKED = /thank|cheers/;

/** How the words before `offset` greet; `thanks` are as often followed by a complaint as by a name. */
export function greetedBefore({ low }: NameScene, offset: number): 'hello' | 'thanks' | null {
  const left = low.slice(Math.max(0, offset - 70), offset);
  const match = GREETED.exec(left);
  if (!match || (match.index === 0 && offset > 70)) return null;
  return THANKED.test(match[0]) ? 'thanks' : 'hello';
}
