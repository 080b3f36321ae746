// Visitors by contact and agents by id, each with the sockets they are there by.
import type { ContactCard } from '../../shared/protocol.ts';

export type Page = ContactCard['page'];

/** What agents are told. */
export interface PresenceChange {
  contact: string;
  online: boolean;
  page: Page;
}

export interface VisitorPresence {
  /** @returns what changed by it: the contact came, or moved to another page; the one whom this socket was before left */
  join(socketId: string, contactId: string, page: Page): PresenceChange[];
  /** @returns what changed by it: the contact left, or is on the page of another tab */
  leave(socketId: string): PresenceChange[];
  isOnline(contactId: string): boolean;
  /** Of the tab that came last. */
  pageOf(contactId: string): Page;
  /** Sockets which are this contact. */
  socketsOf(contactId: string): string[];
  /** The contacts which these sockets are, each once. */
  contactsOf(socketIds: Iterable<string>): PresenceChange[];
}

export function createVisitorPresence(): VisitorPresence {
  const contactBySocket = new Map<string, string>();
  const socketsByContact = new Map<string, Map<string, Page>>();
  const isOnline = (contactId: string): boolean => socketsByContact.has(contactId);
  const pageOf = (contactId: string): Page => [...(socketsByContact.get(contactId)?.values() ?? [])].at(-1) ?? null;

  function changeOf(contact: string, alter: () => void): PresenceChange[] {
    const before = { online: isOnline(contact), page: pageOf(contact) };
    alter();
    const after = { online: isOnline(contact), page: pageOf(contact) };
    const isSame = before.online === after.online && before.page?.url === after.page?.url && before.page?.title === after.page?.title;
    return isSame ? [] : [{ contact, ...after }];
  }
  function leave(socketId: string): PresenceChange[] {
    const contactId = contactBySocket.get(socketId);
    if (contactId === undefined) return [];
    contactBySocket.delete(socketId);
    return changeOf(contactId, () => {
      const sockets = socketsByContact.get(contactId);
      sockets?.delete(socketId);
      if (sockets?.size === 0) socketsByContact.delete(contactId);
    });
  }
  return {
    join(socketId, contactId, page) {
      const left = contactBySocket.get(socketId) === contactId ? [] : leave(socketId);
      contactBySocket.set(socketId, contactId);
      const came = changeOf(contactId, () => {
        const sockets = socketsByContact.get(contactId) ?? new Map<string, Page>();
        sockets.set(socketId, page);
        socketsByContact.set(contactId, sockets);
      });
      return [...left, ...came];
    },
    leave,
    isOnline,
    pageOf,
    socketsOf: (contactId) => [...(socketsByContact.get(contactId)?.keys() ?? [])],
    contactsOf(socketIds) {
      const contacts = new Set<string>();
      for (const id of socketIds) {
        const contact = contactBySocket.get(id);
        if (contact !== undefined) contacts.add(contact);
      }
      return [...contacts].map((contact) => ({ contact, online: true, page: pageOf(contact) }));
    },
  };
}

export interface AgentPresence {
  /** True where this was the agent's first socket. */
  join(workspaceId: string, agentId: number): boolean;
  /** True where it was the last. */
  leave(workspaceId: string, agentId: number): boolean;
  isOnline(workspaceId: string, agentId: number): boolean;
  anyOnline(workspaceId: string): boolean;
  /** Ids by workspace. */
  list(): Record<string, number[]>;
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
    list: () => Object.fromEntries([...counts].map(([workspaceId, agents]) => [workspaceId, [...agents.keys()]])),
  };
}
