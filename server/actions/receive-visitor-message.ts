// A visitor's message: stored, read for details, the contact promoted, the bot answering, all in one transaction.
import type { SendReply, VisitorBody } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import { findCurrentConversationId, lockConversation } from '../store/conversations.ts';
import type { Conversation } from '../store/conversations.ts';
import { findContactMessageByCid } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import { act } from './act.ts';
import { beginTurn } from './begin-conversation.ts';
import { answerAsBot } from './bot.ts';
import { captureDetails } from './capture.ts';
import { Refusal } from './refusal.ts';
import { findRepeat, hashBody, repeatOf } from './repeat.ts';
import { maySee, openSession } from './session.ts';
import type { OpenedSession, Visitor } from './session.ts';
import { addMessage, contactAuthor, finishTurn, openTurn, reopen } from './turn.ts';

type Body = VisitorBody<'message.send'>;

export async function receiveVisitorMessage(deps: Deps, visitor: Visitor, body: Body): Promise<SendReply> {
  const bodyHash = hashBody([body.text, body.choice ?? null]);
  return act(deps, visitor.workspace.id, async (tx) => {
    const now = deps.now();
    const opened = await openSession(tx, deps, visitor, now);
    const place = await findPlace(tx, opened, body);
    const repeat = await findVisitorRepeat(tx, opened, place, body, bodyHash);
    if (repeat) return { reply: repeat };
    const turn = place ? openTurn(tx, now, opened.contact, place) : await beginTurn(tx, deps, visitor, opened, body.cid, now);
    if (turn.conversation.status !== 'open') await reopen(turn, contactAuthor(turn.contact), null);
    const message = await addMessage(turn, {
      side: 'contact',
      cid: body.cid,
      bodyHash,
      author: contactAuthor(turn.contact),
      text: body.text,
      ...(body.choice !== undefined && { data: { choice: body.choice } }),
    });
    const details = await captureDetails(turn, visitor, body.text, message);
    await answerAsBot(turn, deps, visitor, { kind: 'message', text: body.text, choice: body.choice, details });
    const published = await finishTurn(turn);
    return { reply: { id: message.id, conversation: turn.conversation.id, seq: message.seq, at: message.at }, published };
  });
}

/** The conversation the message is for, locked; null where one is to be begun. */
async function findPlace(tx: Tx, opened: OpenedSession, body: Body): Promise<Conversation | null> {
  const id = body.conversation ?? (opened.created ? null : await findCurrentConversationId(tx, opened.session));
  const conversation = id === null ? null : await lockConversation(tx, id);
  if (body.conversation === undefined || (conversation && maySee(opened.session, conversation))) return conversation;
  throw new Refusal('not_found', 'There is no such conversation for this visitor.');
}

async function findVisitorRepeat(
  tx: Tx,
  opened: OpenedSession,
  place: Conversation | null,
  body: Body,
  bodyHash: string,
): Promise<SendReply | null> {
  if (opened.created) return null;
  if (place && body.conversation !== undefined) return findRepeat(tx, place.id, 'contact', body.cid, bodyHash);
  const message = await findContactMessageByCid(tx, opened.contact.id, body.cid);
  return message ? repeatOf(message, bodyHash) : null;
}
