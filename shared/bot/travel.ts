// From step to step, until one waits for the visitor or the flow is over.
import type { Question } from './plan.ts';
import type { Before } from './policy.ts';
import { carryOver, isCountedLate, isPutOff, movedHere, putOff } from './policy.ts';
import { queueWords } from './presence.ts';
import { answered, askedMark, askedOnTheWay, clearPending, emit, isClosed, mark, recordFact, told, walk } from './run.ts';
import type { Run } from './run.ts';
import { joinSentences } from './sentences.ts';
import type { PausingStep } from './step.ts';
import type { Step } from './steps/index.ts';
import { stepTypeOf, stepTypes } from './steps/index.ts';
import type { FactValue } from './types.ts';
import { intentOf } from './understand/intents.ts';

/** Where a detour leads that ends with the team and not at a step; the reason follows. */
const toTeam = '@team:';

/** Goes on from a step that is there. */
export function travel(run: Run, from: string): void {
  const { flow, plan, state } = run;
  const seen = new Set<string>();
  for (let id: string | null = from; id !== null && state.outcome === null;) {
    const step: Step | undefined = Object.hasOwn(flow.steps, id) ? flow.steps[id] : undefined;
    if (step === undefined) throw new Error(`flow ${flow.id} version ${flow.version} has no step “${id}”`);
    // Round a loop of questions that are all answered: nothing would ever wait.
    if (seen.has(id)) return giveToTeam(run, `The flow went round in a circle at “${id}”`);
    seen.add(id);
    const question = plan.questions.get(id);
    id = question === undefined ? act(run, id, step) : meet(run, question);
  }
}

/** @returns where to go on; null where the flow waits or is over */
function act(run: Run, id: string, step: Step): string | null {
  const type = stepTypeOf(step);
  if (type.kind === 'asks') throw new Error(`step “${id}” cannot be asked`);
  if (type.kind === 'pauses') {
    pause(run, id, step, type);
    return null;
  }
  if (type.isLast === true && askMoved(run, step.type === 'handover' ? 'handover' : 'end', id)) return null;
  if (type.isLast === true) countAgain(run);
  walk(run, id);
  const { effects, next } = type.run(step, run.context);
  if (effects.some(({ kind }) => kind === 'jump')) carryOver(run);
  for (const effect of effects) emit(run, effect);
  return next;
}

function pause(run: Run, id: string, step: Step, type: PausingStep<Step>): void {
  const { state } = run;
  walk(run, id);
  clearPending(state);
  state.step = id;
  for (const effect of type.begin(step, run.context, id)) emit(run, effect);
}

/** A question the flow has come to: passed where it is answered or not to be asked here, else asked. */
function meet(run: Run, question: Question): string | null {
  const { id, step, details } = question;
  const answer = answerSoFar(run, question);
  if (answer !== null) {
    walk(run, id);
    pass(run, question, answer);
    return step.next;
  }
  if (details.length > 0 && isClosed(run, question)) {
    walk(run, id);
    return step.next;
  }
  if (isPutOff(run, question)) {
    walk(run, id);
    putOff(run, question);
    return step.next;
  }
  if (!askMoved(run, 'question', id)) ask(run, question, step.text);
  return null;
}

/** The answer to a question that is reached now, if it is known; null where it must be asked. */
function answerSoFar(run: Run, question: Question): FactValue {
  const { id, step, type } = question;
  const known = type.known(step, run.context);
  if (known !== null) return known;
  if (question.details.length > 0 && isPutOff(run, question)) return null;
  const said = takeUnheard(run, question);
  if (said !== null) return said;
  // Reached before: the flow leads round to ask again.
  if (run.state.passed.includes(id)) return null;
  const early = run.state.answers[id] ?? null;
  if (early !== null || run.heard === null || type.opening === undefined) return early;
  const opening = type.opening(step, run.heard);
  if (opening !== null) keep(run, question, opening);
  return opening;
}

/** Words that came while nothing was asked answer the next question if they can be nothing else. */
function takeUnheard(run: Run, question: Question): FactValue {
  const { heard } = run;
  if (heard === null || !run.isUnheard) return null;
  run.isUnheard = false;
  const taken = question.type.take(question.step, heard, run.context);
  const intent = intentOf(heard.raw, heard.folded);
  const isMeant = taken.kind === 'exact' || (taken.kind === 'likely' && intent === null);
  if (isMeant) {
    keep(run, question, taken.value);
    return taken.value;
  }
  if (intent?.kind === 'question' && question.type.opening?.(question.step, heard) === undefined) run.lead = run.context.word('question');
  return null;
}

/** Asks for a detail first, where the policy wants it here, and comes back to `then`. */
function askMoved(run: Run, before: Before, then: string): boolean {
  const moved = movedHere(run, before);
  if (moved === null || moved.question.id === then) return false;
  const { state } = run;
  clearPending(state);
  state.detour = then;
  if (state.person === true) mark(run, askedOnTheWay);
  else state.unhurried = true;
  if (moved.text !== null) mark(run, told);
  ask(run, moved.question, moved.text ?? moved.question.step.text);
  return true;
}

/** Records an answer and tells the contact's attributes. */
export function keep(run: Run, question: Question, value: FactValue): void {
  const { id, step, type, details } = question;
  run.state.answers[id] = value;
  recordFact(run, question, value);
  if (value === null) return;
  if (details.length === 0) mark(run, answered);
  for (const { name, value: kept } of type.keeps(step, value, run.heard)) emit(run, { kind: 'attribute', name, value: kept });
}

function pass(run: Run, question: Question, value: FactValue): void {
  run.state.answers[question.id] = value;
  recordFact(run, question, value);
  mark(run, question.id);
}

/** Asks, and waits. `text` stands for the step's own words where it is asked again. */
export function ask(run: Run, question: Question, text: string): void {
  const { state } = run;
  if (state.step !== question.id) {
    walk(run, question.id);
    state.step = question.id;
    state.retries = 0;
    state.asides = [];
  }
  mark(run, question.id);
  for (const fact of question.details) mark(run, askedMark(fact));
  emit(run, question.type.ask(question.step, run.context, text));
}

/** Closes the pending question, null where it stays unanswered, and goes on. */
export function leave(run: Run, question: Question, value: FactValue): void {
  const { state } = run;
  if (value === null) pass(run, question, null);
  else keep(run, question, value);
  const next = state.detour ?? question.step.next;
  state.step = null;
  clearPending(state);
  goOn(run, next);
}

/** Goes on at a step the state remembers, which a newer version of the flow may lack. */
export function goOn(run: Run, id: string): void {
  if (id.startsWith(toTeam)) return giveToTeam(run, id.slice(toTeam.length));
  if (Object.hasOwn(run.flow.steps, id)) travel(run, id);
  else giveToTeam(run, `The step “${id}” no longer exists`);
}

/** What was learned after the score steps the flow came by counts in them, too; a reason counts once. */
function countAgain(run: Run): void {
  if (!isCountedLate(run)) return;
  for (const id of new Set(run.path)) {
    const step = Object.hasOwn(run.flow.steps, id) ? run.flow.steps[id] : undefined;
    if (step?.type === 'score') for (const effect of stepTypes.score.run(step, run.context).effects) emit(run, effect);
  }
}

/** The way out where the flow itself has none. */
export function giveToTeam(run: Run, reason: string): void {
  if (askMoved(run, 'handover', `${toTeam}${reason}`)) return;
  countAgain(run);
  const { context } = run;
  emit(run, { kind: 'say', text: joinSentences(context.word('handover'), ...queueWords(context)) });
  emit(run, { kind: 'handover', reason });
}
