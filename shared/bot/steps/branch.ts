import { z } from 'zod';
import { holds } from '../../conditions.ts';
import { conditionSchema } from '../condition-schema.ts';
import type { ActingStep } from '../step.ts';
import { commonFields, targetField } from '../step.ts';

const schema = z.strictObject({
  type: z.literal('branch'),
  ...commonFields,
  /** The first whose condition holds is taken. */
  cases: z.array(z.strictObject({ when: conditionSchema, next: targetField, label: z.string().max(100).optional() })).max(50),
  /** Where no case holds. */
  default: targetField.default(''),
});
type Branch = z.infer<typeof schema>;

export const branch = {
  title: 'Branch',
  schema,
  waits: false,
  targets: (step) => [
    ...step.cases.map((c, i) => ({ name: c.label ?? `case ${i + 1}`, to: c.next })),
    // An empty default is a fault of its own.
    ...(step.default === '' ? [] : [{ name: 'default', to: step.default }]),
  ],
  texts: () => ({}),
  conditions: (step) => step.cases.map((c) => c.when),
  faults: (step) =>
    step.default === '' ? [{ code: 'no-default', message: 'does not say where to go when no case fits. Give it a default.' }] : [],
  run: (step, context) => ({ effects: [], next: step.cases.find((c) => holds(c.when, context.facts))?.next ?? step.default }),
} satisfies ActingStep<Branch>;
