// The words of messages, which the search finds them by. They follow the log of facts, whose order is that of the commits: the ids of
// messages are given before it, and one that is committed late would be passed over.
import type { Tx } from './query.ts';
import { wordsOf } from './words.ts';

/** Workspaces with facts that were not looked at yet. */
export async function listBehind(tx: Tx): Promise<{ workspaceId: string; after: number; head: number }[]> {
  const rows = await tx.execute((db) =>
    db
      .selectFrom('feed_heads as h')
      .leftJoin('word_cursors as c', 'c.workspace_id', 'h.workspace_id')
      .select((eb) => ['h.workspace_id', 'h.rev as head', eb.fn.coalesce('c.rev', eb.lit(0)).as('after')])
      .where((eb) => eb('h.rev', '>', eb.fn.coalesce('c.rev', eb.lit(0)))),
  );
  return rows.map((row) => ({ workspaceId: row.workspace_id, after: row.after, head: row.head }));
}

/** What the next facts make of the index. */
export interface WordNews {
  after: number;
  upTo: number;
  /** Messages whose words changed or went. */
  gone: number[];
  rows: { id: number; conversationId: number; words: string }[];
}

export async function readWordNews(tx: Tx, after: number, limit: number): Promise<WordNews> {
  const facts = await tx.execute((db) =>
    db
      .selectFrom('events')
      .select(['rev', 'type', 'data'])
      .where('workspace_id', '=', tx.workspaceId)
      .where('rev', '>', after)
      .where('rev', '<=', after + limit)
      .orderBy('rev'),
  );
  const told = new Set<number>();
  const gone = new Set<number>();
  for (const { type, data } of facts) {
    if (type !== 'message.created' && type !== 'message.edited' && type !== 'message.deleted') continue;
    // Emptied where the contact was erased.
    const { message } = JSON.parse(data) as { message?: number };
    if (message === undefined) continue;
    told.add(message);
    if (type !== 'message.created') gone.add(message);
  }
  const upTo = facts.at(-1)?.rev ?? after;
  return { after, upTo, gone: [...gone], rows: told.size === 0 ? [] : await readRows(tx, [...told]) };
}

async function readRows(tx: Tx, ids: number[]): Promise<WordNews['rows']> {
  const rows = await tx.execute((db) =>
    db
      .selectFrom('messages')
      .select(['id', 'conversation_id', 'text'])
      .where('id', 'in', ids)
      .where('workspace_id', '=', tx.workspaceId)
      .where('deleted_at', 'is', null),
  );
  return rows.flatMap(({ id, conversation_id, text }) => {
    const words = wordsOf(text);
    return words === '' ? [] : [{ id, conversationId: conversation_id, words }];
  });
}

/** @returns false where another node was first; then nothing was written */
export async function writeWordNews(tx: Tx, news: WordNews): Promise<boolean> {
  const ws = tx.workspaceId;
  if (news.after === 0)
    await tx.execute((db) =>
      db
        .insertInto('word_cursors')
        .values({ workspace_id: ws, rev: 0 })
        .onConflict((c) => c.doNothing()),
    );
  // First, so that of two nodes one waits here and then knows.
  const moved = await tx.execute((db) =>
    db.updateTable('word_cursors').set({ rev: news.upTo }).where('workspace_id', '=', ws).where('rev', '=', news.after).returning('rev'),
  );
  if (moved.length === 0) return false;
  if (news.gone.length > 0) await deleteWords(tx, news.gone);
  const { rows } = news;
  if (rows.length > 0)
    await tx.execute((db) =>
      db
        .insertInto('message_words')
        .values(rows.map((row) => ({ id: row.id, workspace_id: ws, conversation_id: row.conversationId, words: row.words })))
        .onConflict((c) => c.column('id').doNothing()),
    );
  return true;
}

/** Of messages that said something else before. Those of messages that are gone go with them. */
export async function deleteWords(tx: Tx, messages: number[]): Promise<void> {
  await tx.execute((db) => db.deleteFrom('message_words').where('id', 'in', messages).where('workspace_id', '=', tx.workspaceId));
}
