// Who may connect at all, how often a socket may ask, and what happens at the limit.
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../../shared/errors.ts';
import { deleteAgentSession } from '../../../server/store/agents.ts';
import { hashToken } from '../../../server/deps.ts';
import {
  connectAgent,
  connectAgentWith,
  connectVisitor,
  must,
  newCid,
  newVisitorToken,
  roomyLimits,
  startServer,
} from '../../helpers/server.ts';
import type { TestServer } from '../../helpers/server.ts';
import { arrive, say } from '../../helpers/talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off', allowedOrigins: ['https://shop.example', 'https://*.shop.example'] } });
});
afterAll(() => server.stop());

interface Handshake {
  transport: 'websocket' | 'polling';
  origin?: string;
  namespace?: string;
  auth?: object;
  cookie?: string;
  appId?: string | null;
}

/** `connected`, or the code of the refusal where the server could say one, or its bare `refused`. */
async function handshake({ transport, origin, namespace = '/visitor', auth, cookie, appId }: Handshake): Promise<string> {
  const id = appId === undefined ? server.workspace.appId : appId;
  const socket = io(`${server.url}${namespace}`, {
    transports: [transport],
    forceNew: true,
    reconnection: false,
    query: id === null ? {} : { app_id: id },
    auth: auth ?? { appId: id, protocol: 1, token: newVisitorToken() },
    extraHeaders: { ...(origin !== undefined && { origin }), ...(cookie !== undefined && { cookie }) },
  });
  const outcome = await new Promise<string>((resolve) => {
    socket.once('connect', () => resolve('connected'));
    socket.once('connect_error', (error: Error & { data?: Failure }) => resolve(error.data?.code ?? 'refused'));
  });
  socket.close();
  return outcome;
}

describe.each(['websocket', 'polling'] as const)('a handshake by %s', (transport) => {
  it.each(['https://shop.example', 'https://www.shop.example', undefined])('[P16] from the allowed origin %s connects', async (origin) => {
    expect(await handshake({ transport, ...(origin !== undefined && { origin }) })).toBe('connected');
  });

  it('[P16] from the server’s own pages connects', async () => {
    expect(await handshake({ transport, origin: server.url })).toBe('connected');
  });

  it.each([
    'https://evil.example',
    'https://shop.example.evil.example',
    'http://shop.example',
    'https://evilshop.example',
    'null',
    'https://shop.example:444',
  ])('[P16] from the foreign origin %s is refused', async (origin) => {
    expect(await handshake({ transport, origin })).toBe('refused');
  });

  it('[P16] from a foreign origin that names no app is refused', async () => {
    expect(
      await handshake({ transport, origin: 'https://evil.example', appId: null, auth: { appId: server.workspace.appId, protocol: 1 } }),
    ).toBe('refused');
  });

  it('[P16] an app of the query that allows the origin does not open another one in the handshake', async () => {
    expect(await handshake({ transport, origin: 'https://shop.example', auth: { appId: 'app_none', protocol: 1 } })).toBe('unknown_app');
  });

  it('[P16] with an app id that nobody has is unknown_app', async () => {
    expect(await handshake({ transport, appId: 'app_0000' })).toBe('unknown_app');
  });

  it('[P16] with a protocol version not spoken here is protocol_unsupported', async () => {
    for (const protocol of [0, 2, 99]) {
      expect(await handshake({ transport, auth: { appId: server.workspace.appId, protocol } })).toBe('protocol_unsupported');
    }
    expect(await handshake({ transport, namespace: '/agent', auth: { protocol: 2 } })).toBe('protocol_unsupported');
  });

  it('[P16] to the agents’ namespace without, or with a made-up cookie is unauthorized', async () => {
    const ask = (cookie?: string) =>
      handshake({ transport, namespace: '/agent', auth: { protocol: 1 }, ...(cookie !== undefined && { cookie }) });
    expect(await ask()).toBe('unauthorized');
    for (const value of ['', 'x', newVisitorToken(), 'a'.repeat(5000)]) expect(await ask(`foyer_agent=${value}`)).toBe('unauthorized');
  });

  it('[P16] to the agents’ namespace with a good cookie, but from a page of another host, is refused', async () => {
    const { cookie } = await server.agent();
    const ask = (origin?: string) =>
      handshake({ transport, namespace: '/agent', auth: { protocol: 1 }, cookie, ...(origin !== undefined && { origin }) });
    expect(await ask('https://shop.example')).toBe('origin_refused');
    expect(await ask(server.url)).toBe('connected');
  });

  it('[P16] to a namespace that does not exist is refused', async () => {
    expect(await handshake({ transport, namespace: '/admin' })).toBe('refused');
    expect(await handshake({ transport, namespace: '/' })).not.toBe('unknown_app');
  });
});

describe('a connection by polling', () => {
  const poll = (sid: string, origin?: string, body?: string): Promise<Response> =>
    fetch(`${server.url}/socket.io/?EIO=4&transport=polling&app_id=${server.workspace.appId}${sid}`, {
      ...(origin !== undefined && { headers: { origin } }),
      ...(body !== undefined && { method: 'POST', body }),
    });

  it('[P16] a request that names a living sid from a foreign origin is refused, reading and writing', async () => {
    const opened = await (await poll('', 'https://shop.example')).text();
    const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
    const join = `40/visitor,${JSON.stringify({ appId: server.workspace.appId, protocol: 1 })}`;
    expect((await poll(`&sid=${sid}`, 'https://evil.example', join)).status).not.toBe(200);
    expect((await poll(`&sid=${sid}`, 'https://evil.example')).status).not.toBe(200);
    expect((await poll(`&sid=${sid}`, 'https://shop.example', join)).status).toBe(200);
    expect(await (await poll(`&sid=${sid}`, 'https://shop.example')).text()).toContain('40/visitor,{"sid"');
  });

  it('[P12] a whole conversation goes by polling alone', async () => {
    const socket = io(`${server.url}/visitor`, {
      transports: ['polling'],
      forceNew: true,
      query: { app_id: server.workspace.appId },
      auth: { appId: server.workspace.appId, protocol: 1, token: newVisitorToken() },
    });
    const heard = new Promise((resolve) => socket.once('changes', resolve));
    expect(await socket.timeout(5000).emitWithAck('message.send', { cid: newCid(), text: 'by polling' })).toMatchObject({
      ok: true,
      seq: 1,
    });
    expect(await heard).toMatchObject({ changes: [{ seq: 1 }] });
    socket.close();
  });
});

describe('an agent’s session that ended', () => {
  it('[P16] is found out at the next heartbeat, whatever rooms the socket is in', async () => {
    const { cookie } = await server.agent('Gone');
    const client = await connectAgentWith(server.url, cookie);
    must(await client.send('sync', {}));
    await server.deps.store.in('').write((tx) => deleteAgentSession(tx, hashToken(cookie.split('=')[1] ?? '')));
    const closed = new Promise((resolve) => client.socket.once('disconnect', resolve));
    expect(await client.send('sync', {})).toMatchObject({ ok: false, code: 'unauthorized', retryable: false });
    await closed;
    client.close();
  });
});

describe('asking too often', () => {
  it('[P16] is answered rate_limited with the time to wait, over all sockets of the visitor and no one else’s', async () => {
    const own = await startServer({ settings: { bot: 'off' }, limits: { ...roomyLimits, perVisitor: 5 } });
    const [first, other] = [await connectVisitor(own), await connectVisitor(own)];
    const second = await connectVisitor(own, { token: first.token });
    for (let i = 0; i < 5; i++) must(await first.send('sync', {}));
    for (const socket of [first, second]) {
      const refusal = (await socket.send('message.send', { cid: newCid(), text: 'too often' })) as Failure;
      expect(refusal).toMatchObject({ ok: false, code: 'rate_limited', retryable: true });
      expect(refusal.retryAfterMs).toBeGreaterThan(0);
      expect(refusal.retryAfterMs).toBeLessThanOrEqual(10_000);
      expect(socket.socket.connected).toBe(true);
    }
    must(await other.send('sync', {}));
    for (const client of [first, second, other]) client.close();
    await own.stop();
  });

  it.each([
    ['nonsense', {}],
    ['message.send', { cid: 5 }],
  ])('[P16] counts what is refused as well: %s', async (name, body) => {
    const own = await startServer({ limits: { ...roomyLimits, perVisitor: 3 } });
    const visitor = await connectVisitor(own);
    const codes: string[] = [];
    for (let i = 0; i < 4; i++) codes.push(((await visitor.socket.timeout(5000).emitWithAck(name, body)) as Failure).code);
    expect(codes.slice(3)).toEqual(['rate_limited']);
    expect(codes.slice(0, 3)).not.toContain('rate_limited');
    visitor.close();
    await own.stop();
  });

  it('[P16] agents have a bucket of their own', async () => {
    const own = await startServer({ limits: { ...roomyLimits, perAgent: 3 } });
    const agent = await connectAgent(own);
    for (let i = 0; i < 3; i++) must(await agent.send('sync', {}));
    expect(await agent.send('sync', {})).toMatchObject({ ok: false, code: 'rate_limited', retryable: true });
    agent.close();
    await own.stop();
  });
});

describe('the limit of the write queue', () => {
  it('[P14] over it the answer is busy, at once and retryable; what was accepted is acked, and a retry goes through', async () => {
    const own = await startServer({ settings: { bot: 'off' }, writerLimits: { batch: 4, batchMs: 5, queue: 10 } });
    const visitor = await arrive(own);
    const { conversation } = await say(visitor, 'first');
    const bodies = Array.from({ length: 200 }, (_, i) => ({ cid: newCid(), conversation, text: `burst ${i}` }));
    const replies = await Promise.all(bodies.map((body) => visitor.send('message.send', body)));
    const refused = replies.flatMap((r, i) => (r.ok ? [] : [{ reply: r, body: bodies[i] as (typeof bodies)[number] }]));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(200);
    for (const { reply } of refused) {
      expect(reply).toMatchObject({ ok: false, code: 'busy', retryable: true });
      expect(reply.retryAfterMs).toBeGreaterThan(0);
    }
    for (const { body } of refused) must(await visitor.send('message.send', body));
    expect(must(await visitor.send('sync', {})).conversations[0]?.head).toBe(201);
    visitor.close();
    await own.stop();
  });
});
