// The bot's part of a turn: facts in, effects out, each effect one change of the conversation or the contact.
import { advance, resumeFlow, startFlow } from '../../shared/bot/engine.ts';
import type { Flow } from '../../shared/bot/flow.ts';
import { parseFlow } from '../../shared/bot/flow.ts';
import type { BotEffect, BotInput, Facts } from '../../shared/bot/types.ts';
import { contactFacts } from '../../shared/facts.ts';
import type { Deps } from '../deps.ts';
import type { Store } from '../store/store.ts';
import { insertDetail } from '../store/contacts.ts';
import type { ContactRow } from '../store/contacts.ts';
import { findFlowBody } from '../store/flows.ts';
import type { MessageData } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import type { Visitor } from './session.ts';
import { addChange, addContactFact, addMessage, botAuthor, changeContact } from './turn.ts';
import type { Turn } from './turn.ts';

// A published version never changes, so a parsed flow may be kept; keyed by store so that tests do not share.
const parsedFlows = new WeakMap<Store, Map<string, Flow>>();

/** The flow as published, or null where this version is gone or no longer parses. */
export async function loadFlow(tx: Tx, deps: Deps, id: string, version: number): Promise<Flow | null> {
  let cache = parsedFlows.get(deps.store);
  if (!cache) parsedFlows.set(deps.store, (cache = new Map()));
  const key = `${tx.workspaceId} ${id} ${version}`;
  const kept = cache.get(key);
  if (kept) return kept;
  const body = await findFlowBody(tx, id, version);
  if (body === null) return null;
  const parsed = parseFlow(JSON.parse(body));
  if (!parsed.ok) {
    deps.log.error({ flow: id, version, faults: parsed.faults }, 'a published flow does not parse');
    return null;
  }
  if (cache.size > 200) cache.clear();
  cache.set(key, parsed.flow);
  return parsed.flow;
}

export function factsOf(contact: ContactRow, visitor: Pick<Visitor, 'page' | 'language'> | null): Facts {
  const page = visitor?.page ?? (contact.pageUrl === null ? null : { url: contact.pageUrl, title: contact.pageTitle });
  return {
    ...contactFacts(contact, visitor?.language ?? contact.language),
    'page.url': page?.url ?? null,
    'page.title': page?.title ?? null,
  };
}

/** The opening of a fresh conversation. */
export async function greet(turn: Turn, deps: Deps, visitor: Visitor): Promise<void> {
  const { flowId, flowVersion } = visitor.workspace;
  if (flowId === null || flowVersion === null) return;
  const flow = await loadFlow(turn.tx, deps, flowId, flowVersion);
  if (!flow) return silence(turn, 'flow_missing');
  const { state, effects } = startFlow(flow, factsOf(turn.contact, visitor));
  turn.conversation = { ...turn.conversation, botState: state };
  await applyEffects(turn, effects);
}

/** Lets the bot answer what the visitor said, unless an agent or the flow's end silenced it. */
export async function answerAsBot(turn: Turn, deps: Deps, visitor: Visitor, input: BotInput): Promise<void> {
  const state = turn.conversation.botState;
  if (!turn.conversation.botActive || state === null) return;
  const flow = await loadFlow(turn.tx, deps, state.flow, state.version);
  if (!flow) return silence(turn, 'flow_missing');
  const next = advance(flow, state, input, factsOf(turn.contact, visitor));
  turn.conversation = { ...turn.conversation, botState: next.state };
  await applyEffects(turn, next.effects);
}

/** Hands the conversation back to the bot where it stood. False where its flow is over. */
export async function resumeBot(turn: Turn, deps: Deps): Promise<boolean> {
  const state = turn.conversation.botState;
  if (state === null || state.outcome !== null) return false;
  const flow = await loadFlow(turn.tx, deps, state.flow, state.version);
  if (!flow) return false;
  const next = resumeFlow(flow, state, factsOf(turn.contact, null));
  turn.conversation = { ...turn.conversation, botState: next.state };
  await applyEffects(turn, next.effects);
  return true;
}

async function applyEffects(turn: Turn, effects: readonly BotEffect[]): Promise<void> {
  for (const effect of effects) await applyEffect(turn, effect);
}

async function applyEffect(turn: Turn, effect: BotEffect): Promise<void> {
  switch (effect.kind) {
    case 'say': {
      const data: MessageData = {};
      if (effect.chips && effect.chips.length > 0) data.chips = effect.chips;
      if (effect.asks) data.asks = effect.asks;
      if (effect.input) data.input = effect.input;
      return say(turn, 'text', effect.text, data);
    }
    case 'form':
      return say(turn, 'form', effect.text, { form: effect.fields });
    case 'attribute':
      return setAttribute(turn, effect.name, effect.value);
    case 'score': {
      const points = [...turn.contact.points, { points: effect.points, reason: effect.reason }].slice(-100);
      return changeContact(turn, { ...turn.contact, score: turn.contact.score + effect.points, points });
    }
    case 'handover':
      return handOver(turn, effect.reason);
    case 'end':
      return silence(turn, 'flow_ended');
  }
}

async function say(turn: Turn, kind: 'text' | 'form', text: string, data: MessageData): Promise<void> {
  const cid = `bot-${String(turn.conversation.seq + 1).padStart(8, '0')}`;
  await addMessage(turn, { side: 'bot', cid, bodyHash: '', author: botAuthor, kind, text, data });
}

async function setAttribute(turn: Turn, name: string, value: Facts[string]): Promise<void> {
  const known = name === 'company' ? turn.contact.company : (turn.contact.attributes[name] ?? null);
  if (known === value) return;
  const next =
    name === 'company' ? { company: value === null ? null : String(value) } : { attributes: { ...turn.contact.attributes, [name]: value } };
  changeContact(turn, { ...turn.contact, ...next });
  const source = turn.facts.findLast((f) => f.change?.kind === 'message' && f.change.message.author.kind === 'contact')?.change;
  const message = source?.kind === 'message' ? source.message.id : null;
  await insertDetail(turn.tx, {
    contact_id: turn.contact.id,
    field: name,
    value: String(value),
    grade: 'claimed',
    status: 'current',
    source_kind: 'flow',
    conversation_id: turn.conversation.id,
    message_id: message,
    flags: '[]',
    suggestion: null,
    created_at: turn.now,
  });
  addContactFact(turn, 'contact.updated', { field: name, value, message });
}

async function handOver(turn: Turn, reason: string): Promise<void> {
  await addChange(turn, 'bot.handed_over', { kind: 'bot', active: false, by: botAuthor }, null, { reason });
  turn.conversation = { ...turn.conversation, botActive: false, waitingSince: turn.conversation.waitingSince ?? turn.now };
}

async function silence(turn: Turn, reason: string): Promise<void> {
  if (!turn.conversation.botActive) return;
  await addChange(turn, 'bot.paused', { kind: 'bot', active: false, by: botAuthor }, null, { reason });
  turn.conversation = { ...turn.conversation, botActive: false };
}
