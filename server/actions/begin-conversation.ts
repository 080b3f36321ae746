import type { ConversationView } from '../../shared/conversation.ts';
import type { Deps } from '../deps.ts';
import { findConversationByCid } from '../store/conversations.ts';
import { insertConversation } from '../store/insert-conversation.ts';
import type { Began } from '../store/insert-conversation.ts';
import { findPublished } from '../store/flows.ts';
import type { Tx } from '../store/query.ts';
import { rooms } from '../publish.ts';
import { act } from './act.ts';
import { greet } from './bot.ts';
import { raiseLead } from './raise-lead.ts';
import { Refusal } from './refusal.ts';
import { rescore } from './score-contact.ts';
import { createdFact, openSession } from './session.ts';
import type { OpenedSession, Visitor } from './session.ts';
import { addContactFact, authorOfAgent, conversationToView, finishTurn, openTurn } from './turn.ts';
import type { Turn } from './turn.ts';

interface Begin {
  cid: string;
  now: number;
  /** A published flow in place of the workspace's own. */
  flow?: string | undefined;
}

async function flowToBegin(tx: Tx, { workspace }: Visitor, asked: string | undefined): Promise<Began | null> {
  const { flowId, flowVersion, settings } = workspace;
  const { askPolicy } = settings;
  if (asked === undefined || asked === flowId) return flowId === null || flowVersion === null ? null : { flowId, flowVersion, askPolicy };
  const published = await findPublished(tx, asked);
  if (!published) throw new Refusal('not_found', `No flow called “${asked}” is published.`);
  return { flowId: published.id, flowVersion: published.version, askPolicy };
}

/** Begins a conversation within a running transaction; the bot's greeting stands in it first. */
export async function beginTurn(tx: Tx, deps: Deps, visitor: Visitor, opened: OpenedSession, begin: Begin): Promise<Turn> {
  const { cid, now } = begin;
  const began = visitor.workspace.settings.bot === 'on' ? await flowToBegin(tx, visitor, begin.flow) : null;
  const botActive = began !== null;
  const conversation = await insertConversation(tx, {
    contactId: opened.contact.id,
    sessionHash: opened.session.tokenHash,
    cid,
    botActive,
    began,
    now,
    isFirst: opened.created,
  });
  if (!conversation) throw new Refusal('cid_conflict', 'This cid began a conversation before.');
  const turn = openTurn(tx, now, opened.contact, conversation, opened);
  if (opened.created) addContactFact(turn, 'contact.created', createdFact(opened.contact).data);
  turn.facts.push({ type: 'conversation.created', seq: null, data: {} });
  // The contact's proved devices hear all of its conversations, also the one that a device begins which is not.
  const { contact, session } = opened;
  if (contact.verified) turn.joins.push({ room: rooms.contact(contact.id), conversation: conversation.id });
  if (!session.verified) turn.joins.push({ room: rooms.session(tx.workspaceId, session.tokenHash), conversation: conversation.id });
  if (botActive) await greet(turn, deps, visitor);
  return turn;
}

/** Begins a conversation without a message; a repeat of the cid returns the same one. */
export async function startConversation(
  deps: Deps,
  visitor: Visitor,
  body: { cid: string; flow?: string | undefined },
): Promise<{ conversation: ConversationView }> {
  return act(deps, visitor.workspace.id, async (tx) => {
    const now = deps.now();
    const opened = await openSession(tx, deps, visitor, now);
    const before = await findConversationByCid(tx, opened.session.tokenHash, body.cid);
    if (before?.flowId && body.flow !== undefined && body.flow !== before.flowId) throw new Refusal('cid_conflict');
    if (before) return { reply: { conversation: conversationToView(before, await authorOfAgent(tx, before.assigneeId)) } };
    const turn = await beginTurn(tx, deps, visitor, opened, { ...body, now });
    rescore(turn, visitor.workspace.settings.scoreRules);
    // A flow may be over before the visitor's first word.
    await raiseLead({ turn, deps });
    const published = await finishTurn(turn);
    return { reply: { conversation: conversationToView(turn.conversation, null) }, published };
  });
}
