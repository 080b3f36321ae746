import { z } from 'zod';
import type { ActingStep } from '../step.ts';
import { commonFields, targetField, textField } from '../step.ts';

const schema = z.strictObject({ type: z.literal('say'), ...commonFields, text: textField, next: targetField });
type Say = z.infer<typeof schema>;

export const say = {
  title: 'Say something',
  schema,
  waits: false,
  targets: (step) => [{ name: 'next', to: step.next }],
  texts: (step) => ({ text: step.text }),
  run: (step, context) => ({ effects: [{ kind: 'say', text: context.render(step.text) }], next: step.next }),
} satisfies ActingStep<Say>;
