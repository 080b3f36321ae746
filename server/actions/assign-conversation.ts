import type { Deps } from '../deps.ts';
import { findAgent } from '../store/agents.ts';
import type { Agent } from '../store/agents.ts';
import { teamOfConversation } from '../store/conversations.ts';
import { agentAuthor, assignTo, changeAsAgent } from './agent-turn.ts';
import { Refusal } from './refusal.ts';
import { addChange } from './turn.ts';

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

/** Gives the conversation to a team, or to none; whoever of it has the conversation keeps it. */
export function assignToTeam(
  deps: Deps,
  agent: Agent,
  body: { cid: string; conversation: number; team: number | null },
): Promise<{ seq: number }> {
  return changeAsAgent(deps, agent, 'assign_team', body, async (turn, key) => {
    const team = await teamOfConversation(turn.tx, { teamId: body.team });
    if (body.team !== null && !team) throw new Refusal('not_found', 'There is no such team.');
    if (turn.conversation.teamId === body.team) return;
    await addChange(turn, 'conversation.team_assigned', { kind: 'team', team, by: agentAuthor(agent) }, key, {
      agent: agent.id,
      team: body.team,
      team_name: team?.name ?? null,
    });
    turn.conversation = { ...turn.conversation, teamId: body.team };
  });
}
