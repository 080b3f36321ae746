// The log of a conversation: messages and the other visible changes, which together are dense in seq.
import type { Selectable } from 'kysely';
import type { AskView, Chip, Consent, FactValue, FormField } from '../../shared/bot/types.ts';
import type { Author, CapturedView, Change, ChangeBody, FileView, MessageView } from '../../shared/conversation.ts';
import { deleteWords } from './message-words.ts';
import { keyOf } from './kept.ts';
import { insertMany, kept, query } from './query.ts';
import type { Tx } from './query.ts';
import { keepMessage } from './said.ts';
import type { Schema } from './schema.ts';

/** What a message carries beside its text. */
export interface MessageData {
  chips?: readonly Chip[];
  form?: readonly FormField[];
  answer?: Readonly<Record<string, FactValue>>;
  input?: MessageView['input'];
  /** The field its question asks for, for the extractor. */
  asks?: string;
  /** A control that helps with the answer. */
  ask?: AskView;
  /** The consent text that was shown with it. */
  consent?: Consent;
  /** What was read out of it as its author's own details. */
  captured?: readonly CapturedView[];
  files?: readonly FileView[];
  /** The value of the tapped chip. */
  choice?: string;
  /** The values of the chips where several could be tapped. */
  choices?: readonly string[];
}

export interface Message {
  id: number;
  conversationId: number;
  seq: number;
  side: string;
  cid: string;
  bodyHash: string;
  author: Author;
  kind: MessageView['kind'];
  text: string;
  data: MessageData;
  editedAt: number | null;
  deletedAt: number | null;
  createdAt: number;
}

type Row = Selectable<Schema['messages']>;

function rowToMessage(row: Row): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    side: row.side,
    cid: row.cid,
    bodyHash: row.body_hash,
    author: {
      kind: row.author_kind as Author['kind'],
      id: row.author_kind === 'agent' ? Number(row.author_id) : row.author_id,
      name: row.author_name,
    },
    kind: row.kind as MessageView['kind'],
    text: row.text,
    data: row.data === null ? {} : (JSON.parse(row.data) as MessageData),
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
    createdAt: row.created_at,
  };
}

export function messageToView(m: Message): MessageView {
  const view: MessageView = { id: m.id, cid: m.cid, author: m.author, kind: m.kind, text: m.text, at: m.createdAt };
  if (m.data.chips) view.chips = m.data.chips;
  if (m.data.form) view.form = m.data.form;
  if (m.data.answer) view.answer = m.data.answer;
  if (m.data.input) view.input = m.data.input;
  if (m.data.ask) view.ask = m.data.ask;
  if (m.data.consent) view.consent = m.data.consent.text;
  if (m.data.captured) view.captured = m.data.captured;
  if (m.data.files) view.files = m.data.files;
  if (m.editedAt !== null) view.editedAt = m.editedAt;
  if (m.deletedAt !== null) return { id: m.id, cid: m.cid, author: m.author, kind: m.kind, text: '', at: m.createdAt, deleted: true };
  return view;
}

type Inserted = Omit<Row, 'edited_at' | 'deleted_at'>;
const insert = kept(
  query<Inserted>()((db, p) =>
    db.insertInto('messages').values({
      id: p.id,
      workspace_id: p.workspace_id,
      conversation_id: p.conversation_id,
      seq: p.seq,
      side: p.side,
      cid: p.cid,
      body_hash: p.body_hash,
      author_kind: p.author_kind,
      author_id: p.author_id,
      author_name: p.author_name,
      kind: p.kind,
      text: p.text,
      data: p.data,
      edited_at: null,
      deleted_at: null,
      created_at: p.created_at,
    }),
  ),
  insertMany('messages', [
    'id',
    'workspace_id',
    'conversation_id',
    'seq',
    'side',
    'cid',
    'body_hash',
    'author_kind',
    'author_id',
    'author_name',
    'kind',
    'text',
    'data',
    'created_at',
  ]),
);
const byCid = query<{ ws: string; conversation: number; side: string; cid: string }>()((db, p) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', p.conversation)
    .where('side', '=', p.side)
    .where('cid', '=', p.cid)
    .where('workspace_id', '=', p.ws),
);
const byCidOfContact = query<{ ws: string; contact: string; cid: string }>()((db, p) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('side', '=', 'contact')
    .where('cid', '=', p.cid)
    .where('conversation_id', 'in', (eb) =>
      eb.selectFrom('conversations').select('id').where('contact_id', '=', p.contact).where('workspace_id', '=', p.ws),
    ),
);
const byId = query<{ ws: string; conversation: number; id: number }>()((db, p) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('id', '=', p.id)
    .where('conversation_id', '=', p.conversation)
    .where('workspace_id', '=', p.ws),
);
const messagesAfter = query<{ ws: string; conversation: number; after: number; upTo: number }>()((db, p) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', p.conversation)
    .where('workspace_id', '=', p.ws)
    .where('seq', '>', p.after)
    .where('seq', '<=', p.upTo)
    .orderBy('seq'),
);
const changesAfter = query<{ ws: string; conversation: number; after: number; upTo: number }>()((db, p) =>
  db
    .selectFrom('changes')
    .selectAll()
    .where('conversation_id', '=', p.conversation)
    .where('workspace_id', '=', p.ws)
    .where('seq', '>', p.after)
    .where('seq', '<=', p.upTo)
    .orderBy('seq'),
);
const insertChangeQuery = kept(
  query<Selectable<Schema['changes']>>()((db, p) =>
    db.insertInto('changes').values({
      conversation_id: p.conversation_id,
      seq: p.seq,
      workspace_id: p.workspace_id,
      kind: p.kind,
      body: p.body,
      side: p.side,
      cid: p.cid,
      body_hash: p.body_hash,
      created_at: p.created_at,
    }),
  ),
  insertMany('changes', ['conversation_id', 'seq', 'workspace_id', 'kind', 'body', 'side', 'cid', 'body_hash', 'created_at']),
);
const changeByCid = query<{ ws: string; conversation: number; side: string; cid: string }>()((db, p) =>
  db
    .selectFrom('changes')
    .selectAll()
    .where('conversation_id', '=', p.conversation)
    .where('side', '=', p.side)
    .where('cid', '=', p.cid)
    .where('workspace_id', '=', p.ws),
);
/** @returns the message's id */
export async function insertMessage(tx: Tx, m: Omit<Message, 'id' | 'editedAt' | 'deletedAt'>): Promise<number> {
  const { unit } = tx;
  if (!unit) throw new Error('a message is inserted by a transaction that writes');
  const hasData = Object.keys(m.data).length > 0;
  const id = await unit.takeId('messages');
  const row: Inserted = {
    id,
    workspace_id: tx.workspaceId,
    conversation_id: m.conversationId,
    seq: m.seq,
    side: m.side,
    cid: m.cid,
    body_hash: m.bodyHash,
    author_kind: m.author.kind,
    author_id: m.author.id === null ? null : String(m.author.id),
    author_name: m.author.name,
    kind: m.kind,
    text: m.text,
    data: hasData ? JSON.stringify(m.data) : null,
    created_at: m.createdAt,
  };
  unit.later('messages', insert, row);
  keepMessage(tx.workspaceId, unit.kept, row);
  return id;
}

export async function findMessageByCid(tx: Tx, conversationId: number, side: string, cid: string): Promise<Message | null> {
  const row = await tx.get(byCid, { ws: tx.workspaceId, conversation: conversationId, side, cid });
  return row ? rowToMessage(row) : null;
}

/** A contact's own message by cid, in whichever of its conversations it came to stand. */
export async function findContactMessageByCid(tx: Tx, contactId: string, cid: string): Promise<Message | null> {
  const row = await tx.get(byCidOfContact, { ws: tx.workspaceId, contact: contactId, cid });
  return row ? rowToMessage(row) : null;
}

export async function findMessage(tx: Tx, conversationId: number, id: number): Promise<Message | null> {
  const row = await tx.get(byId, { ws: tx.workspaceId, conversation: conversationId, id });
  return row ? rowToMessage(row) : null;
}

/** It is found no more by what it said; by what it says now, once that is indexed. */
export async function updateMessage(tx: Tx, m: Message): Promise<void> {
  const hasData = Object.keys(m.data).length > 0;
  await tx.execute((db) =>
    db
      .updateTable('messages')
      .set({ text: m.text, data: hasData ? JSON.stringify(m.data) : null, edited_at: m.editedAt, deleted_at: m.deletedAt })
      .where('id', '=', m.id)
      .where('workspace_id', '=', tx.workspaceId),
  );
  await deleteWords(tx, [m.id]);
}

/** Takes the text out of the log's entries about edits of a message. */
export async function eraseEdits(tx: Tx, conversationId: number, messageId: number): Promise<void> {
  const rows = await tx.execute((db) =>
    db
      .selectFrom('changes')
      .select(['seq', 'body'])
      .where('conversation_id', '=', conversationId)
      .where('kind', '=', 'edited')
      .where('workspace_id', '=', tx.workspaceId),
  );
  for (const row of rows) {
    const body = JSON.parse(row.body) as { message: number; text: string };
    if (body.message !== messageId) continue;
    const erased = JSON.stringify({ ...body, text: '' });
    await tx.execute((db) =>
      db
        .updateTable('changes')
        .set({ body: erased })
        .where('conversation_id', '=', conversationId)
        .where('seq', '=', row.seq)
        .where('workspace_id', '=', tx.workspaceId),
    );
  }
}

/** Who asked for a change, and with what, so that a repeat is told from a conflict. */
export interface ChangeKey {
  side: string;
  cid: string;
  bodyHash: string;
}

export async function insertChange(tx: Tx, conversationId: number, change: Change, key: ChangeKey | null): Promise<void> {
  const { seq, at, kind, ...body } = change;
  const { unit } = tx;
  if (!unit) throw new Error('a change is inserted by a transaction that writes');
  const tail = unit.kept.tails.get(keyOf(tx.workspaceId, conversationId));
  if (tail) unit.kept.tails.set(keyOf(tx.workspaceId, conversationId), { ...tail, seq });
  unit.later('changes', insertChangeQuery, {
    conversation_id: conversationId,
    seq,
    workspace_id: tx.workspaceId,
    kind,
    body: JSON.stringify(body),
    side: key?.side ?? null,
    cid: key?.cid ?? null,
    body_hash: key?.bodyHash ?? null,
    created_at: at,
  });
}

export async function findChangeByCid(
  tx: Tx,
  conversationId: number,
  side: string,
  cid: string,
): Promise<{ seq: number; at: number; bodyHash: string | null } | null> {
  const row = await tx.get(changeByCid, { ws: tx.workspaceId, conversation: conversationId, side, cid });
  return row ? { seq: row.seq, at: row.created_at, bodyHash: row.body_hash } : null;
}

/** The entries `after < seq <= upTo` of a log, in order, as agents see them. */
export async function listChanges(tx: Tx, conversationId: number, after: number, upTo: number): Promise<Change[]> {
  const range = { ws: tx.workspaceId, conversation: conversationId, after, upTo };
  const messages = await tx.all(messagesAfter, range);
  const changes = await tx.all(changesAfter, range);
  const merged: Change[] = [
    ...messages.map((row): Change => ({ kind: 'message', message: messageToView(rowToMessage(row)), seq: row.seq, at: row.created_at })),
    ...changes.map((row): Change => ({
      ...({ kind: row.kind, ...(JSON.parse(row.body) as object) } as ChangeBody),
      seq: row.seq,
      at: row.created_at,
    })),
  ];
  return merged.toSorted((a, b) => a.seq - b.seq);
}
