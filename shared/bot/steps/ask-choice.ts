import { z } from 'zod';
import type { AskingStep, FieldMeta, Heard, StepFault, Taken } from '../step.ts';
import { askFields, asking, attributeField, keepAs, knownAs } from '../step.ts';
import { recogniseField, recognisers } from '../recognise/index.ts';
import { choiceLabel, choiceSynonyms, choiceValue, startingChoices, twiceIn } from './choice-fields.ts';
import { isOnlyDetails } from '../understand/residue.ts';
import { findNumber } from '../understand/number.ts';
import { createPhrases } from '../understand/phrases.ts';
import type { Phrases } from '../understand/phrases.ts';
import { isNear } from '../understand/near.ts';
import { fold } from '../understand/fold.ts';

const choice = z.strictObject({
  value: choiceValue,
  label: choiceLabel,
  synonyms: choiceSynonyms.optional(),
  from: z
    .number()
    .meta({ label: 'From', help: 'A number from here on picks it.', isAdvanced: true } satisfies FieldMeta)
    .optional(),
  to: z
    .number()
    .meta({ label: 'To', help: 'A number up to here, itself included, picks it.', isAdvanced: true } satisfies FieldMeta)
    .optional(),
});
const schema = z.strictObject({
  type: z.literal('ask-choice'),
  ...askFields,
  choices: z
    .array(choice)
    .max(12)
    .meta({ label: 'Choices', start: startingChoices } satisfies FieldMeta),
  otherwise: z
    .boolean()
    .meta({ label: 'Other words are an answer too' } satisfies FieldMeta)
    .optional(),
  open: z
    .boolean()
    .meta({ label: 'So is a question', help: 'With other words: whatever the visitor writes.', isAdvanced: true } satisfies FieldMeta)
    .optional(),
  recognise: recogniseField.optional(),
  attribute: attributeField.optional(),
});
type AskChoice = z.infer<typeof schema>;
type Choice = z.infer<typeof choice>;

interface Matcher {
  phrases: Phrases<string>;
  /** Single words long enough that one slip of the finger still tells them. */
  longWords: readonly (readonly [word: string, value: string])[];
  ranged: boolean;
}

const matchers = new WeakMap<AskChoice, Matcher>();
const letterOrDigit = /[\p{L}\p{N}]/u;
const minNearLetters = 5;
const maxNearWords = 4;
const ordinal = /^(?:option|number|no|nr|the)?\s?#?\s?(\d{1,2})(?:\s?[.):])?$/;

export const askChoice: AskingStep<AskChoice> = {
  ...asking,
  title: 'Ask to choose',
  help: 'Offers chips to tap; words and numbers are understood too.',
  schema,
  retryWord: 'retry',
  faults: choiceFaults,
  known: knownAs,
  early: (step, heard) => recognised(step, heard, false),
  ask: (step, context, text) => ({ kind: 'say', text: context.render(text), chips: chipsOf(step) }),
  take: takeChoice,
  keeps: keepAs,
  show: (step, value) => step.choices.find((c) => c.value === value)?.label ?? String(value),
};

export function chipsOf(step: AskChoice): { value: string; label: string }[] {
  return step.choices.map(({ value, label }) => ({ value, label }));
}

function takeChoice(step: AskChoice, heard: Heard): Taken {
  if (heard.choice !== undefined && step.choices.some((c) => c.value === heard.choice)) return { kind: 'exact', value: heard.choice };
  const matcher = matcherOf(step);
  const whole = matcher.phrases.whole(heard.folded);
  if (whole !== null) return { kind: 'exact', value: whole };
  const likely =
    (matcher.ranged ? recognised(step, heard, true) : byOrdinal(step, heard)) ??
    matcher.phrases.find(heard.folded)?.value ??
    byNearWord(matcher, heard);
  if (likely !== null) return { kind: 'likely', value: likely };
  if (step.otherwise !== true || !letterOrDigit.test(heard.raw) || isOnlyDetails(heard.raw, heard.details)) return { kind: 'none' };
  return { kind: 'words', value: heard.raw.trim() };
}

function recognised(step: AskChoice, heard: Heard, asked: boolean): string | null {
  const value = step.recognise === undefined ? (asked ? findNumber(heard.folded) : null) : recognisers[step.recognise](heard, asked);
  if (value === null || typeof value === 'string') return value;
  return step.choices.find((c) => isRanged(c) && value >= (c.from ?? -Infinity) && value <= (c.to ?? Infinity))?.value ?? null;
}

function byOrdinal(step: AskChoice, heard: Heard): string | null {
  const match = ordinal.exec(heard.folded.text.trim());
  return match === null ? null : (step.choices[Number(match[1]) - 1]?.value ?? null);
}

function byNearWord(matcher: Matcher, heard: Heard): string | null {
  if (heard.folded.words.length > maxNearWords) return null;
  for (const word of heard.folded.words) {
    if (word.length < minNearLetters) continue;
    const near = matcher.longWords.find(([known]) => isNear(word, known));
    if (near !== undefined) return near[1];
  }
  return null;
}

function isRanged(c: Choice): boolean {
  return c.from !== undefined || c.to !== undefined;
}

function matcherOf(step: AskChoice): Matcher {
  let matcher = matchers.get(step);
  if (matcher === undefined) {
    const entries = step.choices.flatMap((c) => [c.label, c.value, ...(c.synonyms ?? [])].map((phrase) => [phrase, c.value] as const));
    const words = entries.map(([phrase, value]) => [fold(phrase).words, value] as const);
    matcher = {
      phrases: createPhrases(entries),
      longWords: words.flatMap(([[word, ...more], value]) =>
        word !== undefined && more.length === 0 && word.length >= minNearLetters ? [[word, value] as const] : [],
      ),
      ranged: step.choices.some(isRanged),
    };
    matchers.set(step, matcher);
  }
  return matcher;
}

function choiceFaults(step: AskChoice): StepFault[] {
  const faults: StepFault[] = [];
  if (step.choices.length < 2) faults.push({ code: 'too-few-choices', message: 'offers fewer than two choices.' });
  faults.push(...twiceIn(step.choices));
  const ranges = step.choices.filter(isRanged);
  const clash = ranges.find((a, i) =>
    ranges.slice(i + 1).some((b) => (a.from ?? -Infinity) <= (b.to ?? Infinity) && (b.from ?? -Infinity) <= (a.to ?? Infinity)),
  );
  if (clash !== undefined) faults.push({ code: 'overlap', message: `has the same number in “${clash.label}” and in another choice.` });
  return faults;
}
