// What both namespaces are given, and the few things they tell each other.
import type { IncomingMessage } from 'node:http';
import type { Server, Socket } from 'socket.io';
import { failure } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Workspace } from '../store/workspaces.ts';
import type { Limiter } from '../limits.ts';
import type { Attendance } from './attendance.ts';
import type { Availability } from './availability.ts';
import type { Nodes } from './nodes.ts';

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
  attendance: Attendance;
  availability: Availability;
  nodes: Nodes;
  limiters: { visitor: Limiter; address: Limiter; agent: Limiter };
  /** To be awaited before a socket reads what it shows: what other nodes commit from now on is told here. */
  watch(workspaceId: string): Promise<void>;
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

/** Typing and the like: to whoever is there now, on all nodes; not to the socket it came from. */
export function say(
  realtime: Realtime,
  namespace: '/visitor' | '/agent',
  room: string,
  event: 'typing',
  body: object,
  from?: Socket,
): void {
  (from ?? realtime.io.of(namespace)).to(room).volatile.emit(event, body);
  realtime.nodes.tell('said', { namespace, room, event, body });
}
