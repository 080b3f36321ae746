import { previewOf } from '../../shared/conversation.ts';
import type { Deps } from '../deps.ts';
import type { Agent } from '../store/agents.ts';
import { eraseEdits, findMessage, updateMessage } from '../store/messages.ts';
import { listSaidBefore } from '../store/said.ts';
import type { Message } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import { agentSide, changeAsAgent } from './agent-turn.ts';
import { Refusal } from './refusal.ts';
import { addChange } from './turn.ts';
import type { Turn } from './turn.ts';

type Body = { cid: string; conversation: number; message: number };

async function ownMessage(tx: Tx, agent: Agent, body: Body): Promise<Message> {
  const message = await findMessage(tx, body.conversation, body.message);
  if (!message || message.deletedAt !== null) throw new Refusal('not_found', 'There is no such message.');
  if (message.side !== agentSide(agent)) throw new Refusal('forbidden', 'Only its author can change a message.');
  return message;
}

/** The list's line follows the words it was taken from. */
async function renewPreview(turn: Turn): Promise<void> {
  const [last] = await listSaidBefore(turn.tx, turn.conversation.id, turn.conversation.seq + 1, 1);
  turn.conversation = { ...turn.conversation, preview: previewOf(last?.text ?? '') };
}

/** Agents may better their own words; the visitor's screen follows. */
export function editMessage(deps: Deps, agent: Agent, body: Body & { text: string }): Promise<{ seq: number }> {
  return changeAsAgent(deps, agent, 'edit', body, async (turn, key) => {
    const message = await ownMessage(turn.tx, agent, body);
    await updateMessage(turn.tx, { ...message, text: body.text, editedAt: turn.now });
    await renewPreview(turn);
    const hidden = message.kind === 'note';
    await addChange(
      turn,
      'message.edited',
      { kind: 'edited', message: message.id, text: body.text, ...(hidden && { note: true as const }) },
      key,
      { message: message.id },
    );
  });
}

/** Leaves a tombstone: the place in the log stays, the text is gone. */
export function deleteMessage(deps: Deps, agent: Agent, body: Body): Promise<{ seq: number }> {
  return changeAsAgent(deps, agent, 'delete', body, async (turn, key) => {
    const message = await ownMessage(turn.tx, agent, body);
    await updateMessage(turn.tx, { ...message, text: '', data: {}, deletedAt: turn.now });
    await eraseEdits(turn.tx, body.conversation, message.id);
    await renewPreview(turn);
    await addChange(
      turn,
      'message.deleted',
      { kind: 'deleted', message: message.id, ...(message.kind === 'note' && { note: true as const }) },
      key,
      { message: message.id },
    );
  });
}
