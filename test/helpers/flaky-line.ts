// A line to a TCP server that can go silent: open connections and new ones stay open and carry nothing, as when a network tears.
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface FlakyLine {
  port: number;
  silence(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function flakyLine(host: string, port: number): Promise<FlakyLine> {
  let isSilent = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (part: Buffer) => {
        if (!isSilent) to.write(part);
      });
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.address() as AddressInfo).port,
    silence: () => void (isSilent = true),
    /** What was open lost bytes: it is of no more use, as after a torn network. */
    restore() {
      isSilent = false;
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
