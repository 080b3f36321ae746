// What a message does to the question that waits for it.
import type { Question } from './plan.ts';
import { leaveEmailText, mayAsk } from './policy.ts';
import { isAway } from './presence.ts';
import { askedOnTheWay, clearPending, emit, isClosed, mark, told } from './run.ts';
import type { Run } from './run.ts';
import { joinSentences } from './sentences.ts';
import type { Heard, PausingStep } from './step.ts';
import type { Step } from './steps/index.ts';
import { ask, giveToTeam, goOn, keep, leave } from './travel.ts';
import type { Aside, FactValue } from './types.ts';
import { asksIfBot } from './understand/bot.ts';
import { intentOf } from './understand/intents.ts';
import type { Intent } from './understand/intents.ts';
import { asksBeside, isQuestion } from './understand/questions.ts';
import { wantsHuman } from './understand/human.ts';

export const askedForPerson = 'Asked for a person';

export function hear(run: Run, question: Question, heard: Heard): void {
  const learned = takeEarly(run, question, heard);
  const taken = question.type.take(question.step, heard, run.context);
  const aboutBot = heard.choice === undefined ? asksIfBot(heard.raw, heard.folded) : null;
  if (aboutBot?.isWhole === true && taken.kind !== 'exact') return sayIsBot(run, question);
  if (aboutBot !== null) run.lead = run.context.word('isBot');
  if (taken.kind === 'exact') return accept(run, question, taken.value);
  if (aboutBot === null && wantsHuman(heard.folded)) return toPerson(run, question);
  const intent = intentOf(heard.raw, heard.folded);
  const open = 'open' in question.step && question.step.open === true;
  // Where any words are an answer, only a message that is nothing else is a refusal or asks what for.
  const plain =
    open && intent !== null && (intent.kind === 'question' || ('strength' in intent && intent.strength === 'within')) ? null : intent;
  if (plain?.kind === 'why') return explain(run, question);
  if (plain?.kind === 'refusal') return refuse(run, question);
  // “12 of us” to “When would you like to start?” answers another question, not this one in other words.
  const elsewhere = learned && 'choices' in question.step && !open;
  if (taken.kind === 'likely' || (taken.kind === 'words' && plain === null && !elsewhere)) return accept(run, question, taken.value);
  if (taken.kind === 'attempt') return retry(run, question, run.plan.word(question.type.retryWord));
  putOff(run, question, plain, learned);
}

/** An answer with a question of the visitor's beside it: that one is not passed over in silence. */
function accept(run: Run, question: Question, value: FactValue): void {
  const { heard } = run;
  const open = 'open' in question.step && question.step.open === true;
  if (heard !== null && heard.choice === undefined && !open && run.lead === '') {
    const detailsEnd = Math.max(0, ...heard.details.map((detail) => detail.end));
    if (asksBeside(heard.raw, detailsEnd)) run.lead = run.context.word('question');
  }
  leave(run, question, value);
}

/** What comes while a step waits for something else: a wait is over with it, an answer that is awaited is not. */
export function hearMeanwhile(run: Run, step: Step, type: PausingStep<Step>, heard: Heard): void {
  takeEarly(run, null, heard);
  const aboutBot = asksIfBot(heard.raw, heard.folded);
  if (aboutBot === null && wantsHuman(heard.folded)) return toPerson(run, null);
  const next = type.onMessage(step);
  if (next === null) {
    if (aboutBot !== null) emit(run, { kind: 'say', text: run.context.word('isBot') });
    else if (isFirst(run, 'noted'))
      emit(run, { kind: 'say', text: run.context.word(isQuestion(heard.raw, heard.folded) ? 'question' : 'noted') });
    return;
  }
  if (aboutBot !== null) run.lead = run.context.word('isBot');
  run.isUnheard = aboutBot?.isWhole !== true;
  run.state.step = null;
  clearPending(run.state);
  goOn(run, next);
}

/** Answers to questions whose turn has not come; true where the message told something new. */
function takeEarly(run: Run, pending: Question | null, heard: Heard): boolean {
  let learned = false;
  const tapped = heard.choice !== undefined || heard.choices !== undefined;
  for (const question of run.plan.questions.values()) {
    if (question.id === pending?.id || question.type.early === undefined || isAnsweredByVisitor(run, question)) continue;
    const value = tapped ? null : question.type.early(question.step, heard);
    if (value === null) continue;
    keep(run, question, value);
    learned = true;
  }
  // A file is for the team, whatever was asked.
  return learned || heard.details.length > 0 || (heard.files?.length ?? 0) > 0;
}

/** An answer once refused may still be given. */
function isAnsweredByVisitor(run: Run, { id }: Question): boolean {
  return (run.state.answers[id] ?? null) !== null;
}

/** True the first time the visitor does this at the pending question. */
function isFirst(run: Run, aside: Aside): boolean {
  if (run.state.asides.includes(aside)) return false;
  run.state.asides.push(aside);
  return true;
}

function askAgain(run: Run, question: Question, before: string): void {
  const again = ('again' in question.step ? question.step.again : undefined) ?? question.step.text;
  ask(run, question, joinSentences(before, again));
}

function explain(run: Run, question: Question): void {
  const why = ('why' in question.step ? question.step.why : undefined) ?? run.plan.word('why');
  if (isFirst(run, 'why')) return askAgain(run, question, why);
  if (isSpent(run, question)) return giveUp(run, question);
  run.state.retries++;
  askAgain(run, question, why);
}

/** Honestly, and with the question again. */
function sayIsBot(run: Run, question: Question): void {
  const isBot = run.plan.word('isBot');
  if (isFirst(run, 'bot')) return askAgain(run, question, isBot);
  if (isSpent(run, question)) {
    run.lead = run.context.word('isBot');
    return leave(run, question, null);
  }
  run.state.retries++;
  askAgain(run, question, isBot);
}

/** The visitor asked for a person and is on the way there: whatever is asked still, is asked once. */
function isHurried({ state }: Run): boolean {
  return state.detour !== null && state.unhurried !== true;
}

function refuse(run: Run, question: Question): void {
  const words = ('refused' in question.step ? question.step.refused : undefined) ?? run.plan.word('refused');
  run.lead = run.context.render(words);
  leave(run, question, null);
}

function putOff(run: Run, question: Question, intent: Intent | null, learned: boolean): void {
  if (intent?.kind === 'question') {
    if (isFirst(run, 'question') && !isHurried(run)) return askAgain(run, question, run.plan.word('question'));
    run.lead = run.context.word('question');
    return leave(run, question, null);
  }
  if (learned && isFirst(run, 'noted')) return askAgain(run, question, run.plan.word('noted'));
  if (intent?.kind === 'hello' && isFirst(run, 'hello')) return askAgain(run, question, run.plan.word('hello'));
  // Who asked for a person is asked once, whatever the answer.
  if (isHurried(run)) return leave(run, question, null);
  if (learned) return note(run, question);
  retry(run, question, null);
}

/** Details again in place of an answer: they were understood, so there is nothing to be sorry for. */
function note(run: Run, question: Question): void {
  if (isSpent(run, question)) {
    run.lead = run.context.word('noted');
    return leave(run, question, null);
  }
  run.state.retries++;
  askAgain(run, question, run.plan.word('noted'));
}

/** `attempt`: what to say to an answer that was meant as one; null where the message was none. */
function retry(run: Run, question: Question, attempt: string | null): void {
  if (isSpent(run, question)) return giveUp(run, question);
  run.state.retries++;
  const own = question.type.namesControl === true ? run.plan.word(question.type.retryWord) : null;
  const words = ('retry' in question.step ? question.step.retry : undefined) ?? attempt ?? own;
  if (words !== null) ask(run, question, words);
  else askAgain(run, question, run.plan.word('retry'));
}

function isSpent(run: Run, question: Question): boolean {
  return run.state.retries >= question.step.retries;
}

function giveUp(run: Run, question: Question): void {
  run.lead = run.context.word('gaveUp');
  leave(run, question, null);
}

/** To a person, by way of at most one question for an address. `pending`: the question left behind, if there is one. */
function toPerson(run: Run, pending: Question | null): void {
  const { flow, plan, state } = run;
  if (pending !== null && isHurried(run)) return leave(run, pending, null);
  state.person = true;
  clearPending(state);
  // The question left behind was asked: nobody is asked the same in other words.
  state.step = null;
  if (flow.human === undefined) return giveToTeam(run, askedForPerson);
  const { collect, next } = flow.human;
  const wanted = collect === undefined ? undefined : plan.questions.get(collect);
  if (wanted === undefined || wanted.id === pending?.id || !mayCollect(run, wanted)) return goOn(run, next);
  mark(run, askedOnTheWay);
  ask(run, wanted, collectText(run, wanted));
  state.detour = next;
}

function mayCollect(run: Run, wanted: Question): boolean {
  if (wanted.type.known(wanted.step, run.context) !== null || Object.hasOwn(run.state.answers, wanted.id)) return false;
  return wanted.details.length === 0 || (mayAsk(run) && !isClosed(run, wanted));
}

/** Where nobody is there, no person is promised. */
function collectText(run: Run, wanted: Question): string {
  if (wanted.contactFact === 'contact.email' && isAway(run.facts)) {
    mark(run, told);
    return leaveEmailText(run);
  }
  const question = ('again' in wanted.step ? wanted.step.again : undefined) ?? wanted.step.text;
  return joinSentences(run.flow.human?.text ?? run.plan.word('human'), question);
}
