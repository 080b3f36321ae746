import { z } from 'zod';
import type { ActingStep } from '../step.ts';
import { commonFields, textField } from '../step.ts';

const schema = z.strictObject({
  type: z.literal('handover'),
  ...commonFields,
  text: textField,
  /** For the team: why this conversation is theirs now. */
  reason: z.string().max(200),
});
type Handover = z.infer<typeof schema>;

export const handover = {
  title: 'Hand over to the team',
  schema,
  waits: false,
  targets: () => [],
  texts: (step) => ({ text: step.text }),
  faults: (step) => (step.reason.trim() === '' ? [{ code: 'empty-text', message: 'hands over without telling the team why.' }] : []),
  run: (step, context) => ({
    effects: [
      { kind: 'say', text: context.render(step.text) },
      { kind: 'handover', reason: context.render(step.reason) },
    ],
    next: null,
  }),
} satisfies ActingStep<Handover>;
