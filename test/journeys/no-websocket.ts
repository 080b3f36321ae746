// A proxy as some companies have it: it hands requests on and knows nothing of WebSockets.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OldProxy {
  url: string;
  /** WebSockets that were asked for and refused. */
  refused(): number;
  close(): Promise<void>;
}

export async function oldProxy(target: string): Promise<OldProxy> {
  let refused = 0;
  const server = createServer((near, answer) => {
    const far = request(new URL(near.url ?? '/', target), { method: near.method, headers: near.headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    far.on('error', () => answer.destroy());
    near.pipe(far);
  });
  server.on('upgrade', (_request, socket) => {
    refused++;
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: () => refused,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
