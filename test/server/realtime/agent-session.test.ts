// P16: an agent's socket lives as long as the session's row, whatever rooms it is in.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashToken, newToken } from '../../../server/deps.ts';
import { deleteAgentSession, insertAgentSession } from '../../../server/store/agents.ts';
import { connectAgentWith, must, newCid, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer } from '../../helpers/server.ts';
import { arrive, say } from '../../helpers/talk.ts';

let server: TestServer;
let passed: number;
beforeEach(async () => {
  passed = 0;
  server = await startServer({ settings: { bot: 'off' }, now: () => Date.now() + passed });
});
afterEach(() => server.stop());

const hashOf = (cookie: string): string => hashToken(cookie.split('=')[1] ?? '');
const forget = (cookie: string) => server.deps.store.in('').write((tx) => deleteAgentSession(tx, hashOf(cookie)));
const gone = (client: AgentClient) => new Promise((resolve) => client.socket.once('disconnect', resolve));
const revoked = (client: AgentClient) => client.waitFor('session.ended', (b: { reason: string }) => b.reason === 'revoked');

it('[P16] a command of a session whose row is gone is refused within 2 s, does nothing, and the socket is told and closed', async () => {
  const { cookie } = await server.agent();
  const client = await connectAgentWith(server.url, cookie);
  const visitor = await arrive(server);
  const { conversation } = await say(visitor, 'Hello');
  must(await client.send('conversation.read', { conversation, seq: 1 }));
  await forget(cookie);
  passed += 2001;
  const [told, closed] = [revoked(client), gone(client)];
  expect(await client.send('message.send', { cid: newCid(), conversation, text: 'still here' })).toMatchObject({
    ok: false,
    code: 'unauthorized',
    retryable: false,
  });
  await Promise.all([told, closed]);
  const { conversations } = must(await visitor.send('sync', {}));
  expect(conversations[0]?.preview).toBe('Hello');
  for (const c of [client, visitor]) c.close();
});

it('[P16] a socket that only listens is closed when its session expires', async () => {
  const { agent } = await server.agent();
  const token = newToken();
  const now = Date.now();
  await server.deps.store
    .in(server.workspace.id)
    .write((tx) => insertAgentSession(tx, { tokenHash: hashToken(token), agentId: agent.id, now, expiresAt: now + 900 }));
  const client = await connectAgentWith(server.url, `foyer_agent=${token}`);
  await Promise.all([revoked(client), gone(client)]);
  client.close();
});

it('[P16] who is logged out between the handshake and the rooms hears nothing for long', async () => {
  const { cookie } = await server.agent();
  const { auth } = server.app;
  const look = auth.agentFromCookie.bind(auth);
  auth.agentFromCookie = async (header) => {
    const found = await look(header);
    if (found) await auth.logOut(found.sessionHash);
    return found;
  };
  const client = await connectAgentWith(server.url, cookie);
  await Promise.all([revoked(client), gone(client)]);
  client.close();
});

describe('a name that was changed', () => {
  it('stands on what the agent does from then on', async () => {
    const { agent, cookie } = await server.agent();
    const client = await connectAgentWith(server.url, cookie);
    await server.deps.store
      .in('')
      .write((tx) => tx.execute((db) => db.updateTable('agents').set({ name: 'Countess' }).where('id', '=', agent.id)));
    expect(must(await client.send('sync', {})).me.name).toBe('Countess');
    client.close();
  });
});
