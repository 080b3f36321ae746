import type { Deps } from '../deps.ts';
import type { Agent } from '../store/agents.ts';
import { getWorkspace } from '../store/workspaces.ts';
import { agentAuthor, assignTo, changeAsAgent, silenceBot } from './agent-turn.ts';
import { resumeBot } from './bot.ts';
import { raiseLead } from './raise-lead.ts';
import { Refusal } from './refusal.ts';
import { rescore } from './score-contact.ts';
import { addChange, reopen } from './turn.ts';

type Body = { cid: string; conversation: number };

/** Silences the bot and assigns the conversation to the agent. */
export function takeOver(deps: Deps, agent: Agent, body: Body): Promise<{ seq: number }> {
  return changeAsAgent(deps, agent, 'takeover', body, async (turn, key) => {
    const silenced = await silenceBot(turn, agent, key);
    await assignTo(turn, agent, agent, silenced ? null : key);
  });
}

/** Lets the bot go on where it stood. */
export function handBack(deps: Deps, agent: Agent, body: Body): Promise<{ seq: number }> {
  return changeAsAgent(deps, agent, 'handback', body, async (turn, key) => {
    if (turn.conversation.botActive) return;
    if (turn.conversation.status !== 'open') await reopen(turn, agentAuthor(agent), null);
    turn.conversation = { ...turn.conversation, botActive: true, waitingSince: null };
    await addChange(turn, 'bot.resumed', { kind: 'bot', active: true, by: agentAuthor(agent) }, key, { agent: agent.id });
    const workspace = await getWorkspace(turn.tx);
    const resumed = workspace !== null && (await resumeBot(turn, deps, workspace));
    if (!resumed) throw new Refusal('forbidden', 'The bot has nothing more to ask here: its flow is over.');
    rescore(turn, workspace.settings.scoreRules);
    await raiseLead({ turn, deps });
  });
}
