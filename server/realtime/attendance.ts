// Who is there, on this node and on the others, and who is told of it. Nothing of it is stored: it ends with the sockets it is about.
import type { Server } from 'socket.io';
import { rooms } from '../publish.ts';
import type { News, Nodes } from './nodes.ts';
import { createAgentPresence, createVisitorPresence } from './presence.ts';
import type { AgentPresence, Page, VisitorPresence } from './presence.ts';
import { createWhereabouts } from './whereabouts.ts';

/** A node that says nothing for so long is gone, and with it those who were connected to it. */
const goneMs = 10_000;
/** Visitors told of in one message. */
const pieces = 500;

export interface Attendance {
  /** On all nodes. */
  visitors: Pick<VisitorPresence, 'isOnline' | 'pageOf'>;
  agents: Pick<AgentPresence, 'isOnline' | 'anyOnline'>;
  visitorCame(workspaceId: string, socketId: string, contactId: string, page: Page): void;
  visitorLeft(workspaceId: string, socketId: string): void;
  agentCame(workspaceId: string, agentId: number): void;
  agentLeft(workspaceId: string, agentId: number): void;
  /** This node's sockets that are this contact. */
  socketsOf(contactId: string): string[];
  /** What other nodes tell. */
  heard: {
    agents(news: News['agents'], node: string): void;
    visitors(news: News['visitors'], node: string): void;
    watching(news: News['watching']): void;
    bye(node: string): void;
  };
  /** To be called every second while nodes hear each other. */
  tellNodes(): void;
  /** Nodes hear each other again: nobody was silent of their own will. */
  linked(): void;
  stop(): void;
}

export interface AttendanceOptions {
  io: Server;
  nodes: Nodes;
  /** Agents of this workspace came or left, somewhere. */
  agentsChanged(workspaceId: string): void;
}

interface Peer {
  heardAt: number;
  agents: Record<string, number[]>;
  visitors: Map<string, Set<string>>;
}

export function createAttendance({ io, nodes, agentsChanged }: AttendanceOptions): Attendance {
  const here = { visitors: createVisitorPresence(), agents: createAgentPresence() };
  const all = { visitors: createVisitorPresence(), agents: createAgentPresence() };
  /** A node is one more socket of each of its visitors. */
  const entry = (node: string, contact: string): string => `${node}/${contact}`;
  const peers = new Map<string, Peer>();
  /** The server stops: who leaves now is told by nobody. */
  let isOver = false;

  const toAgents = createWhereabouts({
    isWatched: (workspaceId) => here.agents.anyOnline(workspaceId),
    tell: (workspaceId, changes) => io.of('/agent').to(rooms.agents(workspaceId)).emit('visitors', { changes }),
  });
  const toNodes = createWhereabouts({
    isWatched: (workspaceId) => [...peers.values()].some((peer) => (peer.agents[workspaceId]?.length ?? 0) > 0),
    tell: (workspaceId, changes) => nodes.tell('visitors', { workspaceId, changes }),
  });

  function peerOf(node: string): Peer {
    const peer = peers.get(node) ?? { heardAt: 0, agents: {}, visitors: new Map<string, Set<string>>() };
    peer.heardAt = performance.now();
    peers.set(node, peer);
    return peer;
  }

  function takeAgents(peer: Peer, next: Record<string, number[]>): void {
    const before = peer.agents;
    peer.agents = next;
    for (const workspaceId of new Set([...Object.keys(before), ...Object.keys(next)])) {
      const [was, is] = [before[workspaceId] ?? [], next[workspaceId] ?? []];
      const came = is.filter((id) => !was.includes(id)).map((id) => all.agents.join(workspaceId, id));
      const left = was.filter((id) => !is.includes(id)).map((id) => all.agents.leave(workspaceId, id));
      if (came.includes(true) || left.includes(true)) agentsChanged(workspaceId);
    }
  }

  function takeVisitors(node: string, { workspaceId, changes }: News['visitors']): void {
    const { visitors } = peerOf(node);
    const known = visitors.get(workspaceId) ?? new Set<string>();
    visitors.set(workspaceId, known);
    for (const { contact, online, page } of changes) {
      if (online) known.add(contact);
      else known.delete(contact);
      const id = entry(node, contact);
      toAgents.changed(workspaceId, online ? all.visitors.join(id, contact, page) : all.visitors.leave(id));
    }
  }

  function forget(node: string): void {
    const peer = peers.get(node);
    if (!peer) return;
    takeAgents(peer, {});
    for (const [workspaceId, contacts] of peer.visitors)
      for (const contact of contacts) toAgents.changed(workspaceId, all.visitors.leave(entry(node, contact)));
    peers.delete(node);
  }

  const tellAgents = (): void => nodes.tell('agents', { byWorkspace: here.agents.list() });

  return {
    visitors: all.visitors,
    agents: all.agents,
    visitorCame(workspaceId, socketId, contactId, page) {
      toNodes.changed(workspaceId, here.visitors.join(socketId, contactId, page));
      toAgents.changed(workspaceId, all.visitors.join(socketId, contactId, page));
    },
    visitorLeft(workspaceId, socketId) {
      toNodes.changed(workspaceId, here.visitors.leave(socketId));
      toAgents.changed(workspaceId, all.visitors.leave(socketId));
    },
    agentCame(workspaceId, agentId) {
      const isFirst = !here.agents.anyOnline(workspaceId);
      if (here.agents.join(workspaceId, agentId)) tellAgents();
      if (isFirst) nodes.tell('watching', { workspaceId });
      if (all.agents.join(workspaceId, agentId)) agentsChanged(workspaceId);
    },
    agentLeft(workspaceId, agentId) {
      if (isOver) return;
      if (here.agents.leave(workspaceId, agentId)) tellAgents();
      if (all.agents.leave(workspaceId, agentId)) agentsChanged(workspaceId);
    },
    socketsOf: here.visitors.socketsOf,
    heard: {
      agents: ({ byWorkspace }, node) => takeAgents(peerOf(node), byWorkspace),
      visitors: (news, node) => takeVisitors(node, news),
      watching({ workspaceId }) {
        const changes = here.visitors.contactsOf(io.of('/visitor').adapter.rooms.get(rooms.workspaceVisitors(workspaceId)) ?? []);
        for (let i = 0; i < changes.length; i += pieces) nodes.tell('visitors', { workspaceId, changes: changes.slice(i, i + pieces) });
      },
      bye: forget,
    },
    tellNodes() {
      tellAgents();
      const now = performance.now();
      for (const [node, { heardAt }] of peers) if (now - heardAt > goneMs) forget(node);
    },
    linked() {
      for (const peer of peers.values()) peer.heardAt = performance.now();
      tellAgents();
      for (const workspaceId of Object.keys(here.agents.list())) nodes.tell('watching', { workspaceId });
    },
    stop() {
      isOver = true;
      toAgents.stop();
      toNodes.stop();
    },
  };
}
