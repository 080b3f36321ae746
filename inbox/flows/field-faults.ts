// Which field a fault of a step is about, so that it is said where it can be mended.
import type { EditorField } from '../../shared/bot/editor.ts';
import type { FlowFault } from '../../shared/bot/flow.ts';

/** The field's name; the empty one where the step as a whole is meant. */
export function fieldOfFault({ code, message }: FlowFault, fields: readonly EditorField[]): string {
  const has = (name: string): boolean => fields.some((field) => field.name === name);
  const named = quoted(message).flatMap((words) => words.split(/ › |\./, 1));
  const byName = named.find((name) => has(name));
  if (byName !== undefined) return byName;
  const byLabel = fields.find(({ label }) => label !== '' && named.includes(label));
  if (byLabel !== undefined) return byLabel.name;
  return (byCode[code] ?? []).find(has) ?? '';
}

/** Where a code says it all; the first field the step has. */
const byCode: Readonly<Partial<Record<FlowFault['code'], readonly string[]>>> = {
  'missing-target': ['flow', 'cases', 'next'],
  'no-default': ['default'],
  'too-few-choices': ['choices', 'fields'],
  duplicate: ['choices', 'rules', 'fields'],
  overlap: ['choices', 'min'],
  'empty-text': ['url', 'rules', 'reason', 'name', 'text'],
  'bad-text': ['text', 'reason', 'body'],
  'bad-value': ['url', 'name', 'max', 'min', 'choices'],
  'missing-field': ['team', 'fields'],
  'unknown-fact': ['text', 'cases', 'rules'],
};

/** Without “Step “x””, which names the step and not a field. */
function quoted(message: string): string[] {
  return [...message.replace(/^Step “[^”]*”/, '').matchAll(/“([^”]*)”/g)].map(([, words = '']) => words);
}

/** The message without the step's name, which stands above it. */
export function shortFault({ message }: FlowFault): string {
  const words = message.replace(/^Step “[^”]*”:?\s*/, '').replace(/^“[^”]*” is not right \(/, 'Not right (');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function faultsByField(faults: readonly FlowFault[], fields: readonly EditorField[]): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, string[]>();
  for (const fault of faults) {
    const field = fieldOfFault(fault, fields);
    map.set(field, [...(map.get(field) ?? []), shortFault(fault)]);
  }
  return map;
}
