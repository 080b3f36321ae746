// Where requests of flows may go, over real sockets.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OutboundError, createOutbound, isPublicAddress } from '../../server/outbound.ts';
import type { OutboundOptions, OutboundRequest } from '../../server/outbound.ts';

let target: Server;
let port: number;
let hits: IncomingMessage[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end('{"ok":true}');

beforeAll(async () => {
  target = createServer((request, response) => {
    hits.push(request);
    answer(request, response);
  });
  await new Promise<void>((ready) => target.listen(0, ready));
  port = (target.address() as AddressInfo).port;
});
beforeEach(() => {
  hits = [];
  answer = (_, response) => response.end('{"ok":true}');
});
afterAll(async () => {
  target.closeAllConnections();
  await new Promise((closed) => target.close(closed));
});

const never = new AbortController().signal;
const requestTo = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: 'POST',
  url,
  headers: {},
  body: '{}',
  timeoutMs: 2000,
  ...more,
});
const call = (url: string, options: OutboundOptions = { allowPrivate: false }, more: Partial<OutboundRequest> = {}) =>
  createOutbound(options)(requestTo(url, more), never);
const refusal = (work: Promise<unknown>): Promise<OutboundError> =>
  work.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: unknown) => (error instanceof OutboundError ? error : Promise.reject(error as Error)),
  );

describe('an address of the network the server stands in', () => {
  const literals = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '0',
    '0.0.0.0',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:0:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::1]',
    '[fe80::1]',
    '[fd00::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[2001:db8::1]',
  ];
  it.each(literals)('is refused as a literal: %s', async (host) => {
    const error = await refusal(call(`http://${host}:${port}/`));
    expect(error.message).toContain('private network');
    expect(error.retryable).toBe(false);
    expect(hits).toHaveLength(0);
  });

  it('is refused by its name, too', async () => {
    const error = await refusal(call(`http://localhost:${port}/`));
    expect(error.message).toContain('private network');
    expect(hits).toHaveLength(0);
  });

  it('is refused where a public name leads there, were it by one of several addresses', async () => {
    for (const addresses of [['127.0.0.1'], ['10.1.2.3'], ['93.184.215.14', '127.0.0.1'], ['::1'], ['fe80::1%eth0']]) {
      const resolve = (): Promise<string[]> => Promise.resolve(addresses);
      await refusal(call(`http://rebind.example.com:${port}/`, { allowPrivate: false, resolve }));
    }
    expect(hits).toHaveLength(0);
  });

  it('is not reached through a name that changes between the look and the connection: it is resolved once', async () => {
    let looks = 0;
    const resolve = (): Promise<string[]> => Promise.resolve(looks++ === 0 ? ['127.0.0.1'] : ['192.0.2.1']);
    const { status } = await call(`http://twice.example.com:${port}/`, { allowPrivate: true, resolve });
    expect([status, looks]).toEqual([200, 1]);
    expect(hits[0]?.headers.host).toBe(`twice.example.com:${port}`);
  });

  it('is not followed into by a redirect', async () => {
    answer = (_, response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/inside` }).end();
    expect((await call(`http://127.0.0.1:${port}/`, { allowPrivate: true })).status).toBe(302);
    expect(hits).toHaveLength(1);
  });
});

describe('what is public', () => {
  it.each(['93.184.215.14', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])(
    'is allowed: %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
  it.each(['', 'nonsense', '1.2.3', '93.184.215.14/8'])('is no address: %s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('a request', () => {
  const open = { allowPrivate: true };
  const here = (path = '/'): string => `http://127.0.0.1:${port}${path}`;

  it('carries its method, body and headers, but none that belong to the connection', async () => {
    let body = '';
    answer = (request, response) => {
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => response.end('{"n":1}'));
    };
    const headers = {
      'X-Own': 'yes',
      Host: 'elsewhere.example',
      'Content-Length': '3',
      'Transfer-Encoding': 'chunked',
      Connection: 'upgrade',
    };
    const answered = await call(here('/hook?a=1'), open, { method: 'PUT', body: '{"wörld":1}', headers });
    expect(answered).toEqual({ status: 200, body: '{"n":1}' });
    expect(body).toBe('{"wörld":1}');
    const [hit] = hits;
    expect([hit?.method, hit?.url]).toEqual(['PUT', '/hook?a=1']);
    expect(hit?.headers).toMatchObject({
      'x-own': 'yes',
      host: `127.0.0.1:${port}`,
      'content-type': 'application/json',
      'content-length': '12',
    });
    expect(hit?.headers['transfer-encoding']).toBeUndefined();
  });

  it('that is not answered in time is given up and may be tried again', async () => {
    answer = () => {};
    const error = await refusal(call(here(), open, { timeoutMs: 150 }));
    expect(error).toMatchObject({ retryable: true, message: 'no answer within 150 ms' });
  });

  it('whose name is not resolved in time is given up', async () => {
    const resolve = (): Promise<string[]> => new Promise(() => {});
    expect(await refusal(call(here().replace('127.0.0.1', 'slow.example'), { ...open, resolve }, { timeoutMs: 100 }))).toMatchObject({
      retryable: true,
    });
  });

  it('is broken off where its answer is too long, or comes for ever', async () => {
    answer = (_, response) => {
      const more = (): void => void (response.destroyed || response.write('x'.repeat(10_000), () => setImmediate(more)));
      more();
    };
    expect(await refusal(call(here(), open))).toMatchObject({ retryable: false, message: 'the answer is longer than 64 kB' });
  });

  it('ends with the signal that stops the server', async () => {
    answer = () => {};
    const stop = new AbortController();
    const work = refusal(createOutbound(open)(requestTo(here(), { timeoutMs: 60_000 }), stop.signal));
    await expect.poll(() => hits.length).toBe(1);
    stop.abort();
    expect((await work).retryable).toBe(true);
  });

  it('goes by http and https alone', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'gopher://127.0.0.1', 'javascript:1', 'nonsense', ''])
      expect(await refusal(call(url, open)), url).toMatchObject({ retryable: false });
  });
});
