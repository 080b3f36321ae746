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
