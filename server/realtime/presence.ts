// Who is there right now: visitors by contact, agents by id. In memory: it ends with the sockets it is about.
import type { ContactCard } from '../../shared/protocol.ts';

type Page = ContactCard['page'];

export interface VisitorPresence {
  /** True where the contact was not there before. */
  join(socketId: string, contactId: string, page: Page): boolean;
  /** @returns the contact that is now gone, if it is */
  leave(socketId: string): string | null;
  isOnline(contactId: string): boolean;
  pageOf(contactId: string): Page;
}

export function createVisitorPresence(): VisitorPresence {
  const contactBySocket = new Map<string, string>();
  const socketsByContact = new Map<string, Map<string, Page>>();
  function leave(socketId: string): string | null {
    const contactId = contactBySocket.get(socketId);
    if (contactId === undefined) return null;
    contactBySocket.delete(socketId);
    const sockets = socketsByContact.get(contactId);
    sockets?.delete(socketId);
    if (sockets && sockets.size > 0) return null;
    socketsByContact.delete(contactId);
    return contactId;
  }
  return {
    join(socketId, contactId, page) {
      if (contactBySocket.get(socketId) !== contactId) leave(socketId);
      const sockets = socketsByContact.get(contactId) ?? new Map<string, Page>();
      const isNew = sockets.size === 0;
      sockets.set(socketId, page);
      socketsByContact.set(contactId, sockets);
      contactBySocket.set(socketId, contactId);
      return isNew;
    },
    leave,
    isOnline: (contactId) => socketsByContact.has(contactId),
    pageOf: (contactId) => [...(socketsByContact.get(contactId)?.values() ?? [])].at(-1) ?? null,
  };
}

export interface AgentPresence {
  /** True where this was the agent's first socket. */
  join(workspaceId: string, agentId: number): boolean;
  /** True where it was the last. */
  leave(workspaceId: string, agentId: number): boolean;
  isOnline(workspaceId: string, agentId: number): boolean;
  anyOnline(workspaceId: string): boolean;
}

export function createAgentPresence(): AgentPresence {
  const counts = new Map<string, Map<number, number>>();
  return {
    join(workspaceId, agentId) {
      const agents = counts.get(workspaceId) ?? new Map<number, number>();
      counts.set(workspaceId, agents);
      agents.set(agentId, (agents.get(agentId) ?? 0) + 1);
      return agents.get(agentId) === 1;
    },
    leave(workspaceId, agentId) {
      const agents = counts.get(workspaceId);
      const left = (agents?.get(agentId) ?? 1) - 1;
      if (left > 0) agents?.set(agentId, left);
      else agents?.delete(agentId);
      if (agents?.size === 0) counts.delete(workspaceId);
      return left <= 0;
    },
    isOnline: (workspaceId, agentId) => counts.get(workspaceId)?.has(agentId) ?? false,
    anyOnline: (workspaceId) => counts.has(workspaceId),
  };
}
