// Requests to addresses that people of a workspace wrote down: never into the network the server stands in.
import { lookup as resolveName } from 'node:dns/promises';
import { request as overHttp } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

/** Bytes of an answer; a longer one is a failure. */
const maxAnswer = 64 * 1024;

export interface OutboundRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  timeoutMs: number;
}

export interface OutboundAnswer {
  status: number;
  body: string;
}

/** It was not answered, or not sent at all; the message tells why. */
export class OutboundError extends Error {
  constructor(
    message: string,
    /** Another try may succeed. */
    readonly retryable: boolean,
  ) {
    super(message);
  }
}

export type Outbound = (request: OutboundRequest, signal: AbortSignal) => Promise<OutboundAnswer>;

export interface OutboundOptions {
  /** For development: private addresses, too. */
  allowPrivate: boolean;
  /** All addresses of a name. */
  resolve?: (host: string) => Promise<string[]>;
}

const notPublic = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  notPublic.addSubnet(network, bits, 'ipv4');
// Teredo and 6to4 carry an IPv4 address within; the other one is for documentation.
for (const [network, bits] of [
  ['2001::', 23],
  ['2002::', 16],
  ['2001:db8::', 32],
  ['3fff::', 20],
] as const)
  notPublic.addSubnet(network, bits, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether it is an address of the public internet. What is embedded in IPv6 (mapped, NAT64) is none. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !notPublic.check(address, 'ipv4');
  return version === 6 && globalUnicast.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
}

/** Follows no redirect. @throws OutboundError */
export function createOutbound({ allowPrivate, resolve = allAddresses }: OutboundOptions): Outbound {
  function refuse(host: string, address: string): void {
    if (allowPrivate || isPublicAddress(address)) return;
    throw new OutboundError(`${host} is in a private network (${address}), and ALLOW_PRIVATE_WEBHOOKS is off`, false);
  }
  /** Where the connection goes is what was looked at here: a name is not resolved a second time. */
  async function addressOf(host: string): Promise<string> {
    const addresses = isIP(host) === 0 ? await resolve(host) : [host];
    for (const address of addresses) refuse(host, address);
    const [first] = addresses;
    if (first === undefined) throw new OutboundError(`${host} has no address`, true);
    return first;
  }
  return async (request, signal) => {
    const url = URL.canParse(request.url) ? new URL(request.url) : null;
    if (!url || !/^https?:$/.test(url.protocol)) throw new OutboundError('the address is no http or https one', false);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const timeout = AbortSignal.timeout(request.timeoutMs);
    try {
      const address = await within(AbortSignal.any([timeout, signal]), addressOf(host));
      return await send(url, address, request, AbortSignal.any([timeout, signal]));
    } catch (error) {
      if (error instanceof OutboundError) throw error;
      const words = timeout.aborted ? `no answer within ${request.timeoutMs} ms` : wordsOf(error);
      throw new OutboundError(words, true);
    }
  };
}

async function allAddresses(host: string): Promise<string[]> {
  return (await resolveName(host, { all: true })).map(({ address }) => address);
}

function wordsOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? String(error);
}

/** A name server may take its time. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    signal.addEventListener('abort', () => failed(new Error('aborted')), { once: true });
    work.then(done, failed);
  });
}

/** Set by the connection itself. */
const ownHeaders = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'keep-alive',
]);

function send(url: URL, address: string, request: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer> {
  const pinned: LookupFunction = (_host, options, found) => {
    const family = isIP(address);
    if (options.all) found(null, [{ address, family }]);
    else found(null, address, family);
  };
  const given = Object.entries(request.headers).filter(([name]) => !ownHeaders.has(name.toLowerCase()));
  const options: RequestOptions = {
    method: request.method,
    headers: {
      'user-agent': 'Foyer',
      accept: 'application/json',
      ...(request.body !== null && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(request.body) }),
      ...Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), value])),
      'accept-encoding': 'identity',
    },
    lookup: pinned,
    agent: false,
    signal,
  };
  return new Promise((done, failed) => {
    const outgoing = (url.protocol === 'https:' ? overHttps : overHttp)(url, options, (incoming) => {
      read(incoming).then(
        (body) => done({ status: incoming.statusCode ?? 0, body }),
        (error: unknown) => {
          outgoing.destroy();
          failed(error);
        },
      );
    });
    outgoing.on('error', failed);
    outgoing.end(request.body ?? undefined);
  });
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxAnswer) throw new OutboundError(`the answer is longer than ${maxAnswer / 1024} kB`, false);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
