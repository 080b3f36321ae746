import { describe, expect, it } from 'vitest';
import type { Change } from '../../shared/conversation.ts';
import { createThreads, type Threads } from '../../widget/threads.ts';
import { fakeServer, maya, message, until, view, visitor } from './fakes.ts';

function setUp(log: Change[] = []) {
  const calls = { needSync: 0, live: [] as number[], begun: [] as number[], gone: [] as number[] };
  const server = fakeServer((name, body) => {
    if (name !== 'conversation.history') return { ok: true };
    const end = log.filter((change) => change.seq < ((body.before as number | undefined) ?? Infinity));
    const changes = end.slice(-(body.limit as number));
    return { ok: true, changes, head: log.length, more: changes.length < end.length, conversation: view({ head: log.length }) };
  });
  const threads = createThreads({
    request: server.request,
    needSync: () => calls.needSync++,
    onLive: (_, changes) => calls.live.push(...changes.map((change) => change.seq)),
    onApplied: () => {},
    onBegun: (id) => calls.begun.push(id),
    onGone: (id) => calls.gone.push(id),
  });
  return { threads, server, calls };
}

const texts = (threads: Threads, id = 1): string[] =>
  threads.thread(id).entries.value.map((entry) => (entry.kind === 'message' ? entry.message.text : entry.note));
const sync = (threads: Threads, heads: Record<number, number>, epoch = 'e1', asked = threads.ids()): void =>
  threads.takeSync(
    {
      epoch,
      me: { contact_id: 'c1', type: 'visitor', verified: false, email: null, name: null },
      conversations: Object.entries(heads).map(([id, head]) => view({ id: Number(id), head })),
    },
    asked,
  );

describe('a new conversation', () => {
  it('is taken from its first entry on, without asking for history', () => {
    const { threads, server, calls } = setUp();
    threads.take(1, [message(1, 'Hi'), message(2, 'hello', { author: visitor })]);
    expect(texts(threads)).toEqual(['Hi', 'hello']);
    expect(calls.begun).toEqual([1]);
    expect(server.asked).toEqual([]);
  });
});

describe('the order of the log', () => {
  it('[P8] what is ahead is held back and asked for, and shown when the hole is filled', () => {
    const { threads, calls } = setUp();
    threads.begin(1);
    threads.take(1, [message(3, 'three'), message(2, 'two')]);
    expect(texts(threads)).toEqual([]);
    expect(calls.needSync).toBe(1);
    threads.take(1, [message(1, 'one')]);
    expect(texts(threads)).toEqual(['one', 'two', 'three']);
  });

  it('[P8] what is there already is dropped', () => {
    const { threads, calls } = setUp();
    threads.begin(1);
    threads.take(1, [message(1, 'one'), message(2, 'two')]);
    threads.take(1, [message(2, 'two'), message(1, 'one'), message(3, 'three')]);
    expect(texts(threads)).toEqual(['one', 'two', 'three']);
    expect(calls.live).toEqual([1, 2, 3]);
  });

  it('[P7] a sync says the last seq applied of every log that is held', () => {
    const { threads } = setUp();
    sync(threads, { 1: 0 });
    threads.begin(1);
    threads.take(1, [message(1, 'one'), message(2, 'two')]);
    expect(threads.syncBody()).toEqual({ epoch: 'e1', conversations: { 1: 2 } });
  });

  it('[P6] another epoch drops every log and loads anew', async () => {
    const { threads, server } = setUp([message(1, 'restored')]);
    sync(threads, { 1: 2 });
    threads.begin(1);
    threads.take(1, [message(1, 'one'), message(2, 'two')]);
    sync(threads, { 1: 1 }, 'e2');
    expect(threads.thread(1).state.value).toBe('unloaded');
    await threads.load(1);
    expect(server.of('conversation.history')).toHaveLength(1);
    expect(texts(threads)).toEqual(['restored']);
  });

  it('[P6] a log ahead of the head is loaded anew', () => {
    const { threads } = setUp();
    threads.begin(1);
    threads.take(1, [message(1, 'one'), message(2, 'two')]);
    sync(threads, { 1: 1 });
    expect(threads.thread(1).state.value).toBe('unloaded');
  });

  it('[P8] what comes in before the answer that did not know of it yet stays, and so does what is told of its conversation', () => {
    const { threads, calls } = setUp();
    threads.begin(1);
    threads.take(1, [message(1, 'one')]);
    const asked = threads.ids();
    threads.take(1, [message(2, 'two')]);
    sync(threads, { 1: 1 }, 'e1', asked);
    expect(threads.thread(1).state.value).toBe('ready');
    expect(texts(threads)).toEqual(['one', 'two']);
    expect(threads.view(1)).toMatchObject({ head: 2, preview: 'two' });
    threads.take(1, [message(3, 'three')]);
    expect(texts(threads)).toEqual(['one', 'two', 'three']);
    expect(calls.needSync).toBe(0);
  });

  it('[P7] reload drops the log of one conversation, or of all', () => {
    const { threads } = setUp();
    threads.take(1, [message(1, 'one')]);
    threads.take(2, [message(1, 'one')]);
    threads.reload(1);
    expect([1, 2].map((id) => threads.thread(id).state.value)).toEqual(['unloaded', 'ready']);
    threads.reload(null);
    expect(threads.thread(2).state.value).toBe('unloaded');
  });

  it('[P7] a resume that ended short of its head loads anew', () => {
    const { threads } = setUp();
    threads.take(1, [message(1, 'one')]);
    threads.synced(1, 1);
    expect(threads.thread(1).state.value).toBe('ready');
    threads.synced(1, 5);
    expect(threads.thread(1).state.value).toBe('unloaded');
  });
});

describe('what the session may see changes', () => {
  it('a conversation that is told of without a word in it is asked for: it came by a merge', () => {
    const { threads, calls } = setUp();
    sync(threads, { 1: 0 });
    threads.take(7, []);
    expect(calls.needSync).toBe(1);
    sync(threads, { 1: 0, 7: 3 });
    expect(threads.views.value.map(({ id }) => id)).toEqual(expect.arrayContaining([1, 7]));
    expect(calls.gone).toEqual([]);
  });

  it('one that is listed no longer is gone, and its log with it', () => {
    const { threads, calls } = setUp();
    sync(threads, { 1: 0, 2: 0 });
    threads.begin(2);
    threads.take(2, [message(1, 'of somebody else, it turned out')]);
    sync(threads, { 1: 0 });
    expect(calls.gone).toEqual([2]);
    expect(threads.view(2)).toBeUndefined();
    expect(threads.syncBody().conversations).toEqual({});
    expect(texts(threads, 2)).toEqual([]);
  });

  it('one that came to be while the answer was on its way stays', () => {
    const { threads, calls } = setUp();
    sync(threads, { 1: 0 });
    const asked = threads.ids();
    threads.take(2, [message(1, 'Hi'), message(2, 'hello', { author: visitor })]);
    sync(threads, { 1: 0 }, 'e1', asked);
    expect(calls.gone).toEqual([]);
    expect(threads.view(2)).toMatchObject({ head: 2 });
    expect(texts(threads, 2)).toEqual(['Hi', 'hello']);
  });

  it('of more conversations than a sync lists, none is taken for gone', () => {
    const { threads, calls } = setUp();
    const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [index + 2, 1]));
    threads.take(1, [message(1, 'long ago')]);
    sync(threads, fifty);
    expect(calls.gone).toEqual([]);
    expect(texts(threads, 1)).toEqual(['long ago']);
  });
});

describe('history', () => {
  const log = Array.from({ length: 150 }, (_, index) => message(index + 1, `m${index + 1}`));

  it('a reopened conversation shows its newest page, and older ones when asked', async () => {
    const { threads } = setUp(log);
    sync(threads, { 1: 150 });
    await threads.load(1);
    expect(texts(threads)).toHaveLength(60);
    expect(threads.thread(1).more.value).toBe(true);
    await threads.loadOlder(1);
    await threads.loadOlder(1);
    expect(texts(threads)).toEqual(log.map((_, index) => `m${index + 1}`));
    expect(threads.thread(1).more.value).toBe(false);
  });

  it('what comes while history is on its way is applied after it', async () => {
    const { threads } = setUp(log.slice(0, 3));
    sync(threads, { 1: 3 });
    const loading = threads.load(1);
    threads.take(1, [message(4, 'live')]);
    await loading;
    expect(texts(threads)).toEqual(['m1', 'm2', 'm3', 'live']);
  });

  it('an edit that came before its message was loaded shows once it is', async () => {
    const edited: Change = { kind: 'edited', seq: 150, at: 1, message: 10, text: 'm10 mended' };
    const { threads } = setUp([...log.slice(0, 149), edited]);
    await threads.load(1);
    await threads.loadOlder(1);
    await threads.loadOlder(1);
    expect(texts(threads)).toContain('m10 mended');
  });

  it('history that does not come is asked for again after the next sync, and not before', async () => {
    const { threads, server } = setUp();
    server.answer = () => ({ ok: false, code: 'unavailable', retryable: true, message: '' });
    await threads.load(1);
    expect(threads.thread(1).state.value).toBe('failed');
    await threads.load(1);
    expect(server.of('conversation.history')).toHaveLength(1);
    sync(threads, { 1: 1 });
    expect(threads.thread(1).state.value).toBe('unloaded');
  });
});

describe('unread', () => {
  it('counts what agents and the bot say in a conversation that is not loaded', () => {
    const { threads } = setUp();
    sync(threads, { 1: 3 });
    threads.take(1, [message(4, 'new', { author: maya })]);
    expect(threads.view(1)).toMatchObject({ unread: 1, preview: 'new', head: 4 });
  });

  it('is not counted twice when the sync has told of it already', () => {
    const { threads } = setUp();
    threads.begin(1);
    const conversations = [view({ head: 1, unread: 1 })];
    threads.takeSync(
      { epoch: 'e1', me: { contact_id: 'c1', type: 'visitor', verified: false, email: null, name: null }, conversations },
      threads.ids(),
    );
    threads.take(1, [message(1, 'one')]);
    expect(threads.view(1)!.unread).toBe(1);
  });

  it('[P5] the read mark is set at once and told to the server, once', async () => {
    const { threads, server } = setUp();
    threads.take(1, [message(1, 'one')]);
    threads.markRead(1);
    threads.markRead(1);
    await until(() => server.of('conversation.read').length === 1);
    expect(server.of('conversation.read')).toEqual([{ conversation: 1, seq: 1 }]);
    expect(threads.view(1)!.unread).toBe(0);
  });
});
