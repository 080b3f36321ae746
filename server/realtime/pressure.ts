// P14: what a connection has not taken yet; who lets too much pile up is cut, and long transfers wait for room.
import type { Server, Socket } from 'socket.io';

/** Over this at one of the looks, a connection is cut: it resumes when it can. */
const maxUnsent = 1_000_000;
/** Over this it is cut at once: between two looks it could ask for a thousand times as much. */
const hardUnsent = 4 * maxUnsent;
const lookMs = 1000;
/** A transfer's next page waits while more than this is on its way. */
const maxAhead = 256 * 1024;
const waitMs = 20;

/** What we use of Engine.IO's connection. */
interface Connection {
  transport?: { socket?: { bufferedAmount?: number; terminate?(): void } };
  on(event: 'packetCreate', listener: (packet: { data?: unknown }) => void): void;
  on(event: 'flush', listener: () => void): void;
  close(discard: boolean): void;
}

interface Outlet {
  /** Bytes that wait for the transport: for a poll, or for the upgrade. */
  queued: number;
  isCut: boolean;
}

const outletOf = new WeakMap<object, Outlet>();

/** Counts what each connection has unsent, on every transport, and cuts those that do not read. */
export function guardPressure(io: Server): void {
  const { clients } = io.engine as unknown as { clients: Record<string, Connection> };
  io.engine.on('connection', watch);
  const timer = setInterval(() => {
    for (const connection of Object.values(clients)) if (unsentBytes(connection) > maxUnsent) cut(connection);
  }, lookMs);
  timer.unref();
}

function watch(connection: Connection): void {
  const outlet: Outlet = { queued: 0, isCut: false };
  outletOf.set(connection, outlet);
  connection.on('packetCreate', ({ data }) => {
    outlet.queued += typeof data === 'string' ? Buffer.byteLength(data) : data instanceof Uint8Array ? data.byteLength : 0;
    if (outlet.isCut || unsentBytes(connection) <= hardUnsent) return;
    outlet.isCut = true;
    // After the turn: now it may be amid a broadcast over the very rooms it would leave.
    setImmediate(() => cut(connection));
  });
  connection.on('flush', () => void (outlet.queued = 0));
}

function unsentBytes(connection: Connection): number {
  return (outletOf.get(connection)?.queued ?? 0) + (connection.transport?.socket?.bufferedAmount ?? 0);
}

function cut(connection: Connection): void {
  const { socket } = connection.transport ?? {};
  connection.close(true);
  // A WebSocket would hold what it was sent until the other side reads the farewell.
  socket?.terminate?.();
}

/** Resolves to true once the socket took most of what it was sent, to false where it is gone. */
export async function hasRoom(socket: Socket): Promise<boolean> {
  while (socket.connected && unsentBytes(socket.conn as unknown as Connection) > maxAhead) {
    await new Promise<void>((later) => void setTimeout(later, waitMs).unref());
  }
  return socket.connected;
}

export type Transfer = () => Promise<void>;

/**
 * One transfer at a time for a socket: a newer one waits for it, and takes the place of one that waits already. So a client
 * that asks without reading holds one page, however often it asks.
 */
export function createTransfers(failed: (error: unknown) => void): (transfer: Transfer) => void {
  let waiting: Transfer | null = null;
  let isRunning = false;
  async function run(): Promise<void> {
    for (let next = waiting; next; next = waiting) {
      waiting = null;
      // The reply to what asked for it leaves first.
      await new Promise<void>((later) => void setImmediate(later));
      await next().catch(failed);
    }
    isRunning = false;
  }
  return (transfer) => {
    waiting = transfer;
    if (isRunning) return;
    isRunning = true;
    void run();
  };
}
