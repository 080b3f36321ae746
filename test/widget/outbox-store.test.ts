// @vitest-environment happy-dom
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutboxItem } from '../../widget/outbox.ts';
import { openOutboxStore } from '../../widget/outbox-store.ts';

const item = (cid: string): OutboxItem => ({ cid, to: null, body: { kind: 'message', text: cid }, at: 1 });
const record = (): string => `${'a'.repeat(43)}.${Date.now() + 1000}`;
const blocked = (): never => {
  throw new DOMException('blocked', 'SecurityError');
};

beforeEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

const places: Record<string, () => void> = {
  indexeddb: () => vi.stubGlobal('indexedDB', new IDBFactory()),
  local: () => vi.stubGlobal('indexedDB', { open: blocked }),
  memory() {
    vi.stubGlobal('indexedDB', { open: blocked });
    vi.stubGlobal('localStorage', { getItem: blocked, setItem: blocked });
  },
};

describe.each(Object.entries(places))('[P10] kept in %s', (kind, arrange) => {
  it('what was put is there in order of time, and gone once removed', async () => {
    arrange();
    const store = await openOutboxStore('app_test', true, record);
    expect(store.kind).toBe(kind);
    for (const cid of ['cid-b', 'cid-a', 'cid-c']) await store.put(item(cid));
    await store.put({ ...item('cid-a'), tried: true });
    expect((await store.all()).map(({ cid }) => cid).toSorted()).toEqual(['cid-a', 'cid-b', 'cid-c']);
    expect((await store.all()).find(({ cid }) => cid === 'cid-a')?.tried).toBe(true);
    await store.remove('cid-a');
    expect([await store.has('cid-a'), await store.has('cid-b')]).toEqual([false, true]);
    await store.clear();
  });

  it(kind === 'memory' ? 'is gone with the page' : 'is there for the next page', async () => {
    arrange();
    await (await openOutboxStore('app_test', true, record)).put(item('cid-a'));
    expect(await (await openOutboxStore('app_test', true, record)).all()).toEqual(kind === 'memory' ? [] : [item('cid-a')]);
  });
});

it('under the policy none, nothing but memory is touched', async () => {
  const open = vi.fn<() => void>();
  vi.stubGlobal('indexedDB', { open });
  const store = await openOutboxStore('app_test', false, record);
  await store.put(item('cid-a'));
  expect(store.kind).toBe('memory');
  expect(open).not.toHaveBeenCalled();
  expect(localStorage.length).toBe(0);
});

it('a database that neither opens nor refuses is given up after two seconds', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('indexedDB', { open: () => ({}) });
  const opening = openOutboxStore('app_test', true, record);
  await vi.advanceTimersByTimeAsync(2100);
  expect((await opening).kind).toBe('local');
  vi.useRealTimers();
});

it('[M16] clearing deletes the database itself', async () => {
  const factory = new IDBFactory();
  vi.stubGlobal('indexedDB', factory);
  const store = await openOutboxStore('app_test', true, record);
  await store.put(item('cid-a'));
  await store.clear();
  await vi.waitFor(async () => expect(await factory.databases()).toEqual([]));
});

it('[M16] what is removed while another tab deletes the database does not bring it back', async () => {
  const factory = new IDBFactory();
  vi.stubGlobal('indexedDB', factory);
  const store = await openOutboxStore('app_test', true, record);
  for (const cid of ['cid-a', 'cid-b']) await store.put(item(cid));
  const removing = store.remove('cid-a', 'cid-b');
  factory.deleteDatabase('foyer_app_test');
  await removing;
  await store.close();
  await vi.waitFor(async () => expect(await factory.databases()).toEqual([]));
});

it('[P10] a database that another tab deleted, or the browser closed, is opened again with the next item', async () => {
  const factory = new IDBFactory();
  vi.stubGlobal('indexedDB', factory);
  const [store, other] = [await openOutboxStore('app_test', true, record), await openOutboxStore('app_test', true, record)];
  await other.clear();
  await vi.waitFor(async () => expect(await factory.databases()).toEqual([]));
  await store.put(item('cid-a'));
  expect(await (await openOutboxStore('app_test', true, record)).all()).toEqual([item('cid-a')]);
  await store.close();
  expect(await store.has('cid-a')).toBe(true);
});
