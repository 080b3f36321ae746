// What an agent changes of their own words: shown at once. An edit is sent at once, a deletion after the time to undo it.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { AgentReply } from '../../shared/protocol.ts';
import { createCid } from '../cid.ts';
import type { Connection } from '../connection.ts';
import { deliver } from '../deliver.ts';
import type { Toasts } from './toasts.ts';

export interface Revision {
  cid: string;
  conversation: number;
  message: number;
  /** Null: deleted. */
  text: string | null;
  at: number;
  /** Not sent yet: can be undone. */
  isHeld: boolean;
  /** Its place in the log, once the server said it; shown until the log has reached it. */
  seq: number | null;
}

export interface Revisions {
  /** In the order made. */
  readonly items: ReadonlySignal<readonly Revision[]>;
  edit(conversation: number, message: number, text: string): void;
  remove(conversation: number, message: number): void;
  /** Takes a held deletion back. */
  undo(message: number): void;
  /** Sends held deletions now: nobody will be here to see the rest of their time. */
  sendHeld(): void;
  /** The log has come this far. */
  settle(conversation: number, seq: number): void;
  stop(): void;
}

interface Deps {
  connection: Connection;
  toasts: Toasts;
  /** An edit was refused: its words are offered again. */
  editAgain(revision: { conversation: number; message: number; text: string }): void;
}

/** As long as a toast stays. */
const undoWithinMs = 6000;

export function createRevisions({ connection, toasts, editAgain }: Deps): Revisions {
  const pending = createPending();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const inTurn = createTurns();
  let isStopped = false;

  function submit(revision: Revision): void {
    clearTimeout(timers.get(revision.cid));
    timers.delete(revision.cid);
    pending.revise(revision.cid, { isHeld: false });
    void inTurn(revision.message, async () => {
      const reply = await send(connection, revision, () => !isStopped);
      if (reply?.ok) pending.revise(revision.cid, { seq: reply.seq });
      else if (reply) {
        pending.drop(revision.cid);
        tellRefused(revision, reply);
      }
    });
  }

  function tellRefused({ conversation, message, text }: Revision, { code, message: why }: { code: string; message: string }): void {
    if (text !== null) {
      const action = { label: 'Edit again', run: () => editAgain({ conversation, message, text }) };
      toasts.show(`The message was not changed. ${why}`, { tone: 'error', action });
    }
    // Deleted twice is deleted.
    else if (code !== 'not_found') toasts.show(`The message was not deleted. ${why}`, { tone: 'error' });
  }

  const sendHeld = (): void => pending.held().forEach(submit);
  window.addEventListener('pagehide', sendHeld);
  return {
    items: pending.items,
    edit: (conversation, message, text) => submit(pending.add(conversation, message, text)),
    remove(conversation, message) {
      const made = pending.add(conversation, message, null);
      timers.set(
        made.cid,
        setTimeout(() => submit(made), undoWithinMs),
      );
    },
    undo(message) {
      for (const { cid } of pending.held().filter((item) => item.message === message)) {
        clearTimeout(timers.get(cid));
        pending.drop(cid);
      }
    },
    sendHeld,
    settle: pending.settle,
    stop() {
      isStopped = true;
      window.removeEventListener('pagehide', sendHeld);
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

interface Pending extends Pick<Revisions, 'items' | 'settle'> {
  held(): readonly Revision[];
  /** A deletion is held, an edit is not. */
  add(conversation: number, message: number, text: string | null): Revision;
  revise(cid: string, more: Partial<Revision>): void;
  drop(cid: string): void;
}

function createPending(): Pending {
  const items = signal<readonly Revision[]>([]);
  return {
    items,
    held: () => items.peek().filter((item) => item.isHeld),
    add(conversation, message, text) {
      const made = { cid: createCid(), conversation, message, text, at: Date.now(), isHeld: text === null, seq: null };
      items.value = [...items.peek(), made];
      return made;
    },
    revise: (cid, more) => void (items.value = items.peek().map((item) => (item.cid === cid ? { ...item, ...more } : item))),
    drop: (cid) => void (items.value = items.peek().filter((item) => item.cid !== cid)),
    settle(conversation, seq) {
      const open = items.peek().filter((item) => item.conversation !== conversation || item.seq === null || item.seq > seq);
      if (open.length < items.peek().length) items.value = open;
    },
  };
}

function send(
  connection: Connection,
  { cid, conversation, message, text }: Revision,
  isWanted: () => boolean,
): Promise<AgentReply<'message.edit'> | AgentReply<'message.delete'> | null> {
  const body = { cid, conversation, message };
  return text === null
    ? deliver(connection, 'message.delete', body, isWanted)
    : deliver(connection, 'message.edit', { ...body, text }, isWanted);
}

/** Work on one message waits for the work on it before: a retried edit must not overtake a later one. */
function createTurns(): (message: number, work: () => Promise<void>) => Promise<void> {
  const last = new Map<number, Promise<void>>();
  return async (message, work) => {
    const turn = (last.get(message) ?? Promise.resolve()).then(work);
    last.set(message, turn);
    await turn;
    if (last.get(message) === turn) last.delete(message);
  };
}
