// I12: nothing of one conversation ever reaches another principal.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentBody, AgentCommandName, VisitorBody, VisitorCommandName } from '../../../shared/protocol.ts';
import { ensureWorkspace } from '../../../server/actions/ensure-workspace.ts';
import { insertAgent, insertAgentSession } from '../../../server/store/agents.ts';
import { hashToken } from '../../../server/deps.ts';
import { insertWorkspace } from '../../../server/store/workspaces.ts';
import { connectAgent, connectAgentWith, connectVisitor, must, newCid, newVisitorToken, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer, VisitorClient } from '../../helpers/server.ts';
import { answer, arrive, hmac, identitySecret, logOf, messagesOf, putForm, say } from '../../helpers/talk.ts';

let server: TestServer;
let agent: AgentClient;
let owner: VisitorClient;
let stranger: VisitorClient;
let conversation: number;
let message: { id: number; cid: string };
let form: number;
const clients: { close(): void }[] = [];

beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off' } });
  agent = await connectAgent(server);
  owner = await arrive(server);
  stranger = await arrive(server);
  clients.push(agent, owner, stranger);
  await say(stranger, 'I have a conversation of my own');
  const cid = newCid();
  const sent = must(await owner.send('message.send', { cid, text: 'private words' }));
  conversation = sent.conversation;
  message = { id: sent.id, cid };
  form = await putForm(server, conversation, [{ name: 'email', kind: 'email', label: 'Email', required: true }]);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

const rows = async (table: 'contacts' | 'sessions' | 'conversations' | 'messages'): Promise<number> =>
  (await server.deps.store.in('').read((tx) => tx.execute((db) => db.selectFrom(table).select((eb) => eb.lit(1).as('one'))))).length;

const asVisitor = (): { [K in VisitorCommandName]?: VisitorBody<K> } => ({
  'conversation.history': { conversation },
  'conversation.read': { conversation, seq: 1 },
  'message.send': { cid: newCid(), conversation, text: 'may I come in?' },
  'form.submit': { cid: newCid(), conversation, message: form, values: { email: 'x@example.com' } },
  typing: { conversation, on: true },
});

const asAgent = (id: number, contact: string): { [K in AgentCommandName]?: AgentBody<K> } => ({
  'conversation.get': { conversation: id },
  'conversation.history': { conversation: id },
  'conversation.read': { conversation: id, seq: 1 },
  'message.send': { cid: newCid(), conversation: id, text: 'hello' },
  'message.edit': { cid: newCid(), conversation: id, message: message.id, text: 'hello' },
  'message.delete': { cid: newCid(), conversation: id, message: message.id },
  'conversation.takeover': { cid: newCid(), conversation: id },
  'conversation.handback': { cid: newCid(), conversation: id },
  'conversation.assign': { cid: newCid(), conversation: id, agent: null },
  'conversation.close': { cid: newCid(), conversation: id },
  'conversation.reopen': { cid: newCid(), conversation: id },
  'contact.get': { contact },
  'contact.timeline': { contact },
  typing: { conversation: id, on: true },
});

describe('another’s conversation', () => {
  it.each(Object.keys(asVisitor()) as VisitorCommandName[])('[P16] a visitor’s %s is answered as if it did not exist', async (name) => {
    const before = await logOf(owner, conversation);
    const unknown = await stranger.send(name, { ...asVisitor()[name], conversation: 987_654 } as never);
    const foreign = await stranger.send(name, asVisitor()[name] as never);
    expect(foreign).toMatchObject({ ok: false, code: 'not_found', retryable: false });
    expect(foreign).toEqual(unknown);
    expect(await logOf(owner, conversation)).toEqual(before);
  });

  it('[P16] the cid of another’s message opens nothing: not found, whether the words fit or not', async () => {
    for (const text of ['private words', 'other words']) {
      const reply = await stranger.send('message.send', { cid: message.cid, conversation, text });
      expect(reply).toMatchObject({ ok: false, code: 'not_found' });
    }
  });

  it('[M1] a refused command of somebody who never acted leaves no row behind', async () => {
    const nobody = await connectVisitor(server);
    clients.push(nobody);
    const before = [await rows('contacts'), await rows('sessions')];
    for (const [name, body] of Object.entries(asVisitor())) {
      expect(await nobody.send(name as VisitorCommandName, body as never), name).toMatchObject({ ok: false, code: 'not_found' });
    }
    expect([await rows('contacts'), await rows('sessions')]).toEqual(before);
  });

  it('[I12] a sync that names another’s conversation gets none of it, only word to drop it', async () => {
    must(await stranger.send('sync', { conversations: { [conversation]: 0 } }));
    await stranger.waitFor<{ conversation: number }>('reload', (b) => b.conversation === conversation);
    await answer(agent, conversation, 'an answer for the owner');
    await owner.waitFor('changes', (b: { changes: { seq: number }[] }) => JSON.stringify(b).includes('an answer for the owner'));
    const mine = await say(stranger, 'and I?');
    await stranger.waitFor('changes', (b: { changes: { seq: number }[] }) => b.changes.some((c) => c.seq === mine.seq));
    expect(JSON.stringify(stranger.received)).not.toContain('an answer for the owner');
    expect(JSON.stringify(stranger.received)).not.toContain('private words');
  });

  it('[I12] typing in a conversation reaches its visitor and no other', async () => {
    must(await agent.send('typing', { conversation, on: true }));
    await owner.waitFor('typing', (b: { conversation: number }) => b.conversation === conversation);
    expect(stranger.received.filter((e) => e.name === 'typing')).toEqual([]);
  });

  it('[P16] what does not exist is not found by agents, for every command', async () => {
    for (const [name, body] of Object.entries(asAgent(987_654, '0123456789abcdef01234567'))) {
      expect(await agent.send(name as AgentCommandName, body as never), name).toMatchObject({
        ok: false,
        code: 'not_found',
        retryable: false,
      });
    }
    for (const name of ['message.edit', 'message.delete'] as const) {
      const body = { cid: newCid(), conversation, message: 987_654, text: 'x' };
      expect(await agent.send(name, body), name).toMatchObject({ ok: false, code: 'not_found' });
    }
    expect(await agent.send('conversation.assign', { cid: newCid(), conversation, agent: 987_654 })).toMatchObject({
      ok: false,
      code: 'not_found',
    });
  });
});

describe('another workspace', () => {
  let foreignAgent: AgentClient;
  let foreignVisitor: VisitorClient;

  beforeAll(async () => {
    const { store } = server.deps;
    const now = Date.now();
    const token = newVisitorToken();
    await store.in('other').write(async (tx) => {
      const row = {
        id: 'other',
        appId: 'app_other',
        name: 'Other',
        identitySecret: server.workspace.identitySecret,
        identityMode: 'optional',
        settings: { bot: 'off' },
        now,
      } as const;
      await insertWorkspace(tx, row);
      const made = await insertAgent(tx, { email: 'eve@other.example', name: 'Eve', role: 'owner', passwordHash: 'none', now });
      await insertAgentSession(tx, { tokenHash: hashToken(token), agentId: made.id, now, expiresAt: now + 60_000 });
    });
    foreignAgent = await connectAgentWith(server.url, `foyer_agent=${token}`);
    foreignVisitor = await arrive({ ...server, workspace: { ...server.workspace, appId: 'app_other' } }, { token: owner.token });
    clients.push(foreignAgent, foreignVisitor);
    must(await foreignAgent.send('sync', { rev: 0 }));
  });

  it('its agents find nothing of ours, for every command, and change nothing', async () => {
    const before = await logOf(agent, conversation);
    const { contact } = must(await agent.send('conversation.get', { conversation })).conversation;
    for (const [name, body] of Object.entries(asAgent(conversation, contact.id))) {
      expect(await foreignAgent.send(name as AgentCommandName, body as never), name).toMatchObject({ ok: false, code: 'not_found' });
    }
    expect(must(await foreignAgent.send('conversation.list', { filter: 'all' })).conversations).toEqual([]);
    expect(await logOf(agent, conversation)).toEqual(before);
  });

  it('its agents’ feed carries nothing of ours', async () => {
    await say(owner, 'only for our own team');
    await agent.waitFor('feed', (b) => JSON.stringify(b).includes('only for our own team'));
    const reply = await say(foreignVisitor, 'a word in the other workspace');
    await foreignAgent.waitFor('feed', (b) => JSON.stringify(b).includes('a word in the other workspace'));
    expect(reply.conversation).not.toBe(conversation);
    expect(JSON.stringify(foreignAgent.received)).not.toContain('only for our own team');
    expect(JSON.stringify(agent.received)).not.toContain('a word in the other workspace');
  });

  it('one browser token speaks for another contact in each workspace', async () => {
    const [here, there] = [must(await owner.send('sync', {})), must(await foreignVisitor.send('sync', {}))];
    expect(here.me.contact_id).not.toBe(there.me.contact_id);
    expect(here.conversations.map((c) => c.id)).toEqual([conversation]);
    expect(there.conversations.map((c) => c.id)).not.toContain(conversation);
    expect(await foreignVisitor.send('conversation.history', { conversation })).toMatchObject({ ok: false, code: 'not_found' });
  });

  it('a later start of the server leaves both as they are', async () => {
    const found = await ensureWorkspace(server.deps, { identityMode: null, allowedOrigins: null });
    expect(found.id).toBe(server.workspace.id);
  });
});

describe('who no longer speaks for the visitor', () => {
  it('[M16] [I12] after logging out, neither the socket that asked nor any other of the session hears the conversation', async () => {
    const first = await arrive(server);
    const { conversation: own } = await say(first, 'before the logout');
    const second = await arrive(server, { token: first.token });
    clients.push(first, second);
    must(await first.send('session.end', {}));
    await second.waitFor('session.ended', (b: { reason: string }) => b.reason === 'logout');
    await answer(agent, own, 'said after the logout');
    // What the asking socket is sent next comes after what it must not be sent.
    await expect.poll(async () => (await first.send('sync', {})).ok).toBe(false);
    for (const socket of [first, second]) expect(JSON.stringify(socket.received)).not.toContain('said after the logout');
    for (const name of ['message.send', 'conversation.start'] as const) {
      expect(await first.send(name, { cid: newCid(), text: 'still me' })).toMatchObject({ ok: false, code: 'session_revoked' });
    }
    expect(await first.send('conversation.history', { conversation: own })).toMatchObject({ ok: false, code: 'session_revoked' });
  });

  it('[M10] [I12] after signing in as somebody else, the socket hears nothing of the conversation before', async () => {
    const device = await arrive(server);
    clients.push(device);
    const secret = identitySecret(server);
    must(await device.send('identify', { user_id: 'stranger-a', user_hash: hmac(secret, 'stranger-a') }));
    const { conversation: ofA } = await say(device, 'I am A');
    const switched = must(await device.send('identify', { user_id: 'stranger-b', user_hash: hmac(secret, 'stranger-b') }));
    expect(switched.token).toMatch(/^[\w-]{43}$/);
    await answer(agent, ofA, 'for A alone');
    const asB = await arrive(server, { token: switched.token ?? '' });
    clients.push(asB);
    expect(must(await asB.send('sync', {})).conversations).toEqual([]);
    await device.send('sync', {});
    expect(JSON.stringify(device.received)).not.toContain('for A alone');
    expect(await messagesOf(agent, ofA)).toHaveLength(2);
  });
});
