// Reports as folds over conversations: how far visitors come in a flow, and where they leave it.
import type { BotState, FlowVisit } from './bot/types.ts';
import type { ConversationStatus } from './conversation.ts';

/** A visitor who says nothing for this long left. */
export const leftAfterMs = 30 * 60_000;

/** What the funnel needs to know of a conversation. */
export interface FunnelConversation {
  /** Null where the bot never had its turn. */
  state: BotState | null;
  status: ConversationStatus;
  botActive: boolean;
  /** A person has it. */
  assigned: boolean;
  lastAt: number;
  captured: boolean;
  qualified: boolean;
}

interface FlowKey {
  id: string;
  version: number;
}

export interface StepNumbers {
  reached: number;
  answered: number;
  dropped: number;
  waiting: number;
}

export interface Funnel {
  conversations: number;
  leads: number;
  qualified: number;
  /** Every step of the flow, reached or not. */
  steps: Record<string, StepNumbers>;
  /** By `from>to`; a conversation that goes round counts once. */
  edges: Record<string, number>;
}

export function emptyFunnel(steps: readonly string[]): Funnel {
  const none = (): StepNumbers => ({ reached: 0, answered: 0, dropped: 0, waiting: 0 });
  return {
    conversations: 0,
    leads: 0,
    qualified: 0,
    steps: Object.fromEntries(steps.map((step) => [step, none()])),
    edges: {},
  };
}

/** Counts one conversation in, which began with this flow and may be in another one by now. */
export function countInto(funnel: Funnel, flow: FlowKey, conversation: FunnelConversation, now: number): void {
  funnel.conversations++;
  if (conversation.captured) funnel.leads++;
  if (conversation.qualified) funnel.qualified++;
  const { state } = conversation;
  if (state === null) return;
  const visits = [...(state.before ?? []), visitNow(state)].filter((visit) => visit.flow === flow.id && visit.version === flow.version);
  const paths = visits.map(({ path }) => path.filter((step) => Object.hasOwn(funnel.steps, step)));
  const answered = new Set(visits.flatMap((visit) => visit.answered));
  for (const step of new Set(paths.flat())) {
    const numbers = funnel.steps[step];
    if (!numbers) continue;
    numbers.reached++;
    if (answered.has(step)) numbers.answered++;
  }
  for (const edge of new Set(paths.flatMap(edgesOf))) funnel.edges[edge] = (funnel.edges[edge] ?? 0) + 1;
  countPending(funnel, flow, state, conversation, now);
}

function visitNow({ flow, version, path, passed, answers }: BotState): FlowVisit {
  const answered = Object.entries(answers).flatMap(([step, answer]) => (answer === null ? [] : [step]));
  return { flow, version, path: path ?? passed, answered };
}

function edgesOf(path: readonly string[]): string[] {
  return path.slice(1).map((to, i) => `${path[i] ?? ''}>${to}`);
}

function countPending(
  funnel: Funnel,
  flow: FlowKey,
  state: BotState,
  { status, botActive, assigned, lastAt }: FunnelConversation,
  now: number,
): void {
  const isHere = state.outcome === null && state.flow === flow.id && state.version === flow.version;
  const pending = isHere && state.step !== null && Object.hasOwn(funnel.steps, state.step) ? funnel.steps[state.step] : undefined;
  // Whom a colleague took over nobody waits for, and the flow did not lose.
  if (!pending || (!botActive && (assigned || status !== 'closed'))) return;
  if (status === 'closed' || now - lastAt > leftAfterMs) pending.dropped++;
  else pending.waiting++;
}
