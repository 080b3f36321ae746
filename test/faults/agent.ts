// Agents of the fault runs: the feed by its revs, and each conversation's log as the inbox has it (P5 to P9).
import { io } from 'socket.io-client';
import { createOrderedLog } from '../../shared/log.ts';
import type { Change } from '../../shared/conversation.ts';
import type { AgentReply, FeedItem } from '../../shared/protocol.ts';
import type { Principal } from './oracle.ts';
import { common, createPerson, textOf } from './people.ts';
import type { Ask, Person, PersonOptions } from './people.ts';

export function createAgent(options: PersonOptions & { name: string; who?: Principal; cookie: () => string }): Person {
  const { name, cookie, oracle } = options;
  const who = options.who ?? name;
  const screen = oracle.screen(name, who, { sees: 'all' });
  const feed = createOrderedLog<FeedItem>();
  const lasts = new Map<number, number>();
  let epoch: string | undefined;
  let isLoaded = false;

  function take(items: readonly FeedItem[]): boolean {
    for (const { conversationId, change } of feed.offer(items)) {
      if (conversationId === undefined || change === undefined || change.seq <= (lasts.get(conversationId) ?? 0)) continue;
      screen.applied(conversationId, change.seq, textOf(change));
      lasts.set(conversationId, change.seq);
    }
    return feed.hasGap();
  }
  /** The list, and the whole log of each. One at a time; what comes meanwhile would stand on logs that are just being taken away, and is asked for after. */
  let loading: Promise<boolean> | null = null;
  const load = (ask: Ask): Promise<boolean> => (loading ??= readAll(ask).finally(() => (loading = null)));

  async function readAll(ask: Ask): Promise<boolean> {
    isLoaded = false;
    const list = await ask<AgentReply<'conversation.list'>>('conversation.list', { filter: 'all', limit: 100 });
    if (!list?.ok) return false;
    for (const { id } of list.conversations) {
      const changes: Change[] = [];
      for (let before: number | undefined, more = true; more;) {
        const page = await ask<AgentReply<'conversation.history'>>('conversation.history', {
          conversation: id,
          limit: 200,
          ...(before && { before }),
        });
        if (!page?.ok) return false;
        changes.unshift(...page.changes);
        before = page.changes[0]?.seq;
        more = page.more && before !== undefined;
      }
      screen.reset(id, (changes[0]?.seq ?? 1) - 1);
      for (const change of changes) screen.applied(id, change.seq, textOf(change));
      lasts.set(id, changes.at(-1)?.seq ?? 0);
    }
    feed.reset(list.rev);
    return (isLoaded = true);
  }
  return createPerson(
    {
      name,
      who,
      socket: (url) => io(`${url}/agent`, { ...common, auth: { protocol: 1 }, extraHeaders: { cookie: cookie() } }),
      async sync(ask) {
        const reply = await ask<AgentReply<'sync'>>('sync', {
          ...(epoch !== undefined && { epoch }),
          ...(isLoaded && { rev: feed.last() }),
        });
        if (!reply?.ok) return false;
        epoch = reply.epoch;
        return isLoaded || load(ask);
      },
      listen(socket, ask, needSync) {
        socket.on('feed', ({ items }: { items: FeedItem[] }) => {
          if (isLoaded && take(items)) needSync();
        });
        socket.on('synced', ({ rev }: { rev: number }) => {
          if (feed.last() < rev) needSync();
        });
        socket.on('reload', () => void load(ask));
      },
      last: (conversation) => lasts.get(conversation) ?? 0,
    },
    options,
  );
}
