import { z } from 'zod';
import type { DetailField } from '../../contact-fields.ts';
import { detailFields } from '../../contact-fields.ts';
import { readFact } from '../../facts.ts';
import type { AskingStep, Heard, Kept, StepContext } from '../step.ts';
import { askFields, asking } from '../step.ts';
import type { FactValue, FormField } from '../types.ts';
import { detailIn } from './ask-detail.ts';

const field = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/),
  label: z.string().max(80),
  kind: z.enum(['email', 'name', 'phone', 'text', 'number']),
  required: z.boolean(),
});
const schema = z.strictObject({ type: z.literal('form'), ...askFields, fields: z.array(field).max(10) });
type Form = z.infer<typeof schema>;

/** Several fields at once. A field whose answer is known is not shown; the answer is a number of filled fields. */
export const form: AskingStep<Form> = {
  ...asking,
  title: 'Show a form',
  schema,
  retryWord: 'retryForm',
  texts: (step) => ({ ...asking.texts(step), ...Object.fromEntries(step.fields.map((f) => [`field ${f.name}`, f.label])) }),
  faults(step) {
    const names = step.fields.map((f) => f.name);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (names.length === 0) return [{ code: 'missing-field', message: 'is a form without fields.' }];
    return twice === undefined ? [] : [{ code: 'duplicate', message: `has the field “${twice}” twice.` }];
  },
  known: (step, context) => (openFields(step, context).length === 0 ? step.fields.length : null),
  ask: (step, context, text) => ({ kind: 'form', text: context.render(text), fields: openFields(step, context) }),
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

function openFields(step: Form, context: StepContext): FormField[] {
  return step.fields.filter((f) => readFact(context.facts, `contact.${isDetail(f.kind) ? f.kind : f.name}`) === null);
}

function valueOf(f: FormField, heard: Heard): FactValue {
  if (isDetail(f.kind)) {
    const found = detailIn(heard, f.kind);
    // A name in its own field needs no finding; an address or a number the extraction refuses is none.
    if (found !== null || f.kind !== 'name') return found;
  }
  const value = heard.values?.[f.name] ?? null;
  if (typeof value === 'string') return value.trim() === '' || (f.kind === 'number' && Number.isNaN(Number(value))) ? null : value.trim();
  return value;
}

function isDetail(kind: FormField['kind']): kind is DetailField {
  return (detailFields as readonly string[]).includes(kind);
}
