import { z } from 'zod';
import type { FieldMeta, PausingStep } from '../step.ts';
import { commonFields, targetField } from '../step.ts';

const maxMs = 7 * 24 * 3_600_000;

const schema = z.strictObject({
  type: z.literal('wait'),
  ...commonFields,
  ms: z
    .int()
    .min(100)
    .max(maxMs)
    .meta({
      label: 'How long',
      control: 'duration',
      help: 'At most seven days. A visitor who writes meanwhile is not kept waiting.',
      start: 60_000,
    } satisfies FieldMeta),
  next: targetField,
});
type Wait = z.infer<typeof schema>;

export const wait = {
  kind: 'pauses',
  title: 'Wait',
  group: 'logic',
  help: 'Lets some time pass, unless the visitor writes.',
  schema,
  begin: (step, _context, id) => [{ kind: 'wait', step: id, ms: step.ms }],
  resume: (step, input) => (input.kind === 'timer' ? { effects: [], next: step.next } : null),
  onMessage: (step) => step.next,
  onHandBack: (step) => step.next,
} satisfies PausingStep<Wait>;
