// `lead.captured`: the flow called the lead a qualified one. Once for a contact, with the score and the answers.
import type { BotState, FactValue } from '../../shared/bot/types.ts';
import { isQualified } from '../../shared/bot/qualified.ts';
import { typeOf } from '../../shared/contact.ts';
import type { ContactRow } from '../store/contacts.ts';
import type { BotScene } from './bot-facts.ts';
import { loadFlow } from './flows.ts';
import { addContactFact, changeContact } from './turn.ts';

/** What is told of a flow's answers goes to the log, the feed and to other systems. */
const mostAnswers = 40;
const longestAnswer = 200;

/** To be called at the end of a turn in which the contact changed or the flow came to its end. */
export async function raiseLead({ turn, deps }: Pick<BotScene, 'turn' | 'deps'>): Promise<void> {
  const { contact, conversation } = turn;
  const state = conversation.botState;
  if (contact.capturedAt !== null || state === null || state.outcome === null || !isReachable(contact)) return;
  const flow = await loadFlow(turn.tx, deps, state.flow, state.version);
  if (flow === null || !isQualified(flow, state)) return;
  changeContact(turn, { ...contact, capturedAt: turn.now });
  turn.alone.push((one) => ({ ...one, capturedAt: one.capturedAt ?? turn.now }));
  turn.conversation = { ...conversation, qualifiedAt: conversation.qualifiedAt ?? turn.now };
  addContactFact(turn, 'lead.captured', {
    score: contact.score,
    flow: state.flow,
    version: state.version,
    conversation: conversation.id,
    ...answersOf(state),
  });
}

function isReachable(contact: ContactRow): boolean {
  const type = typeOf(contact);
  return type === 'lead' || (type === 'user' && contact.email !== null);
}

function answersOf(state: BotState): Record<string, FactValue> {
  const given = Object.entries(state.answers).filter(([, value]) => value !== null);
  return Object.fromEntries(
    given
      .slice(0, mostAnswers)
      .map(([step, value]) => [`answer.${step}`, typeof value === 'string' ? value.slice(0, longestAnswer) : value]),
  );
}
