// @vitest-environment happy-dom
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { isAccepted, upload } from '../../widget/upload.ts';

let server: Server | undefined;
const token = 't'.repeat(43);

/** @param answer status and body of every upload */
async function serve(
  answer: [status: number, body: string],
): Promise<{ origin: string; seen: { url: string; auth: string; body: string }[] }> {
  const seen: { url: string; auth: string; body: string }[] = [];
  server = createServer((req, res) => {
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.setHeader('Access-Control-Allow-Headers', 'authorization, content-type');
    if (req.method === 'OPTIONS') return void res.writeHead(204).end();
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      seen.push({ url: req.url ?? '', auth: req.headers.authorization ?? '', body });
      res.writeHead(answer[0], { 'content-type': 'application/json' }).end(answer[1]);
    });
  });
  await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const file = (): File => new File(['hello'], 'täst plan.txt', { type: 'text/plain' });

describe('one file on its way', () => {
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it('goes up with its name and the session’s token, and comes back as what the server keeps', async () => {
    const stored = { id: 'a'.repeat(22), name: 'täst plan.txt', type: 'text/plain', size: 5, url: '/f' };
    const { origin, seen } = await serve([201, JSON.stringify(stored)]);
    const result = await upload(file(), { server: origin, appId: 'app_1', token }, () => {}).done;
    expect(result).toEqual({ ok: true, file: stored });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.auth).toBe(`Bearer ${token}`);
    expect(new URL(seen[0]!.url, origin).searchParams.get('name')).toBe('täst plan.txt');
    expect(seen[0]?.body).toBe('hello');
  });

  it.each([
    [
      'a refusal says why and is not tried again',
      415,
      { code: 'file_refused', detail: 'a program' },
      { code: 'file_refused', retryable: false },
    ],
    ['a busy server may be asked again', 503, { code: 'busy', detail: 'later' }, { code: 'busy', retryable: true }],
    ['a limit may be waited for', 429, { code: 'rate_limited', detail: 'wait' }, { code: 'rate_limited', retryable: true }],
    ['an answer that is no JSON may be asked again', 502, null, { code: 'http_502', retryable: true }],
  ])('%s', async (_, status, body, expected) => {
    const { origin } = await serve([status, body === null ? '<html>' : JSON.stringify(body)]);
    expect(await upload(file(), { server: origin, appId: 'app_1', token }, () => {}).done).toMatchObject({ ok: false, ...expected });
  });
});

it.each([
  [[], 'image/png', 'a.png', true],
  [['image/*'], 'image/png', 'a.png', true],
  [['image/*'], 'application/pdf', 'a.pdf', false],
  [['application/pdf'], 'application/pdf', 'a.pdf', true],
  [['.csv'], '', 'Numbers.CSV', true],
  [['image/*', '.csv'], 'text/plain', 'a.txt', false],
])('of %j a file of type “%s” called %s: %s', (accept, type, name, accepted) => {
  expect(isAccepted({ type, name }, accept)).toBe(accepted);
});
