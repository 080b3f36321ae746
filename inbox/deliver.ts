// Sends one command until it is answered for good: the same body and cid again after every silence, with full jitter.
import { effect } from '@preact/signals';
import type { AgentBody, AgentCommandName, AgentReply } from '../shared/protocol.ts';
import type { Connection } from './connection.ts';

const firstWaitMs = 500;
/** As the widget: what is written must be sent 30 s after healing (I7). */
const longestWaitMs = 10_000;

/** Ends with success or with a failure that no retry can mend; `isWanted` false gives up between two tries. */
export async function deliver<K extends AgentCommandName>(
  connection: Connection,
  name: K,
  body: AgentBody<K>,
  isWanted: () => boolean = () => true,
): Promise<AgentReply<K> | null> {
  for (let attempt = 0; ; attempt += 1) {
    await online(connection);
    if (!isWanted()) return null;
    const reply = await connection.send(name, body);
    if (reply.ok || !reply.retryable) return reply;
    const ceiling = Math.min(longestWaitMs, firstWaitMs * 2 ** attempt);
    await waitOrReconnect(connection, reply.retryAfterMs ?? Math.random() * ceiling);
  }
}

function online(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    let isDone = false;
    let dispose: (() => void) | null = null;
    dispose = effect(() => {
      if (connection.status.value !== 'online' || isDone) return;
      isDone = true;
      resolve();
      dispose?.();
    });
    if (isDone) dispose();
  });
}

/** Over early where the connection comes back: what was lost with the old one goes out on the new one at once. */
function waitOrReconnect(connection: Connection, ms: number): Promise<void> {
  return new Promise((resolve) => {
    let wasAway = connection.status.peek() !== 'online';
    const timer = setTimeout(() => end(), ms);
    const dispose = effect(() => {
      const isOnline = connection.status.value === 'online';
      if (isOnline && wasAway) queueMicrotask(end);
      wasAway = !isOnline;
    });
    function end(): void {
      clearTimeout(timer);
      dispose();
      resolve();
    }
  });
}
