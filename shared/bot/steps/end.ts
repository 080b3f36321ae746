import { z } from 'zod';
import type { ActingStep } from '../step.ts';
import { commonFields, textField } from '../step.ts';

const schema = z.strictObject({ type: z.literal('end'), ...commonFields, text: textField.optional() });
type End = z.infer<typeof schema>;

export const end = {
  title: 'End',
  schema,
  waits: false,
  targets: () => [],
  texts: (step) => ({ text: step.text }),
  run: (step, context) => ({
    effects: [...(step.text === undefined ? [] : [{ kind: 'say' as const, text: context.render(step.text) }]), { kind: 'end' }],
    next: null,
  }),
} satisfies ActingStep<End>;
