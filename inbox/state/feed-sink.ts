// What each area of the inbox does with a feed item, and with a start from scratch.
import { batch } from '@preact/signals';
import type { FeedItem, MessageView } from '../../shared/protocol.ts';
import type { Audit } from './audit.ts';
import type { Card } from './card.ts';
import type { Checklist } from './checklist.ts';
import type { Composer } from './composer.ts';
import type { Conversations } from './conversations.ts';
import type { CountsState } from './counts.ts';
import type { FeedSink } from './feed.ts';
import type { List } from './list.ts';
import type { Merging } from './merging.ts';
import type { Outbox } from './outbox.ts';
import type { Presence } from './presence.ts';
import type { Reading } from './reading.ts';
import type { Revisions } from './revisions.ts';
import type { Threads } from './threads.ts';

interface Areas {
  conversations: Conversations;
  counts: CountsState;
  list: List;
  threads: Threads;
  reading: Reading;
  card: Card;
  merging: Merging;
  audit: Audit;
  composer: Composer;
  outbox: Outbox;
  revisions: Revisions;
  presence: Presence;
  checklist: Checklist;
}

export function createFeedSink(areas: Areas): FeedSink {
  const { conversations, counts, list, threads, reading, card, presence } = areas;
  /** Begun in this run of the feed; their rows come with a later item of it. */
  const begun = new Set<number>();

  function takeRow(item: FeedItem): void {
    const { conversation } = item;
    if (!conversation) return;
    const before = conversations.known(conversation.id);
    conversations.put([conversation]);
    if (!counts.move(before, conversation, item.seq, begun.delete(conversation.id))) list.recount();
  }

  /** Of those that were not known here, only the server can say where they counted. */
  function takeErased({ gone = [], contactId, seq }: FeedItem): void {
    const erased = conversations.erase(gone, contactId);
    const ids = [...new Set([...gone, ...erased.map((summary) => summary.id)])];
    for (const summary of erased) counts.move(summary, null, seq, false);
    if (erased.length < ids.length) list.recount();
    threads.drop(ids);
    reading.erased(ids);
    // What was still to be said to them goes, too.
    areas.composer.forget(ids);
    for (const { cid, conversation } of areas.outbox.items.peek()) if (ids.includes(conversation)) areas.outbox.discard(cid);
  }

  function takeItem(item: FeedItem): void {
    const { conversationId: id, contact, change } = item;
    if (item.type === 'conversation.created' && id !== undefined) begun.add(id);
    if (id !== undefined && change) {
      threads.take(id, change);
      areas.revisions.settle(id, change.seq);
    }
    if (id !== undefined && change?.kind === 'message') settle(areas, id, change.message);
    takeRow(item);
    if (item.type === 'contact.erased') takeErased(item);
    if (contact) conversations.putContact(contact, item.seq, item.mergedFrom);
  }

  return {
    apply: (items) =>
      batch(() => {
        items.forEach(takeItem);
        card.take(items);
        areas.merging.take(items);
        areas.audit.take(items);
      }),
    startOver: () =>
      batch(() => {
        conversations.clear(reading.thread.peek()?.id ?? null);
        counts.clear();
        threads.startOver();
        list.startOver();
        reading.refetch();
        card.refresh();
        areas.merging.refresh();
        areas.audit.refresh();
      }),
    joined(agents, isNew) {
      presence.setAgents(agents);
      // What was missed comes as one row per conversation, so that the moves between filters cannot be told apart.
      if (isNew && counts.counts.peek() !== null) {
        list.recount();
        // Whether the contact is still here is in no log.
        card.refresh();
        areas.merging.refresh();
        areas.audit.refresh();
      }
    },
  };
}

/** A message came: who wrote it types no longer, and where it is our own it waits no longer. */
function settle({ presence, outbox, checklist }: Areas, conversation: number, { author, cid }: MessageView): void {
  if (author.kind === 'contact') presence.quiet(conversation);
  if (cid !== undefined) outbox.join(cid);
  if (!checklist.isComplete.peek()) checklist.refresh();
}
