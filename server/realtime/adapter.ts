// The line between nodes. The one file that knows Redis: what is said here reaches all other nodes, or is lost; nobody waits for it.
import { createClient } from '@redis/client';
import type { Deps } from '../deps.ts';

export interface Line {
  /** To all other nodes, in the order it is given. Never throws and never waits; where the line is down, it is lost. */
  send(text: string): void;
  /** What one node says is heard by the others within moments. */
  isUp(): boolean;
  close(): Promise<void>;
}

export interface LineOptions {
  url: string;
  /** Nodes on the same channel hear each other: one for each database. */
  channel: string;
  log: Deps['log'];
  /** Also what this node said itself. */
  heard(text: string): void;
  /** The line came up or went down. */
  changed(isUp: boolean): void;
}

/** We listen to ourselves so often, ms: a Redis that is there and hangs is found by that, and by nothing else. */
const echoEveryMs = 500;
/** Heard nothing of ourselves for so long: the line is down. */
const downMs = 2000;
/** Then it is opened anew, so often. */
const reopenMs = 5000;
/** What Redis has not taken yet, characters. More is lost: the database holds it. */
const mostUnsent = 4_000_000;

const echo = 'echo';

export async function openLine(options: LineOptions): Promise<Line> {
  const { log } = options;
  let pair: Pair | null = null;
  let isUp = false;
  let isClosed = false;
  let heardAt = Number.NEGATIVE_INFINITY;
  let openedAt = performance.now();
  let unsent = 0;

  function turn(up: boolean, why = ''): void {
    if (isUp === up || isClosed) return;
    isUp = up;
    if (up) log.info({}, 'Redis: nodes hear each other');
    else log.warn({ why }, 'Redis is silent: nodes look into the database for what the others did');
    options.changed(up);
  }

  function hear(text: string): void {
    if (isClosed) return;
    if (text !== echo) return options.heard(text);
    heardAt = performance.now();
    turn(true);
  }

  function publish(text: string): void {
    const { speaker } = pair ?? {};
    if (!speaker?.isReady || unsent > mostUnsent) return;
    unsent += text.length;
    const settled = (): void => void (unsent -= text.length);
    speaker.publish(options.channel, text).then(settled, settled);
  }

  function reopen(): void {
    openedAt = performance.now();
    pair?.destroy();
    unsent = 0;
    pair = openPair(options, hear);
  }

  reopen();
  const timer = setInterval(() => {
    publish(echo);
    const now = performance.now();
    if (now - heardAt < downMs) return;
    turn(false, 'no echo');
    if (now - openedAt > reopenMs) reopen();
  }, echoEveryMs);
  timer.unref();
  return {
    send: publish,
    isUp: () => isUp,
    async close() {
      isClosed = true;
      clearInterval(timer);
      pair?.destroy();
      pair = null;
    },
  };
}

interface Pair {
  speaker: { isReady: boolean; publish(channel: string, text: string): Promise<unknown> };
  destroy(): void;
}

/** A client that listens can do nothing else. Both come back by themselves; what is said meanwhile is not kept. */
function openPair({ url, channel, log }: LineOptions, hear: (text: string) => void): Pair {
  const options = {
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 2000, keepAlive: true, reconnectStrategy: (tries: number) => Math.min(2000, 50 * 2 ** Math.min(tries, 6)) },
  } as const;
  const [speaker, listener] = [createClient(options), createClient(options)];
  let isOver = false;
  for (const client of [speaker, listener]) {
    client.on('error', (error: unknown) => log.debug({ error }, 'Redis'));
    client
      .connect()
      .then(
        async () => {
          if (!isOver && client === listener) await listener.subscribe(channel, hear);
        },
        () => {},
      )
      .catch((error: unknown) => log.debug({ error }, 'Redis'));
  }
  return {
    speaker,
    destroy() {
      isOver = true;
      for (const client of [speaker, listener]) {
        try {
          client.destroy();
        } catch {
          // It was closed already.
        }
      }
    },
  };
}
