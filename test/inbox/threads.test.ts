// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createThreads } from '../../inbox/state/threads.ts';
import type { Change } from '../../shared/conversation.ts';
import { createFakeConnection, refusal, said, summary } from './scene.ts';
import type { FakeConnection } from './scene.ts';

let connection: FakeConnection;
let log: Change[];

beforeEach(() => {
  vi.useFakeTimers();
  log = Array.from({ length: 5 }, (_, index) => said(index + 1, `message ${index + 1}`));
  connection = createFakeConnection({
    'conversation.history': ({ conversation, before = Infinity, limit = 100 }) => {
      const upTo = log.filter((change) => change.seq < before);
      const changes = upTo.slice(-limit);
      return { ok: true, changes, head: log.at(-1)?.seq ?? 0, more: upTo.length > changes.length, conversation: summary(conversation) };
    },
  });
});
afterEach(() => vi.useRealTimers());

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const seqs = (changes: readonly Change[]): number[] => changes.map((change) => change.seq);

test('[I5] a thread shows a prefix of the log: what is ahead waits for what is missing', async () => {
  const threads = createThreads(connection);
  const thread = threads.open(1);
  await settle();
  threads.take(1, said(7, 'ahead'));
  expect(seqs(thread.changes.value)).toEqual([1, 2, 3, 4, 5]);
  log.push(said(6, 'missing'), said(7, 'ahead'));
  await settle(150);
  expect(seqs(thread.changes.value)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('a change that comes while history is under way is neither lost nor doubled', async () => {
  const threads = createThreads(connection);
  const thread = threads.open(1);
  threads.take(1, said(5, 'in history too'));
  threads.take(1, said(6, 'after history'));
  await settle();
  expect(seqs(thread.changes.value)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('older pages are put before what is there, until the beginning', async () => {
  log = Array.from({ length: 230 }, (_, index) => said(index + 1, 'x'));
  const threads = createThreads(connection);
  const thread = threads.open(1);
  await settle();
  expect([thread.changes.value[0]?.seq, thread.hasOlder.value]).toEqual([131, true]);
  await threads.loadOlder(1);
  await threads.loadOlder(1);
  expect([thread.changes.value[0]?.seq, thread.changes.value.length, thread.hasOlder.value]).toEqual([1, 230, false]);
});

test('reaching for an old message loads pages until it is there', async () => {
  log = Array.from({ length: 330 }, (_, index) => said(index + 1, 'x'));
  const threads = createThreads(connection);
  threads.open(1);
  await settle();
  expect(await threads.reach(1, 104)).toBe(true);
  expect(await threads.reach(1, 99_999)).toBe(false);
});

test('starting over keeps the old thread on screen until the new one is there, and loses no change of the meantime', async () => {
  const threads = createThreads(connection);
  const thread = threads.open(1);
  await settle();
  log = [said(1, 'another log'), said(2, 'of another epoch')];
  threads.startOver();
  expect(seqs(thread.changes.value)).toEqual([1, 2, 3, 4, 5]);
  threads.take(1, said(3, 'meanwhile'));
  await settle();
  expect(seqs(thread.changes.value)).toEqual([1, 2, 3]);
});

test('a thread that cannot be had says why and can be asked for again', async () => {
  const threads = createThreads(connection);
  const history = connection.answer;
  connection.answer({ 'conversation.history': () => refusal('not_found') });
  const thread = threads.open(1);
  await settle();
  expect(thread.failure.value?.code).toBe('not_found');
  history({ 'conversation.history': () => ({ ok: true, changes: [], head: 0, more: false, conversation: summary(1) }) });
  threads.retry(1);
  await settle();
  expect([thread.failure.value, thread.isLoaded.value]).toEqual([null, true]);
});
