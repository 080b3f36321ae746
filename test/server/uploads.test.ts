import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileTooLarge, cleanName, isRefusedFile, isSignature, pathOfFile, saveFile, signatureOf, typeOfFile } from '../../server/files.ts';
import { hashToken } from '../../server/deps.ts';
import { attachUploads, findOwnUploads } from '../../server/store/uploads.ts';
import { newCid, newVisitorToken, startServer } from '../helpers/server.ts';
import type { TestServer } from '../helpers/server.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const token = newVisitorToken();
let server: TestServer;
let clock = Date.parse('2026-11-24T10:00:00Z');

beforeAll(async () => {
  server = await startServer({ now: () => clock });
});
afterAll(() => server.stop());

interface Sent {
  status: number;
  body: { id: string; name: string; type: string; size: number; width?: number; url: string; code?: string; detail?: string };
}

async function send(bytes: Uint8Array | string, query: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Sent> {
  const search = new URLSearchParams({ app_id: server.workspace.appId, name: 'shot.png', ...query });
  const response = await fetch(`${server.url}/api/widget/uploads?${search}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: bytes as BodyInit,
  });
  return { status: response.status, body: (await response.json()) as Sent['body'] };
}

const stored = (): string[] => {
  const folder = join(server.dataDir, 'files');
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('/')) : [];
};

describe('a file is taken', () => {
  it('with its type told by its bytes and not by its name, and read back by its signed address', async () => {
    const { status, body } = await send(png, { name: 'shot.txt', width: '1', height: '1' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'shot.txt', type: 'image/png', size: png.length, width: 1 });
    const back = await fetch(server.url + body.url);
    expect(back.headers.get('content-type')).toBe('image/png');
    expect(back.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(Buffer.from(await back.arrayBuffer())).toEqual(png);
  });

  it('and what could run as a page is only ever downloaded', async () => {
    const { body } = await send('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', { name: 'a "nice" täst.svg' });
    const back = await fetch(server.url + body.url);
    expect(back.headers.get('content-type')).toBe('application/octet-stream');
    expect(back.headers.get('content-disposition')).toMatch(/^attachment; filename="a _nice_ t_st.svg"; filename\*=UTF-8''a%20%22nice/);
    expect(back.headers.get('content-security-policy')).toContain('sandbox');
    expect(back.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('from another origin, whose preflight is answered', async () => {
    const asked = await fetch(`${server.url}/api/widget/uploads`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization');
  });
});

describe('a file is refused and leaves nothing behind', () => {
  it.each([
    ['too large, by its length', Buffer.alloc(100_001, 97), {}, 413, 'too_large'],
    ['empty', '', {}, 400, 'bad_request'],
    ['a program by its name', 'echo hello', { name: 'setup.EXE' }, 415, 'file_refused'],
    ['a program by its bytes', Buffer.from('7f454c4602010100000000000000000002003e00', 'hex'), { name: 'photo.jpg' }, 415, 'file_refused'],
    ['of an unknown app', 'x', { app_id: 'app_nobody' }, 404, 'unknown_app'],
  ] as const)('%s', async (_, bytes, query, status, code) => {
    const before = stored();
    const answer = await send(bytes, query);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(stored()).toEqual(before);
  });

  it('without a session token', async () => {
    expect(await send(png, {}, { authorization: 'Bearer short' })).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  });

  it('too large, though its length was not told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foyer-file-'));
    const chunks = Readable.from([Buffer.alloc(600), Buffer.alloc(600)]);
    await expect(saveFile(chunks, { folder, maxBytes: 1000 }, 'a'.repeat(22))).rejects.toThrow(FileTooLarge);
    expect(readdirSync(join(folder, 'aa'))).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describe('a file is read', () => {
  it.each(['', '?sig=', '?sig=AAAAAAAAAAAAAAAAAAAAAA'])('not with the signature “%s”', async (search) => {
    const { body } = await send(png);
    const { pathname } = new URL(body.url, server.url);
    expect((await fetch(server.url + pathname + search)).status).toBe(404);
  });

  it('not by a path that leads elsewhere', () => {
    expect(() => pathOfFile('/data/files', '../../etc/passwd')).toThrow('no id of a file');
  });
});

describe('a file goes into one message of its own session', () => {
  const own = hashToken(token);
  const read = (ids: string[], session: string) => server.deps.store.in(server.workspace.id).read((tx) => findOwnUploads(tx, ids, session));
  const attach = (id: string) =>
    server.deps.store
      .in(server.workspace.id)
      .write((tx) => attachUploads(tx, [{ id, sessionHash: own }], { conversationId: 1, messageId: 1 }));

  it('and into no second one, nor is it another session’s to send', async () => {
    const { body } = await send(png);
    expect(await read([body.id], own)).toMatchObject([{ id: body.id, type: 'image/png' }]);
    expect(await read([body.id], hashToken(newVisitorToken()))).toBeNull();
    await attach(body.id);
    expect(await read([body.id], own)).toBeNull();
    await expect(attach(body.id)).rejects.toThrow('in another message');
  });

  it('and is swept away after a day where it is never sent', async () => {
    const [kept, left] = [await send(png), await send(png)];
    await attach(kept.body.id);
    clock += 25 * 3_600_000;
    const last = await send(png);
    await expect.poll(() => stored().some((name) => name.includes(left.body.id))).toBe(false);
    expect((await fetch(server.url + left.body.url)).status).toBe(404);
    for (const { body } of [kept, last]) expect((await fetch(server.url + body.url)).status).toBe(200);
  });
});

describe('names and types', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ann\\plan.pdf', 'plan.pdf'],
    ['gpj.\u202Eexe', 'gpj.exe'],
    ['   ', 'file'],
    ['.htaccess', 'htaccess'],
    ['日本語.png', '日本語.png'],
    [`${'x'.repeat(300)}.jpeg`, `${'x'.repeat(115)}.jpeg`],
  ])('%s becomes %s', (given, shown) => expect(cleanName(given)).toBe(shown));

  it.each([
    ['plain words', 'text/plain'],
    ['grüße, 日本', 'text/plain'],
    [Buffer.from([0, 1, 2, 3, 255]), 'application/octet-stream'],
    [png, 'image/png'],
  ])('%s is %s', async (bytes, type) => {
    const path = join(tmpdir(), `foyer-type-${newCid()}`);
    writeFileSync(path, bytes);
    expect(await typeOfFile(path)).toBe(type);
    expect(readFileSync(path).length).toBeGreaterThan(0);
    rmSync(path);
  });

  it('programs are known by name or bytes, others are not', () => {
    expect(['a.sh', 'a.bat ', 'b.JS'].map((name) => isRefusedFile('text/plain', name))).toEqual([true, true, true]);
    expect(['a.pdf', 'js', 'notes.sh.txt'].map((name) => isRefusedFile('text/plain', name))).toEqual([false, false, false]);
  });

  it('a signature is of one id and one key', () => {
    const [key, id] = [Buffer.alloc(32, 1), 'b'.repeat(22)];
    const signature = signatureOf(key, id);
    expect(isSignature(key, id, signature)).toBe(true);
    expect(isSignature(key, 'c'.repeat(22), signature)).toBe(false);
    expect(isSignature(Buffer.alloc(32, 2), id, signature)).toBe(false);
  });
});

describe('room for files', () => {
  it('is held for those on their way: many slow ones at once are no way past the limit', async () => {
    const small = await startServer({ files: { maxBytes: 1000, maxUnsentBytes: 3000 } });
    const search = new URLSearchParams({ app_id: small.workspace.appId, name: 'slow.bin' });
    const headers = { authorization: `Bearer ${newVisitorToken()}`, 'content-length': '1000' };
    const path = `/api/widget/uploads?${search}`;
    const slow = [1, 2, 3].map(() => {
      const sending = request({ port: small.port, path, method: 'POST', headers });
      sending.on('error', () => {});
      sending.write('some');
      return sending;
    });
    const next = (): Promise<number> =>
      fetch(small.url + path, { method: 'POST', headers: { authorization: headers.authorization }, body: 'more' }).then((r) => r.status);
    const folder = join(small.dataDir, 'files');
    const parts = (): string[] => (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []);
    await expect.poll(() => parts().filter((name) => name.endsWith('.part')).length).toBe(3);
    expect(await next()).toBe(503);
    for (const sending of slow) sending.destroy();
    await expect.poll(next).toBe(201);
    await small.stop();
  });
});
