// What the engine works out of a flow once, so that a message costs no parsing: texts cut up, questions listed.
import type { DetailField } from '../contact-fields.ts';
import type { Flow } from './flow.ts';
import { defaultLanguage } from './localize.ts';
import type { AskingStep } from './step.ts';
import type { Step } from './steps/index.ts';
import { stepTypeOf, stepTypes } from './steps/index.ts';
import type { Show, Template } from './template.ts';
import { parseTemplate } from './template.ts';
import { wordIn } from './words.ts';
import type { Word } from './words.ts';

export interface Question {
  id: string;
  step: Step & { next: string; text: string; retries: number };
  type: AskingStep<Step>;
  /** The fact its answer becomes. */
  fact: string;
  /** The contact's fact it asks for, where it asks for one detail. */
  contactFact: string | null;
  /** Every detail it asks for, as facts; the ask policy moves such questions. Empty: no question of contact. */
  details: readonly string[];
}

export interface Plan {
  /** Every step that asks, by id. */
  questions: ReadonlyMap<string, Question>;
  /** Those that ask for details, the bot's own among them. */
  contactQuestions: readonly Question[];
  /** Asks for the email address: the flow's first such step, else the bot's own. */
  email: Question;
  /** The flow's first step that asks for the name. */
  name: Question | null;
  /** A step's question, or one of the bot's own. */
  question(id: string): Question | undefined;
  template(text: string): Template;
  word(word: Word): string;
  show: Show;
  language: string;
}

/** The bot's own question for an email address, where the flow has none. */
export const ownEmail = '@email';

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
  const language = flow.language ?? defaultLanguage;
  const word = (name: Word): string => flow.words?.[name] ?? wordIn(language, name);
  const questions = new Map<string, Question>();
  for (const [id, step] of Object.entries(flow.steps)) {
    const question = toQuestion(id, step);
    if (question !== null) questions.set(id, question);
  }
  const drawn = [...questions.values()];
  const own = ownQuestion(word('askEmail'));
  const templates = new Map<string, Template>();
  return {
    questions,
    contactQuestions: [...drawn.filter(({ details }) => details.length > 0), own],
    email: drawn.find(({ contactFact }) => contactFact === 'contact.email') ?? own,
    name: drawn.find(({ contactFact }) => contactFact === 'contact.name') ?? null,
    question: (id) => questions.get(id) ?? (id === ownEmail ? own : undefined),
    template(text) {
      let template = templates.get(text);
      // Every text comes out of the flow or of the bot's words, so the map is bounded by them.
      if (template === undefined) templates.set(text, (template = parseTemplate(text)));
      return template;
    },
    word,
    show(fact, value) {
      const question = fact.startsWith('answer.') ? questions.get(fact.slice('answer.'.length)) : undefined;
      return question?.type.show?.(question.step, value, language) ?? String(value);
    },
    language,
  };
}

function toQuestion(id: string, step: Step): Question | null {
  const type = stepTypeOf(step);
  if (type.kind !== 'asks' || !('retries' in step)) return null;
  const field = fieldOf(step);
  const contactFact = field === null ? null : `contact.${field}`;
  return { id, step, type, fact: `answer.${id}`, contactFact, details: contactFact === null ? formDetails(step) : [contactFact] };
}

/** With an id no step can have. */
function ownQuestion(text: string): Question {
  const step = stepTypes['ask-email'].schema.parse({ type: 'ask-email', text, retries: 1, next: '' });
  const question = toQuestion(ownEmail, { ...step, type: 'ask-email' });
  if (question === null) throw new Error('the bot’s own question asks nothing');
  return question;
}

function fieldOf(step: Step): DetailField | null {
  if (step.type === 'ask-email') return 'email';
  if (step.type === 'ask-name') return 'name';
  return step.type === 'ask-phone' ? 'phone' : null;
}

/** A form that asks for an address or a number is a question of contact, with all its details. */
function formDetails(step: Step): string[] {
  if (step.type !== 'form') return [];
  const kinds = step.fields.map(({ kind }) => kind);
  if (!kinds.includes('email') && !kinds.includes('phone')) return [];
  return kinds.filter((kind) => kind === 'email' || kind === 'phone' || kind === 'name').map((kind) => `contact.${kind}`);
}
