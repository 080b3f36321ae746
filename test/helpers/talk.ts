// What visitors and agents of the tests do over and over, on their stock clients.
import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { lockConversation, saveConversation } from '../../server/store/conversations.ts';
import { insertMessage } from '../../server/store/messages.ts';
import type { FormField } from '../../shared/bot/types.ts';
import { unseal } from '../../server/seal.ts';
import type { Change, MessageView } from '../../shared/conversation.ts';
import type { SendReply } from '../../shared/protocol.ts';
import { connectVisitor, must, newCid } from './server.ts';
import type { AgentClient, TestServer, VisitorClient } from './server.ts';

export async function say(visitor: VisitorClient, text: string, conversation?: number): Promise<SendReply> {
  return must(await visitor.send('message.send', { cid: newCid(), text, ...(conversation !== undefined && { conversation }) }));
}

export async function answer(agent: AgentClient, conversation: number, text: string, note = false): Promise<SendReply> {
  return must(await agent.send('message.send', { cid: newCid(), conversation, text, ...(note && { note }) }));
}

/** A connected visitor that has synced, so that it hears its conversations. */
export async function arrive(server: TestServer, more: Parameters<typeof connectVisitor>[1] = {}): Promise<VisitorClient> {
  const visitor = await connectVisitor(server, more);
  must(await visitor.send('sync', {}));
  return visitor;
}

/** The whole log of a conversation, read page by page from its end. */
export async function logOf(client: VisitorClient | AgentClient, conversation: number): Promise<Change[]> {
  const all: Change[] = [];
  let before: number | undefined;
  for (;;) {
    const body = { conversation, limit: 200, ...(before !== undefined && { before }) };
    const page = must(await (client as VisitorClient).send('conversation.history', body));
    all.unshift(...page.changes);
    if (!page.more) return all;
    before = page.changes[0]?.seq;
  }
}

export async function messagesOf(client: VisitorClient | AgentClient, conversation: number): Promise<MessageView[]> {
  return (await logOf(client, conversation)).flatMap((c) => (c.kind === 'message' ? [c.message] : []));
}

/** Every change of a conversation this client was pushed, in the order it came. */
export function pushed(visitor: VisitorClient, conversation: number): Change[] {
  type Body = { conversation: number; changes: Change[] };
  return visitor.received
    .filter((e) => e.name === 'changes' && (e.body as Body).conversation === conversation)
    .flatMap((e) => (e.body as Body).changes);
}

export const seqsOf = (changes: readonly { seq: number }[]): number[] => changes.map((c) => c.seq);
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** What the host app's server holds. */
export function identitySecret(server: TestServer): string {
  return unseal(server.workspace.identitySecret, server.deps.secretKey);
}

export function hmac(secret: string, identifier: string): string {
  return createHmac('sha256', secret).update(identifier).digest('hex');
}

export function jwt(secret: string | Uint8Array, claims: Record<string, unknown>, expiresAt?: number): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' });
  if (expiresAt !== undefined) token.setExpirationTime(expiresAt);
  return token.sign(typeof secret === 'string' ? new TextEncoder().encode(secret) : secret);
}

/** Puts a form message of the bot into a conversation. @returns the message's id */
export async function putForm(server: TestServer, conversation: number, form: readonly FormField[]): Promise<number> {
  return server.deps.store.in(server.workspace.id).write(async (tx) => {
    const row = await lockConversation(tx, conversation);
    if (!row) throw new Error(`conversation ${conversation} is gone`);
    const seq = row.seq + 1;
    const author = { kind: 'bot', id: null, name: null } as const;
    const message = {
      conversationId: conversation,
      seq,
      side: 'bot',
      cid: `form-${seq}`,
      bodyHash: '',
      author,
      kind: 'form',
      createdAt: 1,
    } as const;
    const id = await insertMessage(tx, { ...message, text: 'How can we reach you?', data: { form } });
    await saveConversation(tx, { ...row, seq });
    return id;
  });
}
