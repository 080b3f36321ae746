// What an agent wrote and the server has not acknowledged: stored before it is shown, sent in the order typed, one at a
// time per conversation, again with the same cid after every silence (P1, P10).
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { createCid } from '../cid.ts';
import type { Connection } from '../connection.ts';
import { deliver } from '../deliver.ts';
import type { Storage } from '../storage.ts';

export interface Outgoing {
  cid: string;
  agent: number;
  conversation: number;
  text: string;
  isNote: boolean;
  /** When it was written, by this browser's clock. */
  at: number;
  /** Where the server put it; shown until the log has reached it. */
  seq: number | null;
  /** Why it will not go out as it is. */
  failure: string | null;
}

export interface Outbox {
  readonly items: ReadonlySignal<readonly Outgoing[]>;
  /** False where this browser keeps nothing over a reload. */
  readonly isDurable: ReadonlySignal<boolean>;
  send(conversation: number, text: string, isNote: boolean): void;
  /** Tries a failed one again, as a new message. */
  retry(cid: string): void;
  discard(cid: string): void;
  /** The log holds the message with this cid: it is shown from there. */
  join(cid: string): void;
  /** Sends what an earlier page life left. */
  resume(): void;
  /** Stops sending; what is unsent stays stored for this agent's next login. */
  stop(): void;
}

const stored = 'outbox.';

export function createOutbox(connection: Connection, storage: Storage, agent: number): Outbox {
  const kept = createKept(storage);
  const { items, find, keep, drop } = kept;
  const busy = new Set<number>();
  let isStopped = false;

  async function flush(conversation: number): Promise<void> {
    if (busy.has(conversation)) return;
    busy.add(conversation);
    const next = (): Outgoing | undefined =>
      items.peek().find((i) => i.conversation === conversation && i.seq === null && i.failure === null);
    for (let item = next(); item && !isStopped; item = next()) await sendOne(item);
    busy.delete(conversation);
  }

  async function sendOne(item: Outgoing): Promise<void> {
    const { cid, conversation, text, isNote } = item;
    const body = { cid, conversation, text, ...(isNote ? { note: true } : {}) };
    const reply = await deliver(connection, 'message.send', body, () => !isStopped && find(cid) !== undefined);
    const current = find(cid);
    if (!reply || !current) return;
    if (reply.ok) kept.acknowledge(cid, reply.seq);
    else keep({ ...current, failure: reply.message });
  }

  function send(conversation: number, text: string, isNote: boolean): void {
    keep({ cid: createCid(), agent, conversation, text, isNote, at: Date.now(), seq: null, failure: null });
    void flush(conversation);
  }

  return {
    items,
    isDurable: kept.isDurable,
    send,
    retry(cid) {
      const item = find(cid);
      if (!item) return;
      drop(cid);
      send(item.conversation, item.text, item.isNote);
    },
    discard: drop,
    join: (cid) => {
      if (find(cid)) drop(cid);
    },
    resume() {
      const left = kept.takeStored(agent);
      for (const conversation of new Set(left.map((item) => item.conversation))) void flush(conversation);
    },
    stop: () => void (isStopped = true),
  };
}

interface Kept extends Pick<Outbox, 'items' | 'isDurable'> {
  find(cid: string): Outgoing | undefined;
  /** Adds it, or puts it in the place of its former state. */
  keep(item: Outgoing): void;
  drop(cid: string): void;
  /** Never sent again, and on screen until the log brings it back. */
  acknowledge(cid: string, seq: number): void;
  /** What an earlier page life left of this agent's, in the order typed. */
  takeStored(agent: number): readonly Outgoing[];
}

function createKept(storage: Storage): Kept {
  const items = signal<readonly Outgoing[]>([]);
  const isDurable = signal(true);
  const find = (cid: string): Outgoing | undefined => items.peek().find((item) => item.cid === cid);
  const replace = (item: Outgoing): void => void (items.value = items.peek().map((other) => (other.cid === item.cid ? item : other)));
  return {
    items,
    isDurable,
    find,
    keep(item) {
      isDurable.value = storage.write(stored + item.cid, item);
      if (find(item.cid)) replace(item);
      else items.value = [...items.peek(), item];
    },
    drop(cid) {
      storage.remove(stored + cid);
      items.value = items.peek().filter((item) => item.cid !== cid);
    },
    acknowledge(cid, seq) {
      storage.remove(stored + cid);
      const item = find(cid);
      if (item) replace({ ...item, seq });
    },
    takeStored(agent) {
      const all = storage.keys(stored).flatMap((key) => storage.read<Outgoing>(key) ?? []);
      // UUIDv7 sorts by time: the order typed.
      const left = all.filter((item) => item.agent === agent && !find(item.cid)).sort((a, b) => (a.cid < b.cid ? -1 : 1));
      items.value = [...left, ...items.peek()];
      return left;
    },
  };
}
