import type { Deps } from '../deps.ts';
import type { Agent } from '../store/agents.ts';
import { agentAuthor, changeAsAgent, silenceBot } from './agent-turn.ts';
import { addChange, reopen } from './turn.ts';

type Body = { cid: string; conversation: number };

/** Closing ends the wait and silences the bot. */
export function closeConversation(deps: Deps, agent: Agent, body: Body): Promise<{ seq: number }> {
  return changeAsAgent(deps, agent, 'close', body, async (turn, key) => {
    if (turn.conversation.status === 'closed') return;
    turn.conversation = { ...turn.conversation, status: 'closed', waitingSince: null };
    await addChange(turn, 'conversation.closed', { kind: 'status', status: 'closed', by: agentAuthor(agent) }, key, { agent: agent.id });
    await silenceBot(turn, agent, null);
  });
}

export function reopenConversation(deps: Deps, agent: Agent, body: Body): Promise<{ seq: number }> {
  return changeAsAgent(deps, agent, 'reopen', body, async (turn, key) => {
    if (turn.conversation.status === 'open') return;
    await reopen(turn, agentAuthor(agent), key);
  });
}
