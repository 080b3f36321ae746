// A TCP line with faults: slow, torn, silent one way or both, reset, refusing, cut in the middle of something, acks swallowed.
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export type Way = 'up' | 'down';

export interface Faults {
  /** Held back by so many ms, and up to so many more. */
  latencyMs: number;
  jitterMs: number;
  /** Passed on in pieces of at most so many bytes, each in a packet of its own. */
  pieceBytes: number;
  /** Ways that carry nothing, while all connections stay open. */
  silent: readonly Way[];
  /** New connections are refused. */
  isClosed: boolean;
  /** Of the server's acknowledgements in WebSocket frames, which are swallowed. */
  dropAck: ((frame: string) => boolean) | null;
  /** Looks at what passes: `cut` resets the connection in place of it. */
  look: ((way: Way, part: Buffer, line: object) => 'pass' | 'cut') | null;
}

const fine: Faults = { latencyMs: 0, jitterMs: 0, pieceBytes: 0, silent: [], isClosed: false, dropAck: null, look: null };

export interface Proxy {
  port: number;
  url: string;
  set(faults: Partial<Faults>): void;
  /** Back to a good line. What had lost bytes is reset: it would never be in step again. */
  heal(): void;
  /** RST to both ends of all connections. */
  reset(): void;
  /** What is open now carries nothing more on these ways and stays open for ever; new connections are fine. */
  strand(ways: readonly Way[]): void;
  open(): number;
  close(): Promise<void>;
}

export async function startProxy(port: number, random: () => number): Promise<Proxy> {
  let faults: Faults = fine;
  const pairs = new Set<Pair>();
  const server = createServer({ noDelay: true }, (near) => {
    if (faults.isClosed) return void near.resetAndDestroy();
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    const pair: Pair = { near, far, hasLost: false, stranded: [] };
    pairs.add(pair);
    carry(pair, 'up', () => faults, random);
    carry(pair, 'down', () => faults, random);
    for (const socket of [near, far]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const here = (server.address() as AddressInfo).port;
  const resetAll = (which: (pair: Pair) => boolean): void => {
    for (const pair of pairs) if (which(pair)) cut(pair);
  };
  return {
    port: here,
    url: `http://127.0.0.1:${here}`,
    set: (more) => void (faults = { ...faults, ...more }),
    heal() {
      faults = fine;
      resetAll((pair) => pair.hasLost);
    },
    reset: () => resetAll(() => true),
    strand(ways) {
      for (const pair of pairs) pair.stranded = ways;
    },
    open: () => pairs.size,
    async close() {
      resetAll(() => true);
      await new Promise((closed) => server.close(closed));
    },
  };
}

interface Pair {
  near: Socket;
  far: Socket;
  /** Bytes were swallowed. */
  hasLost: boolean;
  stranded: readonly Way[];
}

function cut({ near, far }: Pair): void {
  near.resetAndDestroy();
  far.resetAndDestroy();
}

function carry(pair: Pair, way: Way, faults: () => Faults, random: () => number): void {
  const [from, to] = way === 'up' ? [pair.near, pair.far] : [pair.far, pair.near];
  const frames = createFrames();
  let last: Promise<void> = Promise.resolve();
  const pass = (part: Buffer): void => {
    const { silent, look } = faults();
    if (silent.includes(way) || pair.stranded.includes(way)) return void (pair.hasLost = true);
    if (look?.(way, part, pair) === 'cut') return cut(pair);
    if (!to.writable) return;
    if (!to.write(part)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  };
  from.on('data', (part: Buffer) => {
    const { latencyMs, jitterMs, pieceBytes, dropAck } = faults();
    const kept = way === 'down' ? frames(part, dropAck ?? (() => false)) : part;
    if (kept.length === 0) return;
    if (latencyMs + jitterMs === 0 && pieceBytes === 0) return pass(kept);
    const dueAt = performance.now() + latencyMs + random() * jitterMs;
    last = last.then(async () => {
      await new Promise((later) => setTimeout(later, Math.max(0, dueAt - performance.now())));
      const size = pieceBytes || kept.length;
      for (let at = 0; at < kept.length; at += size) {
        pass(kept.subarray(at, at + size));
        if (pieceBytes > 0) await new Promise((later) => setTimeout(later, 1));
      }
    });
  });
  from.on('end', () => void last.then(() => to.end()));
}

/** An acknowledgement of Socket.IO: `43/visitor,7[…]`. */
const ackPattern = /^43(?:\/\w+,)?\d+\[/;

/** Cuts a server's stream into WebSocket frames, which a server does not mask, and passes on whole ones. What is none passes as it is. */
function createFrames(): (part: Buffer, drops: (text: string) => boolean) => Buffer {
  let rest: Buffer = Buffer.alloc(0);
  let isOpen = false;
  return (part, drops) => {
    const out: Buffer[] = [];
    if (isOpen) rest = Buffer.concat([rest, part]);
    else {
      const end = part.indexOf('\r\n\r\n');
      if (end === -1 || part.toString('latin1', 0, 12) !== 'HTTP/1.1 101') return part;
      isOpen = true;
      out.push(part.subarray(0, end + 4));
      rest = part.subarray(end + 4);
    }
    for (let frame = next(rest); frame; frame = next(rest)) {
      const whole = rest.subarray(0, frame.end);
      rest = rest.subarray(frame.end);
      const text = whole.toString('utf8', frame.start);
      if (!(ackPattern.test(text) && drops(text))) out.push(whole);
    }
    return Buffer.concat(out);
  };
}

function next(bytes: Buffer): { start: number; end: number } | null {
  if (bytes.length < 2) return null;
  const short = (bytes[1] ?? 0) & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < start) return null;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  return bytes.length < start + length ? null : { start, end: start + length };
}
