// What an agent changes of a contact by hand: the fields as typed, and the patch they make of it.
import type { ContactView } from '../shared/api.ts';
import type { Grade } from '../shared/contact.ts';
import type { FactValue } from '../shared/bot/types.ts';
import type { Patch } from './state/people.ts';

export const plainFields = ['name', 'email', 'phone', 'company'] as const;
export type PlainField = (typeof plainFields)[number];

export interface AttributeRow {
  name: string;
  value: string;
  /** As it is stored; undefined where it is being added. */
  before: FactValue | undefined;
  /** Where it is being added again: as it was where it stood. It keeps its kind. */
  like?: FactValue;
  /** The host app vouches for it: it stands there to be read. */
  isLocked?: boolean;
}

export type ContactForm = Record<PlainField, string> & { attributes: readonly AttributeRow[] };

export function formOf(view: ContactView): ContactForm {
  const attributes = Object.entries(view.custom_attributes)
    .filter(([, value]) => value !== null)
    .map(([name, before]): AttributeRow => ({ name, value: String(before), before, ...(isSigned(view, name) && { isLocked: true }) }));
  const [name, email, phone, company] = plainFields.map((field) => view[field] ?? '') as [string, string, string, string];
  return { name, email, phone, company, attributes };
}

/** Only what was changed: what a colleague changed meanwhile stays. Null where nothing was. */
export function patchOf(view: ContactView, form: ContactForm): Patch | null {
  const patch: Patch = {};
  for (const field of plainFields) {
    const value = form[field].trim();
    if (value !== (view[field] ?? '')) patch[field] = value === '' ? null : value;
  }
  const custom = new Map<string, FactValue>();
  for (const name of Object.keys(view.custom_attributes)) if (!form.attributes.some((row) => row.name === name)) custom.set(name, null);
  for (const row of form.attributes) {
    const [name, value] = [row.name.trim(), typed(row)];
    if (name !== '' && value !== (row.before ?? null)) custom.set(name, value);
  }
  if (custom.size > 0) patch.custom_attributes = Object.fromEntries(custom);
  return Object.keys(patch).length === 0 ? null : patch;
}

/**
 * What was changed of one contact, as changes of the one it was merged into; `left`: those that cannot be, by field and value, for they are
 * vouched for there or of another kind. What was taken off here is taken off there only where it is the same.
 */
export function carriedOver(form: ContactForm, from: ContactView, to: ContactView): { form: ContactForm; left: [string, string][] } {
  const { custom_attributes: attributes = {}, ...plain } = patchOf(from, form) ?? {};
  const next = { ...formOf(to), attributes: [...formOf(to).attributes] };
  const left: [string, string][] = [];
  for (const field of plainFields) {
    const value = plain[field];
    if (value === undefined || value === to[field] || (value === null && to[field] !== from[field])) continue;
    if (lockOf(to, field) === null) next[field] = value ?? '';
    else if (value !== null) left.push([field, value]);
  }
  const [was, is] = [new Map(Object.entries(from.custom_attributes)), new Map(Object.entries(to.custom_attributes))];
  for (const [name, value] of Object.entries(attributes)) {
    const [index, known] = [next.attributes.findIndex((row) => row.name === name), is.get(name) ?? null];
    if (value === null) {
      if (index !== -1 && known === was.get(name) && !isSigned(to, name)) next.attributes.splice(index, 1);
    } else if (value === known) continue;
    else if (index === -1) next.attributes.push({ name, value: String(value), before: undefined, like: was.get(name) ?? null });
    else if (isSigned(to, name) || (typeof known === 'boolean') !== (typeof value === 'boolean')) left.push([name, String(value)]);
    else next.attributes[index] = { name, value: String(value), before: known };
  }
  return { form: next, left };
}

const isSigned = (view: ContactView, name: string): boolean => view.signed_fields.includes(`attributes.${name}`);

/** What vouches for a field, which by hand then cannot be changed. */
export function lockOf(view: ContactView, field: PlainField): Exclude<Grade, 'claimed'> | null {
  const grade = field === 'company' ? (view.signed_fields.includes(field) ? 'signed' : null) : view[`${field}_grade`];
  return grade === 'signed' || grade === 'verified' ? grade : null;
}

/** Words where a row cannot be saved as it stands. */
export function faultOf(row: AttributeRow, all: readonly AttributeRow[]): string | null {
  const name = row.name.trim();
  if (row.before !== undefined) return null;
  if (name === '') return row.value.trim() === '' ? null : 'Give it a name.';
  return all.some((other) => other !== row && other.name.trim() === name) ? 'There is one by this name already.' : null;
}

export const kindOf = ({ before, like }: AttributeRow): 'string' | 'number' | 'boolean' | null => {
  const known = before ?? like ?? null;
  return known === null ? null : (typeof known as 'string' | 'number' | 'boolean');
};

/** A number stays a number, and a new one becomes one; what was text stays text. */
function typed(row: AttributeRow): FactValue {
  const [text, kind] = [row.value.trim(), kindOf(row)];
  if (text === '') return null;
  if (kind === 'boolean') return text === 'true';
  const number = Number(text);
  return kind !== 'string' && String(number) === text ? number : text;
}
