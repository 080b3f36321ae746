// What the engine works out of a flow once, so that a message costs no parsing: texts cut up, questions listed.
import type { Flow } from './flow.ts';
import type { AskingStep } from './step.ts';
import type { Step } from './steps/index.ts';
import { stepTypeOf } from './steps/index.ts';
import type { Show, Template } from './template.ts';
import { parseTemplate } from './template.ts';
import { defaultWords } from './words.ts';
import type { Word } from './words.ts';

export interface Question {
  id: string;
  step: Step & { next: string; text: string; retries: number };
  type: AskingStep<Step>;
  /** The fact its answer becomes. */
  fact: string;
  /** The contact's fact it asks for, where it asks for a detail. */
  contactFact: string | null;
}

export interface Plan {
  /** Every step that asks, by id. */
  questions: ReadonlyMap<string, Question>;
  template(text: string): Template;
  word(word: Word): string;
  show: Show;
}

const plans = new WeakMap<Flow, Plan>();

/** Flows are loaded once and kept, so the plan lives as long as its flow. */
export function planOf(flow: Flow): Plan {
  let plan = plans.get(flow);
  if (plan === undefined) {
    plan = createPlan(flow);
    plans.set(flow, plan);
  }
  return plan;
}

function createPlan(flow: Flow): Plan {
  const questions = new Map<string, Question>();
  const shown = new Map<string, Question>();
  for (const [id, step] of Object.entries(flow.steps)) {
    const type = stepTypeOf(step);
    if (!type.waits || !('retries' in step)) continue;
    const contactFact = isDetailStep(step) ? `contact.${step.type.slice('ask-'.length)}` : null;
    const question = { id, step, type, fact: `answer.${id}`, contactFact };
    questions.set(id, question);
    if (type.show !== undefined) shown.set(question.fact, question);
  }
  const templates = new Map<string, Template>();
  return {
    questions,
    template(text) {
      let template = templates.get(text);
      // Every text comes out of the flow or of `defaultWords`, so the map is bounded by them.
      if (template === undefined) templates.set(text, (template = parseTemplate(text)));
      return template;
    },
    word: (word) => flow.words?.[word] ?? defaultWords[word],
    show(fact, value) {
      const question = shown.get(fact);
      return question?.type.show?.(question.step, value) ?? String(value);
    },
  };
}

function isDetailStep(step: Step): boolean {
  return step.type === 'ask-email' || step.type === 'ask-name' || step.type === 'ask-phone';
}
