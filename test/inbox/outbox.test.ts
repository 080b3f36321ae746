// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOutbox } from '../../inbox/state/outbox.ts';
import type { Outbox } from '../../inbox/state/outbox.ts';
import { createStorage } from '../../inbox/storage.ts';
import { createFakeConnection, noon, refusal } from './scene.ts';
import type { FakeConnection } from './scene.ts';

let connection: FakeConnection;
let outbox: Outbox;

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
  connection = createFakeConnection({ 'message.send': ({ conversation }) => ({ ok: true, id: 1, conversation, seq: 5, at: noon }) });
  outbox = createOutbox(connection, createStorage(), 7);
});
afterEach(() => vi.useRealTimers());

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const stored = (): number => createStorage().keys('outbox.').length;

test('[P10] a message is stored before it is sent and leaves the store only when acknowledged', async () => {
  connection.status.value = 'reconnecting';
  outbox.send(1, 'hello', false);
  expect([stored(), connection.sent.length]).toEqual([1, 0]);
  connection.status.value = 'online';
  await settle();
  expect([stored(), outbox.items.value[0]?.seq]).toEqual([0, 5]);
});

test('[P1] after a silence the same message goes out with the same cid', async () => {
  let tries = 0;
  connection.answer({
    'message.send': ({ conversation }) => (++tries < 3 ? refusal('unavailable') : { ok: true, id: 1, conversation, seq: 5, at: noon }),
  });
  outbox.send(1, 'hello', false);
  await vi.advanceTimersByTimeAsync(5000);
  const cids = connection.sentOf('message.send').map((body) => body['cid']);
  expect(cids).toHaveLength(3);
  expect(new Set(cids).size).toBe(1);
});

test('[I4] messages of one conversation go out one after the other, in the order typed', async () => {
  let isDown = true;
  connection.answer({
    'message.send': ({ conversation }) => (isDown ? refusal('busy') : { ok: true, id: 1, conversation, seq: 5, at: noon }),
  });
  outbox.send(1, 'first', false);
  outbox.send(1, 'second', true);
  await settle();
  expect(connection.sentOf('message.send').map((body) => body['text'])).toEqual(['first']);
  isDown = false;
  await vi.advanceTimersByTimeAsync(5000);
  expect(connection.sentOf('message.send').map((body) => body['text'])).toEqual(['first', 'first', 'second']);
  expect(connection.sentOf('message.send').at(-1)).toMatchObject({ note: true });
});

test('[I10] what a closed page left unsent goes out on the next one, in order, and only for the agent who wrote it', async () => {
  connection.status.value = 'reconnecting';
  outbox.send(1, 'first', false);
  await vi.advanceTimersByTimeAsync(2);
  outbox.send(1, 'second', false);
  outbox.stop();
  connection.status.value = 'online';
  await settle();
  expect(connection.sent).toEqual([]);
  createOutbox(connection, createStorage(), 8).resume();
  await settle();
  expect(connection.sent).toEqual([]);
  createOutbox(connection, createStorage(), 7).resume();
  await settle();
  expect(connection.sentOf('message.send').map((body) => body['text'])).toEqual(['first', 'second']);
});

test('a refusal that no retry can mend shows why, and the next message still goes out', async () => {
  connection.answer({
    'message.send': ({ conversation, text }) =>
      text === 'bad' ? refusal('not_found', 'There is no such conversation.') : { ok: true, id: 1, conversation, seq: 5, at: noon },
  });
  outbox.send(1, 'bad', false);
  outbox.send(1, 'good', false);
  await settle();
  expect(outbox.items.value.map((i) => [i.text, i.failure, i.seq])).toEqual([
    ['bad', 'There is no such conversation.', null],
    ['good', null, 5],
  ]);
});

test('a retry of a refused message is a new one with a new cid, and a discarded one is gone', async () => {
  connection.answer({ 'message.send': () => refusal('not_found') });
  outbox.send(1, 'bad', false);
  await settle();
  const first = outbox.items.value[0]?.cid ?? '';
  outbox.retry(first);
  await settle();
  const second = outbox.items.value[0]?.cid ?? '';
  expect(second).not.toBe(first);
  outbox.discard(second);
  expect([outbox.items.value, stored()]).toEqual([[], 0]);
});

test('[P11] a message that the log brings back by its cid is pending no longer', async () => {
  connection.answer({ 'message.send': () => new Promise(() => undefined) });
  outbox.send(1, 'hello', false);
  await settle();
  outbox.join(outbox.items.value[0]?.cid ?? '');
  expect([outbox.items.value, stored()]).toEqual([[], 0]);
});

test('a browser that stores nothing is said to, and the message goes out all the same', async () => {
  const refusing = {
    getItem: () => null,
    setItem: () => {
      throw new Error('quota');
    },
    removeItem: () => undefined,
    key: () => null,
    length: 0,
    clear: () => undefined,
  };
  outbox = createOutbox(connection, createStorage(refusing), 7);
  outbox.send(1, 'hello', false);
  expect(outbox.isDurable.value).toBe(false);
  await settle();
  expect(connection.sentOf('message.send')).toHaveLength(1);
});
