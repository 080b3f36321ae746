// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFeed } from '../../inbox/state/feed.ts';
import type { Feed } from '../../inbox/state/feed.ts';
import type { FeedItem } from '../../shared/protocol.ts';
import { createFakeConnection, item, me, refusal } from './scene.ts';
import type { FakeConnection } from './scene.ts';

let connection: FakeConnection;
let feed: Feed;
let applied: number[];
let starts: number;
let head: { epoch: string; rev: number };

beforeEach(() => {
  vi.useFakeTimers();
  head = { epoch: 'e1', rev: 10 };
  applied = [];
  starts = 0;
  connection = createFakeConnection({ sync: () => ({ ok: true, ...head, me: me.agent, agents: [] }) });
});
afterEach(() => {
  feed.stop();
  vi.useRealTimers();
});

async function begin(): Promise<void> {
  feed = createFeed(connection, {
    apply: (items: readonly FeedItem[]) => applied.push(...items.map((i) => i.seq)),
    startOver: () => (starts += 1),
    joined: () => undefined,
  });
  await vi.advanceTimersByTimeAsync(0);
}

test('at the first connect the feed begins at the head and everything is loaded once', async () => {
  await begin();
  expect(connection.sentOf('sync')).toEqual([{}]);
  expect([starts, feed.rev(), feed.isJoined.value]).toEqual([1, 10, true]);
});

test('[P8] feed items are applied in order and each once, whatever order they come in', async () => {
  await begin();
  connection.emit('feed', { items: [item(12), item(11)] });
  connection.emit('feed', { items: [item(11), item(12), item(13)] });
  expect(applied).toEqual([11, 12, 13]);
});

test('[P8] what is ahead of a gap waits, and after 150 ms the missing part is asked for', async () => {
  await begin();
  connection.emit('feed', { items: [item(13)] });
  expect(applied).toEqual([]);
  await vi.advanceTimersByTimeAsync(149);
  expect(connection.sentOf('sync')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(connection.sentOf('sync').at(-1)).toEqual({ epoch: 'e1', rev: 10 });
  connection.emit('feed', { items: [item(11), item(12)] });
  expect(applied).toEqual([11, 12, 13]);
});

test('a gap that closes by itself asks for nothing', async () => {
  await begin();
  connection.emit('feed', { items: [item(12)] });
  connection.emit('feed', { items: [item(11)] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(connection.sentOf('sync')).toHaveLength(1);
});

describe('before the first answer', () => {
  /** Begins with a sync that is answered when the returned function is called. */
  async function beginUnanswered(): Promise<() => Promise<void>> {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    connection.answer({ sync: () => held.then(() => ({ ok: true as const, ...head, me: me.agent, agents: [] })) });
    await begin();
    return async () => {
      release();
      await vi.advanceTimersByTimeAsync(0);
    };
  }

  test('items are kept for after it', async () => {
    const answer = await beginUnanswered();
    connection.emit('feed', { items: [item(11)] });
    expect(applied).toEqual([]);
    await answer();
    expect([applied, starts]).toEqual([[11], 1]);
  });

  test('nothing is applied, not even the first item of a new workspace', async () => {
    head = { epoch: 'e1', rev: 0 };
    const answer = await beginUnanswered();
    connection.emit('feed', { items: [item(1)] });
    expect(applied).toEqual([]);
    await answer();
    expect([applied, feed.rev()]).toEqual([[1], 1]);
  });

  test('the same holds after the server’s word to reload', async () => {
    await begin();
    head = { epoch: 'e1', rev: 10 };
    connection.emit('reload', {});
    connection.emit('feed', { items: [item(11)] });
    expect(applied).toEqual([]);
    await vi.advanceTimersByTimeAsync(0);
    expect([applied, starts, feed.rev()]).toEqual([[11], 2, 11]);
  });
});

test('[P7] after a reconnect the feed goes on where it stood', async () => {
  await begin();
  connection.emit('feed', { items: [item(11)] });
  connection.status.value = 'reconnecting';
  expect(feed.isJoined.value).toBe(false);
  head = { epoch: 'e1', rev: 14 };
  connection.status.value = 'online';
  await vi.advanceTimersByTimeAsync(0);
  expect(connection.sentOf('sync').at(-1)).toEqual({ epoch: 'e1', rev: 11 });
  expect(starts).toBe(1);
});

test('[P6] another epoch, or a head behind what was applied, starts over', async () => {
  await begin();
  connection.emit('feed', { items: [item(11), item(12)] });
  head = { epoch: 'e2', rev: 3 };
  await vi.advanceTimersByTimeAsync(20_000);
  expect([starts, feed.rev()]).toEqual([2, 3]);
  head = { epoch: 'e2', rev: 2 };
  await vi.advanceTimersByTimeAsync(20_000);
  expect([starts, feed.rev()]).toEqual([3, 2]);
});

test('the server’s word to reload starts over', async () => {
  await begin();
  connection.emit('reload', {});
  await vi.advanceTimersByTimeAsync(0);
  expect(connection.sentOf('sync').at(-1)).toEqual({});
  expect(starts).toBe(2);
});

test('[P9] a heartbeat goes out every 20 s and when the page comes online', async () => {
  await begin();
  await vi.advanceTimersByTimeAsync(40_000);
  expect(connection.sentOf('sync')).toHaveLength(3);
  window.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  expect(connection.sentOf('sync')).toHaveLength(4);
});

test('a heartbeat without an answer drops the connection and makes a new one', async () => {
  await begin();
  connection.answer({ sync: () => refusal('unavailable') });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(connection.restarts).toBe(1);
});
