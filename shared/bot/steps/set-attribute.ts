import { z } from 'zod';
import type { ActingStep } from '../step.ts';
import { attributeField, commonFields, targetField, textField } from '../step.ts';

const schema = z.strictObject({
  type: z.literal('set-attribute'),
  ...commonFields,
  name: attributeField,
  /** A text may hold variables. */
  value: z.union([textField, z.number(), z.boolean(), z.null()]),
  next: targetField,
});
type SetAttribute = z.infer<typeof schema>;

export const setAttribute = {
  title: 'Set an attribute',
  schema,
  waits: false,
  targets: (step) => [{ name: 'next', to: step.next }],
  texts: (step) => (typeof step.value === 'string' ? { value: step.value } : {}),
  run(step, context) {
    const value = typeof step.value === 'string' ? context.render(step.value) : step.value;
    return { effects: [{ kind: 'attribute', name: step.name, value }], next: step.next };
  },
} satisfies ActingStep<SetAttribute>;
