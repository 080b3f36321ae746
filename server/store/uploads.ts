// Files on their way into a conversation, and those which are in one.
import type { Selectable } from 'kysely';
import { query } from './query.ts';
import type { Tx } from './query.ts';
import type { Schema } from './schema.ts';

export interface Upload {
  id: string;
  /** Who sent it; null for an agent. */
  sessionHash: string | null;
  conversationId: number | null;
  messageId: number | null;
  name: string;
  /** MIME type as found in its bytes. */
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  createdAt: number;
}

type Row = Selectable<Schema['uploads']>;

function rowToUpload(row: Row): Upload {
  return {
    id: row.id,
    sessionHash: row.session_hash,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    name: row.name,
    type: row.type,
    size: row.size,
    width: row.width,
    height: row.height,
    createdAt: row.created_at,
  };
}

const byId = query<{ id: string }>()((db, p) =>
  db
    .selectFrom('uploads')
    .leftJoin('messages', 'messages.id', 'uploads.message_id')
    .selectAll('uploads')
    .select('messages.deleted_at')
    .where('uploads.id', '=', p.id),
);
// The first to name it gets it; RETURNING tells whether that was us.
const attach = query<{ ws: string; id: string; session: string; conversation: number; message: number }>()((db, p) =>
  db
    .updateTable('uploads')
    .set({ conversation_id: p.conversation, message_id: p.message })
    .where('id', '=', p.id)
    .where('workspace_id', '=', p.ws)
    .where('session_hash', '=', p.session)
    .where('message_id', 'is', null)
    .returning('id'),
);
const waiting = query<{ ws: string }>()((db, p) =>
  db
    .selectFrom('uploads')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('size'), eb.val(0)).as('bytes'))
    .where('workspace_id', '=', p.ws)
    .where('message_id', 'is', null),
);

export async function insertUpload(tx: Tx, upload: Omit<Upload, 'conversationId' | 'messageId'>): Promise<void> {
  await tx.execute((db) =>
    db.insertInto('uploads').values({
      id: upload.id,
      workspace_id: tx.workspaceId,
      session_hash: upload.sessionHash,
      conversation_id: null,
      message_id: null,
      name: upload.name,
      type: upload.type,
      size: upload.size,
      width: upload.width,
      height: upload.height,
      created_at: upload.createdAt,
    }),
  );
}

/** In any workspace; null also where the message it came with was deleted. */
export async function findReadableUpload(tx: Tx, id: string): Promise<Upload | null> {
  const row = await tx.get(byId, { id });
  return row && row.deleted_at === null ? rowToUpload(row) : null;
}

/** Uploads of a session that are in no message yet, in the order asked for; null where one is missing, another's, or used. */
export async function findOwnUploads(tx: Tx, ids: readonly string[], sessionHash: string): Promise<Upload[] | null> {
  const found: Upload[] = [];
  for (const id of new Set(ids)) {
    const row = await tx.get(byId, { id });
    if (!row || row.workspace_id !== tx.workspaceId || row.session_hash !== sessionHash || row.message_id !== null) return null;
    found.push(rowToUpload(row));
  }
  return found;
}

/** @throws where one of them went into another message meanwhile */
export async function attachUploads(
  tx: Tx,
  uploads: readonly Pick<Upload, 'id' | 'sessionHash'>[],
  at: { conversationId: number; messageId: number },
): Promise<void> {
  for (const { id, sessionHash } of uploads) {
    const done = await tx.get(attach, {
      ws: tx.workspaceId,
      id,
      session: sessionHash ?? '',
      conversation: at.conversationId,
      message: at.messageId,
    });
    if (!done) throw new Error(`upload ${id} is in another message`);
  }
}

/** Bytes of files that nobody has sent yet. */
export async function unsentBytes(tx: Tx): Promise<number> {
  return Number((await tx.get(waiting, { ws: tx.workspaceId }))?.bytes ?? 0);
}

/** Takes out what was never sent. @returns their ids */
export async function deleteUnsentUploads(tx: Tx, before: number): Promise<string[]> {
  const rows = await tx.execute((db) =>
    db
      .deleteFrom('uploads')
      .where('workspace_id', '=', tx.workspaceId)
      .where('message_id', 'is', null)
      .where('created_at', '<', before)
      .returning('id'),
  );
  return rows.map((row) => row.id);
}
