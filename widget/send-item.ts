// One item of the outbox as the command that brings it to the server.
import type { VisitorReply } from '../shared/protocol.ts';
import type { OutboxDeps, OutboxItem } from './outbox.ts';

/** @param at where the server tells no time of its own */
export async function sendItem(
  request: OutboxDeps['request'],
  { cid, to, body }: OutboxItem,
  at: number,
): Promise<VisitorReply<'message.send'>> {
  const conversation = typeof to === 'number' ? to : undefined;
  if (body.kind === 'message') {
    const { kind: _kind, ...said } = body;
    return request('message.send', { cid, ...said, ...(conversation && { conversation }) });
  }
  const aim = { cid, conversation: conversation!, message: body.message };
  if (body.kind === 'form') return request('form.submit', { ...aim, values: body.values });
  const { field, answer, value } = body;
  const reply = await request('detail.answer', { ...aim, field, answer, ...(value !== undefined && { value }) });
  return reply.ok ? { ok: true, id: aim.message, conversation: aim.conversation, seq: reply.seq, at } : reply;
}
