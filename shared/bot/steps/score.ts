import { z } from 'zod';
import { holds } from '../../conditions.ts';
import { conditionSchema } from '../condition-schema.ts';
import type { ActingStep } from '../step.ts';
import { commonFields, targetField } from '../step.ts';

const rule = z.strictObject({
  points: z.int().min(-1000).max(1000),
  /** Shown to agents: every point is explained. */
  reason: z.string().max(200),
  /** Absent: always. */
  when: conditionSchema.optional(),
});
const schema = z.strictObject({ type: z.literal('score'), ...commonFields, rules: z.array(rule).max(50), next: targetField });
type Score = z.infer<typeof schema>;

export const score = {
  title: 'Score the lead',
  schema,
  waits: false,
  targets: (step) => [{ name: 'next', to: step.next }],
  texts: () => ({}),
  conditions: (step) => step.rules.flatMap((r) => (r.when === undefined ? [] : [r.when])),
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
