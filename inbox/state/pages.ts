// The pages of a list, per filter and search: what was loaded, how far, and how the rest is had.
import { batch, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../shared/errors.ts';
import type { AgentBody, AgentReply, ConversationFilter } from '../../shared/protocol.ts';
import type { Connection } from '../connection.ts';
import { deliver } from '../deliver.ts';
import type { Conversations } from './conversations.ts';
import type { CountsState } from './counts.ts';

const pageSize = 50;

/** A filter and the words searched for in it; none are the plain list. */
export interface Query {
  filter: ConversationFilter;
  words: string;
}

export interface Loaded {
  cursor: string | null;
  /** `lastAt` of the oldest row loaded: what is older and known by chance waits for its page, so that no gap shows. */
  floor: number;
  /** In the server's order; what a search shows. */
  ids: readonly number[];
  /** Of a search that did not look at everything. */
  isCut: boolean;
}

export interface Pages {
  /** By `keyOf` a query. */
  readonly loaded: ReadonlySignal<ReadonlyMap<string, Loaded>>;
  readonly failure: ReadonlySignal<Failure | null>;
  /** The first page, or the next one after `cursor`. */
  load(query: Query, cursor: string | null): Promise<void>;
  clear(): void;
}

export const keyOf = ({ filter, words }: Query): string => `${filter}\n${words.trim().toLowerCase()}`;

interface Deps {
  connection: Connection;
  conversations: Conversations;
  counts: CountsState;
  /** Answers to a query that is asked no longer are dropped. */
  isWanted(key: string): boolean;
}

export function createPages({ connection, conversations, counts, isWanted }: Deps): Pages {
  const loaded = signal<ReadonlyMap<string, Loaded>>(new Map());
  const failure = signal<Failure | null>(null);
  const loading = new Set<string>();

  function take(key: string, reply: Extract<AgentReply<'conversation.list'>, { ok: true }>, before: Loaded | undefined): void {
    const last = reply.conversations.at(-1);
    const ids = [...(before?.ids ?? []), ...reply.conversations.map((conversation) => conversation.id)];
    const floor = reply.nextCursor === null || !last ? -Infinity : last.lastAt;
    batch(() => {
      conversations.put(reply.conversations);
      counts.set(reply.counts, reply.rev);
      loaded.value = new Map(loaded.peek()).set(key, { cursor: reply.nextCursor, floor, ids, isCut: reply.searchCut ?? false });
      failure.value = null;
    });
  }

  return {
    loaded,
    failure,
    async load(query, cursor) {
      const key = keyOf(query);
      if (loading.has(key)) return;
      loading.add(key);
      failure.value = null;
      const words = query.words.trim();
      const body: AgentBody<'conversation.list'> = { filter: query.filter, limit: pageSize };
      if (words !== '') body.search = words;
      if (cursor !== null) body.cursor = cursor;
      const reply = await deliver(connection, 'conversation.list', body, () => isWanted(key));
      loading.delete(key);
      if (reply?.ok) take(key, reply, cursor === null ? undefined : loaded.peek().get(key));
      else if (reply && isWanted(key)) failure.value = reply;
    },
    clear() {
      loaded.value = new Map();
      loading.clear();
    },
  };
}
