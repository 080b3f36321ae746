import { z } from 'zod';
import type { ActingStep } from '../step.ts';
import { commonFields, shownField } from '../step.ts';

const schema = z.strictObject({
  type: z.literal('end'),
  ...commonFields,
  text: shownField('Last words', { help: 'Without them, the bot falls silent.', start: 'Thanks for stopping by!' }).optional(),
});
type End = z.infer<typeof schema>;

export const end = {
  kind: 'acts',
  title: 'End',
  group: 'team',
  help: 'Ends the flow without calling anybody; the team still sees the conversation.',
  schema,
  isLast: true,
  run: (step, context) => ({
    effects: [...(step.text === undefined ? [] : [{ kind: 'say' as const, text: context.render(step.text) }]), { kind: 'end' }],
    next: null,
  }),
} satisfies ActingStep<End>;
