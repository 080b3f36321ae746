// What Socket.IO itself can do here: a visitor's message goes to the agents' room and is acknowledged. No storage, no bot.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { serveClient: false, perMessageDeflate: false });
io.of('/agent').on('connection', (socket) => void socket.join('agents'));
io.of('/visitor').on('connection', (socket) => {
  socket.on('message.send', (body: { text: string }, ack: (reply: unknown) => void) => {
    io.of('/agent')
      .to('agents')
      .emit('feed', { items: [{ type: 'message.created', text: body.text }] });
    ack({ ok: true });
  });
});
http.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` }));
process.on('message', (message) => {
  if (message === 'usage') process.send?.({ usage: { cpu: process.cpuUsage(), rss: process.memoryUsage().rss } });
  if (message === 'stop') process.exit(0);
});
