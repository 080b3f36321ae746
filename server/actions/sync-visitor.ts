// P7: what a visitor's socket may see, and the pages it misses.
import type { Change, ConversationView } from '../../shared/conversation.ts';
import { maxResumeGap } from '../../shared/protocol.ts';
import type { HistoryReply, VisitorSyncReply } from '../../shared/protocol.ts';
import type { Deps } from '../deps.ts';
import { changeForVisitor } from '../publish.ts';
import { findConversation, listConversationsOfContact } from '../store/conversations.ts';
import type { Conversation } from '../store/conversations.ts';
import { listChanges } from '../store/messages.ts';
import type { Tx } from '../store/query.ts';
import type { Session } from '../store/sessions.ts';
import { inPages, lastPage } from './pages.ts';
import { Refusal } from './refusal.ts';
import { findVisitor, maySee } from './session.ts';
import type { Visitor } from './session.ts';
import { toldMe } from './told-contact.ts';
import { authorOfAgent, conversationToView } from './turn.ts';

export interface VisitorState {
  reply: VisitorSyncReply;
  session: Session | null;
}

/** Who the socket is and what it may see. P7: only what is read after its rooms were joined misses nothing. */
export async function readVisitorState(deps: Deps, visitor: Visitor): Promise<VisitorState> {
  return deps.store.in(visitor.workspace.id).read(async (tx) => {
    const found = await findVisitor(tx, visitor);
    const seen = found ? await listSeen(tx, found.session) : [];
    const conversations: ConversationView[] = [];
    for (const c of seen) conversations.push(conversationToView(c, await authorOfAgent(tx, c.assigneeId)));
    return {
      session: found?.session ?? null,
      reply: { epoch: deps.store.epoch, me: await toldMe(tx, found?.contact ?? null, found?.session ?? null), conversations },
    };
  });
}

/** Asked for by the session, where it sees its own alone: its contact may have many that are newer. */
async function listSeen(tx: Tx, session: Session): Promise<Conversation[]> {
  const all = await listConversationsOfContact(tx, session.contactId, session.verified ? null : session.tokenHash);
  return all.filter((conversation) => maySee(session, conversation));
}

export type Page = { kind: 'changes'; changes: Change[] } | { kind: 'reload' };

/**
 * The entries after `after`, page by page, oldest first, each page at most 200 entries or 256 kB; `reload` where the gap is
 * wider than 1,000 or the client is ahead of the log (P6).
 */
export async function* readGap(deps: Deps, visitor: Visitor, conversationId: number, after: number): AsyncGenerator<Page, number> {
  const store = deps.store.in(visitor.workspace.id);
  const head = await store.read(async (tx) => (await visibleConversation(tx, visitor, conversationId)).seq);
  if (after > head || head - after > maxResumeGap) {
    yield { kind: 'reload' };
    return head;
  }
  const read = (from: number, upTo: number): Promise<Change[]> =>
    store.read(async (tx) => {
      // It may have been taken from this visitor meanwhile, by an undone merge.
      await visibleConversation(tx, visitor, conversationId);
      return (await listChanges(tx, conversationId, from, upTo)).map(changeForVisitor);
    });
  for await (const changes of inPages(after, head, read)) yield { kind: 'changes', changes };
  return head;
}

async function visibleConversation(tx: Tx, visitor: Visitor, id: number): Promise<Conversation> {
  const found = await findVisitor(tx, visitor);
  const conversation = await findConversation(tx, id);
  if (!found || !conversation || !maySee(found.session, conversation))
    throw new Refusal('not_found', 'There is no such conversation for this visitor.');
  return conversation;
}

export async function assertMaySee(deps: Deps, visitor: Visitor, conversationId: number): Promise<Conversation> {
  return deps.store.in(visitor.workspace.id).read((tx) => visibleConversation(tx, visitor, conversationId));
}

/** The newest entries below `before` (or of all), oldest first. */
export async function readVisitorHistory(
  deps: Deps,
  visitor: Visitor,
  body: { conversation: number; before?: number | undefined; limit?: number | undefined },
): Promise<HistoryReply> {
  return deps.store.in(visitor.workspace.id).read(async (tx) => {
    const conversation = await visibleConversation(tx, visitor, body.conversation);
    const history = await readHistory(tx, conversation, body);
    return { ...history, changes: history.changes.map(changeForVisitor) };
  });
}

/** As agents see it. Status and read marks of the view are those of `head`. */
export async function readHistory(
  tx: Tx,
  conversation: Conversation,
  range: { before?: number | undefined; limit?: number | undefined },
): Promise<HistoryReply> {
  const upTo = Math.min(conversation.seq, (range.before ?? conversation.seq + 1) - 1);
  const after = Math.max(0, upTo - (range.limit ?? 50));
  const found = upTo > after ? await listChanges(tx, conversation.id, after, upTo) : [];
  const changes = lastPage(found);
  return {
    changes,
    head: conversation.seq,
    more: after > 0 || changes.length < found.length,
    conversation: conversationToView(conversation, await authorOfAgent(tx, conversation.assigneeId)),
  };
}
