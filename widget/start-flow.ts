// Begins a conversation with a flow by name, as the page asks; a chunk of its own, few pages do.
import type { Failure } from '../shared/errors.ts';
import { backoffMs } from './backoff.ts';
import type { Delivery } from './create-delivery.ts';
import { newCid } from './random.ts';
import type { State } from './state.ts';

/** @returns the conversation, or why there is none; the same cid with every repeat, so that it begins once (P1) */
export async function startFlow(
  name: string,
  { connection }: Pick<Delivery, 'connection'>,
  state: Pick<State, 'show'>,
): Promise<{ ok: true; conversation: number } | Pick<Failure, 'ok' | 'code' | 'message'>> {
  const cid = newCid();
  for (let attempt = 0; ; attempt++) {
    const refusal = await connection.whenOnline();
    if (refusal) return { ok: false, ...refusal };
    const reply = await connection.request('conversation.start', { cid, flow: name });
    if (reply.ok) {
      state.show(reply.conversation.id);
      return { ok: true, conversation: reply.conversation.id };
    }
    if (!reply.retryable) return reply;
    await new Promise((resolve) => setTimeout(resolve, reply.retryAfterMs ?? backoffMs(attempt, Math.random)));
  }
}
