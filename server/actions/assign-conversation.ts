import type { Deps } from '../deps.ts';
import { findAgent } from '../store/agents.ts';
import type { Agent } from '../store/agents.ts';
import { assignTo, changeAsAgent } from './agent-turn.ts';
import { Refusal } from './refusal.ts';

/** Gives the conversation to an agent, or to nobody. */
export function assignConversation(
  deps: Deps,
  agent: Agent,
  body: { cid: string; conversation: number; agent: number | null },
): Promise<{ seq: number }> {
  return changeAsAgent(deps, agent, 'assign', body, async (turn, key) => {
    const assignee = body.agent === null ? null : await findAgent(turn.tx, body.agent);
    if (body.agent !== null && !assignee) throw new Refusal('not_found', 'There is no such agent.');
    await assignTo(turn, agent, assignee, key);
  });
}
