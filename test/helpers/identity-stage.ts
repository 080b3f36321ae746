// A server without a bot, an agent who listens, and devices that say who they are: what the tests of identities share.
import { afterAll, beforeAll } from 'vitest';
import type { ContactCard, FeedItem, VisitorSyncReply } from '../../shared/protocol.ts';
import { connectAgent, connectVisitor, must, startServer } from './server.ts';
import type { AgentClient, TestServer, VisitorClient } from './server.ts';
import { arrive, hmac, identitySecret } from './talk.ts';

export interface IdentityStage {
  server: TestServer;
  agent: AgentClient;
  secret: string;
  /** A connected and synced browser; with a token, one that was there before. */
  device(token?: string): Promise<VisitorClient>;
  /** Connects with a token that may be worth nothing any more. */
  stranger(token: string): Promise<VisitorClient>;
  /** The body of an identify call with its right proof. */
  proved(userId: string, more?: object): { user_id: string; user_hash: string };
  sync(visitor: VisitorClient): Promise<VisitorSyncReply>;
  card(contact: string): Promise<ContactCard>;
  /** What the agent was pushed so far. */
  feed(): FeedItem[];
}

/** To be called at the top of a test file: set up before its tests, taken down after them. */
export function setIdentityStage(): IdentityStage {
  const clients: { close(): void }[] = [];
  const kept = (visitor: VisitorClient): VisitorClient => {
    clients.push(visitor);
    return visitor;
  };
  const set = {} as Pick<IdentityStage, 'server' | 'agent' | 'secret'>;
  const stage: IdentityStage = Object.assign(set, {
    device: async (token?: string) => kept(await arrive(set.server, token === undefined ? {} : { token })),
    stranger: async (token: string) => kept(await connectVisitor(set.server, { token })),
    proved: (userId: string, more: object = {}) => ({ user_id: userId, user_hash: hmac(set.secret, userId), ...more }),
    sync: async (visitor: VisitorClient) => must(await visitor.send('sync', {})),
    card: async (contact: string) => must(await set.agent.send('contact.get', { contact })).contact,
    feed: () => set.agent.received.filter((e) => e.name === 'feed').flatMap((e) => (e.body as { items: FeedItem[] }).items),
  });
  beforeAll(async () => {
    stage.server = await startServer({ settings: { bot: 'off' } });
    stage.agent = await connectAgent(stage.server);
    must(await stage.agent.send('sync', {}));
    stage.secret = identitySecret(stage.server);
    clients.push(stage.agent);
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await stage.server.stop();
  });
  return stage;
}
