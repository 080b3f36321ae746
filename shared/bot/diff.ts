// What changed between two versions of a flow, place by place, for the person who publishes or goes back.
import type { FlowDraft } from './edit.ts';

export interface FlowDifference {
  kind: 'added' | 'removed' | 'changed';
  /** Null: of the flow as a whole. */
  step: string | null;
  /** The place within the step or the flow, dotted: `text`, `choices.pricing.label`; empty where the whole step came or went. */
  field: string;
  before: unknown;
  after: unknown;
}

type Json = Readonly<Record<string, unknown>>;

/** Where the editor draws a step says nothing of what it does; the version differs always. */
const silent = new Set(['at']);
const ofTheFlow = ['name', 'start', 'language', 'human', 'words', 'translations', 'qualify'] as const;

/** The flow's own fields first, then its steps in the order of `b`, then those that only `a` has. */
export function diffFlows(a: FlowDraft, b: FlowDraft): FlowDifference[] {
  const differences = ofTheFlow.flatMap((field) => compare(null, field, a[field], b[field]));
  for (const id of new Set([...Object.keys(b.steps), ...Object.keys(a.steps)])) {
    const before = Object.hasOwn(a.steps, id) ? a.steps[id] : undefined;
    const after = Object.hasOwn(b.steps, id) ? b.steps[id] : undefined;
    differences.push(...compare(id, '', before, after));
  }
  return differences;
}

function compare(step: string | null, field: string, before: unknown, after: unknown): FlowDifference[] {
  if (before === after) return [];
  if (before === undefined) return [{ kind: 'added', step, field, before, after }];
  if (after === undefined) return [{ kind: 'removed', step, field, before, after }];
  const fieldsBefore = placesOf(before);
  const fieldsAfter = placesOf(after);
  if (fieldsBefore === null || fieldsAfter === null) return isSame(before, after) ? [] : [{ kind: 'changed', step, field, before, after }];
  const names = new Set([...Object.keys(fieldsAfter), ...Object.keys(fieldsBefore)]);
  const within = [...names]
    .filter((name) => field !== '' || !silent.has(name))
    .flatMap((name) => compare(step, field === '' ? name : `${field}.${name}`, own(fieldsBefore, name), own(fieldsAfter, name)));
  const moved = within.length === 0 && Array.isArray(before) && !isSame(before, after);
  return moved ? [{ kind: 'changed', step, field, before, after }] : within;
}

function own(json: Json, name: string): unknown {
  return Object.hasOwn(json, name) ? json[name] : undefined;
}

/** What has places of its own: an object by its keys, a list whose entries are told apart by `value`, `name` or `reason`. */
function placesOf(value: unknown): Json | null {
  if (isJson(value)) return isCondition(value) ? null : value;
  if (!Array.isArray(value)) return null;
  const places: Record<string, unknown> = {};
  for (const [i, entry] of value.entries()) {
    if (!isJson(entry)) return null;
    const name = entry['value'] ?? entry['name'] ?? entry['reason'] ?? entry['label'];
    const key = typeof name === 'string' ? name : String(i + 1);
    if (Object.hasOwn(places, key)) return null;
    places[key] = entry;
  }
  return places;
}

/** Shown as a whole: half a condition says nothing. */
function isCondition(json: Json): boolean {
  return 'op' in json || 'and' in json || 'or' in json || 'not' in json;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, i) => isSame(each, b[i]));
  if (!isJson(a) || !isJson(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]));
}
