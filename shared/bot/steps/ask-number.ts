import { z } from 'zod';
import type { AskingStep, FieldMeta } from '../step.ts';
import { askFields, asking, attributeField, keepAs, knownAs } from '../step.ts';
import { recogniseField, recognisers } from '../recognise/index.ts';
import { findNumber } from '../understand/number.ts';

const schema = z.strictObject({
  type: z.literal('ask-number'),
  ...askFields,
  min: z
    .number()
    .meta({ label: 'At least' } satisfies FieldMeta)
    .optional(),
  max: z
    .number()
    .meta({ label: 'At most' } satisfies FieldMeta)
    .optional(),
  integer: z
    .boolean()
    .meta({ label: 'Whole numbers only' } satisfies FieldMeta)
    .optional(),
  recognise: recogniseField.optional(),
  attribute: attributeField.optional(),
});
type AskNumber = z.infer<typeof schema>;

export const askNumber: AskingStep<AskNumber> = {
  ...asking,
  title: 'Ask for a number',
  help: 'Takes a number, typed in digits or in words.',
  schema,
  retryWord: 'retryNumber',
  faults: (step) =>
    step.min !== undefined && step.max !== undefined && step.min > step.max
      ? [{ code: 'overlap', message: `allows no number: the least (${step.min}) is more than the most (${step.max}).` }]
      : [],
  known: knownAs,
  early(step, heard) {
    const value = step.recognise === undefined ? null : recognisers[step.recognise](heard, false);
    return typeof value === 'number' && isWithin(step, value) ? value : null;
  },
  ask: (_step, context, text) => ({ kind: 'say', text: context.render(text), input: 'number' }),
  take(step, heard) {
    const recognised = step.recognise === undefined ? null : recognisers[step.recognise](heard, true);
    const value = typeof recognised === 'number' ? recognised : findNumber(heard.folded);
    if (value === null) return { kind: 'none' };
    return isWithin(step, value) ? { kind: 'likely', value } : { kind: 'attempt' };
  },
  keeps: keepAs,
};

function isWithin(step: AskNumber, value: number): boolean {
  return value >= (step.min ?? -Infinity) && value <= (step.max ?? Infinity) && (step.integer !== true || Number.isInteger(value));
}
