import { z } from 'zod';
import type { ActingStep, FieldMeta } from '../step.ts';
import { commonFields, targetField } from '../step.ts';
import type { BotEffect } from '../types.ts';

const schema = z.strictObject({
  type: z.literal('assign'),
  ...commonFields,
  team: z
    .int()
    .positive()
    .meta({ label: 'Team', control: 'team' } satisfies FieldMeta)
    .optional(),
  agent: z
    .int()
    .positive()
    .meta({ label: 'Person', control: 'agent' } satisfies FieldMeta)
    .optional(),
  next: targetField,
});
type Assign = z.infer<typeof schema>;

export const assign = {
  kind: 'acts',
  title: 'Assign',
  group: 'team',
  help: 'Gives the conversation to a team or a person; the bot goes on.',
  schema,
  faults: (step) =>
    step.team === undefined && step.agent === undefined
      ? [{ code: 'missing-field', message: 'assigns to nobody. Choose a team or a person.' }]
      : [],
  run(step) {
    const effect: BotEffect = { kind: 'assign' };
    if (step.team !== undefined) effect.team = step.team;
    if (step.agent !== undefined) effect.agent = step.agent;
    return { effects: [effect], next: step.next };
  },
} satisfies ActingStep<Assign>;
