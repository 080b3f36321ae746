// Foyer on a database that was filled before, asked for its figures by a parent.
import { randomBytes } from 'node:crypto';
import { startServer } from '../helpers/server.ts';
import { databaseOf } from './fill.ts';

const server = await startServer({ database: databaseOf(process.env['GROWTH_DATABASE'] ?? ''), settings: { bot: 'on' } });
const { cookie } = await server.agent(`Bench${randomBytes(4).toString('hex')}`);
process.send?.({ url: server.url, appId: server.workspace.appId, cookie });
process.on('disconnect', () => process.exit(1));
process.on('message', (message) => {
  if (message === 'usage') process.send?.(process.cpuUsage());
  if (message === 'stop') void server.stop().then(() => process.exit(0));
});
