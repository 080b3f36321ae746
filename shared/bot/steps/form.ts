import { z } from 'zod';
import type { DetailField } from '../../contact-fields.ts';
import { detailFields } from '../../contact-fields.ts';
import { readFact } from '../../facts.ts';
import type { AskingStep, FieldMeta, Heard, Kept, StepContext, StepFault } from '../step.ts';
import { askFields, asking, attributeName, shownField } from '../step.ts';
import type { FactValue, FormField } from '../types.ts';
import { fold } from '../understand/fold.ts';
import { isIsoDate } from '../understand/calendar.ts';
import { detailIn } from './ask-detail.ts';
import { choiceLabel, choiceValue, twiceIn } from './choice-fields.ts';

const kinds = {
  email: 'Email',
  name: 'Name',
  phone: 'Phone',
  text: 'Text',
  number: 'Number',
  date: 'Date',
  choice: 'Choice',
} as const satisfies Record<FormField['kind'], string>;

const field = z.strictObject({
  name: attributeName.meta({
    label: 'Keep as',
    control: 'attribute',
    help: 'The attribute of the contact that gets the answer.',
    start: 'email',
  } satisfies FieldMeta),
  label: z
    .string()
    .max(80)
    .meta({ label: 'Label', isShown: true, start: 'Email' } satisfies FieldMeta),
  kind: z
    .enum(Object.keys(kinds) as [FormField['kind'], ...FormField['kind'][]])
    .meta({ label: 'Kind', options: kinds, start: 'email' } satisfies FieldMeta),
  required: z.boolean().meta({ label: 'Needed', start: true } satisfies FieldMeta),
  options: z
    .array(z.strictObject({ value: choiceValue, label: choiceLabel }))
    .max(50)
    .meta({ label: 'Choices', help: 'Of the kind “Choice”.' } satisfies FieldMeta)
    .optional(),
});
const schema = z.strictObject({
  type: z.literal('form'),
  ...askFields,
  text: shownField('Text', { start: 'How can we reach you?' }),
  fields: z
    .array(field)
    .max(10)
    .meta({ label: 'Fields', start: [{ name: 'email', label: 'Email', kind: 'email', required: true }] } satisfies FieldMeta),
});
type Form = z.infer<typeof schema>;
type Field = z.infer<typeof field>;

/** Several fields at once. A field whose answer is known is not shown; the answer is a number of filled fields. */
export const form: AskingStep<Form> = {
  ...asking,
  title: 'Show a form',
  help: 'Asks several things at once; what is known is left out.',
  schema,
  retryWord: 'retryForm',
  faults: formFaults,
  known: (step, context) => (openFields(step, context).length === 0 ? step.fields.length : null),
  ask: (step, context, text) => ({ kind: 'form', text: context.render(text), fields: openFields(step, context).map(toFormField) }),
  take(step, heard, context) {
    const open = openFields(step, context);
    const filled = open.filter((f) => valueOf(f, heard) !== null);
    if (open.every((f) => !f.required || filled.includes(f)) && (heard.values !== undefined || filled.length > 0))
      return { kind: 'exact', value: filled.length };
    return { kind: heard.values !== undefined || filled.length > 0 ? 'attempt' : 'none' };
  },
  keeps: (step, _value, heard) => (heard === null ? [] : keptOf(step, heard)),
};

/** The values a form keeps as attributes: those that the extraction does not keep by itself. */
function keptOf(step: Form, heard: Heard): Kept[] {
  return step.fields.flatMap((f) => {
    const value = isDetail(f.kind) ? null : valueOf(f, heard);
    return value === null ? [] : [{ name: f.name, value }];
  });
}

function openFields(step: Form, context: StepContext): Field[] {
  return step.fields.filter((f) => {
    const fact = `contact.${isDetail(f.kind) ? f.kind : f.name}`;
    return readFact(context.facts, fact) === null && !context.isRefused(fact);
  });
}

function toFormField({ name, label, kind, required, options }: Field): FormField {
  return options === undefined ? { name, label, kind, required } : { name, label, kind, required, options };
}

function valueOf(f: Field, heard: Heard): FactValue {
  if (isDetail(f.kind)) {
    const found = detailIn(heard, f.kind);
    // A name in its own field needs no finding; an address or a number the extraction refuses is none.
    if (found !== null || f.kind !== 'name') return found;
  }
  const value = heard.values?.[f.name] ?? null;
  return typeof value === 'string' ? typedValue(f, value.trim()) : value;
}

function typedValue(f: Field, value: string): FactValue {
  if (value === '' || (f.kind === 'number' && Number.isNaN(Number(value))) || (f.kind === 'date' && !isIsoDate(value))) return null;
  if (f.kind !== 'choice') return value;
  const said = fold(value).text;
  return f.options?.find((option) => option.value === value || fold(option.label).text === said)?.value ?? null;
}

function isDetail(kind: FormField['kind']): kind is DetailField {
  return (detailFields as readonly string[]).includes(kind);
}

function formFaults(step: Form): StepFault[] {
  if (step.fields.length === 0) return [{ code: 'missing-field', message: 'is a form without fields.' }];
  const names = step.fields.map((f) => f.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  const faults: StepFault[] = twice === undefined ? [] : [{ code: 'duplicate', message: `has the field “${twice}” twice.` }];
  for (const f of step.fields) {
    if (f.kind === 'choice' && (f.options ?? []).length < 2)
      faults.push({ code: 'too-few-choices', message: `offers fewer than two choices in “${f.label}”.` });
    faults.push(...twiceIn(f.options ?? []));
  }
  return faults;
}
