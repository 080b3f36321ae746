// The Socket.IO server: who may open a connection at all, and what all namespaces share.
import type { IncomingMessage } from 'node:http';
import { Server } from 'socket.io';
import type { Auth } from '../auth.ts';
import type { Deps } from '../deps.ts';
import type { Limiter } from '../limits.ts';
import { isOriginAllowed, isSameHost } from '../origin.ts';
import { rooms } from '../publish.ts';
import { createAttendance } from './attendance.ts';
import { createAvailability } from './availability.ts';
import type { Nodes } from './nodes.ts';
import { guardPressure } from './pressure.ts';
import { realtimeLimits } from './shared.ts';
import type { Realtime, RealtimeLimits } from './shared.ts';
import { bindAgents, tellAgents } from './agent.ts';
import { bindVisitors } from './visitor.ts';
import { createWorkspaceCache } from './workspace-cache.ts';

/** @param websocketOnly polling is refused: clients try WebSocket first in any case, and try that again */
export function createIo(websocketOnly = false): Server {
  return new Server({
    path: '/socket.io',
    serveClient: false,
    transports: websocketOnly ? ['websocket'] : ['websocket', 'polling'],
    // A half-open connection is noticed within 25 s.
    pingInterval: 20_000,
    pingTimeout: 5000,
    connectTimeout: 10_000,
    maxHttpBufferSize: 1_000_000,
    perMessageDeflate: false,
    // Which origins may connect is decided in allowRequest, for WebSockets too, which `cors` does not stop.
    cors: { origin: true, credentials: true },
  });
}

export interface RealtimeOptions {
  limits?: RealtimeLimits;
  nodes: Nodes;
  watch(workspaceId: string): Promise<void>;
  /** The client's address of a request, given the peer's, as far as the proxies in between are trusted. */
  addressOf(request: IncomingMessage, peer: string): string;
}

export function bindRealtime(io: Server, deps: Deps, auth: Auth, options: RealtimeOptions): Realtime {
  const limits = options.limits ?? realtimeLimits;
  const { nodes } = options;
  const bucket = (name: string, points: number): Limiter => deps.limits.limiter(name, points, 10);
  const realtime: Realtime = {
    io,
    workspaces: createWorkspaceCache(deps.store, deps.now),
    attendance: createAttendance({ io, nodes, agentsChanged: (workspaceId) => void tellAgents(realtime, deps, workspaceId) }),
    // Of this node, as each node tells its own.
    availability: createAvailability({
      isAnybodyHere: (workspaceId) => realtime.attendance.agents.anyOnline(workspaceId),
      tell: (workspaceId, online) => io.of('/visitor').to(rooms.workspaceVisitors(workspaceId)).emit('presence', { online }),
    }),
    nodes,
    limiters: {
      visitor: bucket('visitor', limits.perVisitor),
      address: bucket('address', limits.perAddress),
      agent: bucket('agent', limits.perAgent),
    },
    watch: options.watch,
    addressOf: options.addressOf,
  };
  guardOrigins(io, realtime);
  guardPressure(io);
  bindVisitors(realtime, deps);
  bindAgents(realtime, deps, auth);
  return realtime;
}

function guardOrigins(io: Server, realtime: Realtime): void {
  async function isAllowed(request: IncomingMessage): Promise<boolean> {
    const { origin, host } = request.headers;
    if (origin === undefined || isSameHost(origin, `http://${host}`)) return true;
    const appId = new URL(request.url ?? '/', 'http://x').searchParams.get('app_id');
    const workspace = appId === null ? null : await realtime.workspaces.byAppId(appId);
    return workspace !== null && isOriginAllowed(origin, workspace.settings.allowedOrigins, `http://${host}`);
  }
  io.engine.opts.allowRequest = (request, callback) => {
    isAllowed(request).then(
      (allowed) => callback(allowed ? null : 'origin_refused', allowed),
      () => callback('unavailable', false),
    );
  };
  // Engine.IO asks allowRequest for handshakes only; requests of a known connection come by here.
  io.engine.use((request: IncomingMessage & { _query?: Record<string, string> }, _response: unknown, next: (error?: Error) => void) => {
    if (request._query?.['sid'] === undefined) return next();
    isAllowed(request).then(
      (allowed) => next(allowed ? undefined : new Error('origin_refused')),
      () => next(new Error('unavailable')),
    );
  });
}
