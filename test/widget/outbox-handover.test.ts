// What waits in the outbox when another person comes, or when it may be kept no longer where it is.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../widget/memory-store.ts';
import type { OutboxItem } from '../../widget/outbox.ts';
import { fakeServer, nextCid, textOf, until } from './fakes.ts';
import { accept, setUpOutbox as setUp } from './outbox-stage.ts';

afterEach(() => vi.useRealTimers());

describe('another person', () => {
  it('[P10] what is pending is waited for, for a while; then nothing is sent until it may go on', async () => {
    vi.useFakeTimers();
    const answers: ((reply: unknown) => void)[] = [];
    const server = fakeServer(() => new Promise((resolve) => answers.push(resolve)));
    const { outbox, say } = setUp({}, memoryStore(), server);
    await say('typed as Ada');
    let goOn: (() => void) | undefined;
    void outbox.pause(2000).then((resume) => (goOn = resume));
    await vi.advanceTimersByTimeAsync(1000);
    expect(goOn).toBeUndefined();
    answers[0]!(accept('message.send', { conversation: 1 }));
    await vi.advanceTimersByTimeAsync(50);
    expect(goOn).toBeDefined();
    await say('typed meanwhile');
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.of('message.send')).toHaveLength(1);
    goOn!();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.of('message.send').map((body) => body.text)).toEqual(['typed as Ada', 'typed meanwhile']);
  });

  it('[P10] without a line there is nothing to wait for, and two seconds are the most', async () => {
    vi.useFakeTimers();
    const { outbox, say, go } = setUp(
      {},
      memoryStore(),
      fakeServer(() => new Promise(() => {})),
    );
    await say('hello');
    let paused = false;
    void outbox.pause(2000).then(() => (paused = true));
    await vi.advanceTimersByTimeAsync(1900);
    expect(paused).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(paused).toBe(true);
    go(false);
    const second = setUp();
    second.go(false);
    await second.say('offline');
    await second.outbox.pause(2000);
  });

  it('[P10] what an earlier page left is waited for as well, though it is still being read', async () => {
    let read: (items: OutboxItem[]) => void = () => {};
    const left: OutboxItem = { cid: nextCid(), to: 1, body: { kind: 'message', text: 'typed before the reload' }, at: 1 };
    const store = memoryStore([left]);
    const { outbox, server } = setUp({}, { ...store, all: () => new Promise((resolve) => (read = resolve)) });
    void outbox.load();
    await until(() => read.length === 1);
    const pausing = outbox.pause(2000);
    read([left]);
    await pausing;
    expect(server.of('message.send')).toHaveLength(1);
  });

  it('[M17] what is left behind in another tab goes from the store, and nothing of the next person', async () => {
    const shared = memoryStore();
    const [first, second] = [setUp({}, shared), setUp({}, shared)];
    first.go(false);
    second.go(false);
    await first.say('typed as Ada');
    const { cid } = await second.say('typed as Ben');
    expect(await first.outbox.leave()).toBe(1);
    expect(first.outbox.items.value).toEqual([]);
    expect((await shared.all()).map((item) => item.cid)).toEqual([cid]);
  });

  it('[M16] what was being kept when its writer left is neither shown nor sent', async () => {
    const store = memoryStore();
    let put: () => void = () => {};
    const kept = new Promise<void>((resolve) => (put = resolve));
    const { outbox, say, server } = setUp({}, { ...store, put: async (item) => (await kept, store.put(item)) });
    const saying = say('too late');
    await outbox.leave();
    put();
    await saying;
    outbox.flush();
    expect([outbox.items.value, await store.all(), server.asked]).toEqual([[], [], []]);
  });
});

describe('where it is kept', () => {
  it('[M1] no place comes to be while nothing was kept, whatever the terms become', async () => {
    let opened = 0;
    const { outbox, say } = setUp({ openStore: async () => (opened++, memoryStore()) });
    await outbox.move();
    expect(opened).toBe(0);
    await say('the first');
    expect(opened).toBe(1);
  });

  it('moves to memory with the hint where nothing may be stored any more, and back; nothing is lost or doubled', async () => {
    const kept = { ...memoryStore(), kind: 'indexeddb' } as const;
    let mayStore = true;
    const { outbox, say, go, server } = setUp({ openStore: async () => (mayStore ? kept : memoryStore()) });
    go(false);
    await say('one');
    const saying = say('two');
    mayStore = false;
    await Promise.all([outbox.move(), saying]);
    expect([outbox.durable.value, await kept.all()]).toEqual([false, []]);
    await say('three');
    expect(await kept.all()).toEqual([]);
    mayStore = true;
    await outbox.move();
    expect(outbox.durable.value).toBe(true);
    expect((await kept.all()).map(textOf)).toEqual(['one', 'two', 'three']);
    go(true);
    outbox.flush();
    await until(() => server.of('message.send').length === 3);
    expect(server.of('message.send').map((body) => body.text)).toEqual(['one', 'two', 'three']);
  });
});
