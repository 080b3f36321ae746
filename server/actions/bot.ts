// The bot's part of a turn: the engine is asked what to do, and it is done.
import { advance, continueFlow, resumeFlow, startFlow } from '../../shared/bot/engine.ts';
import type { Advance } from '../../shared/bot/engine.ts';
import type { Flow } from '../../shared/bot/flow.ts';
import type { BotInput, Consent, Facts, Terms } from '../../shared/bot/types.ts';
import type { Deps } from '../deps.ts';
import { findPublished } from '../store/flows.ts';
import type { Workspace } from '../store/workspaces.ts';
import { applyEffects, handOver, silence } from './bot-effects.ts';
import type { Stage } from './bot-effects.ts';
import { factsOf, queueFacts, spokeOfQueue, termsOf } from './bot-facts.ts';
import { loadFlow } from './flows.ts';
import type { Visitor } from './session.ts';
import type { Turn } from './turn.ts';

/** The opening of a fresh conversation. */
export async function greet(turn: Turn, deps: Deps, visitor: Visitor): Promise<void> {
  const { workspace } = visitor;
  const { flowId, flowVersion } = turn.conversation;
  if (flowId === null || flowVersion === null) return;
  const stage: Stage = { turn, deps, workspace, visitor, tell: null };
  await play(stage, flowId, flowVersion, (flow, facts, terms) => startFlow(flow, facts, {}, terms));
}

/** Lets the bot answer what the visitor said, unless an agent or the flow's end silenced it. */
export async function answerAsBot(turn: Turn, deps: Deps, visitor: Visitor, input: BotInput, tell: Consent | null = null): Promise<void> {
  await goOn({ turn, deps, workspace: visitor.workspace, visitor, tell }, input);
}

/** Tells the bot what came of a wait or a call. */
export async function continueBot(turn: Turn, deps: Deps, workspace: Workspace, input: BotInput): Promise<void> {
  await goOn({ turn, deps, workspace, visitor: null, tell: null }, input);
}

async function goOn(stage: Stage, input: BotInput): Promise<void> {
  const { botActive, botState: state } = stage.turn.conversation;
  if (!botActive || state === null) return;
  await play(stage, state.flow, state.version, (flow, facts, terms) => advance(flow, state, input, facts, terms));
}

/** Hands the conversation back to the bot where it stood. False where its flow is over. */
export async function resumeBot(turn: Turn, deps: Deps, workspace: Workspace): Promise<boolean> {
  const state = turn.conversation.botState;
  if (state === null || state.outcome !== null) return false;
  if ((await loadFlow(turn.tx, deps, state.flow, state.version)) === null) return false;
  const stage: Stage = { turn, deps, workspace, visitor: null, tell: null };
  await play(stage, state.flow, state.version, (flow, facts, terms) => resumeFlow(flow, state, facts, terms));
  return true;
}

type Move = (flow: Flow, facts: Facts, terms: Terms) => Advance;

async function play(stage: Stage, id: string, version: number, move: Move): Promise<void> {
  const { turn, deps } = stage;
  const flow = await loadFlow(turn.tx, deps, id, version);
  if (!flow) return silence(turn, 'flow_missing');
  await step(stage, flow, move);
  // The engine counts the jumps of one go, and gives flows that go round in a circle to the team.
  while (turn.conversation.botState?.outcome === 'jump') {
    const state = turn.conversation.botState;
    const target = await loadPublished(turn, deps, state.jumpTo ?? '');
    if (!target) return leaveToTeam(turn, deps, state.jumpTo ?? '');
    await step(stage, target, (next, facts, terms) => continueFlow(next, state, facts, terms));
  }
}

async function step(stage: Stage, flow: Flow, move: Move): Promise<void> {
  const { turn } = stage;
  const facts = await factsOf(stage, flow);
  const terms = termsOf(stage);
  let next = move(flow, facts, terms);
  // The engine is pure: where the queue matters, it is counted and the turn is worked out again.
  if (spokeOfQueue(flow, turn.conversation.botState, next)) next = move(flow, { ...facts, ...(await queueFacts(stage)) }, terms);
  turn.conversation = { ...turn.conversation, botState: next.state };
  await applyEffects(stage, next.effects);
}

async function loadPublished(turn: Turn, deps: Deps, id: string): Promise<Flow | null> {
  const published = await findPublished(turn.tx, id);
  return published && loadFlow(turn.tx, deps, id, published.version);
}

async function leaveToTeam(turn: Turn, deps: Deps, flow: string): Promise<void> {
  deps.log.warn({ flow, conversation: turn.conversation.id }, 'a flow jumps where it cannot go on');
  const state = turn.conversation.botState;
  if (state) turn.conversation = { ...turn.conversation, botState: { ...state, outcome: 'handover' } };
  await handOver(turn, 'flow_missing');
}
