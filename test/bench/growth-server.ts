// Foyer on a database that was filled before, asked for its figures by a parent.
import { hashToken, newToken } from '../../server/deps.ts';
import { insertAgentSession, listAgents } from '../../server/store/agents.ts';
import { startServer } from '../helpers/server.ts';
import { databaseOf } from './fill.ts';

const server = await startServer({ database: databaseOf(process.env['GROWTH_DATABASE'] ?? ''), settings: { bot: 'on' } });
const token = newToken();
// One of those who have been there for years, and have conversations.
await server.deps.store.in(server.workspace.id).write(async (tx) => {
  const [agent] = (await listAgents(tx)).toSorted((a, b) => a.id - b.id);
  if (!agent) throw new Error('there is no agent in it');
  const now = Date.now();
  await insertAgentSession(tx, { tokenHash: hashToken(token), agentId: agent.id, now, expiresAt: now + 86_400_000 });
});
const cookie = server.app.auth.cookie(token).split(';')[0];
process.send?.({ url: server.url, appId: server.workspace.appId, cookie });
process.on('disconnect', () => process.exit(1));
process.on('message', (message) => {
  if (message === 'usage') process.send?.(process.cpuUsage());
  if (message === 'stop') void server.stop().then(() => process.exit(0));
});
