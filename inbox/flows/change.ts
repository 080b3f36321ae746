// What the editor does to a draft beyond what `shared/bot/edit.ts` does: adding, connecting, placing, setting a field. Pure.
import type { FlowDraft, StepJson } from '../../shared/bot/edit.ts';
import { newStep, setTarget, targetsOf } from '../../shared/bot/edit.ts';
import type { StepTypeName } from '../../shared/bot/steps/index.ts';
import type { Point } from './geometry.ts';

/** Where an edge begins: a step and the name of its way on. */
export interface Outlet {
  step: string;
  edge: string;
}

/** Whatever was stored, as something that can be drawn and edited; null where it is no flow at all. */
export function toDraft(raw: unknown): FlowDraft | null {
  if (!isJson(raw) || !isJson(raw['steps'])) return null;
  const steps = Object.fromEntries(Object.entries(raw['steps']).filter((entry): entry is [string, StepJson] => isJson(entry[1])));
  const text = (key: string): string => (typeof raw[key] === 'string' ? raw[key] : '');
  const version = typeof raw['version'] === 'number' ? raw['version'] : 0;
  return { ...raw, id: text('id'), version, name: text('name'), start: text('start'), steps };
}

export function isJson(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function setStep(flow: FlowDraft, id: string, step: StepJson): FlowDraft {
  return { ...flow, steps: { ...flow.steps, [id]: step } };
}

/** `value` undefined takes the field away. The flow itself where nothing changes. */
export function setField(flow: FlowDraft, id: string, field: string, value: unknown): FlowDraft {
  const step = flow.steps[id];
  if (step === undefined || step[field] === value) return flow;
  return setStep(flow, id, withField(step, field, value));
}

export function withField<T extends Readonly<Record<string, unknown>>>(json: T, field: string, value: unknown): T {
  const { [field]: _, ...rest } = json;
  // A field keeps its place among the others, so that a diff of the file shows one line.
  return (value === undefined ? rest : Object.hasOwn(json, field) ? { ...json, [field]: value } : { ...rest, [field]: value }) as T;
}

/** The edge led to `to`; to nowhere where that is empty. */
export function connect(flow: FlowDraft, { step: id, edge }: Outlet, to: string): FlowDraft {
  const step = flow.steps[id];
  if (step === undefined || targetOf(flow, { step: id, edge }) === to) return flow;
  return setStep(flow, id, setTarget(step, edge, to));
}

export function targetOf(flow: FlowDraft, { step, edge }: Outlet): string | null {
  return targetsOf(flow.steps[step] ?? {}).find(({ name }) => name === edge)?.to ?? null;
}

/** A short name which no step has: `email`, `say-2`. */
export function freeId(flow: FlowDraft, wish: string): string {
  const plain =
    wish
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, 56) || 'step';
  if (!Object.hasOwn(flow.steps, plain)) return plain;
  for (let n = 2; ; n += 1) if (!Object.hasOwn(flow.steps, `${plain}-${n}`)) return `${plain}-${n}`;
}

interface Added {
  flow: FlowDraft;
  id: string;
}

/**
 * A new step, led to from `after` where that is given; what the edge led to before comes after the new step, where it can
 * lead on. In a flow without a start it is the start.
 */
export function addStep(flow: FlowDraft, type: StepTypeName, after: Outlet | null, at?: Point): Added {
  const id = freeId(flow, type.replace(/^ask-/, ''));
  const step: StepJson = { ...newStep(type), ...(at && { at }) };
  return insert(flow, id, step, after);
}

function insert(flow: FlowDraft, id: string, step: StepJson, after: Outlet | null): Added {
  const before = after === null ? null : targetOf(flow, after);
  const onward = targetsOf(step).findLast(({ name }) => name === 'next' || name === 'default');
  const joined = before && onward ? setTarget(step, onward.name, before) : step;
  let next = setStep(flow, id, joined);
  if (after !== null) next = connect(next, after, id);
  if (!Object.hasOwn(flow.steps, flow.start)) next = { ...next, start: id };
  return { flow: next, id };
}

/** The same step again, which nothing leads to yet. */
export function duplicateStep(flow: FlowDraft, id: string): Added | null {
  const step = flow.steps[id];
  if (step === undefined) return null;
  const copy = freeId(flow, id.replace(/-\d+$/, ''));
  const { at, ...rest } = step;
  const shifted = isPoint(at) ? { ...rest, at: { x: at.x + 32, y: at.y + 32 } } : rest;
  return { flow: setStep(flow, copy, shifted), id: copy };
}

export function isPoint(value: unknown): value is Point {
  return isJson(value) && typeof value['x'] === 'number' && typeof value['y'] === 'number';
}

export function moveStep(flow: FlowDraft, id: string, at: Point): FlowDraft {
  return setField(flow, id, 'at', { x: Math.round(at.x), y: Math.round(at.y) });
}

/** Every step goes where the layout has it. */
export function tidy(flow: FlowDraft): FlowDraft {
  if (Object.values(flow.steps).every((step) => step['at'] === undefined)) return flow;
  return { ...flow, steps: Object.fromEntries(Object.entries(flow.steps).map(([id, step]) => [id, withField(step, 'at', undefined)])) };
}

export interface ChoiceJson {
  value: string;
  label: string;
}

export function choicesOf(step: StepJson | undefined): ChoiceJson[] {
  const choices = step?.['choices'];
  if (!Array.isArray(choices)) return [];
  return choices.flatMap((each: unknown) =>
    isJson(each) && typeof each['value'] === 'string'
      ? [{ value: each['value'], label: typeof each['label'] === 'string' ? each['label'] : each['value'] }]
      : [],
  );
}

const caseFor = (id: string, { value, label }: ChoiceJson, next: string): StepJson => ({
  when: { fact: `answer.${id}`, op: 'is', value },
  next,
  label: label.slice(0, 100),
});

/** The branch right after a question in which its answers part, if it has one. */
export function branchAfter(flow: FlowDraft, id: string): string | null {
  const next = targetOf(flow, { step: id, edge: 'next' });
  const step = next === null ? undefined : flow.steps[next];
  return step?.['type'] === 'branch' ? next : null;
}

/** Which case of the branch a choice goes by: the index, or -1. */
export function caseOf(branch: StepJson | undefined, id: string, value: string): number {
  const cases = branch?.['cases'];
  if (!Array.isArray(cases)) return -1;
  return cases.findIndex((each: unknown) => {
    const when = isJson(each) ? each['when'] : null;
    return isJson(when) && when['fact'] === `answer.${id}` && when['op'] === 'is' && when['value'] === value;
  });
}

/** One answer of a question goes its own way: by the branch after it, which is made where there is none. */
export function leadChoice(flow: FlowDraft, id: string, choice: ChoiceJson, to: string): FlowDraft {
  const branch = branchAfter(flow, id);
  if (branch === null) {
    const step: StepJson = { type: 'branch', cases: [caseFor(id, choice, to)], default: '' };
    return insert(flow, freeId(flow, `by-${id}`), step, { step: id, edge: 'next' }).flow;
  }
  const step = flow.steps[branch] ?? {};
  const index = caseOf(step, id, choice.value);
  if (index >= 0) return setStep(flow, branch, setTarget(step, `case ${index + 1}`, to));
  const cases = Array.isArray(step['cases']) ? (step['cases'] as unknown[]) : [];
  return setStep(flow, branch, { ...step, cases: [...cases, caseFor(id, choice, to)] });
}

/** A branch after the question with a case for each answer; all go on where the question led until they are led elsewhere. */
export function branchByAnswer(flow: FlowDraft, id: string): Added | null {
  const choices = choicesOf(flow.steps[id]);
  if (choices.length === 0 || branchAfter(flow, id) !== null) return null;
  const next = targetOf(flow, { step: id, edge: 'next' }) ?? '';
  const step: StepJson = { type: 'branch', cases: choices.map((choice) => caseFor(id, choice, next)), default: '' };
  return insert(flow, freeId(flow, `by-${id}`), step, { step: id, edge: 'next' });
}
