import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnection, heartbeatMs, type ConnectionDeps } from '../../widget/connection.ts';
import { fakeTransport, type FakeSocket } from './fake-socket.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(more: Partial<ConnectionDeps> = {}, prepare?: (socket: FakeSocket) => void) {
  const transport = fakeTransport(prepare);
  const refused: string[] = [];
  const syncs: boolean[] = [];
  const connection = createConnection({
    server: 'https://chat.example.com',
    appId: 'app_test',
    introduce: () => ({ language: 'en' }),
    io: transport.io,
    sync: async (heartbeat) => (syncs.push(heartbeat), true),
    onRefused: ({ code }) => refused.push(code),
    random: () => 1,
    ...more,
  });
  return { connection, transport, refused, syncs, online: () => vi.waitFor(() => expect(connection.status.value).toBe('online')) };
}

describe('opening', () => {
  it('[P12] WebSocket first, on a connection of our own, and says who we are', async () => {
    const { connection, transport, online } = setUp();
    connection.open();
    await online();
    const { url, options, introductions } = transport.socket();
    expect(url).toBe('https://chat.example.com/visitor');
    expect(options).toMatchObject({
      path: '/socket.io',
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      query: { app_id: 'app_test' },
      forceNew: true,
    });
    expect(introductions).toEqual([{ appId: 'app_test', protocol: 1, language: 'en' }]);
  });

  it('[P7] is online only once the resume is answered', async () => {
    let answered: (fine: boolean) => void = () => {};
    const { connection, online } = setUp({ sync: () => new Promise((resolve) => (answered = resolve)) });
    let isOnline = false;
    void connection.whenOnline().then(() => (isOnline = true));
    connection.open();
    await vi.advanceTimersByTimeAsync(50);
    expect([connection.status.value, isOnline]).toEqual(['connecting', false]);
    answered(true);
    await online();
    await vi.advanceTimersByTimeAsync(1);
    expect(isOnline).toBe(true);
  });

  it('a request without a line is answered at once as retryable', async () => {
    expect(await setUp().connection.request('sync', {})).toMatchObject({ ok: false, retryable: true });
  });

  it('[I7] a request that is not answered ends after its time', async () => {
    const { connection, transport, online } = setUp();
    connection.open();
    await online();
    transport.socket().answer = () => undefined;
    const reply = connection.request('conversation.start', { cid: 'cid-00000001' }, 3000);
    await vi.advanceTimersByTimeAsync(3001);
    expect(await reply).toMatchObject({ ok: false, retryable: true });
  });
});

describe('losing it', () => {
  it('[P10] comes back with full jitter, at first within half a second', async () => {
    const { connection, transport, online } = setUp();
    connection.open();
    await online();
    transport.socket().drop();
    expect(connection.status.value).toBe('waiting');
    await vi.advanceTimersByTimeAsync(490);
    expect(transport.socket().introductions).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(20);
    await online();
    expect(transport.socket().introductions).toHaveLength(2);
  });

  it('waits longer and longer, never more than 10 s, and never gives up', async () => {
    const { connection, transport } = setUp({}, (socket) => (socket.refuse = () => new Error('xhr poll error')));
    connection.open();
    await vi.advanceTimersByTimeAsync(500 + 1000 + 2000 + 4000 + 8000 + 10_000 + 100);
    expect(transport.socket().introductions).toHaveLength(7);
    await vi.advanceTimersByTimeAsync(10 * 10_000);
    expect(transport.socket().introductions).toHaveLength(17);
  });

  it('[P9] a heartbeat that is not answered cuts the line and opens it again', async () => {
    let alive = true;
    const { connection, transport, online } = setUp({ sync: async () => alive });
    connection.open();
    await online();
    alive = false;
    await vi.advanceTimersByTimeAsync(heartbeatMs + 1);
    expect(connection.status.value).toBe('waiting');
    alive = true;
    await vi.advanceTimersByTimeAsync(600);
    await online();
    expect(transport.socket().introductions).toHaveLength(2);
  });

  it('[P9] heartbeats go every 20 s', async () => {
    const { connection, syncs, online } = setUp();
    connection.open();
    await online();
    await vi.advanceTimersByTimeAsync(heartbeatMs * 3 + 10);
    expect(syncs).toEqual([false, true, true, true]);
  });

  it('[P14] drain says when to come back', async () => {
    const { connection, transport, online } = setUp();
    connection.open();
    await online();
    transport.socket().say('drain', { retryInMs: 3000 });
    transport.socket().drop('io server disconnect');
    await vi.advanceTimersByTimeAsync(2900);
    expect(transport.socket().introductions).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3200);
    await online();
  });

  it('[P9] does not wait when the page is seen again or the network is back', async () => {
    const { connection, transport } = setUp({}, (socket) => (socket.refuse = () => new Error('offline')));
    connection.open();
    await vi.advanceTimersByTimeAsync(20_000);
    transport.socket().refuse = null;
    connection.wake();
    await vi.advanceTimersByTimeAsync(1);
    expect(connection.status.value).toBe('online');
  });
});

describe('being refused', () => {
  const refusing =
    (code: string): ((socket: FakeSocket) => void) =>
    (socket) =>
      (socket.refuse = () => Object.assign(new Error(code), { data: { code, message: 'why', retryable: false } }));

  it.each(['unknown_app', 'origin_refused', 'protocol_unsupported'])('%s is final', async (code) => {
    const { connection, transport, refused } = setUp({}, refusing(code));
    connection.open();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.status.value).toBe('refused');
    expect(refused).toEqual([code]);
    expect(await connection.whenOnline()).toEqual({ code, message: 'why' });
    connection.open();
    connection.wake();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(transport.socket().introductions).toHaveLength(1);
  });

  it('session_revoked is told, and a new handshake follows', async () => {
    const { connection, transport, refused, online } = setUp({}, refusing('session_revoked'));
    connection.open();
    await vi.advanceTimersByTimeAsync(10);
    expect(refused).toEqual(['session_revoked']);
    transport.socket().refuse = null;
    await vi.advanceTimersByTimeAsync(600);
    await online();
  });
});

describe('closing', () => {
  it('a closed connection stays closed', async () => {
    const { connection, transport, online } = setUp();
    connection.open();
    await online();
    connection.close();
    connection.wake();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.status.value).toBe('idle');
    expect(transport.socket().introductions).toHaveLength(1);
  });

  it('reopening says the new token in a new handshake', async () => {
    let token = 'a';
    const { connection, transport, online } = setUp({ introduce: () => ({ token }) });
    connection.open();
    await online();
    token = 'b';
    connection.reopen();
    await online();
    expect(transport.socket().introductions.map((one) => one.token)).toEqual(['a', 'b']);
  });
});
