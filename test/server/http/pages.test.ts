import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHmac } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAssets } from '../../../server/http/assets.ts';
import { unseal } from '../../../server/seal.ts';
import { startHttp } from '../../helpers/http-server.ts';
import type { HttpServer } from '../../helpers/http-server.ts';

let server: HttpServer;
beforeAll(async () => {
  server = await startHttp({
    assets: {
      'widget/widget.js': {
        body: Buffer.from('loader'),
        br: Buffer.from('loader in brotli'),
        gz: Buffer.from('loader in gzip'),
        type: 'text/javascript',
        etag: '"loader"',
      },
      'widget/widget/app-a1b2c3d4.js': { body: Buffer.from('app'), isHashed: true },
      'inbox/index.html': { body: Buffer.from('<title>Inbox</title>'), type: 'text/html' },
      'inbox/assets/main-a1b2c3d4.js': { body: Buffer.from('main'), isHashed: true },
      'demo/index.html': { body: Buffer.from('<script data-app-id="{{app_id}}"></script>') },
      'demo/demo.js': { body: Buffer.from('demo') },
    },
  });
});
afterAll(() => server.close());

/** As it is sent: without fetch's own decoding. */
function raw(
  path: string,
  headers: Record<string, string> = {},
  url = server.url,
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { headers }, (answer) => {
      let body = '';
      answer.on('data', (part: Buffer) => (body += part.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the widget’s files', () => {
  it('run on any page, and are sent as the build compressed them', async () => {
    const br = await raw('/widget.js', { 'accept-encoding': 'gzip, br' });
    expect(br).toMatchObject({ status: 200, body: 'loader in brotli' });
    expect(br.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/javascript',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'Accept-Encoding',
    });
    expect((await raw('/widget.js', { 'accept-encoding': 'gzip' })).body).toBe('loader in gzip');
    expect((await raw('/widget.js')).body).toBe('loader');
  });

  it('the loader is asked for again after minutes and answered with 304; a hashed chunk is kept for ever', async () => {
    expect((await raw('/widget.js')).headers['cache-control']).toBe('public, max-age=300, stale-while-revalidate=86400');
    expect(await raw('/widget.js', { 'if-none-match': '"loader"' })).toMatchObject({ status: 304, body: '' });
    expect((await raw('/widget/app-a1b2c3d4.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    '/widget/../../package.json',
    '/widget/..%2f..%2fpackage.json',
    '/.env',
    '/server/main.ts',
    '/widget',
    '/widget.js/',
    '/nothing',
  ])('%s is not among them', async (path) => {
    expect((await raw(path)).status).toBe(404);
  });
});

describe('our own pages', () => {
  it.each(['/inbox', '/inbox/', '/inbox/conversations/7', '/setup?token=x', '/inbox/login'])(
    '%s is the inbox, asked for anew each time',
    async (path) => {
      expect(await raw(path)).toMatchObject({ status: 200, body: '<title>Inbox</title>', headers: { 'cache-control': 'no-cache' } });
    },
  );

  it('cannot be framed, and run no script or style but their own files', async () => {
    const { headers } = await raw('/inbox');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('a file of the inbox that is not there is 404 and not the page', async () => {
    expect((await raw('/inbox/assets/old-a1b2c3d4.js')).status).toBe(404);
    expect((await raw('/inbox/assets/main-a1b2c3d4.js')).body).toBe('main');
  });

  it('the address alone leads to the inbox', async () => {
    expect((await raw('/')).headers.location).toBe('/inbox');
  });
});

describe('the demo page', () => {
  it('bears the app id of this install', async () => {
    expect((await raw('/demo')).body).toBe(`<script data-app-id="${server.workspace.appId}"></script>`);
    expect((await raw('/demo/demo.js')).body).toBe('demo');
  });

  it('vouches for one account by an HMAC of its user id', async () => {
    const secret = unseal(server.workspace.identitySecret, server.deps.secretKey);
    const person = JSON.parse((await raw('/demo/sign?account=ada')).body) as Record<string, string>;
    expect(person).toMatchObject({ user_id: 'demo-ada', name: 'Ada Holm' });
    expect(person.user_hash).toBe(createHmac('sha256', secret).update('demo-ada').digest('hex'));
  });

  it('and for the other by a JWT that ends after an hour', async () => {
    const secret = unseal(server.workspace.identitySecret, server.deps.secretKey);
    const person = JSON.parse((await raw('/demo/sign?account=tomas')).body) as Record<string, string>;
    const { payload } = await jwtVerify(person.user_jwt ?? '', new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      currentDate: new Date(server.deps.now()),
    });
    expect(payload).toMatchObject({ user_id: 'demo-tomas', email: 'tomas@northwind.example' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });

  it.each(['?account=root', '?account=__proto__', '?account=ada&account=tomas', ''])('signs nobody else: %s', async (query) => {
    expect((await raw(`/demo/sign${query}`)).status).toBe(404);
  });

  it('answers no other site, and is gone where it is switched off', async () => {
    expect((await raw('/demo/sign?account=ada', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const without = await startHttp({ demo: false });
    try {
      for (const path of ['/demo', '/demo/sign?account=ada']) expect((await fetch(without.url + path)).status).toBe(404);
    } finally {
      await without.close();
    }
  });
});

describe('the demo page that nobody asked for', () => {
  let local: HttpServer;
  beforeAll(async () => {
    local = await startHttp({ demo: 'local', assets: { 'demo/index.html': { body: Buffer.from('demo') } } });
  });
  afterAll(() => local.close());
  const statuses = (headers: Record<string, string>): Promise<number[]> =>
    Promise.all(['/demo', '/demo/sign?account=ada'].map(async (path) => (await raw(path, headers, local.url)).status));

  it.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000'])('is there for a browser that asked for %s', async (host) => {
    expect(await statuses({ host })).toEqual([200, 200]);
  });

  it.each(['chat.example.com', 'localhost.example.com', '192.168.1.5:3000', '@'])('is not for one that asked for "%s"', async (host) => {
    for (const status of await statuses({ host })) expect([400, 404]).toContain(status);
  });

  it.each(['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'])('is not behind a proxy, known by %s', async (name) => {
    expect(await statuses({ host: 'localhost', [name]: 'x' })).toEqual([404, 404]);
  });
});

describe('files on disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-assets-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are found by the names the build left, with their compressed copies, and seen anew after a build', () => {
    mkdirSync(join(folder, 'widget'));
    writeFileSync(join(folder, 'widget', 'a.js'), 'one');
    writeFileSync(join(folder, 'widget', 'a.js.br'), 'one in brotli');
    writeFileSync(join(folder, 'outside.js'), 'secret');
    const assets = readAssets({ widget: join(folder, 'widget'), inbox: join(folder, 'missing'), demo: folder });
    const before = assets.find('widget', 'a.js');
    expect([before?.body.toString(), before?.br?.toString(), before?.type]).toEqual([
      'one',
      'one in brotli',
      'text/javascript; charset=utf-8',
    ]);
    expect(assets.find('widget', 'a.js.br')).toBeNull();
    expect(assets.find('widget', '../outside.js')).toBeNull();
    expect(assets.find('inbox', 'index.html')).toBeNull();

    writeFileSync(join(folder, 'widget', 'a.js'), 'two');
    const later = new Date(Date.now() + 5000);
    utimesSync(join(folder, 'widget', 'a.js'), later, later);
    const after = assets.find('widget', 'a.js');
    expect([after?.body.toString(), after?.br]).toEqual(['two', null]);
    expect(after?.etag).not.toBe(before?.etag);
  });
});
