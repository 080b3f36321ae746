// Everything a condition or a text of this flow may speak of: the registry, the workspace's attributes, the flow's own answers.
import type { FlowDraft, StepJson } from '../../shared/bot/edit.ts';
import type { ConditionFact } from '../conditions.ts';
import { conditionFacts } from '../conditions.ts';
import { choicesOf, isJson } from './change.ts';

const askable = /^(?:ask-|form$)/;

export function asksSomething(step: StepJson): boolean {
  return typeof step['type'] === 'string' && askable.test(step['type']);
}

export function flowFacts(flow: FlowDraft, attributes: readonly string[]): ConditionFact[] {
  const own = new Set([...attributes, ...attributesOf(flow)]);
  const known = conditionFacts(['contact', 'team', 'page', 'flow'], [...own]);
  const answers = Object.entries(flow.steps)
    .filter(([, step]) => asksSomething(step))
    .map(([id, step]) => answerFact(id, step));
  return [...answers, ...known];
}

/** Attributes that this flow sets. */
export function attributesOf(flow: FlowDraft): string[] {
  const names = Object.values(flow.steps).flatMap((step) => {
    const fields = Array.isArray(step['fields']) ? step['fields'].map((field: unknown) => (isJson(field) ? field['name'] : null)) : [];
    return [step['attribute'], step['type'] === 'set-attribute' ? step['name'] : null, ...fields];
  });
  return [...new Set(names.filter((name): name is string => typeof name === 'string' && name !== ''))];
}

function answerFact(id: string, step: StepJson): ConditionFact {
  const fact = { name: `answer.${id}`, label: `Answer to “${id}”`, group: 'Answers in this flow' };
  const values = choicesOf(step).map(({ value }) => value);
  if (step['type'] === 'ask-choice' && step['otherwise'] !== true && values.length > 0) return { ...fact, kind: 'choice', values };
  if (step['type'] === 'ask-number' || step['type'] === 'ask-rating') return { ...fact, kind: 'number' };
  return { ...fact, kind: step['type'] === 'ask-choice' ? 'any' : 'text' };
}
