// P1, P2: a cid names one action for good; a repeat gets the same answer, another body under it is refused.
import { createHash } from 'node:crypto';
import type { SendReply } from '../../shared/protocol.ts';
import { findChangeByCid, findMessageByCid } from '../store/messages.ts';
import type { Message } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import { Refusal } from './refusal.ts';

/** Of what was asked, without the cid. */
export function hashBody(body: unknown): string {
  return createHash('sha1').update(JSON.stringify(body)).digest('base64');
}

export function repeatOf(message: Message, bodyHash: string): SendReply {
  if (message.bodyHash !== bodyHash) throw new Refusal('cid_conflict');
  return { id: message.id, conversation: message.conversationId, seq: message.seq, at: message.createdAt };
}

/** The answer to a message sent before, or null. */
export async function findRepeat(tx: Tx, conversationId: number, side: string, cid: string, bodyHash: string): Promise<SendReply | null> {
  const message = await findMessageByCid(tx, conversationId, side, cid);
  if (message) return repeatOf(message, bodyHash);
  // A visitor's changes are answers to a form or about a detail, and their bodies say which: their messages are spared the look.
  if (side !== 'contact' && (await findChangeByCid(tx, conversationId, side, cid))) throw new Refusal('cid_conflict');
  return null;
}

/** The place and time of a change asked for before, or null. */
export async function findChangeRepeat(
  tx: Tx,
  conversationId: number,
  side: string,
  cid: string,
  bodyHash: string,
): Promise<{ seq: number; at: number } | null> {
  const change = await findChangeByCid(tx, conversationId, side, cid);
  if (!change) {
    if (await findMessageByCid(tx, conversationId, side, cid)) throw new Refusal('cid_conflict');
    return null;
  }
  if (change.bodyHash !== bodyHash) throw new Refusal('cid_conflict');
  return { seq: change.seq, at: change.at };
}
