import { z } from 'zod';
import type { ActingStep, FieldMeta } from '../step.ts';
import { commonFields, shownField } from '../step.ts';
import { queueWords } from '../presence.ts';
import { joinSentences } from '../sentences.ts';

const schema = z.strictObject({
  type: z.literal('handover'),
  ...commonFields,
  text: shownField('Text', {
    help: 'The place in the queue, or when the team is back, is added where it is known.',
    start: 'I’ve passed this to the team. You’ll get the answer here[[ and by email at {{contact.email}}]].',
  }),
  reason: z
    .string()
    .max(200)
    .meta({
      label: 'Reason',
      help: 'For the team: why this conversation is theirs now.',
      holdsVariables: true,
      start: 'Wants an answer',
    } satisfies FieldMeta),
});
type Handover = z.infer<typeof schema>;

export const handover = {
  kind: 'acts',
  title: 'Hand over to the team',
  group: 'team',
  help: 'Calls the team and falls silent.',
  schema,
  isLast: true,
  faults: (step) => (step.reason.trim() === '' ? [{ code: 'empty-text', message: 'hands over without telling the team why.' }] : []),
  run: (step, context) => ({
    effects: [
      { kind: 'say', text: joinSentences(context.render(step.text), ...queueWords(context)) },
      { kind: 'handover', reason: context.renderForTeam(step.reason) },
    ],
    next: null,
  }),
} satisfies ActingStep<Handover>;
