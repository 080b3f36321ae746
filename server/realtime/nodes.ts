// What the nodes of one database tell each other. Hints all of it: what counts is in the database, and catch-up.ts finds what got lost.
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import type { Counted } from '../limits.ts';
import type { Published } from '../publish.ts';
import type { PresenceChange } from './presence.ts';
import { openLine } from './adapter.ts';
import type { Line } from './adapter.ts';

/** By kind. A node of another version may say things we do not know: they are passed over. */
export interface News {
  /** What a commit tells the world. */
  published: Published;
  /** To sockets of a room, as it stands; lost where nobody is there. */
  said: { namespace: '/visitor' | '/agent'; room: string; event: string; body: object };
  workspace_changed: { workspaceId: string };
  agent_session_ended: { sessionHash: string; reason: 'logout' | 'revoked' };
  /** All agents that are connected to the node, by workspace: said when that changes, and every few seconds. */
  agents: { byWorkspace: Record<string, number[]> };
  /** Visitors connected to the node who came, left or moved; said where some node's agents watch. */
  visitors: { workspaceId: string; changes: PresenceChange[] };
  /** Agents of this workspace are there now: who holds visitors of it tells them all. */
  watching: { workspaceId: string };
  counted: Counted;
  bye: object;
}

export type NewsKind = keyof News;
export type Hearers = { [K in NewsKind]: (news: News[K], node: string) => void };

export interface Nodes {
  readonly id: string;
  tell<K extends NewsKind>(kind: K, news: News[K]): void;
  /** Other nodes may be there, and are heard. */
  isLinked(): boolean;
  /** To be called once, before anything is told. */
  listen(hearers: Hearers, linkChanged: (isUp: boolean) => void): void;
  close(): Promise<void>;
}

/** A node without others. */
export const alone: Nodes = { id: '', tell() {}, isLinked: () => false, listen() {}, close: async () => {} };

const envelope = z.object({ node: z.string().min(1), news: z.array(z.tuple([z.string(), z.unknown()])) });

export interface NodesOptions {
  redisUrl: string;
  /** The database's, which all its nodes share. */
  epoch: string;
  id: string;
  log: Deps['log'];
}

export async function joinNodes({ redisUrl, epoch, id, log }: NodesOptions): Promise<Nodes> {
  let hearers: Hearers | null = null;
  let changed = (_isUp: boolean): void => {};
  let waiting: [NewsKind, unknown][] = [];

  function heard(text: string): void {
    try {
      const { node, news } = envelope.parse(JSON.parse(text));
      if (node === id || hearers === null) return;
      for (const [kind, body] of news) {
        const hear = (hearers as Record<string, ((body: never, node: string) => void) | undefined>)[kind];
        hear?.(body as never, node);
      }
    } catch (error) {
      log.warn({ error }, 'another node said what cannot be read');
    }
  }
  const line: Line = await openLine({ url: redisUrl, channel: `foyer:${epoch}`, log, heard, changed: (isUp) => changed(isUp) });

  function flush(): void {
    const news = waiting;
    waiting = [];
    if (news.length > 0) line.send(JSON.stringify({ node: id, news }));
  }
  return {
    id,
    tell(kind, news) {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push([kind, news]);
    },
    isLinked: () => line.isUp(),
    listen(to, linkChanged) {
      hearers = to;
      changed = linkChanged;
    },
    async close() {
      waiting.push(['bye', {}]);
      flush();
      // One turn for Redis to take it.
      await new Promise<void>((next) => setTimeout(next, 20));
      await line.close();
    },
  };
}
