import { z } from 'zod';
import type { AskingStep, FieldMeta, StepFault } from '../step.ts';
import { askFields, asking, attributeField, keepAs, knownAs, shownField } from '../step.ts';
import type { AskView } from '../types.ts';
import { findRating } from '../understand/rating.ts';

const styles = { stars: 'Stars', numbers: 'Numbers', faces: 'Faces' } as const;

const schema = z.strictObject({
  type: z.literal('ask-rating'),
  ...askFields,
  text: shownField('Question', { start: 'How was it?' }),
  max: z
    .int()
    .min(2)
    .max(10)
    .default(5)
    .meta({ label: 'Out of' } satisfies FieldMeta),
  style: z
    .enum(Object.keys(styles) as [keyof typeof styles, ...(keyof typeof styles)[]])
    .default('stars')
    .meta({ label: 'Shown as', options: styles } satisfies FieldMeta),
  low: z
    .string()
    .max(40)
    .meta({ label: 'The low end', placeholder: 'Poor', isShown: true } satisfies FieldMeta)
    .optional(),
  high: z
    .string()
    .max(40)
    .meta({ label: 'The high end', placeholder: 'Great', isShown: true } satisfies FieldMeta)
    .optional(),
  attribute: attributeField.optional(),
});
type AskRating = z.infer<typeof schema>;

/** The answer is a whole number from 1 to `max`. */
export const askRating: AskingStep<AskRating> = {
  ...asking,
  title: 'Ask for a rating',
  help: 'Takes stars, a number, or words such as “great”.',
  schema,
  retryWord: 'retryRating',
  namesControl: true,
  faults: (step): StepFault[] =>
    step.style === 'faces' && step.max !== 5 ? [{ code: 'bad-value', message: 'shows faces: there are five of them.' }] : [],
  known: knownAs,
  ask(step, context, text) {
    const ask: AskView = { kind: 'rating', max: step.max, style: step.style };
    if (step.low !== undefined) ask.low = context.render(step.low);
    if (step.high !== undefined) ask.high = context.render(step.high);
    return { kind: 'say', text: context.render(text), ask };
  },
  take(step, heard) {
    const tapped = heard.choice === undefined ? null : ratingIn(heard.choice, step.max);
    if (tapped !== null) return { kind: 'exact', value: tapped };
    const found = findRating(heard.raw, heard.folded, step.max);
    return typeof found === 'number' ? { kind: 'likely', value: found } : { kind: found };
  },
  keeps: keepAs,
};

function ratingIn(choice: string, max: number): number | null {
  const value = Number(choice);
  return Number.isInteger(value) && value >= 1 && value <= max ? value : null;
}
