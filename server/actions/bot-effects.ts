// What the bot's turn does: each effect one change of the conversation or the contact, or a job for later.
import { withUngraded } from '../../shared/contact.ts';
import type { BotEffect, Consent, FactValue } from '../../shared/bot/types.ts';
import { findAgent } from '../store/agents.ts';
import { insertDetail } from '../store/details.ts';
import type { ContactRow } from '../store/contacts.ts';
import { teamOfConversation } from '../store/conversations.ts';
import { insertJob } from '../store/jobs.ts';
import type { MessageData } from '../store/messages.ts';
import { agentAuthor } from './agent-turn.ts';
import type { BotScene } from './bot-facts.ts';
import type { CallPayload, WaitPayload } from './bot-jobs.ts';
import { recordConsent } from './consent.ts';
import { withFlowPoints } from './score-contact.ts';
import { withTag } from './tags.ts';
import { addChange, addContactFact, addMessage, botAuthor, changeContact } from './turn.ts';
import type { Turn } from './turn.ts';

/** Where the bot speaks. `tell`: a consent text that is still to be shown, with whatever it says next. */
export interface Stage extends BotScene {
  tell: Consent | null;
}

export async function applyEffects(stage: Stage, effects: readonly BotEffect[]): Promise<void> {
  for (const effect of effects) await applyEffect(stage, effect);
}

async function applyEffect(stage: Stage, effect: BotEffect): Promise<void> {
  const { turn } = stage;
  switch (effect.kind) {
    case 'say':
      return say(stage, 'text', effect.text, dataOf(effect));
    case 'form':
      return say(stage, 'form', effect.text, { form: effect.fields, ...(effect.consent && { consent: effect.consent }) });
    case 'attribute':
      return setAttribute(turn, effect.name, effect.value);
    case 'score':
      turn.alone.push((one) => withFlowPoints(one, effect));
      return changeContact(turn, withFlowPoints(turn.contact, effect));
    case 'tag':
      return tag(turn, effect.name, effect.on);
    case 'assign':
      return assign(stage, effect);
    case 'wait':
      return leaveJob(turn, 'bot-wait', { conversation: turn.conversation.id, step: effect.step }, turn.now + effect.ms);
    case 'call':
      return leaveJob(turn, 'bot-call', { conversation: turn.conversation.id, step: effect.step, request: effect.request }, turn.now);
    case 'jump':
      // The caller goes on with the other flow.
      return;
    case 'handover':
      return handOver(turn, effect.reason);
    case 'end':
      return silence(turn, 'flow_ended');
  }
}

function dataOf(effect: Extract<BotEffect, { kind: 'say' }>): MessageData {
  const data: MessageData = {};
  if (effect.chips && effect.chips.length > 0) data.chips = effect.chips;
  if (effect.asks) data.asks = effect.asks;
  if (effect.input) data.input = effect.input;
  if (effect.ask) data.ask = effect.ask;
  if (effect.consent) data.consent = effect.consent;
  return data;
}

async function say(stage: Stage, kind: 'text' | 'form', text: string, data: MessageData): Promise<void> {
  const { turn, tell } = stage;
  const cid = `bot-${String(turn.conversation.seq + 1).padStart(8, '0')}`;
  const shown = tell && !data.consent ? { ...data, consent: tell } : data;
  const message = await addMessage(turn, { side: 'bot', cid, bodyHash: '', author: botAuthor, kind, text, data: shown });
  if (!tell) return;
  await recordConsent(turn, tell, 'told', message.id);
  stage.tell = null;
}

/** What the host app signed stays. */
function withAttribute(contact: ContactRow, name: string, value: FactValue): ContactRow {
  const said = name === 'company' ? { company: value === null ? null : String(value) } : { attributes: { [name]: value } };
  return withUngraded(contact, said, () => false);
}

interface Source {
  kind: 'flow' | 'form';
  message: number | null;
}

function spokenIn(turn: Turn): Source {
  const change = turn.facts.findLast((f) => f.change?.kind === 'message' && f.change.message.author.kind === 'contact')?.change;
  return { kind: 'flow', message: change?.kind === 'message' ? change.message.id : null };
}

/**
 * What is said of something that the host app signed is kept beside it.
 * @param source the message it was told in; by default the visitor's last one of this turn
 */
export async function setAttribute(turn: Turn, name: string, value: FactValue, source: Source = spokenIn(turn)): Promise<void> {
  const known = name === 'company' ? turn.contact.company : (turn.contact.attributes[name] ?? null);
  turn.alone.push((one) => withAttribute(one, name, value));
  const next = withAttribute(turn.contact, name, value);
  const isSurer = next === turn.contact;
  if (known === value || (isSurer && value === null)) return;
  changeContact(turn, next);
  if (value === null) return addContactFact(turn, 'contact.updated', { field: name, value, message: null });
  const { kind, message } = source;
  const row = {
    contact_id: turn.contact.id,
    field: name,
    value: String(value),
    grade: 'claimed',
    status: isSurer ? 'alternate' : 'current',
    source_kind: kind,
    conversation_id: turn.conversation.id,
    message_id: message,
    flags: '[]',
    suggestion: null,
    created_at: turn.now,
  };
  await insertDetail(turn.tx, row, known === null);
  if (!isSurer) addContactFact(turn, 'contact.updated', { field: name, value, message });
}

async function tag(turn: Turn, name: string, on: boolean): Promise<void> {
  turn.alone.push((one) => ({ ...one, tags: [...one.tags.filter((each) => each !== name), ...(on ? [name] : [])] }));
  const contact = await withTag(turn.tx, turn.contact, { name, on }, turn.now);
  if (contact === turn.contact) return;
  changeContact(turn, contact);
  addContactFact(turn, on ? 'contact.tagged' : 'contact.untagged', { tag: name });
}

/** Whom a flow names may be gone by the time it runs: then nothing is assigned and the flow goes on. */
async function assign({ turn, deps }: Stage, to: { agent?: number; team?: number }): Promise<void> {
  const { tx } = turn;
  if (to.team !== undefined && to.team !== turn.conversation.teamId) {
    const team = await teamOfConversation(tx, { teamId: to.team });
    if (team) await giveToTeam(turn, team);
    else deps.log.warn({ team: to.team, conversation: turn.conversation.id }, 'a flow assigns to a team that is gone');
  }
  if (to.agent !== undefined && to.agent !== turn.conversation.assigneeId) {
    const agent = await findAgent(tx, to.agent);
    if (!agent) return deps.log.warn({ agent: to.agent, conversation: turn.conversation.id }, 'a flow assigns to an agent who is gone');
    const data = { assignee: agent.id, assignee_name: agent.name };
    await addChange(turn, 'conversation.assigned', { kind: 'assigned', agent: agentAuthor(agent), by: botAuthor }, null, data);
    turn.conversation = { ...turn.conversation, assigneeId: agent.id };
  }
}

async function giveToTeam(turn: Turn, team: { id: number; name: string }): Promise<void> {
  const data = { team: team.id, team_name: team.name };
  await addChange(turn, 'conversation.team_assigned', { kind: 'team', team, by: botAuthor }, null, data);
  turn.conversation = { ...turn.conversation, teamId: team.id };
}

/** A flow stands at one step, so a conversation has one job of a kind: a newer one takes its place. */
async function leaveJob(
  turn: Turn,
  ...[kind, payload, dueAt]:
    | [kind: 'bot-wait', payload: WaitPayload, dueAt: number]
    | [kind: 'bot-call', payload: CallPayload, dueAt: number]
): Promise<void> {
  await insertJob(turn.tx, { kind, key: String(payload.conversation), payload, dueAt, now: turn.now });
  turn.jobDueAt = Math.min(turn.jobDueAt ?? dueAt, dueAt);
}

export async function handOver(turn: Turn, reason: string): Promise<void> {
  await addChange(turn, 'bot.handed_over', { kind: 'bot', active: false, by: botAuthor }, null, { reason });
  turn.conversation = { ...turn.conversation, botActive: false, waitingSince: turn.conversation.waitingSince ?? turn.now };
}

export async function silence(turn: Turn, reason: string): Promise<void> {
  if (!turn.conversation.botActive) return;
  await addChange(turn, 'bot.paused', { kind: 'bot', active: false, by: botAuthor }, null, { reason });
  turn.conversation = { ...turn.conversation, botActive: false };
}
