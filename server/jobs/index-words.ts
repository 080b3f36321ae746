// Takes the words of new messages into the search, seconds after they were said and only while no message waits for its commit.
import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import { listBehind, readWordNews, writeWordNews } from '../store/message-words.ts';
import { systemScope } from '../store/store.ts';

/** How often it is looked whether there is something new. */
const everyMs = 1000;
/** Facts at a time: what one commit may add to a message that comes in the same moment, 2 to 4 ms. */
const batch = 200;
/** Between two of them, and while messages wait. */
const restMs = 10;

export interface WordIndexer {
  start(): void;
  /** Resolves once nothing is in hand. */
  stop(): Promise<void>;
}

export function createWordIndexer(deps: Pick<Deps, 'store' | 'log'>): WordIndexer {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  const rest = (ms: number): Promise<void> => pause(ms, undefined, { ref: false, signal: stopping.signal }).catch(() => {});

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await rest(everyMs);
      try {
        for (const { workspaceId, after, head } of await deps.store.in(systemScope).read(listBehind))
          await catchUp(workspaceId, after, head);
      } catch (error) {
        if (!stopping.signal.aborted) deps.log.warn({ error }, 'messages could not be taken into the search; it is tried again');
      }
    }
  }

  async function catchUp(workspaceId: string, after: number, head: number): Promise<void> {
    const store = deps.store.in(workspaceId);
    for (let at = after; at < head && !stopping.signal.aborted; await rest(restMs)) {
      if (deps.store.waiting() > 0) continue;
      const news = await store.read((tx) => readWordNews(tx, at, batch));
      if (news.upTo === at || !(await store.write((tx) => writeWordNews(tx, news)))) return;
      at = news.upTo;
    }
  }

  return {
    start: () => void (running ??= run()),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
