import { z } from 'zod';
import type { ActingStep, FieldMeta } from '../step.ts';
import { commonFields, targetField } from '../step.ts';

const schema = z.strictObject({
  type: z.literal('tag'),
  ...commonFields,
  name: z
    .string()
    .max(60)
    .meta({ label: 'Tag', control: 'tag', start: 'lead' } satisfies FieldMeta),
  on: z
    .boolean()
    .default(true)
    .meta({ label: 'Put it on', help: 'Otherwise it is taken off.' } satisfies FieldMeta),
  next: targetField,
});
type Tag = z.infer<typeof schema>;

export const tag = {
  kind: 'acts',
  title: 'Tag the contact',
  group: 'contact',
  help: 'Puts a tag on the contact, or takes it off.',
  schema,
  // Several tags are one fact, joined by commas.
  faults(step) {
    if (step.name.trim() === '') return [{ code: 'empty-text', message: 'has no tag to put on.' }];
    return step.name.includes(',') ? [{ code: 'bad-value', message: 'has a comma in its tag. Use a step for each tag.' }] : [];
  },
  run: (step) => ({ effects: [{ kind: 'tag', name: step.name.trim(), on: step.on }], next: step.next }),
} satisfies ActingStep<Tag>;
