// What the flow editor needs to know of a step type to draw its form: derived from the step's schema and its `.meta()`.
import { z } from 'zod';
import type { FieldMeta } from './step.ts';
import type { StepTypeName } from './steps/index.ts';
import { stepTypes } from './steps/index.ts';

/** How a field is edited. */
export type EditorControl =
  | 'text'
  | 'long-text'
  | 'number'
  | 'flag'
  | 'select'
  /** The id of another step of the flow. */
  | 'step'
  /** The name of a contact attribute, old or new. */
  | 'attribute'
  | 'condition'
  /** Entries of `fields`, in order. */
  | 'list'
  /** Words, one per line. */
  | 'words'
  /** Names and values. */
  | 'map'
  | 'value'
  | 'agent'
  | 'team'
  | 'flow'
  | 'tag'
  /** Milliseconds, edited as minutes, hours and days. */
  | 'duration'
  | 'url'
  | 'date';

export interface EditorField {
  /** The key in the step's JSON. */
  name: string;
  label: string;
  help?: string;
  placeholder?: string;
  control: EditorControl;
  required: boolean;
  /** A visitor reads it, so it may be translated and hold variables. */
  isShown?: boolean;
  /** Nobody but the team reads it, but it may hold variables. */
  holdsVariables?: boolean;
  /** Folded away until asked for. */
  isAdvanced?: boolean;
  options?: readonly { value: string; label: string }[];
  /** Of one entry of a `list`. */
  fields?: readonly EditorField[];
  min?: number;
  max?: number;
  maxLength?: number;
  /** What its absence means. */
  default?: unknown;
  /** What a new step begins with. */
  start?: unknown;
}

/** Where the step stands in the drawing and which kind it is: no fields of its form. */
const unedited = new Set(['type', 'at']);

const fields = new Map<StepTypeName, readonly EditorField[]>();

/** The fields of a step's form, in the order they stand in its schema, those folded away last. */
export function fieldsOf(type: StepTypeName): readonly EditorField[] {
  let known = fields.get(type);
  if (known === undefined) {
    const all = Object.entries(stepTypes[type].schema.shape)
      .filter(([name]) => !unedited.has(name))
      .map(([name, schema]) => fieldOf(name, schema));
    known = [...all.filter((field) => field.isAdvanced !== true), ...all.filter((field) => field.isAdvanced === true)];
    fields.set(type, known);
  }
  return known;
}

function fieldOf(name: string, schema: z.core.$ZodType): EditorField {
  const { inner, meta, required, preset } = unwrap(schema);
  const field: EditorField = {
    name,
    label: meta.label ?? '',
    control: meta.control ?? controlOf(inner),
    required: meta.required ?? required,
    ...boundsOf(inner),
  };
  if (meta.help !== undefined) field.help = meta.help;
  if (meta.placeholder !== undefined) field.placeholder = meta.placeholder;
  if (meta.isShown === true) field.isShown = true;
  if (meta.isAdvanced === true) field.isAdvanced = true;
  if (meta.holdsVariables === true) field.holdsVariables = true;
  if (meta.start !== undefined) field.start = meta.start;
  if (preset !== undefined) field.default = preset;
  if (inner instanceof z.ZodEnum)
    field.options = inner.options.map((value) => ({ value: String(value), label: meta.options?.[String(value)] ?? String(value) }));
  if (inner instanceof z.ZodArray && inner.element instanceof z.ZodObject)
    field.fields = Object.entries(inner.element.shape).map(([key, entry]) => fieldOf(key, entry));
  return field;
}

interface Unwrapped {
  inner: z.core.$ZodType;
  meta: FieldMeta;
  required: boolean;
  preset: unknown;
}

/** Through what makes a field optional or gives it a default; the outermost words about it win. */
function unwrap(schema: z.core.$ZodType): Unwrapped {
  // Every `.meta()` in the step files is checked against it where it is written.
  const meta = (z.globalRegistry.get(schema) ?? {}) as FieldMeta;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    const below = unwrap(schema.unwrap());
    const preset = schema instanceof z.ZodDefault ? schema.def.defaultValue : below.preset;
    return { inner: below.inner, meta: { ...below.meta, ...meta }, required: false, preset };
  }
  return { inner: schema, meta, required: true, preset: undefined };
}

function controlOf(schema: z.core.$ZodType): EditorControl {
  if (schema instanceof z.ZodString) return (schema.maxLength ?? 0) > longerThanALine ? 'long-text' : 'text';
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'flag';
  if (schema instanceof z.ZodEnum) return 'select';
  if (schema instanceof z.ZodRecord) return 'map';
  if (schema instanceof z.ZodArray) return schema.element instanceof z.ZodObject ? 'list' : 'words';
  return 'value';
}

const longerThanALine = 500;

function boundsOf(schema: z.core.$ZodType): Pick<EditorField, 'min' | 'max' | 'maxLength'> {
  if (schema instanceof z.ZodString && schema.maxLength !== null) return { maxLength: schema.maxLength };
  if (schema instanceof z.ZodArray) return lengthsOf(schema);
  if (!(schema instanceof z.ZodNumber)) return {};
  const bounds: Pick<EditorField, 'min' | 'max'> = {};
  // Every whole number is bounded by what a number can hold; that is no bound of the field's.
  if (schema.minValue !== null && schema.minValue > Number.MIN_SAFE_INTEGER) bounds.min = schema.minValue;
  if (schema.maxValue !== null && schema.maxValue < Number.MAX_SAFE_INTEGER) bounds.max = schema.maxValue;
  return bounds;
}

/** How many entries a list may have. */
function lengthsOf(schema: z.ZodArray): Pick<EditorField, 'min' | 'max'> {
  const bounds: Pick<EditorField, 'min' | 'max'> = {};
  for (const { _zod } of schema.def.checks ?? []) {
    const { def } = _zod;
    if (def.check === 'max_length' && 'maximum' in def) bounds.max = Number(def.maximum);
    if (def.check === 'min_length' && 'minimum' in def) bounds.min = Number(def.minimum);
  }
  return bounds;
}
