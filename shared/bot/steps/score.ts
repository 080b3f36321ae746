import { z } from 'zod';
import { holds } from '../../conditions.ts';
import { conditionSchema } from '../condition-schema.ts';
import type { ActingStep, FieldMeta } from '../step.ts';
import { commonFields, targetField } from '../step.ts';

const rule = z.strictObject({
  points: z
    .int()
    .min(-1000)
    .max(1000)
    .meta({ label: 'Points', start: 10 } satisfies FieldMeta),
  reason: z
    .string()
    .max(200)
    .meta({ label: 'Reason', help: 'Shown to agents: every point is explained.', start: '' } satisfies FieldMeta),
  when: conditionSchema.meta({ label: 'If', control: 'condition', help: 'Without it, always.' } satisfies FieldMeta).optional(),
});
const schema = z.strictObject({
  type: z.literal('score'),
  ...commonFields,
  rules: z
    .array(rule)
    .max(50)
    .meta({
      label: 'Rules',
      help: 'Each reason counts once in a conversation.',
      start: [{ points: 10, reason: 'Can be reached by email', when: { fact: 'contact.email', op: 'known' } }],
    } satisfies FieldMeta),
  next: targetField,
});
type Score = z.infer<typeof schema>;

export const score = {
  kind: 'acts',
  title: 'Score the lead',
  group: 'contact',
  help: 'Gives points, each with its reason.',
  schema,
  faults(step) {
    if (step.rules.some((r) => r.reason.trim() === ''))
      return [{ code: 'empty-text', message: 'gives points without a reason. Agents are shown why a lead has its score.' }];
    const reasons = step.rules.map((r) => r.reason);
    const twice = reasons.find((reason, i) => reasons.indexOf(reason) !== i);
    return twice === undefined ? [] : [{ code: 'duplicate', message: `gives the reason “${twice}” twice; each reason counts once.` }];
  },
  run: (step, context) => ({
    effects: step.rules
      .filter((r) => r.when === undefined || holds(r.when, context.facts))
      .map(({ points, reason }) => ({ kind: 'score' as const, points, reason })),
    next: step.next,
  }),
} satisfies ActingStep<Score>;
