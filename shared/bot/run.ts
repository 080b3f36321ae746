// One turn of a flow while it is worked out: the state being changed, what is known by now, and what to do.
import { firstNameOf, readFact } from '../facts.ts';
import type { Flow } from './flow.ts';
import type { Plan, Question } from './plan.ts';
import { planOf } from './plan.ts';
import type { Heard, StepContext } from './step.ts';
import { stepTypeOf } from './steps/index.ts';
import { render } from './template.ts';
import type { BotEffect, BotState, FactValue, Facts } from './types.ts';

export interface Run {
  flow: Flow;
  plan: Plan;
  state: BotState;
  effects: BotEffect[];
  /** Said before the next text, in one breath with it. */
  lead: string;
  /** The caller's facts, with what this message said, the answers and the score. */
  facts: Record<string, FactValue>;
  /** The message being handled; null at the start and when the bot resumes. */
  heard: Heard | null;
  context: StepContext;
}

export function createRun(flow: Flow, from: BotState, known: Facts, heard: Heard | null): Run {
  const plan = planOf(flow);
  const state: BotState = {
    ...from,
    asides: [...from.asides],
    answers: { ...from.answers },
    passed: [...from.passed],
    points: [...from.points],
  };
  const facts: Record<string, FactValue> = { ...known, score: state.score };
  const context: StepContext = {
    facts,
    render: (text) => render(plan.template(text), facts, plan.show),
    word: (word) => render(plan.template(plan.word(word)), facts, plan.show),
  };
  const run: Run = { flow, plan, state, effects: [], lead: '', facts, heard, context };
  for (const id of Object.keys(state.answers)) {
    const question = plan.questions.get(id);
    if (question !== undefined) recordFact(run, question, state.answers[id] ?? null);
  }
  for (const detail of heard?.details ?? []) learnFact(facts, `contact.${detail.field}`, detail.value);
  nameFirst(facts);
  return run;
}

/** What the server has learned counts for more than what this message seems to say. */
function learnFact(facts: Record<string, FactValue>, name: string, value: FactValue): void {
  if (readFact(facts, name) === null) facts[name] = value;
}

function recordFact(run: Run, { fact, contactFact }: Question, value: FactValue): void {
  run.facts[fact] = value;
  if (contactFact !== null) learnFact(run.facts, contactFact, value);
}

function nameFirst(facts: Record<string, FactValue>): void {
  const name = readFact(facts, 'contact.name');
  if (typeof name === 'string') learnFact(facts, 'contact.first_name', firstNameOf(name));
}

export function emit(run: Run, effect: BotEffect): void {
  const { state } = run;
  if (effect.kind === 'score') {
    // A reason counts once, however often the flow comes by.
    if (state.points.some((p) => p.reason === effect.reason)) return;
    state.score += effect.points;
    state.points.push({ points: effect.points, reason: effect.reason });
    run.facts['score'] = state.score;
  }
  if (effect.kind === 'attribute') run.facts[`contact.${effect.name}`] = effect.value;
  if (effect.kind === 'handover' || effect.kind === 'end') {
    state.step = null;
    state.detour = null;
    state.retries = 0;
    state.asides = [];
    state.outcome = effect.kind;
  }
  if ((effect.kind === 'say' || effect.kind === 'form') && run.lead !== '') {
    run.effects.push({ ...effect, text: `${run.lead} ${effect.text}` });
    run.lead = '';
  } else run.effects.push(effect);
}

/** Goes on from a step until one waits for the visitor or the flow is over. */
export function travel(run: Run, from: string): void {
  const { flow, plan, state } = run;
  const seen = new Set<string>();
  for (let id = from; state.outcome === null;) {
    const step = Object.hasOwn(flow.steps, id) ? flow.steps[id] : undefined;
    if (step === undefined) throw new Error(`flow ${flow.id} version ${flow.version} has no step “${id}”`);
    // Round a loop of questions that are all answered: nothing would ever wait.
    if (seen.has(id)) return giveToTeam(run, `The flow went round in a circle at “${id}”`);
    seen.add(id);
    const question = plan.questions.get(id);
    if (question === undefined) {
      const type = stepTypeOf(step);
      if (type.waits) throw new Error(`step “${id}” waits but asks nothing`);
      const { effects, next } = type.run(step, run.context);
      for (const effect of effects) emit(run, effect);
      if (next === null) return;
      id = next;
      continue;
    }
    const answer = answerSoFar(run, question);
    if (answer === null) return ask(run, question, question.step.text);
    pass(run, question, answer);
    id = question.step.next;
  }
}

/** The answer to a question that is reached now, if it is known; null where it must be asked. */
function answerSoFar(run: Run, question: Question): FactValue {
  const { id, step, type } = question;
  const known = type.known(step, run.context);
  if (known !== null) return known;
  // Reached before: the flow leads round to ask again.
  if (run.state.passed.includes(id)) return null;
  const early = run.state.answers[id] ?? null;
  if (early !== null || run.heard === null || type.opening === undefined) return early;
  const opening = type.opening(step, run.heard);
  if (opening !== null) keep(run, question, opening);
  return opening;
}

export function isAnswered(run: Run, question: Question): boolean {
  return Object.hasOwn(run.state.answers, question.id) || question.type.known(question.step, run.context) !== null;
}

/** Records an answer and tells the contact's attributes. */
export function keep(run: Run, question: Question, value: FactValue): void {
  const { id, step, type } = question;
  run.state.answers[id] = value;
  recordFact(run, question, value);
  if (value === null) return;
  for (const { name, value: kept } of type.keeps(step, value, run.heard)) emit(run, { kind: 'attribute', name, value: kept });
}

function pass(run: Run, question: Question, value: FactValue): void {
  const { id } = question;
  run.state.answers[id] = value;
  recordFact(run, question, value);
  if (!run.state.passed.includes(id)) run.state.passed.push(id);
}

/** Asks, and waits. `text` stands for the step's own words where it is asked again. */
export function ask(run: Run, question: Question, text: string): void {
  const { state } = run;
  if (state.step !== question.id) {
    state.step = question.id;
    state.retries = 0;
    state.asides = [];
  }
  if (!state.passed.includes(question.id)) state.passed.push(question.id);
  emit(run, question.type.ask(question.step, run.context, text));
}

/** Closes the pending question, null where it stays unanswered, and goes on. */
export function leave(run: Run, question: Question, value: FactValue): void {
  const { state } = run;
  if (value === null) pass(run, question, null);
  else keep(run, question, value);
  const next = state.detour ?? question.step.next;
  state.step = null;
  state.detour = null;
  state.retries = 0;
  state.asides = [];
  goOn(run, next);
}

/** Goes on at a step the state remembers, which a newer version of the flow may lack. */
export function goOn(run: Run, id: string): void {
  if (Object.hasOwn(run.flow.steps, id)) travel(run, id);
  else giveToTeam(run, `The step “${id}” no longer exists`);
}

/** The way out where the flow itself has none. */
export function giveToTeam(run: Run, reason: string): void {
  emit(run, { kind: 'say', text: run.context.word('handover') });
  emit(run, { kind: 'handover', reason });
}
