// Where the texts, conditions and targets of a step stand: found by what its fields say of themselves.
import type { Condition } from '../conditions.ts';
import type { EditorField } from './editor.ts';
import { fieldsOf } from './editor.ts';
import { isStepTypeName } from './steps/index.ts';

type Json = Readonly<Record<string, unknown>>;

export interface TextPlace {
  /** Dotted, an entry of a list by its `value` or `name`: `choices.pricing.label`. */
  place: string;
  text: string;
  /** A visitor reads it; otherwise the team or a machine does. */
  isShown: boolean;
}

/** Every text that visitors read or that may hold variables. */
export function textPlaces(step: Json): TextPlace[] {
  const places: TextPlace[] = [];
  visit(step, (field, value, place) => {
    if (typeof value === 'string' && (field.isShown === true || field.holdsVariables === true))
      places.push({ place, text: value, isShown: field.isShown === true });
    if (field.control === 'map' && field.holdsVariables === true && isJson(value)) {
      for (const [name, text] of Object.entries(value)) places.push({ place: `${place}.${name}`, text: String(text), isShown: false });
    }
  });
  return places;
}

/** Of a step whose conditions are well formed. */
export function conditionsIn(step: Json): Condition[] {
  const conditions: Condition[] = [];
  visit(step, (field, value) => {
    if (field.control === 'condition' && isJson(value)) conditions.push(value as unknown as Condition);
  });
  return conditions;
}

/** The contact's attributes the step writes. */
export function attributesIn(step: Json): string[] {
  const names: string[] = [];
  visit(step, (field, value) => {
    if (field.control === 'attribute' && typeof value === 'string') names.push(value);
  });
  return names;
}

function visit(step: Json, see: (field: EditorField, value: unknown, place: string) => void): void {
  const inside = (json: Json, fields: readonly EditorField[], path: string): void => {
    for (const field of fields) {
      const value = json[field.name];
      if (value === undefined) continue;
      see(field, value, `${path}${field.name}`);
      if (field.fields === undefined || !Array.isArray(value)) continue;
      for (const entry of value) if (isJson(entry)) inside(entry, field.fields, `${path}${field.name}.${nameOf(entry)}.`);
    }
  };
  if (isStepTypeName(step['type'])) inside(step, fieldsOf(step['type']), '');
}

/** The step with every text that visitors read put through `change`. */
export function mapShown<S extends Json>(step: S, change: (place: string, text: string) => string): S {
  return isStepTypeName(step['type']) ? mapFields(step, fieldsOf(step['type']), '', change) : step;
}

function mapFields<S extends Json>(
  json: S,
  fields: readonly EditorField[],
  path: string,
  change: (place: string, text: string) => string,
): S {
  const changed: Record<string, unknown> = {};
  for (const { name, isShown, fields: inner } of fields) {
    const value = json[name];
    if (isShown === true && typeof value === 'string') changed[name] = change(`${path}${name}`, value);
    if (inner !== undefined && Array.isArray(value))
      changed[name] = value.map((entry: unknown) =>
        isJson(entry) ? mapFields(entry, inner, `${path}${name}.${nameOf(entry)}.`, change) : entry,
      );
  }
  return { ...json, ...changed };
}

function nameOf(entry: Json): string {
  const name = entry['value'] ?? entry['name'];
  return typeof name === 'string' ? name : '';
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
