// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createConversations } from '../../inbox/state/conversations.ts';
import { createCounts } from '../../inbox/state/counts.ts';
import { createList } from '../../inbox/state/list.ts';
import type { ConversationSummary } from '../../shared/protocol.ts';
import { ada, createFakeConnection, minute, noon, refusal, serverWith, summary } from './scene.ts';

const agentId = (): number => 7;
const counted = { open: 2, waiting: 0, mine: 0, unassigned: 2, bot: 0, closed: 0, all: 2 };

async function listOf(conversations: ConversationSummary[], nextCursor: string | null = null) {
  const connection = createFakeConnection({
    ...serverWith(conversations),
    'conversation.list': ({ cursor }) => ({
      ok: true,
      conversations: cursor ? [] : conversations,
      nextCursor: cursor ? null : nextCursor,
      rev: 10,
      counts: counted,
    }),
  });
  const store = createConversations();
  const counts = createCounts(agentId);
  const list = createList({ connection, conversations: store, counts, agentId });
  list.startOver();
  await vi.waitFor(() => expect(list.rows.value).not.toBeNull());
  return { connection, store, counts, list, ids: () => list.rows.value?.map((row) => row.id) };
}

describe('the list', () => {
  test('what moved last stands first, and moves up by itself', async () => {
    const { store, ids } = await listOf([summary(1), summary(2)]);
    expect(ids()).toEqual([1, 2]);
    store.put([summary(2, { lastAt: noon + minute, rev: 11 })]);
    expect(ids()).toEqual([2, 1]);
  });

  test('rows keep their places under the pointer and sort themselves when it leaves', async () => {
    const { store, list, ids } = await listOf([summary(1), summary(2)]);
    list.hold(true);
    store.put([summary(2, { lastAt: noon + minute, rev: 11 }), summary(3, { lastAt: noon + 2 * minute, rev: 12 })]);
    expect(ids()).toEqual([1, 2, 3]);
    list.hold(false);
    expect(ids()).toEqual([3, 2, 1]);
  });

  test('who waits longest stands first among the waiting', async () => {
    const { list, ids } = await listOf([
      summary(1, { waitingSince: noon - minute }),
      summary(2, { waitingSince: noon - 9 * minute }),
      summary(3),
    ]);
    list.setFilter('waiting');
    await vi.waitFor(() => expect(ids()).toEqual([2, 1]));
  });

  test('a conversation leaves a filter it no longer fits', async () => {
    const { store, ids } = await listOf([summary(1), summary(2)]);
    store.put([summary(1, { status: 'closed', rev: 11 })]);
    expect(ids()).toEqual([2]);
  });

  test('what is older than the last page and known by chance waits for its page', async () => {
    const { store, list, ids } = await listOf([summary(1), summary(2)], 'next');
    store.put([summary(9)]);
    expect(ids()).toEqual([1, 2]);
    list.loadMore();
    await vi.waitFor(() => expect(ids()).toEqual([1, 2, 9]));
  });

  test('an answer that is older than what the feed brought changes nothing', async () => {
    const { store } = await listOf([summary(1, { preview: 'new', rev: 12 })]);
    store.put([summary(1, { preview: 'old', rev: 11 })]);
    expect(store.get(1)?.preview).toBe('new');
  });

  test('a failure is told and can be tried again', async () => {
    const { connection, list } = await listOf([summary(1)]);
    connection.answer({ 'conversation.list': () => refusal('forbidden') });
    list.startOver();
    await vi.waitFor(() => expect(list.failure.value?.code).toBe('forbidden'));
    connection.answer(serverWith([summary(1)]));
    list.retry();
    await vi.waitFor(() => expect([list.failure.value, list.rows.value?.length]).toEqual([null, 1]));
  });

  test('a search shows what the server found, in its order', async () => {
    const { connection, list, ids } = await listOf([summary(1), summary(2)]);
    connection.answer(serverWith([summary(2, { contact: { ...summary(2).contact, name: 'Lena' } }), summary(1)]));
    list.setSearch('lena');
    await vi.waitFor(() => expect(ids()).toEqual([2]));
    list.setSearch('');
    expect(ids()).toEqual([1, 2]);
  });
});

describe('counts', () => {
  test('move with every change after the rev they were counted at, and not with those before', () => {
    const counts = createCounts(agentId);
    counts.set(counted, 10);
    counts.move(summary(1), summary(1, { status: 'closed' }), 10, false);
    expect(counts.counts.value?.closed).toBe(0);
    counts.move(summary(1), summary(1, { status: 'closed' }), 11, false);
    expect(counts.counts.value).toMatchObject({ open: 1, closed: 1, unassigned: 1, all: 2 });
  });

  test('a change that came before the answer that did not count it is not lost', () => {
    const counts = createCounts(agentId);
    counts.move(undefined, summary(3), 11, true);
    counts.set(counted, 10);
    expect(counts.counts.value).toMatchObject({ open: 3, all: 3 });
  });

  test('a conversation whose former state is unknown cannot be counted here', () => {
    expect(createCounts(agentId).move(undefined, summary(3), 11, false)).toBe(false);
  });
});

describe('what was just done here', () => {
  const store = signal(createConversations());
  beforeEach(() => {
    store.value = createConversations();
    store.value.put([summary(1, { head: 5, waitingSince: noon })]);
    store.value.expect({ cid: 'cid-close-1', conversation: 1, change: { kind: 'status', status: 'closed', by: ada } });
  });

  test('is shown at once', () => {
    expect(store.value.get(1)).toMatchObject({ status: 'closed', waitingSince: null, head: 5 });
    expect(store.value.known(1)?.status).toBe('open');
  });

  test('is taken back where it is refused', () => {
    store.value.withdraw('cid-close-1');
    expect(store.value.get(1)?.status).toBe('open');
  });

  test('stays until the log has reached it, then the server’s word alone counts', () => {
    store.value.confirm('cid-close-1', 6);
    expect(store.value.get(1)?.status).toBe('closed');
    store.value.put([summary(1, { head: 6, status: 'closed', rev: 2 })]);
    store.value.put([summary(1, { head: 7, status: 'open', rev: 3 })]);
    expect(store.value.get(1)?.status).toBe('open');
  });
});
