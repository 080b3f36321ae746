// What the bot may say about the team: that it is here, how long the queue is, when it is back. Nothing that is not known.
import { readFact } from '../facts.ts';
import type { StepContext } from './step.ts';
import type { Facts } from './types.ts';
import type { Word } from './words.ts';

/** Places in the queue are counted up to here, since counting thousands would hold up everybody. Who stands behind is told no place. */
export const longestQueue = 200;

/** Known not to be here: nobody online, or outside the business hours. Where neither is known, nothing is claimed. */
export function isAway(facts: Facts): boolean {
  return readFact(facts, 'team.online') === false || readFact(facts, 'team.open') === false;
}

/** Says that nobody answers now, and when somebody will where that is known. */
export function awayWord(facts: Facts): Word {
  return readFact(facts, 'team.open') === false && readFact(facts, 'team.back') !== null ? 'closed' : 'away';
}

/** What to add to the words of a handover: the place in the queue, or that nobody is here; none where nothing is known. */
export function queueWords(context: StepContext): string[] {
  const { facts } = context;
  if (isAway(facts)) return context.isTold() ? [] : [context.word(awayWord(facts))];
  const position = readFact(facts, 'queue.position');
  if (readFact(facts, 'team.online') !== true || typeof position !== 'number' || position < 1 || position > longestQueue) return [];
  const minutes = readFact(facts, 'queue.minutes');
  const expected = typeof minutes === 'number' && minutes >= 1 ? [context.word('queueMinutes')] : [];
  return [context.word(position === 1 ? 'next' : 'queue'), ...expected];
}
