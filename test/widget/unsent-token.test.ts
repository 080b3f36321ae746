// @vitest-environment happy-dom
// A browser that was killed may have written down what waits to be sent, and not yet the cookie that says whose it is.
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutboxItem } from '../../widget/outbox.ts';
import { openOutboxStore } from '../../widget/outbox-store.ts';
import { createSession } from '../../widget/session.ts';
import { readToken } from '../../widget/read-token.ts';
import { unsentToken } from '../../widget/unsent-token.ts';
import { until } from './fakes.ts';
import { clearStage, setStage, token } from './stage.ts';

const name = 'foyer_app_test';
const item = (cid: string): OutboxItem => ({ cid, to: null, body: { kind: 'message', text: cid }, at: 1 });
let factory: IDBFactory;
let now = 1000;

/** What is put so is not sent. */
async function leave(cid: string, of: string, forMs = 60_000): Promise<void> {
  const store = await openOutboxStore('app_test', true, () => `${of}.${now + forMs}`);
  await store.put(item(cid));
  await store.close();
}

beforeEach(() => {
  now = Date.now();
  factory = new IDBFactory();
  vi.stubGlobal('indexedDB', factory);
  localStorage.clear();
  document.cookie = `${name}=; Max-Age=0; Path=/`;
});
afterEach(() => {
  clearStage();
  vi.unstubAllGlobals();
});

describe('[M16] what is left where the session ended on a sister domain, and with it the cookie', () => {
  const left = async (): Promise<unknown[]> => (await factory.databases()).map((database) => database.name);

  it.each([
    ['the database in which nothing waits', async () => (await openOutboxStore('app_test', true, () => '')).close()],
    ['what a session wrote that has ended', () => leave('cid-a', token, -1)],
  ])('goes with the next page: %s', async (_, make) => {
    await make();
    expect(await left()).toEqual([name]);
    expect(await unsentToken('app_test')).toBeNull();
    await vi.waitFor(async () => expect(await left()).toEqual([]));
  });

  it('goes from localStorage, too', async () => {
    localStorage.setItem(`${name}_outbox`, JSON.stringify([item('cid-a')]));
    await unsentToken('app_test');
    expect(localStorage.length).toBe(0);
  });

  it('stays where a session is stored: it is of that', async () => {
    await (await openOutboxStore('app_test', true, () => '')).close();
    localStorage.setItem(`${name}_outbox`, JSON.stringify([item('cid-a')]));
    document.cookie = `${name}=${token}; Path=/`;
    await unsentToken('app_test');
    expect([await left(), localStorage.length]).toEqual([[name], 1]);
  });

  it('stays where another tab has begun while it was read', async () => {
    await (await openOutboxStore('app_test', true, () => '')).close();
    const reading = readToken(name);
    document.cookie = `${name}=${token}; Path=/`;
    await reading;
    await new Promise((later) => setTimeout(later, 20));
    expect(await left()).toEqual([name]);
  });
});

describe('[I10] the token beside what was left unsent', () => {
  it('is found again', async () => {
    await leave('cid-a', token);
    expect(await unsentToken('app_test')).toBe(token);
  });

  it('is that of the item that was stored last: a token may have been replaced meanwhile', async () => {
    await leave('cid-b', 'b'.repeat(43), 60_000);
    await leave('cid-a', token, 60_001);
    expect(await unsentToken('app_test')).toBe(token);
  });

  it('is never taken where a cookie or localStorage holds one', async () => {
    await leave('cid-a', token);
    document.cookie = `${name}=${'b'.repeat(43)}; Path=/`;
    expect(await unsentToken('app_test')).toBeNull();
    document.cookie = `${name}=; Max-Age=0; Path=/`;
    localStorage.setItem(name, `${'b'.repeat(43)}.${now + 1000}`);
    expect(await unsentToken('app_test')).toBeNull();
    localStorage.clear();
    expect(await unsentToken('app_test')).toBe(token);
  });

  it.each([
    ['has ended with its session', token, -1],
    ['is no token', 'tampered', 60_000],
  ])('that %s is not taken', async (_, of, forMs) => {
    await leave('cid-a', of, forMs);
    expect(await unsentToken('app_test')).toBeNull();
  });

  it('is gone once everything is acknowledged, or the person has logged out', async () => {
    await leave('cid-a', token);
    const store = await openOutboxStore('app_test', true, () => '');
    await store.remove('cid-a');
    expect(await unsentToken('app_test')).toBeNull();
    await store.put(item('cid-a'));
    await store.clear();
    await vi.waitFor(async () => expect(await factory.databases()).toEqual([]));
    expect(await unsentToken('app_test')).toBeNull();
  });

  it('is looked for no longer than a second: some browsers neither list their databases nor refuse', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('indexedDB', { databases: () => new Promise(() => {}) });
    const answer = unsentToken('app_test');
    await vi.advanceTimersByTimeAsync(1000);
    expect(await answer).toBeNull();
    vi.useRealTimers();
  });

  it('is not there with the items of the version before, which stay readable', async () => {
    await leave('cid-a', token);
    const opening = factory.open(name);
    await new Promise((done) => (opening.onsuccess = done));
    const work = opening.result.transaction('outbox', 'readwrite');
    work.objectStore('outbox').put(item('cid-a'));
    await new Promise((done) => (work.oncomplete = done));
    opening.result.close();
    expect(await unsentToken('app_test')).toBeNull();
    expect(await (await openOutboxStore('app_test', true, () => '')).all()).toEqual([item('cid-a')]);
  });
});

describe('looking for it', () => {
  it('[M1] makes no database, also where another tab deletes it at that moment', async () => {
    expect(await unsentToken('app_test')).toBeNull();
    expect(await factory.databases()).toEqual([]);
    vi.spyOn(factory, 'databases').mockResolvedValueOnce([{ name, version: 1 }]);
    expect(await unsentToken('app_test')).toBeNull();
    expect(await factory.databases()).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['knows no databases()', { open: () => expect.fail('opened') }],
    ['refuses', { databases: () => Promise.reject(new DOMException('blocked', 'SecurityError')) }],
    ['has no IndexedDB', undefined],
  ])('a browser that %s: then nothing', async (_, indexedDB) => {
    vi.stubGlobal('indexedDB', indexedDB);
    expect(await unsentToken('app_test')).toBeNull();
  });

  it('a database that does not open holds the page up for a second', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('indexedDB', { databases: async () => [{ name }], open: () => ({}) });
    const asked = unsentToken('app_test');
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(1100);
    expect(await asked).toBeNull();
    vi.useRealTimers();
  });
});

describe('a session that begins with it', () => {
  const begin = (more: object = {}) => createSession({ appId: 'app_test', policy: 'on-act', left: token, onBlocked() {}, ...more });
  const cookie = (): string | undefined => new RegExp(`${name}=([^;]+)`).exec(document.cookie)?.[1];

  it('goes on as that visitor, and stores the cookie anew', () => {
    const session = begin();
    expect([session.token(), session.isNew(), session.ensure(), session.place(), cookie()]).toEqual([token, false, false, 'cookie', token]);
  });

  it('goes by the cookie where one has come meanwhile', () => {
    document.cookie = `${name}=${'b'.repeat(43)}; Path=/`;
    expect(begin().token()).toBe('b'.repeat(43));
    expect(cookie()).toBe('b'.repeat(43));
  });

  it('begins with it once: after a logout there is none', () => {
    const session = begin();
    session.clear();
    session.reread();
    expect([session.token(), cookie()]).toEqual([null, undefined]);
  });

  it.each([{ policy: 'none' }, { consent: false }])('%j: stores nothing, and clears what was left', async (more) => {
    await leave('cid-a', token);
    expect(begin(more).place()).toBe('memory');
    expect(cookie()).toBeUndefined();
    await vi.waitFor(async () => expect(await factory.databases()).toEqual([]));
  });

  it('consented: stores nothing before the host has said yes, and touches nothing', async () => {
    await leave('cid-a', token);
    const session = begin({ policy: 'consented' });
    expect([session.place(), cookie(), session.token()]).toEqual(['memory', undefined, token]);
    expect(await factory.databases()).toHaveLength(1);
    session.permit({ consent: true });
    expect(cookie()).toBe(token);
  });

  it('[P10] sends what was left under that token, with no act of the visitor', async () => {
    const stage = setStage({ left: token });
    await stage.store.put(item('cid-left'));
    await until(() => stage.server.socket?.asked.some(({ body }) => body.text === 'cid-left') ?? false);
    expect(stage.server.socket?.introductions.at(-1)).toMatchObject({ token });
  });
});
