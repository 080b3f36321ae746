import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAgent, connectVisitor, must, newCid, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer, VisitorClient } from '../../helpers/server.ts';
import { arrive, hmac, identitySecret, say } from '../../helpers/talk.ts';

let server: TestServer;
let agent: AgentClient;
let secret: string;
const clients: { close(): void }[] = [];

beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off' } });
  agent = await connectAgent(server);
  must(await agent.send('sync', {}));
  secret = identitySecret(server);
  clients.push(agent);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

async function device(token?: string): Promise<VisitorClient> {
  const visitor = await arrive(server, token === undefined ? {} : { token });
  clients.push(visitor);
  return visitor;
}

const proved = (user_id: string, more: object = {}) => ({ user_id, user_hash: hmac(secret, user_id), ...more });
const sync = async (visitor: VisitorClient) => must(await visitor.send('sync', {}));
const card = async (contact: string) => must(await agent.send('contact.get', { contact })).contact;

describe('logging out', () => {
  it('[M16] ends the session for good: its token is refused, and the next boot is a new visitor', async () => {
    const visitor = await device();
    must(await visitor.send('identify', proved('m16')));
    await say(visitor, 'hello');
    must(await visitor.send('session.end', {}));
    const again = await connectVisitor(server, { token: visitor.token });
    clients.push(again);
    for (const [name, body] of [
      ['sync', {}],
      ['message.send', { cid: newCid(), text: 'x' }],
      ['identify', proved('m16')],
    ] as const) {
      expect(await again.send(name, body), name).toMatchObject({ ok: false, code: 'session_revoked', retryable: false });
    }
    const next = await device();
    expect(await sync(next)).toMatchObject({ me: { contact_id: null, type: 'visitor' }, conversations: [] });
  });

  it('[M16] ending twice, or what never began, is no error', async () => {
    const visitor = await device();
    must(await visitor.send('session.end', {}));
    await say(visitor, 'hello');
    must(await visitor.send('session.end', {}));
    must(await visitor.send('session.end', {}));
  });

  it('[M19] who logs out, chats and logs in again is merged into the user it was', async () => {
    const before = await device();
    const user = must(await before.send('identify', proved('m19')));
    const old = await say(before, 'signed in');
    must(await before.send('session.end', {}));
    const between = await device();
    const anonymous = await say(between, 'signed out');
    expect(must(await between.send('identify', proved('m19')))).toMatchObject({
      contact_id: user.contact_id,
      merged_from: expect.any(String),
    });
    expect(new Set((await sync(between)).conversations.map((c) => c.id))).toEqual(new Set([old.conversation, anonymous.conversation]));
  });

  it('[M24] a user stays a user, whatever is said or left out afterwards', async () => {
    const visitor = await device();
    const { contact_id } = must(await visitor.send('identify', proved('m24', { email: 'm24@example.com' })));
    await say(visitor, 'my email is other@example.com');
    must(await visitor.send('identify', proved('m24', { email: null, name: null })));
    must(await visitor.send('session.end', {}));
    expect(await card(contact_id)).toMatchObject({ type: 'user', email: 'm24@example.com', userId: 'm24' });
  });
});
