// The agents' socket. State factories get this interface, tests a fake of it; nothing else knows Socket.IO.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { errors, failure } from '../shared/errors.ts';
import type { AgentBody, AgentCommandName, AgentCommands, AgentEvents, AgentReply } from '../shared/protocol.ts';

export type ConnectionStatus = 'connecting' | 'online' | 'reconnecting';

export interface Connection {
  readonly status: ReadonlySignal<ConnectionStatus>;
  /** Never rejects: without an answer in time, or without a connection, it is the retryable failure `unavailable`. */
  send<K extends AgentCommandName>(name: K, body: AgentBody<K>, timeoutMs?: number): Promise<AgentReply<K>>;
  on<E extends keyof AgentEvents>(event: E, listener: AgentEvents[E]): () => void;
  /** The server would not have this socket (`unauthorized`, `protocol_unsupported`, …). */
  onRefused(listener: (code: string) => void): () => void;
  /** Drops a connection that is only seemingly alive, and connects again at once. */
  restart(): void;
  close(): void;
}

/** The server's `protocolVersion` which this client speaks. */
const protocol = 1;
const answerWithinMs = 10_000;

export function createConnection(): Connection {
  const socket: Socket<AgentEvents, AgentCommands> = io('/agent', {
    auth: { protocol },
    transports: ['websocket', 'polling'],
    withCredentials: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
    timeout: 8000,
  });
  const status = signal<ConnectionStatus>('connecting');
  const refusals = new Set<(code: string) => void>();
  socket.on('connect', () => (status.value = 'online'));
  socket.on('disconnect', (reason) => {
    status.value = 'reconnecting';
    // Socket.IO does not come back by itself where the server hung up.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 500 + Math.random() * 1000);
  });
  socket.on('connect_error', (error) => {
    if (status.value === 'online') status.value = 'reconnecting';
    // Still active: the transport failed and is tried again by itself. Otherwise the server's middleware refused.
    if (socket.active) return;
    const code = codeOf(error);
    if (isPassing(code)) setTimeout(() => socket.connect(), 1000 + Math.random() * 2000);
    else for (const listener of refusals) listener(code);
  });
  return {
    status,
    send: (name, body, timeoutMs = answerWithinMs) => sendOn(socket, name, body, timeoutMs),
    on: (event, listener) => listen(socket, event, listener),
    onRefused: (listener) => {
      refusals.add(listener);
      return () => refusals.delete(listener);
    },
    restart: () => void socket.disconnect().connect(),
    close: () => void socket.disconnect(),
  };
}

async function sendOn<K extends AgentCommandName>(
  socket: Socket<AgentEvents, AgentCommands>,
  name: K,
  body: AgentBody<K>,
  timeoutMs: number,
): Promise<AgentReply<K>> {
  if (!socket.connected) return failure('unavailable', 'No connection to the server.') as AgentReply<K>;
  try {
    // The typed signature cannot be resolved for a generic command name.
    const emitter = socket.timeout(timeoutMs) as unknown as { emitWithAck(name: string, body: unknown): Promise<AgentReply<K>> };
    return await emitter.emitWithAck(name, body);
  } catch {
    return failure('unavailable', 'The server did not answer in time.') as AgentReply<K>;
  }
}

function listen<E extends keyof AgentEvents>(socket: Socket<AgentEvents, AgentCommands>, event: E, listener: AgentEvents[E]): () => void {
  // Typed per event for the caller; the emitter's own types cannot be resolved for a generic name.
  socket.on(event, listener as never);
  return () => void socket.off(event, listener as never);
}

/** The server could not look, rather than did not let in. */
function isPassing(code: string): boolean {
  return Object.entries(errors).some(([name, kind]) => name === code && kind.retryable);
}

function codeOf(error: Error & { data?: { code?: string } }): string {
  return error.data?.code ?? error.message;
}
