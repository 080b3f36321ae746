// An outbox over a store in memory and a server that takes everything.
import { memoryStore, type OutboxStore } from '../../widget/memory-store.ts';
import { createOutbox, type OutboxDeps, type OutboxItem } from '../../widget/outbox.ts';
import { fakeServer, nextCid, type FakeServer } from './fakes.ts';

let seq = 0;
export const accept = (name: string, body: Record<string, unknown>): unknown =>
  name === 'conversation.start'
    ? { ok: true, conversation: { id: 5 } }
    : { ok: true, id: 100 + ++seq, conversation: (body.conversation as number | undefined) ?? 1, seq, at: 1 };

export function setUpOutbox(more: Partial<OutboxDeps> = {}, store: OutboxStore = memoryStore(), server: FakeServer = fakeServer(accept)) {
  let online = true;
  const outbox = createOutbox({
    openStore: async () => store,
    isOnline: () => online,
    request: server.request,
    newCid: nextCid,
    random: () => 0,
    ...more,
  });
  return {
    outbox,
    store,
    server,
    say: (text: string, to: OutboxItem['to'] = 1) => outbox.add(to, { kind: 'message', text }),
    go: (on: boolean) => (online = on),
  };
}
