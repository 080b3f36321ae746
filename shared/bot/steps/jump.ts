import { z } from 'zod';
import type { ActingStep, FieldMeta } from '../step.ts';
import { commonFields } from '../step.ts';

const schema = z.strictObject({
  type: z.literal('jump'),
  ...commonFields,
  flow: z
    .string()
    .max(64)
    .meta({
      label: 'Flow',
      control: 'flow',
      help: 'Its published version takes over, with the score and all that is known by then.',
      start: '',
    } satisfies FieldMeta),
});
type Jump = z.infer<typeof schema>;

export const jump = {
  kind: 'acts',
  title: 'Jump to a flow',
  group: 'logic',
  help: 'Goes on in another flow.',
  schema,
  faults: (step) => (step.flow.trim() === '' ? [{ code: 'missing-target', message: 'jumps nowhere. Choose a flow.' }] : []),
  run: (step) => ({ effects: [{ kind: 'jump', flow: step.flow }], next: null }),
} satisfies ActingStep<Jump>;
