// What one transaction does to one conversation: entries of its log, domain facts, and the rows they change.
import type { Author, Change, ChangeBody, MessageView } from '../../shared/conversation.ts';
import { previewOf } from '../../shared/conversation.ts';
import type { EventType } from '../../shared/events.ts';
import type { ContactSummary, ConversationSummary, FeedItem } from '../../shared/protocol.ts';
import type { FactValue } from '../../shared/bot/types.ts';
import { typeOf } from '../../shared/contact.ts';
import { rooms } from '../publish.ts';
import type { Published } from '../publish.ts';
import { findAgent } from '../store/agents.ts';
import { saveContact } from '../store/contacts.ts';
import type { ContactRow } from '../store/contacts.ts';
import { findConversation, saveConversation, teamOfConversation } from '../store/conversations.ts';
import type { Conversation } from '../store/conversations.ts';
import { insertEvents } from '../store/events.ts';
import { insertChange, insertMessage, messageToView } from '../store/messages.ts';
import type { ChangeKey, MessageData } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import { findSession } from '../store/sessions.ts';
import { noteAlone } from './contact/alone.ts';
import type { Alone } from './contact/alone.ts';
import { askForDuplicates } from './contact/ask-for-duplicates.ts';
import { contactToMe } from './session.ts';
import { toldContact } from './told-contact.ts';

interface Fact {
  type: EventType;
  seq: number | null;
  data: Readonly<Record<string, FactValue>>;
  change?: Change;
  detail?: FeedItem['detail'];
  aboutContact?: boolean;
}

export interface Turn {
  readonly tx: Tx;
  readonly now: number;
  /** The contact when the turn began. */
  readonly contactBefore: ContactRow;
  contact: ContactRow;
  conversation: Conversation;
  contactChanged: boolean;
  /** What is said here, told of a contact that knows nothing of those merged with it. */
  readonly alone: Alone[];
  readonly facts: Fact[];
  readonly joins: Published['joins'];
  /** Whether the conversation's device may be told all of the contact (told-contact.ts); null until it is asked. */
  isToldAll: boolean | null;
  /** When the first of the jobs it left is due. */
  jobDueAt: number | null;
}

/** @param known of the contact, by whoever opened its session */
export function openTurn(tx: Tx, now: number, contact: ContactRow, conversation: Conversation, known?: { isSole: boolean }): Turn {
  const isToldAll = known?.isSole === true ? true : null;
  const nothing = { contactChanged: false, alone: [], facts: [], joins: [], jobDueAt: null };
  return { tx, now, contactBefore: contact, contact, conversation, isToldAll, ...nothing };
}

export const botAuthor: Author = { kind: 'bot', id: null, name: null };

export function contactAuthor(contact: ContactRow): Author {
  return { kind: 'contact', id: contact.id, name: contact.name };
}

export interface NewMessage {
  side: string;
  cid: string;
  bodyHash: string;
  author: Author;
  kind?: MessageView['kind'];
  text: string;
  data?: MessageData;
}

/** Appends a message to the log. @returns its id and seq */
export async function addMessage(turn: Turn, m: NewMessage): Promise<{ id: number; seq: number; at: number }> {
  // Whoever writes is back from the archive.
  if (m.author.kind === 'contact' && turn.contact.archivedAt !== null) {
    changeContact(turn, { ...turn.contact, archivedAt: null });
    addContactFact(turn, 'contact.restored', { by: 'message' });
  }
  const seq = turn.conversation.seq + 1;
  const row = {
    conversationId: turn.conversation.id,
    seq,
    side: m.side,
    cid: m.cid,
    bodyHash: m.bodyHash,
    author: m.author,
    kind: m.kind ?? 'text',
    text: m.text,
    data: m.data ?? {},
    createdAt: turn.now,
  } as const;
  const id = await insertMessage(turn.tx, row);
  const view = messageToView({ ...row, id, editedAt: null, deletedAt: null });
  turn.conversation = row.kind === 'note' ? { ...turn.conversation, seq } : withMessage(turn, seq, m);
  const change: Change = { kind: 'message', message: view, seq, at: turn.now };
  turn.facts.push({ type: 'message.created', seq, data: { message: id, author: m.author.kind, kind: row.kind }, change });
  return { id, seq, at: turn.now };
}

function withMessage(turn: Turn, seq: number, m: NewMessage): Conversation {
  const c = turn.conversation;
  const next = { ...c, seq, preview: previewOf(m.text), lastAuthor: m.author.kind, lastAt: turn.now };
  if (m.author.kind === 'contact') return { ...heard(next, turn.now), contactReadSeq: c.seq, contactUnread: 0 };
  if (m.author.kind === 'bot') return { ...next, contactUnread: c.contactUnread + 1 };
  return { ...next, contactUnread: c.contactUnread + 1, agentUnread: 0, agentReadSeq: c.seq, waitingSince: null };
}

/** Appends a visible change that is no message. */
export async function addChange(
  turn: Turn,
  type: EventType,
  body: ChangeBody,
  key: ChangeKey | null = null,
  data: Fact['data'] = {},
  more: Pick<Fact, 'aboutContact'> = {},
): Promise<{ seq: number; at: number }> {
  const seq = turn.conversation.seq + 1;
  const change: Change = { ...body, seq, at: turn.now };
  await insertChange(turn.tx, turn.conversation.id, change, key);
  turn.conversation = { ...turn.conversation, seq };
  turn.facts.push({ type, seq, data, change, ...more });
  return { seq, at: turn.now };
}

/** Whoever writes in a closed or snoozed conversation opens it again. */
export async function reopen(turn: Turn, by: Author, key: ChangeKey | null): Promise<void> {
  turn.conversation = { ...turn.conversation, status: 'open' };
  await addChange(turn, 'conversation.reopened', { kind: 'status', status: 'open', by }, key, by.kind === 'agent' ? { agent: by.id } : {});
}

/** The contact has said something that waits for an answer, by a message or by a form. */
export function heard(c: Conversation, now: number): Conversation {
  // Nobody waits for a human while the bot answers.
  const waitingSince = c.botActive ? c.waitingSince : (c.waitingSince ?? now);
  return { ...c, agentUnread: c.agentUnread + 1, lastAuthor: 'contact', lastAt: now, waitingSince };
}

/** Records a fact about the contact that is no entry of the conversation's log. */
export function addContactFact(turn: Turn, type: EventType, data: Fact['data'], detail?: FeedItem['detail']): void {
  turn.facts.push({ type, seq: null, data, aboutContact: true, ...(detail && { detail }) });
}

export function changeContact(turn: Turn, contact: ContactRow): void {
  turn.contact = contact;
  turn.contactChanged = true;
}

/** Saves what the turn changed and numbers its facts; to be called last in the transaction. */
export async function finishTurn(turn: Turn): Promise<Published> {
  const { tx, conversation, contact } = turn;
  if (turn.contactChanged) await saveContact(tx, contact);
  if (turn.alone.length > 0) await noteTurn(turn);
  if (contact.email !== null && contact.email !== turn.contactBefore.email)
    turn.jobDueAt = await askForDuplicates(tx, contact.id, turn.now);
  await saveConversation(tx, conversation);
  const rows = turn.facts.map((f) => ({
    type: f.type,
    contactId: contact.id,
    conversationId: conversation.id,
    seq: f.seq,
    data: f.data,
    at: turn.now,
  }));
  const first = rows.length > 0 ? await insertEvents(tx, rows) : 0;
  const last = first + rows.length - 1;
  const summary = await readSummary(tx, conversation, contact, last);
  const items = turn.facts.map((f, i): FeedItem => {
    const item: FeedItem = { seq: first + i, type: f.type, at: turn.now, conversationId: conversation.id, contactId: contact.id };
    if (f.change) item.change = f.change;
    if (f.detail) item.detail = f.detail;
    if (f.aboutContact) item.contact = summary.contact;
    if (i === turn.facts.length - 1) item.conversation = summary;
    return item;
  });
  const changes = turn.facts.flatMap((f) => (f.change ? [f.change] : []));
  const published: Published = {
    workspaceId: tx.workspaceId,
    conversation: { id: conversation.id, contactId: contact.id, changes },
    items,
    joins: turn.joins,
    ...(turn.jobDueAt !== null && { jobDueAt: turn.jobDueAt }),
  };
  if (turn.contactChanged) published.me = [await changedMe(turn)];
  return published;
}

/** It is said by the device that began the conversation, whoever reads along. */
async function noteTurn({ tx, now, contactBefore: before, contact: after, conversation, alone }: Turn): Promise<void> {
  const home = (await findSession(tx, conversation.sessionHash))?.homeId ?? after.id;
  await noteAlone(tx, now, { before, after, home, alone: (one) => alone.reduce((next, each) => each(next), one) });
}

async function changedMe(turn: Turn): Promise<NonNullable<Published['me']>[number]> {
  const { tx, conversation, contact } = turn;
  // A proved contact's sockets are in its own room; the session that began this one may be none of them.
  if (contact.verified) return { rooms: [rooms.contact(contact.id)], view: contactToMe(contact, { verified: true }) };
  const view = { ...contactToMe(await toldContact(turn), { verified: false }), type: typeOf(contact) };
  return { rooms: [rooms.session(tx.workspaceId, conversation.sessionHash)], view };
}

export interface ContactFact {
  type: EventType;
  data: Readonly<Record<string, FactValue>>;
  mergedFrom?: string;
  restored?: ContactSummary;
}

/** Numbers and stores facts about a contact that belong to no conversation. */
export async function finishContact(tx: Tx, now: number, contact: ContactRow, facts: readonly ContactFact[]): Promise<Published> {
  const rows = facts.map((f) => ({ type: f.type, contactId: contact.id, conversationId: null, seq: null, data: f.data, at: now }));
  const first = rows.length > 0 ? await insertEvents(tx, rows) : 0;
  const summary = contactToSummary(contact);
  const items = facts.map((f, i): FeedItem => ({
    seq: first + i,
    type: f.type,
    at: now,
    contactId: contact.id,
    contact: summary,
    ...(f.mergedFrom !== undefined && { mergedFrom: f.mergedFrom }),
    ...(f.restored && { restored: f.restored }),
  }));
  return { workspaceId: tx.workspaceId, items, joins: [] };
}

/** Facts about one contact, and the conversations which by them belong to another one. */
export async function finishMoved(
  tx: Tx,
  now: number,
  m: { facts: readonly ContactFact[]; of: ContactRow; to: ContactRow; conversations: readonly number[] },
): Promise<Published> {
  const published = await finishContact(tx, now, m.of, m.facts);
  const data = { from: m.of.id, to: m.to.id };
  const rows = m.conversations.map((id) => ({
    type: 'conversation.moved' as const,
    contactId: m.to.id,
    conversationId: id,
    seq: null,
    data,
    at: now,
  }));
  const first = rows.length > 0 ? await insertEvents(tx, rows) : 0;
  for (const [i, row] of rows.entries()) {
    const conversation = await findConversation(tx, row.conversationId);
    if (!conversation) throw new Error(`conversation ${row.conversationId} moved and is gone`);
    const { type, at, conversationId, contactId } = row;
    const summary = await readSummary(tx, conversation, m.to, first + i);
    published.items.push({ seq: first + i, type, at, conversationId, contactId, conversation: summary });
  }
  return published;
}

export async function authorOfAgent(tx: Tx, agentId: number | null): Promise<Author | null> {
  if (agentId === null) return null;
  const agent = await findAgent(tx, agentId);
  return { kind: 'agent', id: agentId, name: agent?.name ?? null };
}

export function contactToSummary(contact: ContactRow): ContactSummary {
  return {
    id: contact.id,
    type: typeOf(contact),
    name: contact.name,
    email: contact.email,
    verified: contact.verified,
    unverified: contact.identifiedAt !== null && !contact.verified,
    ...(contact.blocked && { blocked: true }),
  };
}

/** The conversation's row in the agents' list. */
export async function readSummary(tx: Tx, c: Conversation, contact: ContactRow, rev: number): Promise<ConversationSummary> {
  const assignee = await authorOfAgent(tx, c.assigneeId);
  return {
    ...conversationToView(c, assignee),
    contact: contactToSummary(contact),
    team: await teamOfConversation(tx, c),
    waitingSince: c.waitingSince,
    agentUnread: c.agentUnread,
    rev,
  };
}

export function conversationToView(c: Conversation, assignee: Author | null) {
  return {
    id: c.id,
    status: c.status,
    assignee,
    botActive: c.botActive,
    head: c.seq,
    contactReadSeq: c.contactReadSeq,
    agentReadSeq: c.agentReadSeq,
    unread: c.contactUnread,
    preview: c.preview,
    lastAuthor: c.lastAuthor,
    lastAt: c.lastAt,
    createdAt: c.createdAt,
  };
}
