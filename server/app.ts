// Puts Express and Socket.IO together. Does not listen.
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server as HttpServer } from 'node:http';
import express from 'express';
import type { Server } from 'socket.io';
import { createAuth } from './auth.ts';
import type { Auth } from './auth.ts';
import type { Deps } from './deps.ts';
import { removeFile } from './files.ts';
import type { Assets } from './http/assets.ts';
import type { HttpOptions } from './http/context.ts';
import { createHttp } from './http/serve.ts';
import { createWordIndexer } from './jobs/index-words.ts';
import { jobKinds } from './jobs/kinds.ts';
import { createJobRunner } from './jobs/run.ts';
import { createLimits } from './limits.ts';
import { createMailer } from './mail.ts';
import { createOutbound } from './outbound.ts';
import type { OutboundOptions } from './outbound.ts';
import { createPublisher } from './publish.ts';
import { createLinked } from './realtime/linked.ts';
import type { Linked } from './realtime/linked.ts';
import { alone } from './realtime/nodes.ts';
import type { Nodes } from './realtime/nodes.ts';
import { bindRealtime, createIo } from './realtime/realtime.ts';
import { endAgentSession } from './realtime/shared.ts';
import type { RealtimeLimits } from './realtime/shared.ts';

export interface AppOptions extends HttpOptions {
  assets: Assets;
  /** The others that share the database; left out: there are none, or they are not heard of but through it. */
  nodes?: Nodes;
  limits?: RealtimeLimits;
  /** Polling is refused, which needs one node for all requests of a connection. */
  websocketOnly?: boolean;
  /** Where calls of flows may go. */
  outbound: OutboundOptions;
}

export interface App {
  http: HttpServer;
  io: Server;
  auth: Auth;
  deps: Deps;
  /** P14: stops listening, finishes commits, sends acks, says `drain`, closes. Within 10 s. */
  close(): Promise<void>;
}

/**
 * How long clients wait before they come back from a drain: spread, so that they do not come all at once. The widget waits up to twice as
 * long, and nobody is to be away for more than 3 s while nodes are renewed one after the other.
 */
const drainMs = { least: 250, most: 1000 };

export function createApp(base: Omit<Deps, 'publish' | 'team' | 'jobs' | 'limits'>, options: AppOptions): App {
  const io = createIo(options.websocketOnly);
  const local = createPublisher(io, base.log);
  const nodes = options.nodes ?? alone;
  // A SQLite file belongs to one process: there are no others.
  const isShared = base.store.dialect === 'postgres';
  const deps: Deps = {
    ...base,
    publish: {
      committed(published) {
        local.committed(published);
        linked?.told(published);
      },
    },
    team: { isOnline: (workspaceId) => realtime.attendance.agents.anyOnline(workspaceId) },
    jobs: { wake: (dueAt) => jobs.wake(dueAt) },
    limits: createLimits(isShared),
  };
  const jobs = createJobRunner(deps, jobKinds, {
    outbound: createOutbound(options.outbound),
    sendMail: createMailer(options.mail ?? null),
    removeFile: (id) => removeFile(options.files.folder, id),
  });
  const words = createWordIndexer(deps);
  const auth = createAuth(deps, { isSecure: options.publicUrl?.startsWith('https:') ?? false });
  let serving = true;
  const http = createServer();
  io.attach(http);
  const realtime = bindRealtime(io, deps, auth, {
    addressOf: addressReader(options.trustProxy),
    nodes,
    watch: async (workspaceId) => linked?.watch(workspaceId),
    ...(options.limits && { limits: options.limits }),
  });
  const linked: Linked | null = isShared ? createLinked({ realtime, deps, nodes, local }) : null;
  const live = {
    isAgentOnline: (workspaceId: string, agentId: number): boolean => realtime.attendance.agents.isOnline(workspaceId, agentId),
    endAgentSession(sessionHash: string): void {
      endAgentSession(io, sessionHash);
      nodes.tell('agent_session_ended', { sessionHash, reason: 'logout' });
    },
    forgetWorkspace(workspaceId: string): void {
      realtime.workspaces.forget(workspaceId);
      nodes.tell('workspace_changed', { workspaceId });
    },
  };
  // Socket.IO answers requests to its path itself and leaves the others alone.
  http.on('request', withoutSockets(createHttp({ deps, auth, live, assets: options.assets, options, isServing: () => serving })));

  async function close(): Promise<void> {
    if (!serving) return;
    serving = false;
    http.close();
    for (const name of ['/visitor', '/agent'])
      for (const socket of io.of(name).sockets.values())
        socket.emit('drain', { retryInMs: Math.round(drainMs.least + Math.random() * (drainMs.most - drainMs.least)) });
    await Promise.all([jobs.stop(), words.stop()]);
    realtime.attendance.stop();
    await linked?.stop();
    await deps.store.close();
    // One turn for the acks of the last commit to reach the sockets' buffers.
    await new Promise<void>((next) => setImmediate(next));
    await io.close();
    http.closeAllConnections();
  }
  jobs.start();
  words.start();
  linked?.start();
  return { http, io, auth, deps, close };
}

function withoutSockets(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (!request.url?.startsWith('/socket.io/')) listener(request, response);
  };
}

/** Trusts the proxies which Express trusts, so that a socket's address is the one its requests have. */
function addressReader(trustProxy: HttpOptions['trustProxy']): (request: IncomingMessage, peer: string) => string {
  const trusts = express().set('trust proxy', trustProxy).get('trust proxy fn') as (address: string, hop: number) => boolean;
  return (request, peer) => {
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => part.trim());
    const nearestFirst = [peer, ...forwarded.filter((part) => part !== '').toReversed()];
    return nearestFirst.find((address, hop) => !trusts(address, hop)) ?? nearestFirst.at(-1) ?? peer;
  };
}
