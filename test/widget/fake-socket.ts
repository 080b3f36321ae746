// A socket.io client whose other end is a function: enough of it for the widget's connection.
import type { Socket } from 'socket.io-client';
import type { OpenSocket } from '../../widget/connection.ts';

type Handler = (...args: never[]) => void;

export class FakeSocket {
  connected = false;
  /** What was said at each handshake. */
  introductions: Record<string, unknown>[] = [];
  asked: { name: string; body: Record<string, unknown> }[] = [];
  /** Answers a command; undefined: never. */
  answer: (name: string, body: Record<string, unknown>) => unknown = () => ({ ok: true });
  /** Refuses a handshake with this error. */
  refuse: (() => Error & { data?: unknown }) | null = null;
  private handlers = new Map<string, Set<Handler>>();
  private unanswered = new Set<(error: Error) => void>();
  constructor(
    readonly url: string,
    readonly options: { auth(say: (body: Record<string, unknown>) => void): void } & Record<string, unknown>,
  ) {}

  on(event: string, handler: Handler): this {
    this.handlers.set(event, (this.handlers.get(event) ?? new Set()).add(handler));
    return this;
  }

  /** The server says something. */
  say(event: string, ...args: unknown[]): void {
    for (const handler of this.handlers.get(event) ?? []) (handler as (...rest: unknown[]) => void)(...args);
  }

  /** Its page is gone. */
  isRetired = false;

  connect(): this {
    if (this.isRetired) return this;
    this.options.auth((body) => this.introductions.push(body));
    queueMicrotask(() => {
      if (this.refuse) return this.say('connect_error', this.refuse());
      this.connected = true;
      this.say('connect');
    });
    return this;
  }

  disconnect(): this {
    return this.drop('io client disconnect');
  }

  drop(reason = 'transport close'): this {
    if (!this.connected) return this;
    this.connected = false;
    // As the real one does (4.7 and later): who waits for an answer learns that none will come.
    for (const reject of this.unanswered) reject(new Error('socket has been disconnected'));
    this.unanswered.clear();
    this.say('disconnect', reason);
    return this;
  }

  timeout(ms: number) {
    return {
      emitWithAck: (name: string, body: Record<string, unknown>): Promise<unknown> => {
        this.asked.push({ name, body: structuredClone(body) });
        return new Promise((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error('operation has timed out')), ms);
          this.unanswered.add(reject);
          void Promise.resolve(this.answer(name, body)).then((reply) => {
            if (reply === undefined) return;
            clearTimeout(timer);
            resolve(reply);
          });
        });
      },
    };
  }

  of(name: string): Record<string, unknown>[] {
    return this.asked.filter((one) => one.name === name).map((one) => one.body);
  }
}

/** Hands out one fake socket, to be prepared before it is opened. */
export function fakeTransport(prepare: (socket: FakeSocket) => void = () => {}): {
  io: OpenSocket;
  socket(): FakeSocket;
  opened(): number;
} {
  const sockets: FakeSocket[] = [];
  return {
    io(url, options) {
      const socket = new FakeSocket(url, options as never);
      prepare(socket);
      sockets.push(socket);
      return socket as unknown as Socket;
    },
    socket: () => sockets.at(-1)!,
    opened: () => sockets.length,
  };
}
