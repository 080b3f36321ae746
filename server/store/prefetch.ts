// PostgreSQL: what the commands of a batch will ask for one by one is asked for all at once, before the first of them runs. Locks are
// taken in the order in which all nodes take them: contacts, conversations, the feed, each by id. What is not found here, or is not as
// simple, is looked up later as if nobody had asked before.
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { rowToContact } from './contacts.ts';
import { rowToConversation } from './conversations.ts';
import { keyOf } from './kept.ts';
import type { UnitOfWork } from './kept.ts';
import { rowToSaid, tailLength } from './said.ts';
import type { Said } from './said.ts';
import type { Connection } from './open.ts';
import { query } from './query.ts';
import type { Schema } from './schema.ts';
import { rowToSession } from './sessions.ts';

/** What a command is about: its rows are locked, and read, in the order of all nodes. Without it, it locks rows after the feed. */
export interface Wanted {
  workspaceId: string;
  /** Null: it comes from no visitor. */
  tokenHash: string | null;
  /** Null: it is no message. */
  cid: string | null;
  /** Undefined: the current one of the session. */
  conversation: number | undefined;
}

type Row<T extends keyof Schema> = Selectable<Schema[T]>;
type Given = { wanted: string };

const rowsOf = (p: Given) => sql`json_to_recordset(${p.wanted}::json) as w(ws text, hash text, cid text, conversation bigint)`;
const ofSessions = (p: Given) =>
  sql`(select distinct ws, hash from ${rowsOf(p)}) as w join sessions s on s.workspace_id = w.ws and s.token_hash = w.hash`;

const sessions = query<Given>()((db, p) => ({
  compile: () =>
    sql<Row<'sessions'> & { has_absorbed: boolean }>`select s.*, exists (select 1 from contact_merges m
        where m.workspace_id = s.workspace_id and m.into_id = s.contact_id) as has_absorbed from ${ofSessions(p)}`.compile(db),
}));
const contacts = query<Given>()((db, p) => ({
  compile: () =>
    sql<Row<'contacts'>>`select c.* from (select s.contact_id as id from ${ofSessions(p)}
          union select k.contact_id from ${rowsOf(p)} join conversations k on k.id = w.conversation and k.workspace_id || '' = w.ws
            where w.hash is null) as who
        join contacts c on c.id = who.id order by c.id for update of c`.compile(db),
}));
/**
 * The named ones, and the newest open one of each unproved session. The workspace is compared as an expression: while the tables are new,
 * an index of all of its conversations looks as good as their ids or that of a contact's.
 */
const places = (
  p: Given,
) => sql`(select k.id from ${rowsOf(p)} join conversations k on k.id = w.conversation and k.workspace_id || '' = w.ws
  union select (select k.id from conversations k where k.contact_id = s.contact_id and k.workspace_id || '' = s.workspace_id
      and k.session_hash = s.token_hash and k.status <> 'closed' order by k.id desc limit 1)
    from ${ofSessions(p)} where s.verified = 0) as place`;
const conversations = query<Given>()((db, p) => ({
  compile: () =>
    sql<Row<'conversations'>>`select c.* from ${places(p)} join conversations c on c.id = place.id
        order by c.id for update of c`.compile(db),
}));
const tails = query<Given & { most: number }>()((db, p) => ({
  compile: () =>
    sql<Pick<Row<'messages'>, 'conversation_id' | 'author_kind' | 'text' | 'data'>>`select m.conversation_id, m.author_kind, m.text, m.data
        from ${places(p)} cross join lateral (select * from messages m where m.conversation_id = place.id and m.kind <> 'note'
          and m.deleted_at is null order by m.seq desc limit ${p.most}) as m order by m.conversation_id, m.seq`.compile(db),
}));
const repeats = query<Given>()((db, p) => ({
  compile: () =>
    sql<{ contact_id: string; cid: string }>`select s.contact_id, m.cid from ${rowsOf(p)}
        join sessions s on s.workspace_id = w.ws and s.token_hash = w.hash join conversations k on k.contact_id = s.contact_id
        join messages m on m.conversation_id = k.id and m.side = 'contact' and m.cid = w.cid`.compile(db),
}));
const feeds = query<Given>()((db, p) => ({
  compile: () =>
    sql<{ workspace_id: string; rev: number }>`select workspace_id, rev from feed_heads
        where workspace_id in (select ws from ${rowsOf(p)}) order by workspace_id for update`.compile(db),
}));

/** For the test of their plans. */
export const questions = { sessions, contacts, conversations, tails, repeats, feeds };

/** Each message, and the bot's answer. */
const idsEach = 2;

export async function prefetch(connection: Connection, unit: UnitOfWork, all: readonly Wanted[]): Promise<void> {
  const wanted = JSON.stringify(
    all.map(({ workspaceId, tokenHash, cid, conversation }) => ({
      ws: workspaceId,
      hash: tokenHash,
      cid,
      conversation: conversation ?? null,
    })),
  );
  const given = { wanted };
  const answers = await Promise.all([
    connection.run(contacts, given),
    // Once those are locked: whose a session is, and whether somebody was merged into that one, holds until the end.
    connection.run(sessions, given),
    connection.run(conversations, given),
    connection.run(tails, { wanted, most: tailLength }),
    connection.run(repeats, given),
    connection.reserve('messages', all.filter(({ cid }) => cid !== null).length * idsEach),
    connection.run(feeds, given),
  ]);
  const [contactRows, sessionRows, conversationRows, tailRows, repeatRows, ids, feedRows] = answers;
  const { kept, heads } = unit;
  kept.ids.set('messages', ids);
  for (const { workspace_id, rev } of feedRows) heads.set(workspace_id, rev);
  const workspaceOf = new Map(contactRows.map((row) => [row.id, row.workspace_id]));
  for (const row of contactRows) kept.contacts.set(keyOf(row.workspace_id, row.id), rowToContact(row));
  for (const row of sessionRows) {
    // Merged, or come to be, while the locks were waited for: its contact is none of those that are locked.
    if (workspaceOf.get(row.contact_id) !== row.workspace_id) continue;
    kept.sessions.set(keyOf(row.workspace_id, row.token_hash), { session: rowToSession(row), isSole: !row.has_absorbed });
  }
  const found = new Set(sessionRows.map((row) => keyOf(row.workspace_id, row.token_hash)));
  const asked = all.flatMap(({ workspaceId, tokenHash }) => (tokenHash === null ? [] : [keyOf(workspaceId, tokenHash)]));
  const missing = new Set(asked.filter((key) => !found.has(key)));
  for (const key of missing) kept.sessions.set(key, null);
  if (missing.size > 0) kept.ids.set('conversations', await connection.reserve('conversations', missing.size));
  keepPlaces(unit, all, conversationRows, tailRows);
  const known = new Set(repeatRows.map(({ contact_id, cid }) => `${contact_id} ${cid}`));
  for (const { workspaceId, tokenHash, cid } of all) {
    const acting = tokenHash === null ? null : kept.sessions.get(keyOf(workspaceId, tokenHash));
    if (acting && cid !== null && !known.has(`${acting.session.contactId} ${cid}`))
      kept.unsaid.add(`${keyOf(workspaceId, acting.session.contactId)} ${cid}`);
  }
}

function keepPlaces(
  { kept }: UnitOfWork,
  all: readonly Wanted[],
  rows: readonly Row<'conversations'>[],
  tailRows: readonly Pick<Row<'messages'>, 'conversation_id' | 'author_kind' | 'text' | 'data'>[],
): void {
  const said = new Map<number, Said[]>();
  for (const row of tailRows) {
    const list = said.get(row.conversation_id);
    if (list) list.push(rowToSaid(row));
    else said.set(row.conversation_id, [rowToSaid(row)]);
  }
  const newest = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row.workspace_id, row.id);
    kept.conversations.set(key, rowToConversation(row));
    const tail = said.get(row.id) ?? [];
    kept.tails.set(key, { seq: row.seq, said: tail, isWhole: tail.length < tailLength });
    // In the order of their ids. One that was closed while its lock was waited for is current no more.
    if (row.status !== 'closed') newest.set(`${keyOf(row.workspace_id, row.session_hash)} ${row.contact_id}`, row.id);
  }
  for (const { workspaceId, tokenHash, conversation } of all) {
    if (tokenHash === null) continue;
    const key = keyOf(workspaceId, tokenHash);
    const session = kept.sessions.get(key)?.session;
    if (conversation !== undefined || !session || session.verified) continue;
    const current = newest.get(`${key} ${session.contactId}`);
    if (current !== undefined) kept.currents.set(key, current);
  }
}
