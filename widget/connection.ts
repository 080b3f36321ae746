// The socket: opened when wanted, reopened forever, asked with a time limit. What it says is applied elsewhere.
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Socket } from 'socket.io-client';
import type { ErrorCode, Failure } from '../shared/errors.ts';
import type { VisitorBody, VisitorCommandName, VisitorEvents, VisitorHandshake, VisitorReply } from '../shared/protocol.ts';
import { backoffMs } from './backoff.ts';

/** `waiting`: lost, and coming back by itself. `refused`: the server will never have us on this page. */
export type ConnectionStatus = 'idle' | 'connecting' | 'online' | 'waiting' | 'refused';

export type Refusal = Pick<Failure, 'code' | 'message'>;

export type OpenSocket = (url: string, options: Record<string, unknown>) => Socket;

export interface ConnectionDeps {
  server: string;
  appId: string;
  /** What is said of ourselves at every handshake. */
  introduce(): Omit<VisitorHandshake, 'appId' | 'protocol'>;
  io: OpenSocket;
  /** Joins and fills the gap (P7), as handshake and as heartbeat (P9). False: this connection is of no use. */
  sync(heartbeat: boolean): Promise<boolean>;
  /** The server does not take this handshake. */
  onRefused(refusal: Refusal): void;
  random?: () => number;
}

export interface Connection {
  status: ReadonlySignal<ConnectionStatus>;
  open(): void;
  /** Closes and stays closed until the next `open`. */
  close(): void;
  /** The token changed: says it in a new handshake. */
  reopen(): void;
  request<K extends VisitorCommandName>(name: K, body: VisitorBody<K>, timeoutMs?: number): Promise<VisitorReply<K>>;
  on<E extends keyof VisitorEvents>(event: E, handler: VisitorEvents[E]): void;
  /** Resolves with null once the socket is open and synced, or with the reason why it never will be. */
  whenOnline(): Promise<Refusal | null>;
  /** Looks whether the line is alive, or comes back at once: the page is seen again, or the network is back. */
  wake(): void;
  /** Nobody sees the page any more: lets the line go until it is woken. */
  sleep(): void;
}

export const heartbeatMs = 20_000;
export const syncTimeoutMs = 5_000;
const protocol = 1;
/** Handshake refusals that no retry mends. */
const final: readonly ErrorCode[] = ['unknown_app', 'origin_refused', 'protocol_unsupported'];

export const noAnswer: Failure = { ok: false, code: 'unavailable', retryable: true, message: 'The server did not answer in time.' };

export function createConnection(deps: ConnectionDeps): Connection {
  const { random = Math.random } = deps;
  const status = signal<ConnectionStatus>('idle');
  const handlers: [string, (...args: never[]) => void][] = [];
  const waiters: ((refusal: Refusal | null) => void)[] = [];
  let refusal: Refusal | null = null;
  let socket: Socket | null = null;
  let wanted = false;
  let attempt = 0;
  let drainMs = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let beatTimer: ReturnType<typeof setInterval> | undefined;

  function make(): Socket {
    socket = deps.io(`${deps.server}/visitor`, {
      path: '/socket.io',
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      query: { app_id: deps.appId },
      auth: (say: (body: VisitorHandshake) => void) => say({ appId: deps.appId, protocol, ...deps.introduce() }),
      // Our own: it must also hold back after `drain`, try again after a refused handshake, and hurry when the network is back.
      reconnection: false,
      autoConnect: false,
      forceNew: true,
      timeout: 10_000,
    });
    listen(socket);
    return socket;
  }

  function listen(on: Socket): void {
    on.on('connect', () => void connected());
    on.on('disconnect', lost);
    on.on('connect_error', (error: Error & { data?: Partial<Failure> }) => {
      const code = error.data?.code ?? (error.message as ErrorCode);
      const why = { code, message: error.data?.message ?? error.message };
      if (error.data?.code) deps.onRefused(why);
      if (final.includes(code)) return refuse(why);
      later(error.data?.retryAfterMs);
    });
    on.on('drain', ({ retryInMs }: { retryInMs: number }) => (drainMs = retryInMs));
    for (const [event, handler] of handlers) on.on(event, handler as (...args: unknown[]) => void);
  }

  function refuse(why: Refusal): void {
    wanted = false;
    status.value = 'refused';
    refusal = why;
    settle(why);
  }

  function settle(answer: Refusal | null): void {
    for (const resolve of waiters.splice(0)) resolve(answer);
  }

  function connect(): void {
    clearTimeout(retryTimer);
    if (!wanted) return;
    const mine = socket ?? make();
    if (mine.connected) return;
    if (status.value !== 'waiting') status.value = 'connecting';
    mine.connect();
  }

  async function connected(): Promise<void> {
    const mine = socket;
    const fine = await deps.sync(false);
    if (!wanted || mine !== socket || !mine?.connected) return;
    if (!fine) return drop();
    attempt = 0;
    status.value = 'online';
    clearInterval(beatTimer);
    beatTimer = setInterval(beat, heartbeatMs);
    settle(null);
  }

  async function beat(): Promise<void> {
    if (status.value === 'online' && !(await deps.sync(true))) drop();
  }

  /** Half open: the other end does not know that we are gone, or the other way round. */
  function drop(): void {
    socket?.disconnect();
  }

  function lost(): void {
    clearInterval(beatTimer);
    if (wanted) later();
  }

  function later(atLeastMs = 0): void {
    if (!wanted) return;
    status.value = 'waiting';
    clearTimeout(retryTimer);
    const delay = Math.max(atLeastMs, drainMs * (1 + random()), backoffMs(attempt++, random));
    drainMs = 0;
    retryTimer = setTimeout(connect, delay);
  }

  function close(): void {
    wanted = false;
    clearTimeout(retryTimer);
    clearInterval(beatTimer);
    socket?.disconnect();
    status.value = 'idle';
  }

  function open(): void {
    if (wanted || status.value === 'refused') return;
    wanted = true;
    attempt = 0;
    status.value = 'connecting';
    connect();
  }

  return {
    status,
    open,
    close,
    reopen() {
      close();
      open();
    },
    async request(name, body, timeoutMs = 10_000) {
      type Answer = VisitorReply<typeof name>;
      if (!socket?.connected) return noAnswer as Answer;
      try {
        return (await socket.timeout(timeoutMs).emitWithAck(name, body)) as Answer;
      } catch {
        return noAnswer as Answer;
      }
    },
    on(event, handler) {
      handlers.push([event, handler]);
      socket?.on(event as string, handler as (...args: unknown[]) => void);
    },
    whenOnline() {
      if (status.value === 'online' || refusal) return Promise.resolve(refusal);
      return new Promise((resolve) => waiters.push(resolve));
    },
    wake() {
      if (!wanted) return;
      if (status.value === 'online') return void beat();
      attempt = 0;
      connect();
    },
    sleep() {
      if (!wanted) return;
      socket?.disconnect();
      clearTimeout(retryTimer);
      status.value = 'connecting';
    },
  };
}
