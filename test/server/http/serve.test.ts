import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../shared/api.ts';
import { accessOf } from '../../../server/http/access.ts';
import { Agent, setUpOwner, startHttp } from '../../helpers/http-server.ts';
import type { HttpServer } from '../../helpers/http-server.ts';

let server: HttpServer;
beforeAll(async () => {
  server = await startHttp();
});
afterAll(() => server.close());

describe('bad requests are answered as problems and harm nobody', () => {
  it.each([
    ['JSON that is none', '{"email":', 400, 'bad_request'],
    ['another type of body', '[1,2]', 400, 'bad_request'],
    ['null', 'null', 400, 'bad_request'],
    ['a body over 64 kB', JSON.stringify({ email: 'a@b.example', password: 'x'.repeat(70_000) }), 413, 'too_large'],
    ['fields of the wrong type', '{"email":7,"password":[]}', 400, 'bad_request'],
    ['a prototype', '{"__proto__":{"email":"a"},"constructor":1}', 400, 'bad_request'],
  ])('%s', async (_, body, status, code) => {
    const answer = await new Agent(server.url).call('POST', '/api/v1/session', body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({
      status,
      code,
      title: expect.any(String),
      detail: expect.any(String),
      request_id: answer.headers.get('x-request-id'),
    });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('U+0000, which PostgreSQL cannot hold, is refused wherever text comes in', async () => {
    const agent = new Agent(server.url);
    const name = { token: 'x', name: 'a\0b', email: 'a@example.com', password: 'long enough' };
    const answers = [
      await agent.call('POST', '/api/v1/session', { email: 'a\0b', password: 'x' }),
      await agent.call('POST', '/api/v1/setup', name),
      await agent.call('GET', '/api/v1/setup?token=%00'),
      await agent.call('GET', '/api/widget/settings?app_id=%00'),
    ];
    expect(answers.map((a) => [a.status, (a.body.errors as { pointer: string }[])[0]?.pointer])).toEqual([
      [400, '/email'],
      [400, '/name'],
      [400, '/token'],
      [400, '/app_id'],
    ]);
  });

  it('each field that does not fit is named with a pointer', async () => {
    const { body } = await new Agent(server.url).call('POST', '/api/v1/session', {});
    expect((body.errors as { pointer: string }[]).map((e) => e.pointer)).toEqual(['/email', '/password']);
  });

  it('an unknown route, a route by another method and a broken escape are problems too', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/nothing'],
      ['PUT', '/api/v1/session'],
      ['POST', '/api/nothing'],
    ] as const) {
      const answer = await new Agent(server.url).call(method, path);
      expect(answer.status).toBe(404);
      expect(answer.body.code).toBe('not_found');
    }
    expect((await fetch(`${server.url}/inbox/%E0%A4%A`)).status).toBe(400);
  });

  it('a header block that never ends or lies about its length does not stop the others', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write('POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"email":');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    socket.destroy();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('what nobody foresaw is one sentence outside and the whole error in the log', async () => {
    const broken = await startHttp();
    try {
      const agent = await setUpOwner(broken);
      broken.deps.store.in = () => {
        throw new Error('planted failure');
      };
      // The session was looked up through a store taken earlier; the handler meets the broken one.
      const answer = await agent.call('GET', '/api/v1/me');
      expect(answer.status).toBe(500);
      expect(JSON.stringify(answer.body)).not.toContain('planted');
      expect(broken.logged.join()).toContain('planted failure');
      expect(broken.logged.join()).toContain(answer.body.request_id);
    } finally {
      await broken.close();
    }
  });
});

describe('every route', () => {
  const closed = (Object.keys(routes) as (keyof typeof routes)[]).filter((name) => accessOf(name).who !== 'everybody');

  it.each(closed)('%s wants a signed-in agent', async (name) => {
    const [method = '', path = ''] = name.split(' ');
    const answer = await new Agent(server.url).call(method, path);
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('unauthorized');
  });

  it('is never cached, and bears the request id it was sent with', async () => {
    const answer = await new Agent(server.url).call('GET', '/api/v1/me', undefined, { 'x-request-id': 'trace-12345678' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-request-id')).toBe('trace-12345678');
    const injected = await new Agent(server.url).call('GET', '/api/v1/me', undefined, { 'x-request-id': 'a b<script>' });
    expect(injected.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('health', () => {
  it('the process lives; it is ready while the database answers and it does not drain', async () => {
    expect(await (await fetch(`${server.url}/healthz`)).text()).toBe('ok\n');
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    server.serving = false;
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    server.serving = true;
  });
});

describe('the checklist', () => {
  it('is empty on a fresh install and ticks the script once it was seen, on a page that is none of our own', async () => {
    const fresh = await startHttp();
    try {
      const agent = await setUpOwner(fresh);
      const nothing = { script_seen_at: null, first_message_at: null, agent_replied_at: null, first_verified_user_at: null };
      expect((await agent.call('GET', '/api/v1/checklist')).body).toEqual(nothing);
      const settings = `${fresh.url}/api/widget/settings?app_id=${fresh.workspace.appId}`;
      for (const own of ['/demo', '/inbox', '/inbox/settings/identity', '/setup?token=x'])
        await fetch(settings, { headers: { referer: fresh.url + own } });
      expect((await agent.call('GET', '/api/v1/checklist')).body).toEqual(nothing);
      // A site behind the same proxy as we.
      await fetch(settings, { headers: { referer: `${fresh.url}/demonstrations` } });
      const seenAt = fresh.deps.now();
      fresh.pass(5000);
      await fetch(`${fresh.url}/api/widget/settings?app_id=${fresh.workspace.appId}`);
      expect((await agent.call('GET', '/api/v1/checklist')).body).toEqual({ ...nothing, script_seen_at: seenAt });
    } finally {
      await fresh.close();
    }
  });
});
