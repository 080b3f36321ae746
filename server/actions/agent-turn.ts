// What all changes by an agent share: the lock, the repeat, the author.
import type { Author } from '../../shared/conversation.ts';
import type { Deps } from '../deps.ts';
import type { Agent } from '../store/agents.ts';
import { lockContact } from '../store/contacts.ts';
import type { ContactRow } from '../store/contacts.ts';
import { findConversation, lockConversation } from '../store/conversations.ts';
import type { Conversation } from '../store/conversations.ts';
import type { ChangeKey } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import { act } from './act.ts';
import type { Done } from './act.ts';
import { Refusal } from './refusal.ts';
import { findChangeRepeat, hashBody } from './repeat.ts';
import { addChange, finishTurn, openTurn } from './turn.ts';
import type { Turn } from './turn.ts';

export function agentAuthor(agent: Agent): Author {
  return { kind: 'agent', id: agent.id, name: agent.name };
}

/** The side of an agent's messages and changes; a merge of contacts alters nothing about it (P1). */
export function agentSide(agent: Agent): string {
  return String(agent.id);
}

/**
 * Runs a change by an agent once per cid. `change` appends at least one entry with the given key, or none where there is
 * nothing to change.
 */
export async function changeAsAgent(
  deps: Deps,
  agent: Agent,
  command: string,
  body: { cid: string; conversation: number },
  change: (turn: Turn, key: ChangeKey) => Promise<void>,
): Promise<{ seq: number }> {
  const { cid, ...asked } = body;
  const key: ChangeKey = { side: agentSide(agent), cid, bodyHash: hashBody([command, asked]) };
  const work = async (tx: Tx): Promise<Done<{ seq: number }>> => {
    const { contact, conversation } = await lockBoth(tx, body.conversation);
    const repeat = await findChangeRepeat(tx, conversation.id, key.side, cid, key.bodyHash);
    if (repeat) return { reply: { seq: repeat.seq } };
    const turn = openTurn(tx, deps.now(), contact, conversation);
    await change(turn, key);
    if (turn.facts.length === 0) return { reply: { seq: conversation.seq } };
    const published = await finishTurn(turn);
    return { reply: { seq: turn.facts[0]?.seq ?? turn.conversation.seq }, published };
  };
  return act(deps, agent.workspaceId, work, { tokenHash: null, cid: null, conversation: body.conversation });
}

/** As visitors' messages lock them: the other way round two nodes would wait for each other. */
async function lockBoth(tx: Tx, id: number): Promise<{ contact: ContactRow; conversation: Conversation }> {
  for (;;) {
    const found = await findConversation(tx, id);
    if (!found) throw new Refusal('not_found', 'There is no such conversation.');
    const contact = await lockContact(tx, found.contactId, null);
    const conversation = await lockConversation(tx, id);
    // Merged meanwhile: it is another contact's now.
    if (conversation?.contactId === contact.id) return { contact, conversation };
  }
}

/** A human's word silences the bot. */
export async function silenceBot(turn: Turn, agent: Agent, key: ChangeKey | null): Promise<boolean> {
  if (!turn.conversation.botActive) return false;
  await addChange(turn, 'bot.paused', { kind: 'bot', active: false, by: agentAuthor(agent) }, key, { agent: agent.id });
  turn.conversation = { ...turn.conversation, botActive: false };
  return true;
}

export async function assignTo(turn: Turn, agent: Agent, assignee: Agent | null, key: ChangeKey | null): Promise<boolean> {
  if (turn.conversation.assigneeId === (assignee?.id ?? null)) return false;
  const to = assignee ? agentAuthor(assignee) : null;
  await addChange(turn, 'conversation.assigned', { kind: 'assigned', agent: to, by: agentAuthor(agent) }, key, {
    agent: agent.id,
    assignee: assignee?.id ?? null,
    assignee_name: assignee?.name ?? null,
  });
  turn.conversation = { ...turn.conversation, assigneeId: assignee?.id ?? null };
  return true;
}
