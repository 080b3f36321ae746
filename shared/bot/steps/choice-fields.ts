// What one choice and several have in common: the fields of an offered answer.
import { z } from 'zod';
import type { FieldMeta, StepFault } from '../step.ts';

export const choiceValue = z
  .string()
  .min(1)
  .max(64)
  .meta({
    label: 'Value',
    help: 'What conditions test; it stays when the label is put in other words.',
    start: 'a',
  } satisfies FieldMeta);
export const choiceLabel = z
  .string()
  .max(80)
  .meta({ label: 'Label', isShown: true, start: 'An answer' } satisfies FieldMeta);
export const choiceSynonyms = z
  .array(z.string().max(80))
  .max(300)
  .meta({ label: 'Other words for it', help: 'In any language, one per line.', control: 'words', isAdvanced: true } satisfies FieldMeta);

export const startingChoices = [
  { value: 'a', label: 'One answer' },
  { value: 'b', label: 'Another' },
];

export function twiceIn(choices: readonly { value: string; label: string }[]): StepFault[] {
  return (['value', 'label'] as const).flatMap((key): StepFault[] => {
    const all = choices.map((c) => c[key].trim().toLowerCase());
    const twice = choices.find((c, i) => all.indexOf(c[key].trim().toLowerCase()) !== i);
    return twice === undefined ? [] : [{ code: 'duplicate', message: `offers “${twice[key]}” twice.` }];
  });
}
