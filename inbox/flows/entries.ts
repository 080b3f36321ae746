// Entries of a list in a step's form: choices, cases, rules, fields of a form. Pure.
import type { EditorField } from '../../shared/bot/editor.ts';
import type { FlowDraft, StepJson } from '../../shared/bot/edit.ts';
import { isJson } from './change.ts';

export type Entry = Readonly<Record<string, unknown>>;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function entriesOf(value: unknown): Entry[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** A new entry; what tells entries apart is other than in those before. */
export function newEntry(fields: readonly EditorField[], before: readonly Entry[]): Entry {
  const entry: Record<string, unknown> = {};
  for (const field of fields) {
    const value = field.start ?? (field.required ? emptyOf(field) : undefined);
    if (value !== undefined) entry[field.name] = value;
  }
  const key = keyOf(fields);
  if (key !== null) entry[key.name] = freeKey(key, before);
  return entry;
}

function emptyOf({ control, options, fields }: EditorField): unknown {
  if (control === 'condition') return { fact: 'contact.email', op: 'known' };
  if (control === 'number') return 0;
  if (control === 'flag') return false;
  if (control === 'select') return options?.[0]?.value ?? '';
  return fields !== undefined || control === 'words' ? [] : '';
}

/** The field that tells entries apart and that nobody but conditions reads: `value` of a choice, `name` of a field. */
export function keyOf(fields: readonly EditorField[]): EditorField | null {
  const label = fields.some(({ name }) => name === 'label');
  return label ? (fields.find(({ name }) => name === 'value' || name === 'name') ?? null) : null;
}

function freeKey({ name, control }: EditorField, before: readonly Entry[]): string {
  const taken = new Set(before.map((entry) => entry[name]));
  const gap = control === 'attribute' ? '_' : '-';
  const base = control === 'attribute' ? 'field' : 'choice';
  for (let n = before.length + 1; ; n += 1) if (!taken.has(`${base}${gap}${n}`)) return `${base}${gap}${n}`;
}

/** What stands under "More" until it is asked for. */
export function isFolded(field: EditorField, fields: readonly EditorField[]): boolean {
  return field.isAdvanced === true || field === keyOf(fields);
}

/** "See pricing" → "see-pricing"; as an attribute "see_pricing". */
export function slugOf(label: string, gap: '-' | '_' = '-'): string {
  const slug = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, gap)
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, 48);
  return gap === '_' ? slug.replace(/[^a-z0-9_]/g, '').replace(/^[^a-z]+/, '') : slug;
}

/**
 * The entry with another label. Its key follows as long as it came from the label, or from a new entry, and nothing in the
 * flow speaks of it yet.
 */
export function relabel(entry: Entry, label: string, key: EditorField | null, others: readonly Entry[], isSpokenOf: boolean): Entry {
  const next = { ...entry, label };
  if (key === null || isSpokenOf) return next;
  const gap = key.control === 'attribute' ? '_' : '-';
  const old = textOf(entry[key.name]);
  const isGiven = old === slugOf(textOf(entry['label']), gap) || /^(?:[ab]|choice-\d+|field_\d+)$/.test(old);
  const slug = slugOf(label, gap);
  if (!isGiven || slug === '' || others.some((other) => other[key.name] === slug)) return next;
  return { ...next, [key.name]: slug };
}

/** Some condition tests this question's answer, or its choices are translated: their values must stay. */
export function isAnswerSpokenOf(flow: FlowDraft, id: string): boolean {
  const isTranslated = Object.values(flow.translations ?? {}).some((texts) =>
    Object.keys(texts).some((key) => key.startsWith(`${id}.choices.`)),
  );
  return isTranslated || Object.values(flow.steps).some((step) => speaksOf(step, `answer.${id}`));
}

function speaksOf(json: StepJson, fact: string): boolean {
  return JSON.stringify(json).includes(`"fact":${JSON.stringify(fact)}`);
}

export function moveEntry<T>(entries: readonly T[], from: number, to: number): T[] {
  if (to < 0 || to >= entries.length || from === to) return [...entries];
  const [moved] = entries.slice(from, from + 1);
  const rest = entries.toSpliced(from, 1);
  return moved === undefined ? rest : rest.toSpliced(to, 0, moved);
}
