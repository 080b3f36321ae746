// Who is there, as agents see it: contacts come, move and leave with their sockets; nobody stays for ever.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectAgent, connectVisitor, must, newCid, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer } from '../../helpers/server.ts';
import { answer, arrive, hmac, identitySecret, say } from '../../helpers/talk.ts';

let server: TestServer;
let agent: AgentClient;
beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off' } });
  agent = await connectAgent(server);
});
afterAll(async () => {
  agent.close();
  await server.stop();
});

interface Presence {
  contact: string;
  online: boolean;
  page: { url: string; title: string | null } | null;
}
const contactOf = async (conversation: number): Promise<string> =>
  must(await agent.send('conversation.get', { conversation })).conversation.contact.id;
const told = (contact: string): Presence[] =>
  agent.received
    .filter((e) => e.name === 'visitors')
    .flatMap((e) => (e.body as { changes: Presence[] }).changes.filter((change) => change.contact === contact));

it('[P9] a visitor who says one thing and is gone before it is stored does not stay online', async () => {
  const contacts: string[] = [];
  for (let i = 0; i < 8; i++) {
    const visitor = await connectVisitor(server);
    const text = `said in passing ${i}`;
    // The commit waits until the line is cut.
    let goOn = (): void => {};
    const isCut = new Promise<void>((resolve) => (goOn = resolve));
    const blocking = server.deps.store.in(server.workspace.id).write(() => isCut);
    visitor.socket.emit('message.send', { cid: newCid(), text });
    visitor.close();
    await expect.poll(() => server.app.io.of('/visitor').sockets.size).toBe(0);
    goOn();
    await blocking;
    const feed = await agent.waitFor<{ items: { contactId?: string }[] }>('feed', (b) => JSON.stringify(b).includes(text));
    contacts.push(feed.items.find((item) => item.contactId !== undefined)?.contactId ?? '');
  }
  for (const contact of contacts) expect(must(await agent.send('contact.get', { contact })).contact.online).toBe(false);
  expect(contacts.flatMap(told)).toEqual([]);
});

it('[P7] agents are told where a contact came, moved and left, once each', async () => {
  const page = (name: string): { url: string; title: string } => ({ url: `https://shop.example/${name}`, title: name });
  const first = await arrive(server, { page: page('prices') });
  const contact = await contactOf((await say(first, 'I am here')).conversation);
  const second = await arrive(server, { token: first.token, page: page('about') });
  await agent.waitFor<{ changes: Presence[] }>('visitors', (b) =>
    b.changes.some((c) => c.contact === contact && c.page?.title === 'about'),
  );
  must(await first.send('sync', {}));
  expect(must(await agent.send('contact.get', { contact })).contact.page).toEqual(page('about'));
  second.close();
  await expect.poll(() => told(contact).length).toBe(3);
  first.close();
  await expect.poll(() => told(contact).length).toBe(4);
  expect(told(contact).map((p) => [p.online, p.page?.title])).toEqual([
    [true, 'prices'],
    [true, 'about'],
    [true, 'prices'],
    [false, undefined],
  ]);
});

it('[M18] a user on two devices is there once: one contact, gone with the last of them', async () => {
  const prove = { user_id: 'twice-here', user_hash: hmac(identitySecret(server), 'twice-here') };
  const [laptop, phone] = [await arrive(server), await arrive(server)];
  const { contact_id: contact } = must(await laptop.send('identify', prove));
  expect(must(await phone.send('identify', prove)).contact_id).toBe(contact);
  await expect.poll(() => told(contact).at(-1)?.online).toBe(true);
  laptop.close();
  await expect.poll(() => server.app.io.of('/visitor').sockets.size).toBe(1);
  expect(must(await agent.send('contact.get', { contact })).contact.online).toBe(true);
  phone.close();
  await expect.poll(() => told(contact).at(-1)?.online).toBe(false);
  expect(told(contact).filter(({ online }) => !online)).toHaveLength(1);
  expect(must(await agent.send('contact.get', { contact })).contact.online).toBe(false);
});

it('[P9] a page that goes on without being loaded anew tells it with its next sync', async () => {
  const [before, after] = ['prices', 'basket'].map((title) => ({ url: `https://shop.example/${title}`, title }));
  const visitor = await arrive(server, { page: before });
  const contact = await contactOf((await say(visitor, 'Moving on')).conversation);
  must(await visitor.send('sync', { page: after }));
  must(await visitor.send('sync', {}));
  // Two moves in half a second may be told as one.
  await expect.poll(() => told(contact).at(-1)?.page?.title).toBe('basket');
  expect(told(contact).every((p) => p.online)).toBe(true);
  expect(must(await agent.send('contact.get', { contact })).contact.page).toEqual(after);
  visitor.close();
});

it('[P7] what is said between the look at what a visitor may see and its joining is in the sync’s answer', async () => {
  const first = await arrive(server);
  const { conversation } = await say(first, 'Hello');
  const second = await connectVisitor(server, { token: first.token });
  const { store } = server.deps;
  const scope = store.in.bind(store);
  let isArmed = true;
  store.in = (workspaceId) => ({
    ...scope(workspaceId),
    async read(work) {
      const seen = await scope(workspaceId).read(work);
      if (isArmed && (seen as { session?: unknown }).session) {
        isArmed = false;
        await answer(agent, conversation, 'said in between');
      }
      return seen;
    },
  });
  const reply = must(await second.send('sync', { conversations: { [conversation]: 1 } }));
  store.in = scope;
  expect(isArmed).toBe(false);
  expect(reply.conversations[0]?.preview).toBe('said in between');
  for (const client of [first, second]) client.close();
});
