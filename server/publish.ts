// After the commit: each change to its audience. One packet per conversation and per workspace and turn of the event loop.
import type { Server } from 'socket.io';
import type { Author, Change } from '../shared/conversation.ts';
import type { FeedItem, MeView } from '../shared/protocol.ts';

export interface Published {
  workspaceId: string;
  conversation?: { id: number; contactId: string; changes: Change[] };
  items: FeedItem[];
  /** Sockets of a session, or of a verified contact, which from now on hear a conversation; `isNews`: which they do not know of yet. */
  joins: { room: string; conversation: number; isNews?: boolean }[];
  /** Sockets of a room that change rooms, because their contact became another one. */
  moves?: { room: string; into: string[]; outOf: string[] }[];
  /** Sockets which may not see these conversations any more: they drop them and ask anew. */
  reloads?: { room: string; conversations: number[] }[];
  /** When the first of the jobs that were left is due. */
  jobDueAt?: number;
  /** The contact behind these rooms' sockets became another or rose. */
  me?: { rooms: string[]; view: MeView }[];
  /** Sockets of this session are told and closed, save the one that asked: it learns it from its reply. */
  ended?: Ended[];
}

export interface Ended {
  sessionHash: string;
  reason: 'logout' | 'identity_changed' | 'rotated' | 'revoked';
  exceptSocket: string | null;
}

export interface Publisher {
  /** To be called in the order of commits; never throws. */
  committed(published: Published): void;
}

export const rooms = {
  conversation: (id: number): string => `c:${id}`,
  conversationIn: (room: string): number | null => (room.startsWith('c:') ? Number(room.slice(2)) : null),
  /** A browser may hold one token for several workspaces: they never hear of each other. */
  session: (workspaceId: string, hash: string): string => `s:${workspaceId}:${hash}`,
  /** All sockets that were proved to be this contact. */
  contact: (id: string): string => `u:${id}`,
  workspaceVisitors: (id: string): string => `v:${id}`,
  agents: (workspaceId: string): string => `a:${workspaceId}`,
};

/** Its own name is no news to a visitor; and in a conversation of a contact that was merged, that name may be another person's. */
const authorForVisitor = (author: Author): Author => (author.kind === 'contact' ? { ...author, name: null } : author);

/** What a visitor may see of an entry: notes stay hidden, an agent's cid is its own business. */
export function changeForVisitor(change: Change): Change {
  if ((change.kind === 'edited' || change.kind === 'deleted') && change.note) return { kind: 'hidden', seq: change.seq, at: change.at };
  if ('by' in change && typeof change.by === 'object') return { ...change, by: authorForVisitor(change.by) } as Change;
  if (change.kind !== 'message') return change;
  if (change.message.kind === 'note') return { kind: 'hidden', seq: change.seq, at: change.at };
  if (change.message.author.kind === 'contact')
    return { ...change, message: { ...change.message, author: authorForVisitor(change.message.author) } };
  if (change.message.cid === undefined) return change;
  const { cid: _, ...message } = change.message;
  return { ...change, message };
}

/** An agent's screen joins its own messages by cid; a visitor's cid is of no use there. */
export function changeForAgent(change: Change): Change {
  if (change.kind !== 'message' || change.message.author.kind === 'agent' || change.message.cid === undefined) return change;
  const { cid: _, ...message } = change.message;
  return { ...change, message };
}

export const itemForAgent = (item: FeedItem): FeedItem => (item.change ? { ...item, change: changeForAgent(item.change) } : item);

/** @param io whose sockets are told: this node's */
export function createPublisher(io: Server, log: { error(details: unknown, message: string): void }): Publisher {
  const visitors = io.of('/visitor');
  const agents = io.of('/agent');
  let changes = new Map<number, Change[]>();
  let feed = new Map<string, FeedItem[]>();
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    const [changesNow, feedNow] = [changes, feed];
    changes = new Map();
    feed = new Map();
    for (const [conversation, list] of changesNow)
      visitors.to(rooms.conversation(conversation)).emit('changes', { conversation, changes: list });
    for (const [workspace, items] of feedNow) agents.to(rooms.agents(workspace)).emit('feed', { items });
  }

  function end(workspaceId: string, { sessionHash, reason, exceptSocket }: Ended): void {
    const all = visitors.in(rooms.session(workspaceId, sessionHash));
    const room = exceptSocket === null ? all : all.except(exceptSocket);
    room.emit('session.ended', { reason });
    room.disconnectSockets(true);
    // The socket that asked lives on to hear its reply, but nothing more of what the session could see.
    const asking = exceptSocket === null ? undefined : visitors.sockets.get(exceptSocket);
    if (!asking) return;
    (asking.data as { isEnded?: boolean }).isEnded = true;
    for (const joined of asking.rooms)
      if (joined !== asking.id && joined !== rooms.workspaceVisitors(workspaceId)) void asking.leave(joined);
  }

  function deliver(p: Published): void {
    for (const move of p.moves ?? []) {
      if (move.outOf.length > 0) visitors.in(move.room).socketsLeave(move.outOf);
      if (move.into.length > 0) visitors.in(move.room).socketsJoin(move.into);
    }
    for (const { room, conversation, isNews } of p.joins) {
      visitors.in(room).socketsJoin(rooms.conversation(conversation));
      // Of a conversation it does not know a client asks by itself.
      if (isNews) visitors.to(room).emit('changes', { conversation, changes: [] });
    }
    for (const { room, conversations } of p.reloads ?? [])
      for (const conversation of conversations) visitors.to(room).emit('reload', { conversation });
    if (p.conversation && p.conversation.changes.length > 0) {
      const list = changes.get(p.conversation.id) ?? [];
      list.push(...p.conversation.changes.map(changeForVisitor));
      changes.set(p.conversation.id, list);
    }
    if (p.items.length > 0) {
      const list = feed.get(p.workspaceId) ?? [];
      for (const item of p.items) list.push(itemForAgent(item));
      feed.set(p.workspaceId, list);
    }
    for (const { rooms: to, view } of p.me ?? []) visitors.to(to).emit('me', view);
    for (const ended of p.ended ?? []) end(p.workspaceId, ended);
    if (!scheduled) {
      scheduled = true;
      queueMicrotask(flush);
    }
  }

  return {
    committed(published) {
      try {
        deliver(published);
      } catch (error) {
        // The push is only a hint: the log holds it, and the next sync brings it.
        log.error({ error }, 'a push failed');
      }
    },
  };
}
