// Foyer as it is run, on SQLite with synchronous=FULL, bot and extraction on, told apart from `npm start` only by a parent that asks for figures.
import { startServer } from '../helpers/server.ts';
import type { ServerOptions } from '../helpers/server.ts';

const options = JSON.parse(process.env['BENCH_SERVER'] ?? '{}') as ServerOptions;
const server = await startServer(options);
const { cookie } = await server.agent();
process.send?.({ url: server.url, appId: server.workspace.appId, cookie });
process.on('message', (message) => {
  if (message === 'usage') {
    // The collection is for the figure of memory; it is nobody's work.
    const cpu = process.cpuUsage();
    (globalThis as { gc?: () => void }).gc?.();
    process.send?.({ usage: { cpu, rss: process.memoryUsage().rss } });
  }
  if (message === 'stop') void server.stop().then(() => process.exit(0));
});
