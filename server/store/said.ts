// What was said before in a conversation, which extractor and bot go by; and which cids a contact has used, so that most messages are known
// to be no repeat without a look.
import type { Selectable } from 'kysely';
import type { Author } from '../../shared/conversation.ts';
import { keyOf } from './kept.ts';
import type { Kept, Tail } from './kept.ts';
import type { MessageData } from './messages.ts';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

type Row = Selectable<Schema['messages']>;

const saidBefore = query<{ ws: string; conversation: number; before: number; limit: number }>()((db, p) =>
  db
    .selectFrom('messages')
    .select(['author_kind', 'text', 'data'])
    .where('conversation_id', '=', p.conversation)
    .where('workspace_id', '=', p.ws)
    .where('seq', '<', p.before)
    .where('kind', '!=', 'note')
    .where('deleted_at', 'is', null)
    .orderBy('seq', 'desc')
    .limit(p.limit),
);
export interface Said {
  by: Author['kind'];
  text: string;
  /** The field which it asks for. */
  asks: string | null;
  /** `MessageData` as stored, for who wants to know more. */
  data: string | null;
}

/** What was said before `seq`, without notes, oldest first. */
export async function listSaidBefore(tx: Tx, conversationId: number, seq: number, limit: number): Promise<Said[]> {
  const key = keyOf(tx.workspaceId, conversationId);
  const tail = tx.unit?.kept.tails.get(key);
  if (tail && tail.seq < seq && (tail.isWhole || tail.said.length >= limit)) return tail.said.slice(-limit);
  const rows = await tx.all(saidBefore, { ws: tx.workspaceId, conversation: conversationId, before: seq, limit });
  const said = rows.map(rowToSaid).toReversed();
  // Whoever asks has locked the conversation, and this is all there is of it.
  if (tx.unit?.kept.conversations.get(key)?.seq === seq - 1)
    keepTail(tx.unit.kept, key, { seq: seq - 1, said, isWhole: said.length < limit });
  return said;
}

export function rowToSaid({ author_kind, text, data }: Pick<Row, 'author_kind' | 'text' | 'data'>): Said {
  // Parsed only where it may say so.
  const asks = data?.includes('"asks"') === true ? ((JSON.parse(data) as MessageData).asks ?? null) : null;
  return { by: author_kind as Author['kind'], text, asks, data };
}

/** So much of what was said is kept; nobody asks for more. */
export const tailLength = 8;
/** Longer ones are read again each time: they would fill the memory. */
const mostTailChars = 10_000;
/** Who says more than that is looked up again. */
const mostCids = 200;

function keepTail(kept: Kept, key: string, tail: Tail): void {
  const length = tail.said.reduce((sum, one) => sum + one.text.length + (one.data?.length ?? 0), 0);
  if (length > mostTailChars) kept.tails.delete(key);
  else kept.tails.set(key, tail);
}

/** To be told of every message that is inserted. */
export function keepMessage(workspaceId: string, kept: Kept, row: Omit<Row, 'edited_at' | 'deleted_at'>): void {
  if (row.side === 'contact' && row.author_id !== null) {
    const contact = keyOf(workspaceId, row.author_id);
    kept.unsaid.delete(`${contact} ${row.cid}`);
    const cids = kept.cids.get(contact);
    if (cids && cids.size >= mostCids) kept.cids.delete(contact);
    else cids?.add(row.cid);
  }
  const key = keyOf(workspaceId, row.conversation_id);
  const tail = kept.tails.get(key) ?? (row.seq === 1 ? { seq: 0, said: [], isWhole: true } : undefined);
  if (!tail) return;
  if (row.kind === 'note') kept.tails.set(key, { ...tail, seq: row.seq });
  else {
    const said = [...tail.said, rowToSaid(row)];
    const isShort = said.length <= tailLength;
    keepTail(kept, key, { seq: row.seq, said: isShort ? said : said.slice(1), isWhole: tail.isWhole && isShort });
  }
}

/** Nobody of this contact's devices sent a message under this cid, as far as that is known without a look. */
export function isSurelyNew(tx: Tx, contactId: string, cid: string): boolean {
  const { kept } = tx.unit ?? {};
  const contact = keyOf(tx.workspaceId, contactId);
  return kept?.unsaid.has(`${contact} ${cid}`) === true || kept?.cids.get(contact)?.has(cid) === false;
}

/** The contact came to be in this transaction. */
export function keepAllCids(tx: Tx, contactId: string): void {
  tx.unit?.kept.cids.set(keyOf(tx.workspaceId, contactId), new Set());
}
