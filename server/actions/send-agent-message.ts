import type { AgentBody, SendReply } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import type { Agent } from '../store/agents.ts';
import { findContact } from '../store/contacts.ts';
import { lockConversation } from '../store/conversations.ts';
import type { Tx } from '../store/query.ts';
import { act } from './act.ts';
import type { Done } from './act.ts';
import { agentAuthor, agentSide, assignTo, silenceBot } from './agent-turn.ts';
import { Refusal } from './refusal.ts';
import { findRepeat, hashBody } from './repeat.ts';
import { addMessage, finishTurn, openTurn, reopen } from './turn.ts';

/** An agent's reply or note. A reply silences the bot, takes an unassigned conversation and reopens a closed one. */
export async function sendAgentMessage(deps: Deps, agent: Agent, body: AgentBody<'message.send'>): Promise<SendReply> {
  const note = body.note === true;
  const bodyHash = hashBody([body.text, note]);
  const side = agentSide(agent);
  const work = async (tx: Tx): Promise<Done<SendReply>> => {
    const conversation = await lockConversation(tx, body.conversation);
    if (!conversation) throw new Refusal('not_found', 'There is no such conversation.');
    const repeat = await findRepeat(tx, conversation.id, side, body.cid, bodyHash);
    if (repeat) return { reply: repeat };
    const contact = await findContact(tx, conversation.contactId);
    if (!contact) throw new Error(`contact ${conversation.contactId} of conversation ${conversation.id} is missing`);
    const turn = openTurn(tx, deps.now(), contact, conversation);
    if (!note) {
      await silenceBot(turn, agent, null);
      if (conversation.assigneeId === null) await assignTo(turn, agent, agent, null);
      if (conversation.status !== 'open') await reopen(turn, agentAuthor(agent), null);
    }
    const message = await addMessage(turn, {
      side,
      cid: body.cid,
      bodyHash,
      author: agentAuthor(agent),
      kind: note ? 'note' : 'text',
      text: body.text,
    });
    const published = await finishTurn(turn);
    return { reply: { id: message.id, conversation: conversation.id, seq: message.seq, at: message.at }, published };
  };
  return act(deps, agent.workspaceId, work, { tokenHash: null, cid: body.cid, conversation: body.conversation });
}
