// A server that sends real mail to a real mail server beside it, an agent who asks for proofs, and devices that claim addresses.
import { afterAll, beforeAll } from 'vitest';
import type { Actor } from '../../server/actions/actor.ts';
import { confirmEmail } from '../../server/actions/contact/confirm-email.ts';
import type { LinkState } from '../../server/actions/contact/confirm-email.ts';
import { sendVerification } from '../../server/actions/contact/send-verification.ts';
import { Refusal } from '../../server/actions/refusal.ts';
import { expect } from 'vitest';
import type { ContactCard, FeedItem } from '../../shared/protocol.ts';
import type { Failure } from '../../shared/errors.ts';
import type { Places } from './databases.ts';
import { startMailServer } from './mail-server.ts';
import type { MailServer, Received } from './mail-server.ts';
import { connectAgent, must, startServer } from './server.ts';
import type { AgentClient, ServerOptions, TestServer, VisitorClient } from './server.ts';
import { arrive, hmac, identitySecret, say } from './talk.ts';

export interface Person {
  visitor: VisitorClient;
  id: string;
  conversation: number;
}

export interface VerificationStage {
  server: TestServer;
  post: MailServer;
  agent: AgentClient;
  actor: Actor;
  clock: { now: number };
  /** Somebody who gave an address in chat, on a device of their own. */
  lead(email: string, text?: string): Promise<Person>;
  /** Whom the host app vouches for: by user_id, or by email alone. */
  user(identity: { user_id: string; email?: string } | { email: string }): Promise<Person>;
  ask(contact: string, from?: string | null): ReturnType<typeof sendVerification>;
  /** The newest mail to an address; waits until there are so many. */
  mailTo(email: string, count?: number): Promise<Received>;
  /** Asks, waits for the mail, and gives the link's token. */
  tokenFor(contact: string): Promise<string>;
  follow(token: string): Promise<LinkState>;
  /** Asks, waits for the mail, follows the link. */
  prove(contact: string): Promise<LinkState>;
  card(contact: string): Promise<ContactCard>;
  feed(): FeedItem[];
}

/** To be called within `describeStores`. */
export function setVerificationStage(places: Places, more: ServerOptions = {}): VerificationStage {
  const clients: { close(): void }[] = [];
  // The limits are by the clock: every link is asked for at another time.
  const clock = { now: Date.UTC(2031, 0, 1) };
  const set = { clock } as Pick<VerificationStage, 'server' | 'post' | 'agent' | 'actor' | 'clock'>;
  const stage: VerificationStage = Object.assign(set, acts(set, clients));
  beforeAll(async () => {
    stage.post = await startMailServer();
    const { database } = await places.fresh();
    const mail = stage.post.settings();
    stage.server = await startServer({ database, mail, now: () => clock.now, settings: { bot: 'off' }, ...more });
    stage.agent = await connectAgent(stage.server);
    must(await stage.agent.send('sync', {}));
    stage.actor = { kind: 'agent', agent: (await stage.server.agent()).agent };
    clients.push(stage.agent);
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await stage.server.stop();
    await stage.post.stop();
  });
  return stage;
}

type Set = Pick<VerificationStage, 'server' | 'post' | 'agent' | 'actor' | 'clock'>;

function acts(set: Set, clients: { close(): void }[]): Omit<VerificationStage, keyof Set> {
  const device = async (): Promise<VisitorClient> => {
    const visitor = await arrive(set.server);
    clients.push(visitor);
    return visitor;
  };
  const idOf = async (visitor: VisitorClient): Promise<string> => must(await visitor.send('sync', {})).me.contact_id ?? '';
  const to = (email: string): Received[] => set.post.mails.filter((mail) => mail.to.includes(email));
  const own: Omit<VerificationStage, keyof Set> = {
    async lead(email, text = `my email is ${email}`) {
      set.clock.now += 1000;
      const visitor = await device();
      const { conversation } = await say(visitor, text);
      return { visitor, id: await idOf(visitor), conversation };
    },
    async user(identity) {
      set.clock.now += 1000;
      const visitor = await device();
      const signed = 'user_id' in identity ? identity.user_id : identity.email;
      const body = { ...identity, user_hash: hmac(identitySecret(set.server), signed) };
      const { contact_id: id } = must(await visitor.send('identify', body));
      const { conversation } = await say(visitor, 'I am signed in');
      return { visitor, id, conversation };
    },
    ask: (contact, from = 'https://chat.acme.example') => sendVerification(set.server.deps, set.actor, contact, from),
    async mailTo(email, count = to(email).length + 1) {
      await expect.poll(() => to(email).length, { timeout: 8000 }).toBeGreaterThanOrEqual(count);
      // Were the clock moved while the job is in hand, its lease would be over and the mail sent again.
      await expect.poll(() => inHand(set.server), { timeout: 8000 }).toEqual([]);
      return to(email).at(-1) as Received;
    },
    async tokenFor(contact) {
      // The limits are tried in tests of their own.
      set.clock.now += 6 * 3_600_000;
      const { email } = await own.card(contact);
      const before = to(email ?? '').length;
      await own.ask(contact);
      return tokenIn(await own.mailTo(email ?? '', before + 1));
    },
    follow: async (token) => (await confirmEmail(set.server.deps, token)).state,
    prove: async (contact) => own.follow(await own.tokenFor(contact)),
    card: async (contact) => must(await set.agent.send('contact.get', { contact })).contact,
    feed: () => set.agent.received.filter((e) => e.name === 'feed').flatMap((e) => (e.body as { items: FeedItem[] }).items),
  };
  return own;
}

/** Mails on their way. */
function inHand({ deps }: TestServer): Promise<{ id: number }[]> {
  return deps.store
    .in('')
    .read((tx) => tx.execute((db) => db.selectFrom('jobs').select('id').where('kind', '=', 'mail').where('leased_until', 'is not', null)));
}

export function tokenIn({ parsed }: Received): string {
  const token = /\/verify\?token=([\w-]{43})\b/.exec(parsed.text ?? '')?.[1];
  if (token === undefined) throw new Error(`no link in: ${parsed.text}`);
  return token;
}

/** What the work is refused with. */
export async function refused(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refusal) return error.failure;
  throw new Error(`no refusal: ${String(error)}`);
}
