// The agents' feed: joined at every connect, resumed by rev, applied strictly in order (P5 to P9).
import { effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { createOrderedLog } from '../../shared/log.ts';
import type { AgentView, FeedItem } from '../../shared/protocol.ts';
import type { Connection } from '../connection.ts';

const heartbeatMs = 20_000;
const syncWithinMs = 5000;
const gapPatienceMs = 150;
/** Where the log stands before the server has said it: everything is ahead, so nothing is applied. */
const nowhere = -Infinity;

export interface Feed {
  /** The workspace's feed is joined: what the list shows from now on is live. */
  readonly isJoined: ReadonlySignal<boolean>;
  /** The last rev applied; -Infinity before the first answer. */
  rev(): number;
  stop(): void;
}

export interface FeedSink {
  /** In order, each rev once. */
  apply(items: readonly FeedItem[]): void;
  /** The log cannot be followed from what is here: load everything anew. */
  startOver(): void;
  /** The server answered: who is there. `isNew`: the connection is a new one. */
  joined(agents: readonly AgentView[], isNew: boolean): void;
}

export function createFeed(connection: Connection, sink: FeedSink): Feed {
  let log = createOrderedLog<FeedItem>(nowhere);
  const isJoined = signal(false);
  let epoch: string | undefined;
  let isSyncing = false;
  let gapTimer: ReturnType<typeof setTimeout> | undefined;

  function take(items: readonly FeedItem[]): void {
    const ready = log.offer(items);
    if (ready.length > 0) sink.apply(ready);
    clearTimeout(gapTimer);
    if (log.hasGap()) gapTimer = setTimeout(() => void sync(), gapPatienceMs);
  }

  async function sync(): Promise<void> {
    if (isSyncing || connection.status.peek() !== 'online') return;
    isSyncing = true;
    const reply = await connection.send('sync', epoch === undefined ? {} : { epoch, rev: log.last() }, syncWithinMs);
    isSyncing = false;
    if (!reply.ok) {
      if (reply.retryable && connection.status.peek() === 'online') connection.restart();
      return;
    }
    sink.joined(reply.agents, !isJoined.peek());
    const isAnotherLog = reply.epoch !== epoch || reply.rev < log.last();
    if (isAnotherLog) {
      // What came ahead of the first answer is of this log and stays; what is held of another epoch must not.
      if (epoch === undefined) log.reset(reply.rev);
      else log = createOrderedLog(reply.rev);
      epoch = reply.epoch;
      sink.startOver();
    }
    isJoined.value = true;
    take([]);
  }

  function forget(): void {
    epoch = undefined;
    log = createOrderedLog(nowhere);
    void sync();
  }

  const stops = [
    effect(() => {
      isJoined.value = false;
      if (connection.status.value === 'online') void sync();
    }),
    connection.on('feed', ({ items }) => take(items)),
    connection.on('reload', forget),
    heartbeat(() => void sync()),
  ];
  return {
    isJoined,
    rev: () => log.last(),
    stop() {
      clearTimeout(gapTimer);
      for (const stop of stops) stop();
    },
  };
}

/** Every 20 s, and whenever the page comes back to life: repairs what was dropped in silence (P9). */
function heartbeat(beat: () => void): () => void {
  const timer = setInterval(beat, heartbeatMs);
  const onVisible = (): void => {
    if (!document.hidden) beat();
  };
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', beat);
  window.addEventListener('pageshow', beat);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('online', beat);
    window.removeEventListener('pageshow', beat);
  };
}
