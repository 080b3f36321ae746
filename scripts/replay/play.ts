// Plays one conversation against a running server: the visitor's turns through a visitor's socket, the others through an agent's.
import type { ContactCard } from '../../shared/protocol.ts';
import { connectVisitor, newCid } from './client.ts';
import type { AgentClient, VisitorClient } from './client.ts';
import { languageOf } from './records.ts';
import type { ConversationRecord, SaidTurn } from './records.ts';

export interface Played {
  /** Acknowledged messages of the record. */
  messages: number;
  contact: Pick<ContactCard, 'type' | 'email' | 'name' | 'phone'>;
}

export interface Stage {
  url: string;
  appId: string;
  agent: AgentClient;
}

interface Acked {
  id: number;
  seq: number;
  text: string;
}

/** @throws where a message is refused, not acknowledged, or missing or misplaced in the history afterwards */
export async function play(record: ConversationRecord, stage: Stage): Promise<Played> {
  const visitor = await connectVisitor(stage.url, stage.appId, languageOf(record));
  try {
    const { conversation, acked } = await sayAll(record.turns, visitor, stage.agent);
    await assertKept(conversation, acked, stage.agent);
    const { me } = await visitor.send('sync', {});
    if (me.contact_id === null) throw new Error('the server knows no contact after the conversation');
    const { contact } = await stage.agent.send('contact.get', { contact: me.contact_id });
    return { messages: acked.length, contact };
  } finally {
    visitor.close();
  }
}

/** One turn after the other: each waits for the acknowledgement of the one before. */
async function sayAll(
  turns: readonly SaidTurn[],
  visitor: VisitorClient,
  agent: AgentClient,
): Promise<{ conversation: number; acked: Acked[] }> {
  const acked: Acked[] = [];
  let conversation: number | undefined;
  if (turns[0]?.role !== 'visitor') conversation = (await visitor.send('conversation.start', { cid: newCid() })).conversation.id;
  for (const { role, text } of turns) {
    const body = { cid: newCid(), text };
    const reply: { id: number; seq: number; conversation: number } =
      role === 'visitor'
        ? await visitor.send('message.send', { ...body, ...(conversation !== undefined && { conversation }) })
        : await agent.send('message.send', { ...body, conversation: conversation ?? noConversation() });
    conversation = reply.conversation;
    acked.push({ id: reply.id, seq: reply.seq, text });
  }
  return { conversation: conversation ?? noConversation(), acked };
}

function noConversation(): never {
  throw new Error('a reply came before any conversation began');
}

/** What was acknowledged stands in the history once, at its place and word for word. */
async function assertKept(conversation: number, acked: readonly Acked[], agent: AgentClient): Promise<void> {
  const kept = new Map<number, { seq: number; text: string; times: number }>();
  for (let before: number | undefined, more = true; more;) {
    const page = await agent.send('conversation.history', { conversation, limit: 200, ...(before !== undefined && { before }) });
    for (const change of page.changes) {
      if (change.kind !== 'message') continue;
      const { id, text } = change.message;
      kept.set(id, { seq: change.seq, text, times: (kept.get(id)?.times ?? 0) + 1 });
    }
    before = page.changes[0]?.seq;
    more = page.more && before !== undefined;
  }
  let last = 0;
  for (const { id, seq, text } of acked) {
    const found = kept.get(id);
    if (!found) throw new Error(`message ${id} was acknowledged and is not in the history`);
    if (found.times !== 1 || found.seq !== seq || found.text !== text)
      throw new Error(`message ${id} differs in the history from what was sent`);
    if (seq <= last) throw new Error(`message ${id} stands before one that was sent earlier`);
    last = seq;
  }
}
