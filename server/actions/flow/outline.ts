// What other flows need to know of one: the attributes it sets, the questions it asks, the flows it goes on with.
import { isStepTypeName, stepTypes } from '../../../shared/bot/steps/index.ts';
import { entriesOf, stepsOf } from './json.ts';

export interface Outline {
  id: string;
  /** Of contacts, without `contact.`. */
  attributes: string[];
  /** Ids of the steps that wait for an answer. */
  asks: string[];
  /** Ids of flows. */
  jumps: string[];
}

type Step = Record<string, unknown>;

/** Of a flow's JSON, whatever state it is in. */
export function outlineOf(id: string, flow: unknown): Outline {
  const steps = stepsOf(flow);
  return {
    id,
    attributes: steps.flatMap(([, step]) => attributesOf(step)),
    asks: steps.flatMap(([name, { type }]) => (isStepTypeName(type) && stepTypes[type].kind === 'asks' ? [name] : [])),
    jumps: steps.flatMap(([, { type, flow: to }]) => (type === 'jump' && typeof to === 'string' ? [to] : [])),
  };
}

function attributesOf(step: Step): string[] {
  const fields = step['type'] === 'form' ? entriesOf(step['fields']).map((field) => field['name']) : [];
  const kept = entriesOf(step['mapping']).map((entry) => entry['attribute']);
  const names = [step['attribute'], step['type'] === 'set-attribute' ? step['name'] : null, ...fields, ...kept];
  return names.filter((name) => typeof name === 'string');
}

/** The questions of every flow that a conversation may come through before it comes to this one. */
export function answersBefore(id: string, outlines: readonly Outline[]): string[] {
  const before = new Set<string>();
  const open = [id];
  for (let to = open.pop(); to !== undefined; to = open.pop()) {
    const next = to;
    for (const outline of outlines) {
      if (before.has(outline.id) || !outline.jumps.includes(next)) continue;
      before.add(outline.id);
      open.push(outline.id);
    }
  }
  return outlines.flatMap((outline) => (before.has(outline.id) ? outline.asks : []));
}
