// What a released widget says and what it reads of the answers, played to this server (docs/decisions/0020). At a release, write the next one:
// FOYER_RECORD_PROTOCOL=widget-2 npx vitest run test/server/realtime/released-protocol.test.ts, and never edit one that is there.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectVisitor, newCid, startServer } from '../../helpers/server.ts';
import type { TestServer, VisitorClient } from '../../helpers/server.ts';

const folder = join(import.meta.dirname, '..', '..', 'fixtures');

/** A type, `any` where there was nothing to tell, a list's entries by their kind, or what an object has at least. */
type Shape = string | { list: Record<string, Shape> } | { [key: string]: Shape };

interface Step {
  send: string;
  body: unknown;
  reads: Shape;
}

interface Released {
  settings: Shape;
  steps: Step[];
  /** Events it hears meanwhile. */
  hears: Record<string, Shape>;
}

/** A message of the bot has other parts than one of a contact. */
function kindOf(entry: unknown): string {
  const { kind, message } = (entry ?? {}) as { kind?: string; message?: { author?: { kind: string } } | number };
  const author = typeof message === 'object' ? message.author?.kind : undefined;
  return author === undefined ? (kind ?? 'each') : `message by ${author}`;
}

function shapeOf(value: unknown): Shape {
  if (value === null || value === undefined) return 'any';
  if (Array.isArray(value)) {
    const list: Record<string, Shape> = {};
    for (const entry of value) list[kindOf(entry)] = merged(list[kindOf(entry)], shapeOf(entry));
    return { list };
  }
  if (typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

/** Where a value lacks what is read of it. */
function missing(value: unknown, shape: Shape, at = ''): string[] {
  if (shape === 'any') return [];
  if (typeof shape === 'string') return typeof value === shape ? [] : [`${at} is ${JSON.stringify(value)}, not a ${shape}`];
  if ('list' in shape && typeof shape['list'] === 'object') {
    const { list } = shape as { list: Record<string, Shape> };
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((entry, i) => missing(entry, list[kindOf(entry)] ?? 'any', `${at}[${i}]`));
  }
  if (typeof value !== 'object' || value === null) return [`${at} is ${JSON.stringify(value)}, not an object`];
  return Object.entries(shape).flatMap(([key, inner]) =>
    key in value ? missing((value as Record<string, unknown>)[key], inner as Shape, `${at}.${key}`) : [`${at}.${key} is missing`],
  );
}

/** What the widget of today does in a visitor's first minutes. `$conversation`, `$message`, `$seq` and `$epoch` are of the answers before. */
const today: [string, unknown][] = [
  ['sync', {}],
  ['message.send', { cid: '$cid', text: 'Hello, what does it cost? I am ada@example.org' }],
  ['sync', { epoch: '$epoch', conversations: { $conversation: '$seq' }, page: { url: 'https://shop.example/prices', title: 'Prices' } }],
  ['conversation.history', { conversation: '$conversation' }],
  ['conversation.history', { conversation: '$conversation', before: '$seq', limit: 50 }],
  ['typing', { conversation: '$conversation', on: true }],
  ['typing', { conversation: '$conversation', on: false }],
  ['conversation.read', { conversation: '$conversation', seq: '$seq' }],
  ['detail.answer', { cid: '$cid', conversation: '$conversation', message: '$message', field: 'email', answer: 'right' }],
  ['message.send', { cid: '$cid', conversation: '$conversation', text: 'Sales', choice: 'sales' }],
  ['conversation.start', { cid: '$cid' }],
  ['identify', { user_id: '4711', name: 'Ada', custom_attributes: { plan: 'pro' } }],
  ['session.end', {}],
];

/** Plays the steps as one visitor. */
async function play(server: TestServer, steps: readonly [string, unknown][]): Promise<{ released: Released; raw: Raw }> {
  const settings = (await (await fetch(`${server.url}/api/widget/settings?app_id=${server.workspace.appId}`)).json()) as unknown;
  const visitor: VisitorClient = await connectVisitor(server);
  const known: Record<string, unknown> = {};
  const filled = (value: unknown): unknown => {
    if (value === '$cid') return newCid();
    if (typeof value === 'string' && value.startsWith('$')) return known[value];
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.startsWith('$') ? String(known[key]) : key, filled(inner)]));
  };
  const answered: { step: Step; reply: unknown }[] = [];
  for (const [send, body] of steps) {
    const reply: unknown = await (visitor.send as (name: string, body: unknown) => Promise<unknown>)(send, filled(body));
    const { epoch, conversation, seq, id } = reply as Record<string, unknown>;
    if (epoch !== undefined) known['$epoch'] = epoch;
    if (send === 'message.send' && known['$conversation'] === undefined)
      Object.assign(known, { $conversation: conversation, $seq: seq, $message: id });
    answered.push({ step: { send, body, reads: shapeOf(reply) }, reply });
    if (!(reply as { ok: boolean }).ok) throw new Error(`${send}: ${JSON.stringify(reply)}`);
  }
  visitor.close();
  const hears: Record<string, Shape> = {};
  for (const { name, body } of visitor.received) hears[name] = merged(hears[name], shapeOf(body));
  const released = { settings: shapeOf(settings), steps: answered.map(({ step }) => step), hears };
  return { released, raw: { settings, answered, received: visitor.received } };
}

/** What two of a sort have in common; of lists, all kinds of entries that either had. */
function merged(a: Shape | undefined, b: Shape): Shape {
  if (a === undefined) return b;
  if (typeof a === 'string' || typeof b === 'string') return a === b ? a : 'any';
  const isList = typeof a['list'] === 'object' && typeof b['list'] === 'object';
  const [x, y] = (isList ? [a['list'], b['list']] : [a, b]) as [Record<string, Shape>, Record<string, Shape>];
  const keys = isList ? [...new Set([...Object.keys(x), ...Object.keys(y)])] : Object.keys(x).filter((key) => key in y);
  const both = Object.fromEntries(keys.map((key) => [key, merged(x[key], y[key] ?? x[key] ?? 'any')]));
  return isList ? { list: both } : both;
}

interface Raw {
  settings: unknown;
  answered: { reply: unknown }[];
  received: { name: string; body: unknown }[];
}

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());

const record = process.env['FOYER_RECORD_PROTOCOL'];
if (record !== undefined)
  it('is written down', async () => {
    const { released } = await play(server, today);
    writeFileSync(join(folder, `${record}.json`), `${JSON.stringify(released, null, 1)}\n`, { flag: 'wx' });
  });

it.each(readdirSync(folder).filter((name) => /^widget-\d+\.json$/.test(name)))(
  '[0020] %s is understood, and finds in the answers what it reads',
  async (name) => {
    const released = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Released;
    const { raw } = await play(
      server,
      released.steps.map(({ send, body }) => [send, body]),
    );
    expect(missing(raw.settings, released.settings, 'settings')).toEqual([]);
    for (const [i, { send, reads }] of released.steps.entries()) expect(missing(raw.answered[i]?.reply, reads, send)).toEqual([]);
    for (const [event, reads] of Object.entries(released.hears)) {
      const bodies = raw.received.filter((heard) => heard.name === event).map(({ body }) => body);
      expect(bodies.length, event).toBeGreaterThan(0);
      for (const body of bodies) expect(missing(body, reads, event)).toEqual([]);
    }
  },
);
