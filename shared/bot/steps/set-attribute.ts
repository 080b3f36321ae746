import { z } from 'zod';
import type { ActingStep, FieldMeta } from '../step.ts';
import { attributeNameField, commonFields, targetField, textField } from '../step.ts';

const schema = z.strictObject({
  type: z.literal('set-attribute'),
  ...commonFields,
  name: attributeNameField,
  value: z.union([textField, z.number(), z.boolean(), z.null()]).meta({
    label: 'Value',
    help: 'A text, a number, yes or no; nothing takes the attribute away.',
    control: 'value',
    holdsVariables: true,
    start: '',
  } satisfies FieldMeta),
  next: targetField,
});
type SetAttribute = z.infer<typeof schema>;

export const setAttribute = {
  kind: 'acts',
  title: 'Set an attribute',
  group: 'contact',
  help: 'Keeps a value with the contact, or takes one away.',
  schema,
  run(step, context) {
    const value = typeof step.value === 'string' ? context.renderForTeam(step.value) : step.value;
    // A text whose variables are all unknown says nothing: nothing is kept, as where it is taken away.
    return { effects: [{ kind: 'attribute', name: step.name, value: value === '' ? null : value }], next: step.next };
  },
} satisfies ActingStep<SetAttribute>;
