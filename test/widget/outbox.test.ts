import { afterEach, describe, expect, it, vi } from 'vitest';
import { backoffMs } from '../../widget/backoff.ts';
import { memoryStore } from '../../widget/memory-store.ts';
import { newCid } from '../../widget/random.ts';
import type { OutboxItem } from '../../widget/outbox.ts';
import { fakeServer, nextCid, refusal, textOf, until } from './fakes.ts';
import { accept, setUpOutbox as setUp } from './outbox-stage.ts';

afterEach(() => vi.useRealTimers());

describe('what is kept', () => {
  it('[P10] an item is stored before it is shown as sending', async () => {
    const store = memoryStore();
    const shownAtPut: number[] = [];
    const { outbox, say } = setUp({}, { ...store, put: async (item) => (shownAtPut.push(outbox.items.value.length), store.put(item)) });
    await say('hello');
    expect(shownAtPut[0]).toBe(0);
  });

  it('[P10] an item leaves the store on the ack and not before', async () => {
    let acknowledge: (reply: unknown) => void = () => {};
    const server = fakeServer(() => new Promise((resolve) => (acknowledge = resolve)));
    const { store, say } = setUp({}, memoryStore(), server);
    const { cid } = await say('hello');
    await until(() => server.asked.length === 1);
    expect(await store.has(cid)).toBe(true);
    acknowledge({ ok: true, id: 1, conversation: 1, seq: 1, at: 1 });
    await vi.waitFor(async () => expect(await store.has(cid)).toBe(false));
  });

  it('[P10] what an earlier page left is read and sent', async () => {
    const left: OutboxItem = { cid: nextCid(), to: 1, body: { kind: 'message', text: 'typed before the reload' }, at: 1 };
    const { outbox, server } = setUp({}, memoryStore([left]));
    await outbox.load();
    await until(() => server.of('message.send').length === 1);
    expect(server.of('message.send')[0]).toEqual({ cid: left.cid, conversation: 1, text: 'typed before the reload' });
  });

  it('[P10] a store that fails is left for memory, and that is said', async () => {
    const { outbox, say, server } = setUp({}, { ...memoryStore(), kind: 'indexeddb', put: () => Promise.reject(new Error('quota')) });
    await say('hello');
    expect(outbox.durable.value).toBe(false);
    await until(() => server.of('message.send').length === 1);
  });
});

describe('what is sent', () => {
  it('a message goes with the values of its control and the ids of its files, an answer about a detail with its message', async () => {
    const { outbox, server } = setUp();
    await outbox.add(1, { kind: 'message', text: 'Oak, Ash', choices: ['oak', 'ash'] });
    await outbox.add(1, { kind: 'message', text: 'plan.pdf', files: ['upload-1'] });
    await outbox.add(1, { kind: 'detail', message: 9, field: 'email', answer: 'change', value: 'ada@lovelace.org' });
    await outbox.add(1, { kind: 'detail', message: 9, field: 'name', answer: 'right' });
    await until(() => server.of('detail.answer').length === 2);
    const cid = expect.any(String) as string;
    expect(server.of('message.send')).toEqual([
      { cid, conversation: 1, text: 'Oak, Ash', choices: ['oak', 'ash'] },
      { cid, conversation: 1, text: 'plan.pdf', files: ['upload-1'] },
    ]);
    expect(server.of('detail.answer')).toEqual([
      { cid, conversation: 1, message: 9, field: 'email', answer: 'change', value: 'ada@lovelace.org' },
      { cid, conversation: 1, message: 9, field: 'name', answer: 'right' },
    ]);
  });

  it('[P10] what the version before has stored is sent as that version would have', async () => {
    const text: OutboxItem = {
      cid: nextCid(),
      to: 1,
      body: { kind: 'message', text: 'See pricing', choice: 'pricing' },
      at: 1,
      tried: true,
    };
    const form: OutboxItem = { cid: nextCid(), to: 1, body: { kind: 'form', message: 3, values: { email: 'jo@example.com' } }, at: 2 };
    const { outbox, server } = setUp({}, memoryStore([text, form]));
    await outbox.load();
    await until(() => server.asked.length === 2);
    expect(server.asked.map(({ body }) => body)).toEqual([
      { cid: text.cid, conversation: 1, text: 'See pricing', choice: 'pricing' },
      { cid: form.cid, conversation: 1, message: 3, values: { email: 'jo@example.com' } },
    ]);
  });
});

describe('the order', () => {
  it('[I4] one is in flight per conversation, in the order typed', async () => {
    const answers: ((reply: unknown) => void)[] = [];
    const server = fakeServer(() => new Promise((resolve) => answers.push(resolve)));
    const { say } = setUp({}, memoryStore(), server);
    for (const text of ['one', 'two', 'three']) await say(text);
    for (const [index, text] of ['one', 'two', 'three'].entries()) {
      await until(() => answers.length === index + 1);
      expect(server.of('message.send').map((body) => body.text)).toEqual(['one', 'two', 'three'].slice(0, index + 1));
      answers[index]!(accept('message.send', { text, conversation: 1 }));
    }
  });

  it('what is typed while the first message makes the conversation goes to that conversation', async () => {
    const { say, server } = setUp({ request: async (...args) => ({ ...((await fake(...args)) as object), conversation: 9 }) as never });
    const fake = server.request;
    await say('first', null);
    await say('second', null);
    await until(() => server.of('message.send').length === 2);
    expect(server.of('message.send').map((body) => body.conversation)).toEqual([undefined, 9]);
  });

  it('[P1] a conversation that is still to be started is started once, by its cid', async () => {
    const started: unknown[] = [];
    const { say, server } = setUp({ onStarted: (...args) => started.push(args) });
    await say('one', 'cid-of-start');
    await say('two', 'cid-of-start');
    await until(() => server.of('message.send').length === 2);
    expect(server.of('conversation.start')).toEqual([{ cid: 'cid-of-start' }]);
    expect(server.of('message.send').map((body) => body.conversation)).toEqual([5, 5]);
    expect(started).toEqual([['cid-of-start', 5]]);
  });

  it('[I4] while its conversation comes to be, nothing is sent twice', async () => {
    let begin: (reply: unknown) => void = () => {};
    const server = fakeServer((name, body) =>
      name === 'conversation.start' ? new Promise((resolve) => (begin = resolve)) : accept(name, body),
    );
    const { say, outbox } = setUp({}, memoryStore(), server);
    for (const text of ['one', 'two', 'three']) await say(text, 'cid-of-start');
    begin({ ok: true, conversation: { id: 5 } });
    await vi.waitFor(() => {
      outbox.flush();
      expect(outbox.items.value.every((item) => item.ack)).toBe(true);
    });
    expect(server.of('message.send').map((body) => body.text)).toEqual(['one', 'two', 'three']);
  });

  it('nothing is sent while offline, and everything in order once the line is back', async () => {
    const { say, go, outbox, server } = setUp();
    go(false);
    await say('one');
    await say('two');
    expect(server.asked).toEqual([]);
    go(true);
    outbox.flush();
    await until(() => server.of('message.send').length === 2);
    expect(server.of('message.send').map((body) => body.text)).toEqual(['one', 'two']);
  });
});

it('[I4] client ids sort in the order they were made, also within one millisecond', () => {
  const cids = Array.from({ length: 500 }, newCid);
  expect(cids.toSorted()).toEqual(cids);
  expect(new Set(cids).size).toBe(500);
  for (const cid of cids.slice(0, 5)) expect(cid).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

describe('what does not go through', () => {
  it('[P10] a retryable failure is tried again with the same cid and the same body, forever', async () => {
    let failures = 12;
    const server = fakeServer((name, body) => (failures-- > 0 ? refusal('unavailable') : accept(name, body)));
    const { say, outbox } = setUp({}, memoryStore(), server);
    await say('hello', null);
    await until(() => server.asked.length === 13);
    expect(new Set(server.asked.map((one) => JSON.stringify(one.body))).size).toBe(1);
    expect(outbox.items.value.every((item) => !item.failure)).toBe(true);
  });

  it('[P14] retryAfterMs is waited for', async () => {
    vi.useFakeTimers();
    let busy = true;
    const server = fakeServer((name, body) => (busy ? refusal('busy', { retryAfterMs: 5000 }) : accept(name, body)));
    const { say } = setUp({}, memoryStore(), server);
    await say('hello');
    await vi.advanceTimersByTimeAsync(4900);
    expect(server.asked).toHaveLength(1);
    busy = false;
    await vi.advanceTimersByTimeAsync(200);
    expect(server.asked).toHaveLength(2);
  });

  it('[P10] only a failure that no retry mends turns an item red; the next one goes on', async () => {
    const server = fakeServer((name, body) => (body.text === 'bad' ? refusal('forbidden') : accept(name, body)));
    const { say, outbox } = setUp({}, memoryStore(), server);
    await say('bad');
    await say('good');
    await until(() => server.asked.length === 2);
    await until(() => outbox.items.value.some((item) => item.ack !== undefined));
    expect(outbox.items.value.find((item) => textOf(item) === 'bad')?.failure?.code).toBe('forbidden');
  });

  it('a retry by hand keeps the cid, save where the cid itself was the conflict', async () => {
    for (const code of ['forbidden', 'cid_conflict'] as const) {
      let refused = true;
      const server = fakeServer((name, body) => (refused ? refusal(code) : accept(name, body)));
      const { say, outbox } = setUp({}, memoryStore(), server);
      const { cid } = await say('hello');
      await until(() => outbox.items.value[0]?.failure !== undefined);
      refused = false;
      await outbox.retry(cid);
      await until(() => server.asked.length === 2);
      expect(server.asked[1]!.body.cid === cid).toBe(code === 'forbidden');
    }
  });

  it('a removed item is forgotten in the store too', async () => {
    const { say, outbox, store } = setUp(
      {},
      memoryStore(),
      fakeServer(() => refusal('forbidden')),
    );
    const { cid } = await say('hello');
    await until(() => outbox.items.value[0]?.failure !== undefined);
    await outbox.remove(cid);
    expect(outbox.items.value).toEqual([]);
    expect(await store.all()).toEqual([]);
  });

  it('[P10][I7] waits are anything up to half a second at first and up to 10 s in the end', () => {
    expect(backoffMs(0, () => 1)).toBe(500);
    expect(backoffMs(3, () => 1)).toBe(4000);
    expect([5, 6, 40].map((attempt) => backoffMs(attempt, () => 1))).toEqual([10_000, 10_000, 10_000]);
    expect(backoffMs(9, () => 0)).toBe(0);
  });
});

describe('the bubble and the log', () => {
  it('an acknowledged item stays in sight until the log has brought it', async () => {
    const { say, outbox } = setUp();
    await say('hello');
    await until(() => outbox.items.value[0]?.ack !== undefined);
    const { ack } = outbox.items.value[0]!;
    outbox.settle(1, ack!.seq - 1);
    expect(outbox.items.value).toHaveLength(1);
    outbox.settle(1, ack!.seq);
    expect(outbox.items.value).toEqual([]);
  });
});

it('[P10] a message which the log brought back has left the outbox, also where its ack was lost', async () => {
  const { say, outbox, store } = setUp(
    {},
    memoryStore(),
    fakeServer(() => new Promise(() => {})),
  );
  const { cid } = await say('hello');
  outbox.confirm(cid, { id: 3, conversation: 1, seq: 4, at: 1 });
  await vi.waitFor(async () => expect(await store.all()).toEqual([]));
  outbox.settle(1, 4);
  expect(outbox.items.value).toEqual([]);
  outbox.confirm('cid-of-another-device', { id: 4, conversation: 1, seq: 5, at: 1 });
  expect(outbox.items.value).toEqual([]);
});

describe('several tabs', () => {
  it('[P11] an item which another tab has sent meanwhile is not sent again', async () => {
    const shared = memoryStore();
    const first = setUp({}, shared);
    first.go(false);
    const { cid } = await first.say('hello');
    const second = setUp({}, shared);
    await second.outbox.load();
    await until(() => second.server.of('message.send').length === 1);
    await vi.waitFor(async () => expect(await shared.has(cid)).toBe(false));
    first.go(true);
    first.outbox.flush();
    await until(() => first.outbox.items.value.length === 0);
    expect(first.server.of('message.send')).toEqual([]);
  });

  it('[P11] a tab that hears of an ack shows it', async () => {
    const { outbox, say, go } = setUp();
    go(false);
    const { cid } = await say('hello');
    outbox.hear({ kind: 'acked', cid, ack: { id: 1, conversation: 1, seq: 4, at: 1 } });
    expect(outbox.items.value[0]!.ack?.seq).toBe(4);
  });
});

describe('shutdown', () => {
  it('[P10] waits for what is under way, then reports nothing unsent', async () => {
    const { say, outbox } = setUp();
    await say('hello');
    expect(await outbox.drain(2000)).toBe(0);
  });

  it('[P10] discards what could not be sent within 2 s and says how many', async () => {
    vi.useFakeTimers();
    const { say, outbox, store } = setUp(
      {},
      memoryStore(),
      fakeServer(() => new Promise(() => {})),
    );
    await say('one');
    await say('two');
    const unsent = outbox.drain(2000);
    await vi.advanceTimersByTimeAsync(2100);
    expect(await unsent).toBe(2);
    expect(outbox.items.value).toEqual([]);
    expect(await store.all()).toEqual([]);
  });
});
