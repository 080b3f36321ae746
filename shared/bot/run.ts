// One turn of a flow while it is worked out: the state being changed, what is known by now, and what to do.
import { firstNameOf, isReservedAttribute, readFact } from '../facts.ts';
import type { Flow } from './flow.ts';
import type { Plan, Question } from './plan.ts';
import { planOf } from './plan.ts';
import { joinSentences } from './sentences.ts';
import type { Heard, StepContext } from './step.ts';
import { fill, render } from './template.ts';
import type { BotEffect, BotState, FactValue, Facts, Terms } from './types.ts';
import type { Word } from './words.ts';

export interface Run {
  flow: Flow;
  plan: Plan;
  terms: Terms;
  state: BotState;
  path: string[];
  effects: BotEffect[];
  /** Said before the next text, in one breath with it. */
  lead: string;
  /** The caller's facts, with what this message said, the answers and the score. */
  facts: Record<string, FactValue>;
  /** The message being handled; null at the start and when the bot resumes. */
  heard: Heard | null;
  /** The message came while no question was pending: the next one may be answered by it. */
  isUnheard: boolean;
  context: StepContext;
}

/** Marks among what was reached, for what no step's id says. */
export const told = '@away';
export const answered = '@answered';
export const askedOnTheWay = '@on-the-way';

/** Steps beyond this are of no use to a funnel. */
const maxPath = 200;

/** @param own the flow in the language it was written in: what the team reads */
export function createRun(flow: Flow, own: Flow, from: BotState, known: Facts, heard: Heard | null, terms: Terms): Run {
  const plan = planOf(flow);
  const path = [...(from.path ?? [])];
  const state: BotState = {
    ...from,
    policy: from.policy ?? 'flow',
    asides: [...from.asides],
    answers: { ...from.answers },
    passed: [...from.passed],
    points: [...from.points],
    path,
  };
  if (from.due !== undefined) state.due = [...from.due];
  const facts: Record<string, FactValue> = { ...known, score: state.score };
  const language = readFact(facts, 'contact.language');
  const context = new RunContext(plan, planOf(own), facts, state, typeof language === 'string' ? language : plan.language);
  const run: Run = { flow, plan, terms, state, path, effects: [], lead: '', facts, heard, isUnheard: false, context };
  for (const id of Object.keys(state.answers)) {
    const question = plan.question(id);
    // What was answered in a flow that jumped here stays a fact.
    if (question === undefined) facts[`answer.${id}`] = state.answers[id] ?? null;
    else recordFact(run, question, state.answers[id] ?? null);
  }
  for (const detail of heard?.details ?? []) learnFact(facts, `contact.${detail.field}`, detail.value);
  nameFirst(facts);
  return run;
}

/** A class, because its functions are not made anew for each message. */
class RunContext implements StepContext {
  readonly facts: Facts;
  readonly language: string | null;
  readonly #plan: Plan;
  readonly #own: Plan;
  readonly #state: BotState;

  constructor(plan: Plan, own: Plan, facts: Facts, state: BotState, language: string | null) {
    this.#plan = plan;
    this.#own = own;
    this.#state = state;
    this.facts = facts;
    this.language = language;
  }

  render(text: string): string {
    return render(this.#plan.template(text), this.facts, this.#plan.show);
  }

  renderForTeam(text: string): string {
    return render(this.#own.template(text), this.facts, this.#own.show);
  }

  fill(text: string, escape: (value: string) => string): string {
    return fill(this.#plan.template(text), this.facts, escape);
  }

  word(word: Word): string {
    return this.render(this.#plan.word(word));
  }

  isRefused(fact: string): boolean {
    return isRefused(this.#plan, this.#state, fact);
  }

  isTold(): boolean {
    return this.#state.passed.includes(told);
  }
}

/** What the server has learned counts for more than what this message seems to say. */
function learnFact(facts: Record<string, FactValue>, name: string, value: FactValue): void {
  if (readFact(facts, name) === null) facts[name] = value;
}

export function recordFact(run: Run, { fact, contactFact }: Question, value: FactValue): void {
  run.facts[fact] = value;
  if (contactFact !== null) learnFact(run.facts, contactFact, value);
}

function nameFirst(facts: Record<string, FactValue>): void {
  const name = readFact(facts, 'contact.name');
  if (typeof name === 'string') learnFact(facts, 'contact.first_name', firstNameOf(name));
}

/** Asked for before, in whatever words, and not given. */
function isRefused(plan: Plan, state: BotState, fact: string): boolean {
  if (state.step !== null && plan.question(state.step)?.details.includes(fact) === true) return false;
  if (state.passed.includes(askedMark(fact))) return true;
  // States from before the marks were set.
  return plan.contactQuestions.some(({ id, details }) => details.includes(fact) && state.passed.includes(id));
}

/** Says that a detail was asked for, in this flow, an older version of it or one that jumped here. */
export function askedMark(fact: string): string {
  return `@${fact.slice('contact.'.length)}`;
}

/** May not be asked again: it was, or each of its details was asked for in another place. */
export function isClosed({ state, context }: Run, { id, details }: Question): boolean {
  return (
    state.passed.includes(id) ||
    Object.hasOwn(state.answers, id) ||
    (details.length > 0 && details.every((fact) => context.isRefused(fact)))
  );
}

export function mark(run: Run, name: string): void {
  if (!run.state.passed.includes(name)) run.state.passed.push(name);
}

export function walk({ path }: Run, id: string): void {
  path.push(id);
  if (path.length > maxPath) path.shift();
}

export function emit(run: Run, effect: BotEffect): void {
  if (effect.kind === 'score' && !addPoints(run, effect)) return;
  if (effect.kind === 'attribute' && isReservedAttribute(effect.name)) return;
  if (effect.kind === 'attribute') run.facts[`contact.${effect.name}`] = effect.value;
  if (effect.kind === 'handover' || effect.kind === 'end' || effect.kind === 'jump') finish(run, effect);
  if (effect.kind === 'say' || effect.kind === 'form') {
    const { lead } = run;
    run.lead = '';
    const said = lead === '' ? effect : { ...effect, text: joinSentences(lead, effect.text) };
    run.effects.push(withConsent(run, said));
    return;
  }
  run.effects.push(effect);
}

/** A reason counts once, however often the flow comes by. */
function addPoints({ state, facts }: Run, { points, reason }: { points: number; reason: string }): boolean {
  if (state.points.some((given) => given.reason === reason)) return false;
  state.score += points;
  state.points.push({ points, reason });
  facts['score'] = state.score;
  return true;
}

function finish(run: Run, effect: Extract<BotEffect, { kind: 'handover' | 'end' | 'jump' }>): void {
  const { state } = run;
  // What was to be said with the next text is said by itself where none comes.
  if (run.lead !== '' && effect.kind !== 'jump') {
    run.effects.push({ kind: 'say', text: run.lead });
    run.lead = '';
  }
  clearPending(state);
  state.step = null;
  state.outcome = effect.kind;
  if (effect.kind === 'jump') state.jumpTo = effect.flow;
}

export function clearPending(state: BotState): void {
  state.detour = null;
  state.retries = 0;
  state.asides = [];
  delete state.unhurried;
}

type Asking = Extract<BotEffect, { kind: 'say' | 'form' }>;

function withConsent({ terms: { consent } }: Run, effect: Asking): Asking {
  if (consent === undefined || consent === null) return effect;
  const asks =
    effect.kind === 'form'
      ? effect.fields.some(({ kind }) => kind === 'email' || kind === 'phone')
      : effect.asks === 'email' || effect.asks === 'phone';
  return asks ? { ...effect, consent } : effect;
}
