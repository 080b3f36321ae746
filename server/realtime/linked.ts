// Several nodes, one database: what happens on the others reaches the sockets of this one.
import { Refusal } from '../actions/refusal.ts';
import type { Deps } from '../deps.ts';
import { rooms } from '../publish.ts';
import type { Published, Publisher } from '../publish.ts';
import { listRevoked, listSessions } from '../store/sessions.ts';
import { createCatchUp } from './catch-up.ts';
import type { CatchUp } from './catch-up.ts';
import type { Hearers, Nodes } from './nodes.ts';
import { endAgentSession } from './shared.ts';
import type { Realtime } from './shared.ts';
import { readAgain } from './visitor.ts';
import type { VisitorSocket } from './visitor.ts';

/** Who is connected is told so often, and what was counted. */
const tellMs = 1000;
/** Sessions that ended elsewhere are looked up so often, should the word of it be lost. */
const sessionsMs = 10_000;
const pieces = 500;

export interface Linked {
  /** What was committed here. */
  told(published: Published): void;
  watch(workspaceId: string): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export interface LinkedOptions {
  realtime: Realtime;
  deps: Deps;
  nodes: Nodes;
  /** Tells this node's sockets, and nobody else. */
  local: Publisher;
}

export function createLinked({ realtime, deps, nodes, local }: LinkedOptions): Linked {
  const { io, attendance } = realtime;
  const [visitors, agents] = [io.of('/visitor'), io.of('/agent')];
  const timers: NodeJS.Timeout[] = [];

  const catchUp: CatchUp = createCatchUp({
    deps,
    isLinked: () => nodes.isLinked(),
    audience: (workspaceId) => ({
      agents: agents.adapter.rooms.has(rooms.agents(workspaceId)),
      visitors: visitors.adapter.rooms.has(rooms.workspaceVisitors(workspaceId)),
      conversation: (id) => visitors.adapter.rooms.has(rooms.conversation(id)),
    }),
    deliver: (published) => local.committed(published),
    recheck,
    reload(workspaceId, conversations) {
      agents.to(rooms.agents(workspaceId)).emit('reload', {});
      for (const { id, head } of conversations) visitors.to(rooms.conversation(id)).emit('synced', { conversation: id, head });
    },
  });

  async function recheck(workspaceId: string, contacts: readonly string[]): Promise<void> {
    const known = contacts.flatMap((contact) => attendance.socketsOf(contact));
    for (const id of new Set([...known, ...(await newcomers(workspaceId))])) {
      const socket = visitors.sockets.get(id);
      if (!socket) continue;
      await readAgain(realtime, deps, socket.data as VisitorSocket).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        if (error.failure.code !== 'session_revoked') return;
        socket.emit('session.ended', { reason: 'revoked' });
        socket.disconnect(true);
      });
    }
  }

  /** Sockets that were nobody's until their session came to be on another node: no contact leads to them. */
  async function newcomers(workspaceId: string): Promise<string[]> {
    const byHash = new Map<string, string[]>();
    for (const id of visitors.adapter.rooms.get(rooms.workspaceVisitors(workspaceId)) ?? []) {
      const { isKnown, visitor } = (visitors.sockets.get(id)?.data ?? {}) as Partial<VisitorSocket>;
      if (isKnown || !visitor?.tokenHash) continue;
      byHash.set(visitor.tokenHash, [...(byHash.get(visitor.tokenHash) ?? []), id]);
    }
    const found: string[] = [];
    for (const some of inPieces([...byHash.keys()])) {
      const sessions = await deps.store.in(workspaceId).read((tx) => listSessions(tx, some));
      for (const { hash } of sessions) found.push(...(byHash.get(hash) ?? []));
    }
    return found;
  }

  /** P16: a session that was ended on another node ends here, even if nobody told us. */
  async function endRevoked(): Promise<void> {
    const hashes = new Map<string, Set<string>>();
    for (const socket of visitors.sockets.values()) {
      const { visitor } = socket.data as VisitorSocket;
      if (visitor.tokenHash === null) continue;
      const ofWorkspace = hashes.get(visitor.workspace.id) ?? new Set();
      hashes.set(visitor.workspace.id, ofWorkspace.add(visitor.tokenHash));
    }
    for (const [workspaceId, set] of hashes)
      for (const some of inPieces([...set])) {
        const revoked = await deps.store.in(workspaceId).read((tx) => listRevoked(tx, some));
        const ended = revoked.map((sessionHash) => ({ sessionHash, reason: 'revoked' as const, exceptSocket: null }));
        if (ended.length > 0) local.committed({ workspaceId, items: [], joins: [], ended });
      }
  }

  const hearers: Hearers = {
    published(published) {
      local.committed(published);
      catchUp.saw(published);
      if (published.jobDueAt !== undefined) deps.jobs.wake(published.jobDueAt);
    },
    said: ({ namespace, room, event, body }) => void io.of(namespace).to(room).volatile.emit(event, body),
    workspace_changed: ({ workspaceId }) => realtime.workspaces.forget(workspaceId),
    agent_session_ended: ({ sessionHash, reason }) => endAgentSession(io, sessionHash, reason),
    agents: attendance.heard.agents,
    visitors: attendance.heard.visitors,
    watching: attendance.heard.watching,
    counted: (counted) => deps.limits.add(counted),
    bye: (_, node) => attendance.heard.bye(node),
  };

  function tick(): void {
    if (!nodes.isLinked()) return;
    attendance.tellNodes();
    const counted = deps.limits.drain();
    if (Object.keys(counted).length > 0) nodes.tell('counted', counted);
  }

  return {
    told(published) {
      catchUp.saw(published);
      nodes.tell('published', published);
    },
    watch: (workspaceId) => catchUp.watch(workspaceId),
    start() {
      nodes.listen(hearers, (isUp) => {
        if (isUp) attendance.linked();
        catchUp.look();
      });
      catchUp.start();
      const every = (ms: number, work: () => void): void => void timers.push(setInterval(work, ms).unref());
      every(tellMs, tick);
      every(sessionsMs, () => void endRevoked().catch((error: unknown) => deps.log.debug({ error }, 'sessions could not be looked up')));
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await catchUp.stop();
      await nodes.close();
    },
  };
}

function* inPieces<T>(all: readonly T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += pieces) yield all.slice(i, i + pieces);
}
