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
  const items = signal<readonly Outgoing[]>([]);
  const isDurable = signal(true);
  const busy = new Set<number>();
  let isStopped = false;

  const find = (cid: string): Outgoing | undefined => items.peek().find((item) => item.cid === cid);
  const keep = (item: Outgoing): void => {
    isDurable.value = storage.write(stored + item.cid, item);
    items.value = find(item.cid) ? items.peek().map((other) => (other.cid === item.cid ? item : other)) : [...items.peek(), item];
  };
  const drop = (cid: string): void => {
    storage.remove(stored + cid);
    items.value = items.peek().filter((item) => item.cid !== cid);
  };

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
    if (!reply.ok) {
      keep({ ...current, failure: reply.message });
      return;
    }
    // Acknowledged: never sent again, and on screen until the log brings it back.
    storage.remove(stored + cid);
    items.value = items.peek().map((other) => (other.cid === cid ? { ...other, seq: reply.seq } : other));
  }

  function send(conversation: number, text: string, isNote: boolean): void {
    keep({ cid: createCid(), agent, conversation, text, isNote, at: Date.now(), seq: null, failure: null });
    void flush(conversation);
  }

  return {
    items,
    isDurable,
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
      const left = storage.keys(stored).flatMap((key) => storage.read<Outgoing>(key) ?? []);
      // UUIDv7 sorts by time: the order typed.
      const mine = left.filter((item) => item.agent === agent && !find(item.cid)).sort((a, b) => (a.cid < b.cid ? -1 : 1));
      items.value = [...mine, ...items.peek()];
      for (const conversation of new Set(mine.map((item) => item.conversation))) void flush(conversation);
    },
    stop: () => void (isStopped = true),
  };
}
