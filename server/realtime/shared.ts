// What both namespaces are given, and the few things they tell each other.
import type { IncomingMessage } from 'node:http';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Server } from 'socket.io';
import { failure } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { rooms } from '../publish.ts';
import type { Workspace } from '../store/workspaces.ts';
import type { AgentPresence, VisitorPresence } from './presence.ts';

export interface RealtimeLimits {
  /** Commands of one visitor's session in 10 s. */
  perVisitor: number;
  /** Commands from one address in 10 s; this machine's own is a proxy's and not one person's, so it is free. */
  perAddress: number;
  perAgent: number;
}

export const realtimeLimits: RealtimeLimits = { perVisitor: 200, perAddress: 4000, perAgent: 5000 };

export interface Realtime {
  io: Server;
  workspaces: WorkspaceCache;
  visitors: VisitorPresence;
  agents: AgentPresence;
  limiters: { visitor: RateLimiterMemory; address: RateLimiterMemory; agent: RateLimiterMemory };
  /** The address a handshake came from, as far as proxies are trusted. */
  addressOf(request: IncomingMessage, address: string): string;
}

export interface WorkspaceCache {
  byAppId(appId: string): Promise<Workspace | null>;
  /** It was changed: it is read anew for all who ask from now on. */
  forget(workspaceId: string): void;
}

/** A refused handshake's `connect_error` carries the failure as `data`. */
export function refused(code: ErrorCode): Error {
  const value = failure(code);
  return Object.assign(new Error(value.message), { data: value });
}

export const agentSessionRoom = (sessionHash: string): string => `as:${sessionHash}`;

export function endAgentSession(io: Server, sessionHash: string, reason: 'logout' | 'revoked' = 'logout'): void {
  const sockets = io.of('/agent').in(agentSessionRoom(sessionHash));
  sockets.emit('session.ended', { reason });
  sockets.disconnectSockets(true);
}

/** Visitors learn at once whether anybody is there to answer. */
export function tellPresence(realtime: Realtime, workspaceId: string): void {
  realtime.io
    .of('/visitor')
    .to(rooms.workspaceVisitors(workspaceId))
    .emit('presence', { online: realtime.agents.anyOnline(workspaceId) });
}
