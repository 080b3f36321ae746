// What changed between two versions, as people say it.
import type { Condition } from '../../shared/conditions.ts';
import type { FlowDifference } from '../../shared/bot/diff.ts';
import type { FlowDraft } from '../../shared/bot/edit.ts';
import { fieldsOf } from '../../shared/bot/editor.ts';
import type { EditorField } from '../../shared/bot/editor.ts';
import { isStepTypeName } from '../../shared/bot/steps/index.ts';
import type { ConditionFact } from '../conditions.ts';
import { conditionWords } from '../conditions.ts';
import { isJson } from './change.ts';
import { lookOf } from './step-looks.ts';

export interface DiffLine {
  kind: FlowDifference['kind'];
  /** "Question", "Choices › pricing › Label". */
  place: string;
  before: string | null;
  after: string | null;
}

/** The changes of one step, or of the flow as a whole (`step` null). */
export interface DiffGroup {
  step: string | null;
  title: string;
  kind: FlowDifference['kind'];
  lines: readonly DiffLine[];
}

const ofTheFlow: Readonly<Record<string, string>> = {
  name: 'Name',
  start: 'Start',
  language: 'Language',
  human: 'Asks for a person',
  words: 'The bot’s own words',
  translations: 'Translations',
  qualify: 'Qualified from',
};

export function diffGroups(
  differences: readonly FlowDifference[],
  { before, after, facts }: { before: FlowDraft; after: FlowDraft; facts: readonly ConditionFact[] },
): DiffGroup[] {
  const groups = new Map<string, { step: string | null; own: FlowDifference[] }>();
  for (const difference of differences) {
    const key = difference.step ?? '';
    const group = groups.get(key) ?? { step: difference.step, own: [] };
    group.own.push(difference);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ step, own }) => {
    const json = step === null ? undefined : (after.steps[step] ?? before.steps[step]);
    const whole = own.find(({ field }) => field === '');
    const title = step === null ? 'The flow' : `${step} · ${lookOf(json?.['type']).title}`;
    const fields = isStepTypeName(json?.['type']) ? fieldsOf(json['type']) : [];
    const lines = whole ? wholeLines(whole) : own.map((difference) => lineOf(difference, fields, facts));
    return { step, title, kind: whole?.kind ?? 'changed', lines };
  });
}

/** A step that came or went: what it said. */
function wholeLines({ kind, before, after }: FlowDifference): DiffLine[] {
  const json = kind === 'removed' ? before : after;
  const text = isJson(json) && typeof json['text'] === 'string' ? json['text'] : null;
  if (text === null) return [];
  return [{ kind, place: 'Text', before: kind === 'removed' ? text : null, after: kind === 'removed' ? null : text }];
}

function lineOf(
  { kind, step, field, before, after }: FlowDifference,
  fields: readonly EditorField[],
  facts: readonly ConditionFact[],
): DiffLine {
  const say = (value: unknown): string | null => (value === undefined ? null : valueWords(value, facts));
  return { kind, place: step === null ? flowPlace(field) : stepPlace(field, fields), before: say(before), after: say(after) };
}

function flowPlace(field: string): string {
  const [first = '', ...rest] = field.split('.');
  return [ofTheFlow[first] ?? first, ...rest].join(' › ');
}

/** Names of fields become their labels, keys of entries stay. */
function stepPlace(field: string, fields: readonly EditorField[]): string {
  const words: string[] = [];
  let known: readonly EditorField[] = fields;
  let isKey = false;
  for (const part of field.split('.')) {
    const own: EditorField | undefined = isKey ? undefined : known.find(({ name }) => name === part);
    words.push(own?.label ?? part);
    isKey = own?.fields !== undefined;
    if (own?.fields !== undefined) known = own.fields;
  }
  return words.join(' › ');
}

function valueWords(value: unknown, facts: readonly ConditionFact[]): string {
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value === '' ? 'nowhere' : value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((each: unknown) => valueWords(each, facts)).join(', ');
  if (!isJson(value)) return '';
  if ('op' in value || 'and' in value || 'or' in value || 'not' in value) return conditionWords(value as unknown as Condition, facts);
  if (typeof value['label'] === 'string') return value['label'];
  if (typeof value['reason'] === 'string') return `${String(value['points'])} · ${value['reason']}`;
  return Object.entries(value)
    .map(([key, each]) => `${key}: ${valueWords(each, facts)}`)
    .join(', ');
}

/** "2 steps added, 1 removed, 3 changed". */
export function diffSummary(groups: readonly DiffGroup[]): string {
  if (groups.length === 0) return 'Nothing changed.';
  const steps = groups.filter(({ step }) => step !== null);
  const count = (kind: DiffGroup['kind']): number => steps.filter((group) => group.kind === kind).length;
  const parts = [
    [count('added'), 'added'],
    [count('removed'), 'removed'],
    [count('changed'), 'changed'],
  ] as const;
  const words = parts
    .filter(([n]) => n > 0)
    .map(([n, word], index) => `${n}${index === 0 ? ` ${n === 1 ? 'step' : 'steps'}` : ''} ${word}`);
  const flow = groups.some(({ step }) => step === null) ? ['settings of the flow changed'] : [];
  return `${[...words, ...flow].join(', ')}.`;
}
