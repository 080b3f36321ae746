// When the bot asks how to reach the visitor: the workspace's policy, whatever the flow and whoever began the conversation.
import { readFact } from '../facts.ts';
import type { Plan, Question } from './plan.ts';
import { ownEmail } from './plan.ts';
import { awayWord, isAway } from './presence.ts';
import type { Run } from './run.ts';
import { joinSentences } from './sentences.ts';
import { answered, askedOnTheWay, isClosed } from './run.ts';

/** What the flow would do now: ask a question of its own, hand over, or end. */
export type Before = 'question' | 'handover' | 'end';

export interface Moved {
  question: Question;
  /** In place of the question's own text. */
  text: string | null;
}

/** Whether the bot may ask for details at all now. */
export function mayAsk({ state, facts }: Run): boolean {
  return state.policy !== 'never' && (state.policy !== 'when-offline' || isAway(facts));
}

/** Whether a question is passed over where the flow has it, for later or for good. */
export function isPutOff({ state }: Run, { details }: Question): boolean {
  if (details.length === 0) return false;
  switch (state.policy) {
    case 'never':
    case 'at-handover':
    case 'when-offline':
      return true;
    case 'after-first-answer':
      return !state.passed.includes(answered);
    default:
      return false;
  }
}

export function putOff({ state }: Run, { id }: Question): void {
  if (state.policy === 'never') return;
  const due = (state.due ??= []);
  if (!due.includes(id)) due.push(id);
}

/** The question for a detail that comes before what the flow would do now; null where none does. */
export function movedHere(run: Run, before: Before): Moved | null {
  if (!mayAsk(run)) return null;
  const question = run.state.person === true ? onTheWay(run, before) : nextMoved(run, before);
  if (question === null) return null;
  const nobodyThere = before === 'handover' && isAway(run.facts) && question.contactFact === 'contact.email';
  return { question, text: nobodyThere ? leaveEmailText(run) : null };
}

/** A template: why nobody answers, and how the answer finds the visitor all the same. */
export function leaveEmailText({ plan, facts }: Run): string {
  return joinSentences(plan.word(awayWord(facts)), plan.word('leaveEmail'));
}

function nextMoved(run: Run, before: Before): Question | null {
  const { state, plan, facts } = run;
  const isFirst = state.policy === 'up-front' || (state.policy === 'after-first-answer' && state.passed.includes(answered));
  const isNow = isFirst || before !== 'question';
  const hasEmail = readFact(facts, 'contact.email') !== null;
  const name = plan.name !== null && hasEmail ? [plan.name] : [];
  const wanted = [
    ...(isFirst ? [plan.email, ...name] : []),
    ...(isNow ? dueQuestions(run) : []),
    // Who has given an address is greeted by name; without one, a name alone reaches nobody.
    ...(isNow && isLate(run) ? name : []),
    ...(isNeeded(run, before) ? [plan.email] : []),
  ];
  return wanted.find((question) => isOpen(run, question)) ?? null;
}

/** Whoever waits for a person is asked for one address, where it is due or nobody is there. */
function onTheWay(run: Run, before: Before): Question | null {
  const { state, plan } = run;
  if (before === 'question' || state.passed.includes(askedOnTheWay)) return null;
  const due = dueQuestions(run).find(({ contactFact }) => contactFact === 'contact.email');
  const question = due ?? (isNeeded(run, before) ? plan.email : null);
  return question !== null && isOpen(run, question) ? question : null;
}

/** Asked at the very end, the answer comes after the steps that count it. */
export function isCountedLate({ state }: Run): boolean {
  return isLate({ state }) || state.passed.includes(askedOnTheWay);
}

function isLate({ state }: Pick<Run, 'state'>): boolean {
  return state.policy === 'at-handover' || state.policy === 'when-offline';
}

/** Nobody is there: without an address no answer would ever reach the visitor. */
function isNeeded({ facts }: Run, before: Before): boolean {
  return before === 'handover' && isAway(facts);
}

function dueQuestions({ state, plan }: Run): Question[] {
  const due = (state.due ?? []).flatMap((id) => (id === ownEmail ? [plan.email] : (plan.questions.get(id) ?? [])));
  // A newer version may ask something else under that id.
  return due.filter(({ details }) => details.length > 0);
}

function isOpen(run: Run, question: Question): boolean {
  return question.type.known(question.step, run.context) === null && !isClosed(run, question);
}

/** What is due still in the flow it jumps to, where this one's ids mean nothing. */
export function carryOver({ state, plan }: Run): void {
  if (state.due !== undefined) state.due = state.due.some((id) => asksEmail(plan, id)) ? [ownEmail] : [];
}

function asksEmail(plan: Plan, id: string): boolean {
  return plan.question(id)?.details.includes('contact.email') === true;
}
