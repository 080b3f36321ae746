import type { Deps } from '../deps.ts';
import { findContact } from '../store/contacts.ts';
import { lockConversation } from '../store/conversations.ts';
import { countUnreadByAgents, countUnreadByContact } from '../store/unread.ts';
import type { Tx } from '../store/query.ts';
import { act } from './act.ts';
import type { Done } from './act.ts';
import { Refusal } from './refusal.ts';
import { findVisitor, maySee, wantedBy } from './session.ts';
import type { Visitor } from './session.ts';
import { addChange, finishTurn, openTurn } from './turn.ts';

/** The visitor has seen everything up to `seq`; an older mark changes nothing. */
export async function markReadByContact(
  deps: Deps,
  visitor: Visitor,
  body: { conversation: number; seq: number },
): Promise<{ seq: number }> {
  const work = async (tx: Tx): Promise<Done<{ seq: number }>> => {
    const found = await findVisitor(tx, visitor);
    const conversation = await lockConversation(tx, body.conversation);
    if (!found || !conversation || !maySee(found.session, conversation)) throw new Refusal('not_found');
    const upTo = Math.min(body.seq, conversation.seq);
    const unread = await countUnreadByContact(tx, conversation.id, upTo);
    // A mark that reads no message takes no seq, or two screens would answer each other's marks for ever.
    if (upTo <= conversation.contactReadSeq || unread >= conversation.contactUnread) return { reply: { seq: conversation.seq } };
    const turn = openTurn(tx, deps.now(), found.contact, conversation);
    turn.conversation = { ...conversation, contactReadSeq: upTo, contactUnread: unread };
    const change = await addChange(turn, 'conversation.read', { kind: 'read', by: 'contact', upTo });
    return { reply: { seq: change.seq }, published: await finishTurn(turn) };
  };
  return act(deps, visitor.workspace.id, work, wantedBy(visitor, { cid: null, conversation: body.conversation }));
}

/** An agent has seen everything up to `seq`: unread for the whole team no more. */
export async function markReadByAgent(
  deps: Deps,
  workspaceId: string,
  body: { conversation: number; seq: number },
): Promise<{ seq: number }> {
  const work = async (tx: Tx): Promise<Done<{ seq: number }>> => {
    const conversation = await lockConversation(tx, body.conversation);
    const contact = conversation && (await findContact(tx, conversation.contactId));
    if (!conversation || !contact) throw new Refusal('not_found');
    const upTo = Math.min(body.seq, conversation.seq);
    const unread = await countUnreadByAgents(tx, conversation.id, upTo);
    if (upTo <= conversation.agentReadSeq || unread >= conversation.agentUnread) return { reply: { seq: conversation.seq } };
    const turn = openTurn(tx, deps.now(), contact, conversation);
    turn.conversation = { ...conversation, agentReadSeq: upTo, agentUnread: unread };
    const change = await addChange(turn, 'conversation.read', { kind: 'read', by: 'agent', upTo });
    return { reply: { seq: change.seq }, published: await finishTurn(turn) };
  };
  return act(deps, workspaceId, work, { tokenHash: null, cid: null, conversation: body.conversation });
}
