// A visitor's message: stored, read for details, the contact promoted, the bot answering, all in one transaction.
import type { FileView } from '../../shared/conversation.ts';
import type { SendReply, VisitorBody } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import { lockConversation, lockCurrentConversation } from '../store/conversations.ts';
import type { Conversation } from '../store/conversations.ts';
import { findContactMessageByCid } from '../store/messages.ts';
import { isSurelyNew } from '../store/said.ts';
import type { MessageData } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import { attachUploads, findOwnUploads } from '../store/uploads.ts';
import type { Upload } from '../store/uploads.ts';
import { urlOfFile } from '../files.ts';
import { act } from './act.ts';
import type { Done } from './act.ts';
import { beginTurn } from './begin-conversation.ts';
import { answerAsBot } from './bot.ts';
import { learnDetails, readMessage } from './capture.ts';
import type { Reading } from './capture.ts';
import { raiseLead } from './raise-lead.ts';
import { Refusal } from './refusal.ts';
import { findRepeat, hashBody, repeatOf } from './repeat.ts';
import { rescore } from './score-contact.ts';
import { maySee, openSession, wantedBy } from './session.ts';
import type { OpenedSession, Visitor } from './session.ts';
import { addMessage, contactAuthor, finishTurn, openTurn, reopen } from './turn.ts';

type Body = VisitorBody<'message.send'>;

export async function receiveVisitorMessage(deps: Deps, visitor: Visitor, body: Body): Promise<SendReply> {
  const bodyHash = hashOf(body);
  const work = async (tx: Tx): Promise<Done<SendReply>> => {
    const now = deps.now();
    const opened = await openSession(tx, deps, visitor, now);
    const place = await findPlace(tx, opened, body);
    const repeat = await findVisitorRepeat(tx, opened, place, body, bodyHash);
    if (repeat) return { reply: repeat };
    const turn = place
      ? openTurn(tx, now, opened.contact, place, opened)
      : await beginTurn(tx, deps, visitor, opened, { cid: body.cid, now });
    if (turn.conversation.status !== 'open') await reopen(turn, contactAuthor(turn.contact), null);
    const reading = await readMessage(turn, visitor, body.text);
    const uploads = body.files && body.files.length > 0 ? await ownUploads(tx, body.files, opened) : [];
    const message = await addMessage(turn, {
      side: 'contact',
      cid: body.cid,
      bodyHash,
      author: contactAuthor(turn.contact),
      text: body.text,
      data: dataOf(
        body,
        reading,
        uploads.map((upload) => uploadToView(deps, upload)),
      ),
    });
    await attachUploads(tx, uploads, { conversationId: turn.conversation.id, messageId: message.id });
    const tell = await learnDetails(turn, visitor, reading, { kind: 'message', message: message.id });
    const { text, choice, choices } = body;
    const files = uploads.map(({ name, type, size }) => ({ name, type, size }));
    await answerAsBot(turn, deps, visitor, { kind: 'message', text, choice, choices, files, details: reading.details }, tell);
    rescore(turn, visitor.workspace.settings.scoreRules);
    await raiseLead({ turn, deps });
    const published = await finishTurn(turn);
    return { reply: { id: message.id, conversation: turn.conversation.id, seq: message.seq, at: message.at }, published };
  };
  return act(deps, visitor.workspace.id, work, wantedBy(visitor, { cid: body.cid, conversation: body.conversation }));
}

function hashOf({ text, choice, choices, files }: Body): string {
  const more = choices === undefined && files === undefined ? [] : [choices ?? null, files ?? null];
  return hashBody([text, choice ?? null, ...more]);
}

function dataOf({ choice, choices }: Body, { views }: Reading, files: readonly FileView[]): MessageData {
  const data: MessageData = {};
  if (choice !== undefined) data.choice = choice;
  if (choices !== undefined) data.choices = choices;
  if (views.length > 0) data.captured = views;
  if (files.length > 0) data.files = files;
  return data;
}

async function ownUploads(tx: Tx, ids: readonly string[], { session }: OpenedSession): Promise<Upload[]> {
  const uploads = await findOwnUploads(tx, ids, session.tokenHash);
  if (!uploads) throw new Refusal('not_found', 'One of these files is not here any more. Send it up again.');
  return uploads;
}

function uploadToView({ secretKey }: Deps, { id, name, type, size, width, height }: Upload): FileView {
  const url = urlOfFile(secretKey, id);
  return { id, name, type, size, url, ...(width !== null && { width }), ...(height !== null && { height }) };
}

/** The conversation the message is for, locked; null where one is to be begun. */
async function findPlace(tx: Tx, opened: OpenedSession, body: Body): Promise<Conversation | null> {
  if (body.conversation === undefined) return opened.created ? null : lockCurrentConversation(tx, opened.session);
  const conversation = await lockConversation(tx, body.conversation);
  if (conversation && maySee(opened.session, conversation)) return conversation;
  throw new Refusal('not_found', 'There is no such conversation for this visitor.');
}

async function findVisitorRepeat(
  tx: Tx,
  opened: OpenedSession,
  place: Conversation | null,
  body: Body,
  bodyHash: string,
): Promise<SendReply | null> {
  if (opened.created || isSurelyNew(tx, opened.contact.id, body.cid)) return null;
  if (place && body.conversation !== undefined) return findRepeat(tx, place.id, 'contact', body.cid, bodyHash);
  const message = await findContactMessageByCid(tx, opened.contact.id, body.cid);
  return message ? repeatOf(message, bodyHash) : null;
}
