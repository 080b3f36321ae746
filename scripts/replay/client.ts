// Stock socket.io-client, with the patience of a real client: what is retryable is sent again under the same cid.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { Failure } from '../../shared/errors.ts';
import { uuidV7 } from '../../shared/ids.ts';
import { protocolVersion } from '../../shared/protocol.ts';
import type { AgentBody, AgentCommandName, AgentReply, VisitorBody, VisitorCommandName, VisitorReply } from '../../shared/protocol.ts';

type Done<R> = Extract<R, { ok: true }>;

export interface Client<Send> {
  send: Send;
  close(): void;
}
export type VisitorClient = Client<<K extends VisitorCommandName>(name: K, body: VisitorBody<K>) => Promise<Done<VisitorReply<K>>>>;
export type AgentClient = Client<<K extends AgentCommandName>(name: K, body: AgentBody<K>) => Promise<Done<AgentReply<K>>>>;

/** One try, and all tries of one command. */
const ackTimeoutMs = 10_000;
const patienceMs = 60_000;

export const newCid = (): string => uuidV7(Date.now(), randomBytes(10));

/** A browser nobody has seen before: a token of its own, made here as a widget would. */
export function connectVisitor(url: string, appId: string, language: string | undefined): Promise<VisitorClient> {
  const token = randomBytes(32).toString('base64url');
  const socket = io(`${url}/visitor`, {
    transports: ['websocket'],
    forceNew: true,
    query: { app_id: appId },
    auth: { appId, protocol: protocolVersion, token, ...(language !== undefined && { language }) },
  });
  return connected(socket) as Promise<VisitorClient>;
}

export function connectAgent(url: string, cookie: string): Promise<AgentClient> {
  const socket = io(`${url}/agent`, {
    transports: ['websocket'],
    forceNew: true,
    auth: { protocol: protocolVersion },
    extraHeaders: { cookie },
  });
  return connected(socket) as Promise<AgentClient>;
}

async function connected(socket: Socket): Promise<Client<unknown>> {
  await new Promise<void>((resolve, reject) => {
    const giveUp = (error: Error): void => {
      socket.close();
      reject(new Error(`no connection: ${error.message}`));
    };
    const timer = setTimeout(() => giveUp(new Error(`none within ${patienceMs / 1000} s`)), patienceMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.on('connect_error', (error: Error & { data?: Failure }) => {
      // What the server refuses it refuses for good; a lost line is tried again by itself.
      if (error.data?.retryable !== false) return;
      clearTimeout(timer);
      giveUp(error);
    });
  });
  return { send: (name: string, body: unknown) => send(socket, name, body), close: () => void socket.close() };
}

async function send(socket: Socket, name: string, body: unknown): Promise<unknown> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const reply = (await socket
      .timeout(ackTimeoutMs)
      .emitWithAck(name, body)
      .catch(() => null)) as { ok: true } | Failure | null;
    if (reply?.ok) return reply;
    if (reply?.retryable === false) throw new Error(`${name} was refused: ${reply.code}: ${reply.message}`);
    if (Date.now() > until) throw new Error(`${name} was not acknowledged within ${patienceMs / 1000} s`);
    await wait(reply?.retryAfterMs ?? 200);
  }
}
