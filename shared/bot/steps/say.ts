import { z } from 'zod';
import type { ActingStep } from '../step.ts';
import { commonFields, shownField, targetField } from '../step.ts';

const schema = z.strictObject({
  type: z.literal('say'),
  ...commonFields,
  text: shownField('Text', { start: 'Hello!' }),
  next: targetField,
});
type Say = z.infer<typeof schema>;

export const say = {
  kind: 'acts',
  title: 'Say something',
  group: 'say',
  help: 'Shows a text and goes on.',
  schema,
  run: (step, context) => ({ effects: [{ kind: 'say', text: context.render(step.text) }], next: step.next }),
} satisfies ActingStep<Say>;
