import { z } from 'zod';
import { holds } from '../../conditions.ts';
import { conditionSchema } from '../condition-schema.ts';
import type { ActingStep, FieldMeta } from '../step.ts';
import { commonFields, stepField, targetField } from '../step.ts';

const branchCase = z.strictObject({
  label: z
    .string()
    .max(100)
    .meta({ label: 'Name', help: 'Written on the edge.' } satisfies FieldMeta)
    .optional(),
  when: conditionSchema.meta({ label: 'If', control: 'condition', start: { fact: 'contact.email', op: 'known' } } satisfies FieldMeta),
  next: targetField,
});
const schema = z.strictObject({
  type: z.literal('branch'),
  ...commonFields,
  cases: z
    .array(branchCase)
    .max(50)
    .meta({
      label: 'Cases',
      help: 'The first that holds is taken.',
      start: [{ when: { fact: 'contact.email', op: 'known' }, next: '' }],
    } satisfies FieldMeta),
  default: stepField.default('').meta({ label: 'Otherwise', control: 'step', required: true, start: '' } satisfies FieldMeta),
});
type Branch = z.infer<typeof schema>;

export const branch = {
  kind: 'acts',
  title: 'Branch',
  group: 'logic',
  help: 'Goes one way or another, by what is known.',
  schema,
  faults: (step) =>
    step.default === '' ? [{ code: 'no-default', message: 'does not say where to go when no case fits. Give it a default.' }] : [],
  run: (step, context) => ({ effects: [], next: step.cases.find((c) => holds(c.when, context.facts))?.next ?? step.default }),
} satisfies ActingStep<Branch>;
