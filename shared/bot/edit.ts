// What an editor does to a flow's JSON: new steps, edges, names. Pure, and at home in drafts that are not whole yet.
import type { EditorField } from './editor.ts';
import { fieldsOf } from './editor.ts';
import type { Translations } from './localize.ts';
import { isJson } from './places.ts';
import type { StepTypeName } from './steps/index.ts';
import { isStepTypeName } from './steps/index.ts';

/** A step as it stands in a file or a draft: perhaps unfinished, perhaps wrong. */
export type StepJson = Readonly<Record<string, unknown>>;

/** A flow that is being edited. Every `Flow` is one. */
export interface FlowDraft {
  id: string;
  version: number;
  name: string;
  start: string;
  steps: Readonly<Record<string, StepJson>>;
  human?: { text?: string | undefined; collect?: string | undefined; next: string } | undefined;
  words?: Readonly<Partial<Record<string, string>>> | undefined;
  language?: string | undefined;
  translations?: Translations | undefined;
  qualify?: { minScore: number } | undefined;
}

/** A step of this kind with values to begin with; it leads nowhere yet. */
export function newStep(type: StepTypeName): StepJson {
  return { type, ...newEntry(fieldsOf(type)) };
}

/** An entry of a list, with values to begin with. */
export function newEntry(fields: readonly EditorField[]): StepJson {
  return Object.fromEntries(
    fields.flatMap(({ name, start, default: preset, required }) => {
      if (start !== undefined) return [[name, structuredClone(start)]];
      return required && preset !== undefined ? [[name, preset]] : [];
    }),
  );
}

/** A way on from a step, whether it leads anywhere or not. */
export interface Edge {
  /** Unique in its step: `next`, `failed`, `default`; the cases of a branch are `case 1`, `case 2`. */
  name: string;
  /** A step's id; empty while nothing is chosen. */
  to: string;
  /** What to write on it. */
  label: string;
}

export function targetsOf(step: StepJson): Edge[] {
  const type = step['type'];
  if (!isStepTypeName(type)) return [];
  return fieldsOf(type).flatMap((field): Edge[] => {
    const value = step[field.name];
    if (field.control === 'step') return [{ name: field.name, to: textOf(value), label: field.name }];
    if (field.fields?.some(({ control }) => control === 'step') !== true || !Array.isArray(value)) return [];
    return value.map((entry: unknown, i) => {
      const json = isJson(entry) ? entry : {};
      return { name: caseName(i), to: textOf(json['next']), label: textOf(json['label']) === '' ? caseName(i) : textOf(json['label']) };
    });
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function caseName(index: number): string {
  return `case ${index + 1}`;
}

/** The step with this edge led elsewhere; the step itself where it has no edge of that name. */
export function setTarget<S extends StepJson>(step: S, name: string, to: string): S {
  const type = step['type'];
  if (!isStepTypeName(type)) return step;
  const index = /^case (\d+)$/.exec(name)?.[1];
  if (index === undefined) {
    const isEdge = fieldsOf(type).some((field) => field.name === name && field.control === 'step');
    return isEdge ? { ...step, [name]: to } : step;
  }
  const { cases } = step;
  if (!Array.isArray(cases)) return step;
  return { ...step, cases: cases.map((each: unknown, i) => (i === Number(index) - 1 && isJson(each) ? { ...each, next: to } : each)) };
}

function withTargets<S extends StepJson>(step: S, change: (to: string) => string): S {
  return targetsOf(step).reduce((changed, { name, to }) => (change(to) === to ? changed : setTarget(changed, name, change(to))), step);
}

/** Under a new id, with all that speaks of it: edges, conditions, variables, translations. The flow itself where `to` is taken or `from` is not there. */
export function renameStep<F extends FlowDraft>(flow: F, from: string, to: string): F {
  if (from === to || !Object.hasOwn(flow.steps, from) || Object.hasOwn(flow.steps, to)) return flow;
  const moved = (id: string): string => (id === from ? to : id);
  const steps: Record<string, StepJson> = {};
  for (const [id, step] of Object.entries(flow.steps)) steps[moved(id)] = speakOf(withTargets(step, moved), from, to);
  const renamed: F = { ...flow, start: moved(flow.start), steps };
  if (flow.human !== undefined) {
    renamed.human = speakOf({ ...flow.human, next: moved(flow.human.next) }, from, to);
    if (flow.human.collect !== undefined) renamed.human.collect = moved(flow.human.collect);
  }
  if (flow.words !== undefined) renamed.words = speakOf(flow.words, from, to);
  if (flow.translations !== undefined) {
    renamed.translations = mapValues(flow.translations, (texts) =>
      Object.fromEntries(Object.entries(speakOf(texts, from, to)).map(([key, text]) => [movedKey(key, from, to), text])),
    );
  }
  return renamed;
}

function movedKey(key: string, from: string, to: string): string {
  return key.startsWith(`${from}.`) ? `${to}${key.slice(from.length)}` : key;
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Conditions and variables name an answer as `answer.<id>`. */
function speakOf<T>(value: T, from: string, to: string): T {
  const variable = new RegExp(`(\\{\\{\\s*answer\\.)${from}(?=\\s*[|}])`, 'g');
  const walk = (each: unknown): unknown => {
    if (typeof each === 'string') return each.replace(variable, `$1${to}`);
    if (Array.isArray(each)) return each.map(walk);
    if (!isJson(each)) return each;
    const walked = Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, walk(inner)]));
    return isTest(each) && each.fact === `answer.${from}` ? { ...walked, fact: `answer.${to}` } : walked;
  };
  return walk(value) as T;
}

function isTest(json: StepJson): json is StepJson & { fact: string } {
  return typeof json['fact'] === 'string' && typeof json['op'] === 'string';
}

/**
 * Without the step, its translations, and the edges to it, which lead nowhere then. What led through a step with one way on
 * goes on to where that led, so that taking out a text in the middle does not tear the flow.
 */
export function removeStep<F extends FlowDraft>(flow: F, id: string): F {
  const gone = flow.steps[id];
  if (!Object.hasOwn(flow.steps, id) || gone === undefined) return flow;
  const edges = targetsOf(gone).filter(({ name }) => name !== 'failed');
  const on = edges.length === 1 && edges[0]?.to !== id ? (edges[0]?.to ?? '') : '';
  const moved = (to: string): string => (to === id ? on : to);
  const steps: Record<string, StepJson> = {};
  for (const [each, step] of Object.entries(flow.steps)) if (each !== id) steps[each] = withTargets(step, moved);
  const rest: F = { ...flow, start: moved(flow.start), steps };
  if (flow.human !== undefined) {
    const { collect, ...human } = flow.human;
    rest.human = { ...human, next: moved(human.next), ...(collect !== undefined && collect !== id && { collect }) };
  }
  if (flow.translations !== undefined) {
    rest.translations = mapValues(flow.translations, (texts) =>
      Object.fromEntries(Object.entries(texts).filter(([key]) => !key.startsWith(`${id}.`))),
    );
  }
  return rest;
}
