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
}

export type ContactForm = Record<PlainField, string> & { attributes: readonly AttributeRow[] };

export function formOf(view: ContactView): ContactForm {
  const attributes = Object.entries(view.custom_attributes)
    .filter(([, value]) => value !== null)
    .map(([name, before]): AttributeRow => ({ name, value: String(before), before }));
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

/** What was changed of one contact, as changes of the one it was merged into. What is vouched for there stays. */
export function carriedOver(form: ContactForm, from: ContactView, to: ContactView): ContactForm {
  const [was, is] = [formOf(from), formOf(to)];
  const isOurs = (field: PlainField): boolean => form[field] !== was[field] && (field === 'company' || !isLocked(to[`${field}_grade`]));
  const plain = Object.fromEntries(plainFields.map((field) => [field, isOurs(field) ? form[field] : is[field]])) as Record<
    PlainField,
    string
  >;
  const named = new Map(form.attributes.map((row) => [row.name.trim(), row]));
  const known = is.attributes.flatMap((row): AttributeRow[] => {
    const [ours, before] = [named.get(row.name), was.attributes.find((each) => each.name === row.name)];
    if (ours === undefined) return before === undefined ? [row] : [];
    return [ours.value === before?.value ? row : { ...row, value: ours.value }];
  });
  const news = form.attributes.filter((row) => {
    const name = row.name.trim();
    const isChanged = row.value !== was.attributes.find((each) => each.name === name)?.value;
    return isChanged && !is.attributes.some((each) => each.name === name);
  });
  return { ...plain, attributes: [...known, ...news.map((row) => ({ ...row, before: undefined }))] };
}

/** Nobody's word replaces a proof. */
export const isLocked = (grade: Grade | null): grade is Exclude<Grade, 'claimed'> => grade === 'signed' || grade === 'verified';

/** Words where a row cannot be saved as it stands. */
export function faultOf(row: AttributeRow, all: readonly AttributeRow[]): string | null {
  const name = row.name.trim();
  if (row.before !== undefined) return null;
  if (name === '') return row.value.trim() === '' ? null : 'Give it a name.';
  return all.some((other) => other !== row && other.name.trim() === name) ? 'There is one by this name already.' : null;
}

/** A number stays a number, and a new one becomes one; what was text stays text. */
function typed({ value, before }: AttributeRow): FactValue {
  const text = value.trim();
  if (text === '') return null;
  if (typeof before === 'boolean') return text === 'true';
  const number = Number(text);
  return typeof before !== 'string' && String(number) === text ? number : text;
}
