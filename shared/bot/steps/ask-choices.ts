import { z } from 'zod';
import { splitPhrases } from '../understand/languages.ts';
import type { AskingStep, FieldMeta, Heard, StepFault, Taken } from '../step.ts';
import { askFields, asking, attributeField, keepAs, knownAs, shownField } from '../step.ts';
import { createPhrases } from '../understand/phrases.ts';
import type { Phrases } from '../understand/phrases.ts';
import { choiceLabel, choiceSynonyms, choiceValue, startingChoices, twiceIn } from './choice-fields.ts';

const choice = z.strictObject({ value: choiceValue, label: choiceLabel, synonyms: choiceSynonyms.optional() });
const schema = z.strictObject({
  type: z.literal('ask-choices'),
  ...askFields,
  text: shownField('Question', { start: 'Which of these?' }),
  choices: z
    .array(choice)
    .max(20)
    .meta({ label: 'Choices', start: startingChoices } satisfies FieldMeta),
  min: z
    .int()
    .min(0)
    .max(20)
    .default(1)
    .meta({ label: 'At least', isAdvanced: true } satisfies FieldMeta),
  max: z
    .int()
    .min(1)
    .max(20)
    .meta({ label: 'At most', help: 'Without it, all of them.', isAdvanced: true } satisfies FieldMeta)
    .optional(),
  attribute: attributeField.optional(),
});
type AskChoices = z.infer<typeof schema>;

const separator = ', ';
const phrasesOf = new WeakMap<AskChoices, Phrases<string>>();
const all = createPhrases(
  splitPhrases(
    'all, all of them, all of these, everything, both, all of the above, todo, todos, todas, todo eso, ambos, tudo, ambas, tous, toutes, tout, les deux, alle, alles, beide, beides, tutti, tutte, tutto, entrambi, allemaal, wszystkie, wszystko, oba, hepsi, hepsini, tümü, ikisi de, все, всё, оба, الكل, كلها, جميعها, सब, सभी, दोनों, 全部, 全て, すべて, 両方, 都要, 都, 全都, 两个都, 모두, 전부, 다, 둘 다',
  ).map((phrase) => [phrase, true] as const),
);
/** “1 and 3”, “1, 3”, “1+3”: nothing but places in the list and what joins them. */
const places = /^[\s#(]*\d{1,2}(?:[\s,;.&+/)#、，]+(?:and |y |e |et |und |en |i |ve |и |و )?\d{1,2})*[\s.)]*$/u;

/** Several chips at once. The answer is their values joined by “, ”, in the order of the list, so that `contains` finds one. */
export const askChoices: AskingStep<AskChoices> = {
  ...asking,
  title: 'Ask to choose several',
  help: 'Offers chips of which several may be tapped; words are understood too.',
  schema,
  retryWord: 'retryChoices',
  namesControl: true,
  faults: choicesFaults,
  known: knownAs,
  ask: (step, context, text) => ({
    kind: 'say',
    text: context.render(text),
    chips: step.choices.map(({ value, label }) => ({ value, label })),
    ask: { kind: 'choices', min: step.min, max: mostOf(step) },
  }),
  take: takeChoices,
  keeps: keepAs,
  show: (step, value) =>
    String(value)
      .split(separator)
      .map((each) => step.choices.find((c) => c.value === each)?.label ?? each)
      .join(separator),
};

function mostOf(step: AskChoices): number {
  return Math.min(step.max ?? step.choices.length, step.choices.length);
}

function takeChoices(step: AskChoices, heard: Heard): Taken {
  const tapped = heard.choices ?? (heard.choice === undefined ? undefined : [heard.choice]);
  if (tapped !== undefined && tapped.every((value) => step.choices.some((c) => c.value === value))) {
    const taken = counted(step, new Set(tapped));
    if (taken.kind !== 'none') return taken;
  }
  const named = namedIn(step, heard);
  const taken = counted(step, named);
  return taken.kind === 'exact' ? { kind: 'likely', value: taken.value } : taken;
}

function counted(step: AskChoices, values: ReadonlySet<string>): Taken {
  if (values.size < step.min || values.size > mostOf(step)) return { kind: values.size === 0 ? 'none' : 'attempt' };
  if (values.size === 0) return { kind: 'none' };
  return { kind: 'exact', value: step.choices.flatMap(({ value }) => (values.has(value) ? [value] : [])).join(separator) };
}

function namedIn(step: AskChoices, heard: Heard): Set<string> {
  const { folded } = heard;
  if (places.test(folded.text)) {
    const numbers = folded.text.match(/\d+/g)?.map(Number) ?? [];
    return new Set(numbers.flatMap((number) => step.choices[number - 1]?.value ?? []));
  }
  let phrases = phrasesOf.get(step);
  if (phrases === undefined) {
    phrases = createPhrases(
      step.choices.flatMap((c) => [c.label, c.value, ...(c.synonyms ?? [])].map((phrase) => [phrase, c.value] as const)),
    );
    phrasesOf.set(step, phrases);
  }
  const named = new Set(phrases.findAll(folded));
  return named.size === 0 && all.whole(folded) === true ? new Set(step.choices.map(({ value }) => value)) : named;
}

function choicesFaults(step: AskChoices): StepFault[] {
  const faults = twiceIn(step.choices);
  if (step.choices.length < 2) faults.push({ code: 'too-few-choices', message: 'offers fewer than two choices.' });
  if (step.min > mostOf(step)) faults.push({ code: 'overlap', message: `wants at least ${step.min}, but allows ${mostOf(step)}.` });
  // The answer is the values joined by commas.
  const comma = step.choices.find(({ value }) => value.includes(','));
  if (comma !== undefined) faults.push({ code: 'bad-value', message: `has a comma in the value “${comma.value}”.` });
  return faults;
}
