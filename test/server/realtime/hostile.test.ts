// P16, I13: whatever a socket says, it gets an error code, and socket and process live.
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../../shared/errors.ts';
import { cidPattern } from '../../../shared/ids.ts';
import { agentCommands, visitorCommands } from '../../../shared/protocol.ts';
import { connectAgent, connectVisitor, newCid, startServer } from '../../helpers/server.ts';
import type { AgentClient, TestServer, VisitorClient } from '../../helpers/server.ts';
import { answer, arrive, messagesOf, say } from '../../helpers/talk.ts';

let server: TestServer;
let agent: AgentClient;
let visitor: VisitorClient;
let conversation: number;

beforeAll(async () => {
  server = await startServer({ settings: { bot: 'off' } });
  agent = await connectAgent(server);
  visitor = await arrive(server);
  conversation = (await say(visitor, 'Hello')).conversation;
});
afterAll(async () => {
  agent.close();
  visitor.close();
  await server.stop();
});

const ask = (socket: Socket, name: string, ...args: unknown[]): Promise<Failure> =>
  socket.timeout(5000).emitWithAck(name, ...args) as Promise<Failure>;

/** Still served on the very same socket. */
async function alive(socket: Socket): Promise<void> {
  expect(socket.connected).toBe(true);
  expect(await ask(socket, 'sync', {})).toMatchObject({ ok: true });
}

const nested = (depth: number): unknown => {
  let value: unknown = 'deep';
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};

const wrong: [string, unknown][] = [
  ['a number', 7],
  ['a string', 'sync'],
  ['true', true],
  ['an array', [1, 2]],
  ['an array of arrays', [[[]]]],
  ['bytes', Buffer.from([0, 1, 2, 255])],
  ['an object of bytes', { cid: Buffer.alloc(9), conversation: Buffer.alloc(1), text: Buffer.alloc(3) }],
  ['deeply nested JSON', nested(4000)],
  ['a prototype', JSON.parse('{"__proto__":{"cid":"12345678"},"constructor":{"name":"x"}}')],
  [
    'every field of a wrong type',
    { cid: 5, conversation: 'x', text: [], seq: -1, message: 1.5, on: 'yes', values: [], agent: {}, contact: 9, user_id: {} },
  ],
  ['numbers out of range', { cid: newCid(), conversation: 1e308, message: -1, seq: 2 ** 60, text: 'x', on: true, agent: 0 }],
];

describe('a body that does not fit', () => {
  // `sync`, `session.end` and the lists have no required fields: null stands for {} there.
  const lenient = new Set(['sync', 'session.end', 'conversation.list']);

  it.each(wrong)('[P16] %s: each of the visitors’ commands refuses it, and the socket lives', async (_, body) => {
    const { socket } = visitor;
    for (const name of Object.keys(visitorCommands)) {
      if (lenient.has(name) && typeof body === 'object' && !Array.isArray(body)) continue;
      if (name === 'conversation.start' && cidPattern.test(String((body as { cid?: unknown }).cid))) continue;
      const reply = await ask(socket, name, body);
      expect(reply.ok, name).toBe(false);
      expect(['bad_request', 'invalid_identity'], name).toContain(reply.code);
      expect(reply.retryable, name).toBe(false);
    }
    await alive(socket);
  });

  it.each(wrong)('[P16] %s: each of the agents’ commands refuses it, and the socket lives', async (_, body) => {
    const { socket } = agent;
    for (const name of Object.keys(agentCommands)) {
      if (lenient.has(name) && typeof body === 'object' && !Array.isArray(body)) continue;
      expect(await ask(socket, name, body), name).toMatchObject({ ok: false, code: 'bad_request', retryable: false });
    }
    await alive(socket);
  });

  it.each([
    ['null', [null]],
    ['nothing', []],
    ['null and more', [null, null, { text: 'x' }]],
  ])('[P16] %s as payload is answered, and the socket lives', async (_, args) => {
    for (const [socket, commands] of [
      [visitor.socket, visitorCommands],
      [agent.socket, agentCommands],
    ] as const) {
      for (const name of Object.keys(commands)) {
        if (name === 'session.end') continue;
        expect(typeof (await ask(socket, name, ...args)).ok, name).toBe('boolean');
      }
      await alive(socket);
    }
  });

  it('[P16] a refusal names the field that does not fit', async () => {
    const reply = await ask(visitor.socket, 'message.send', { cid: 'short', conversation, text: 'x' });
    expect(reply).toMatchObject({ code: 'bad_request', errors: [{ pointer: '/cid' }] });
  });

  it('[P16] without an ack every command of both namespaces is survived', async () => {
    for (const socket of [visitor.socket, agent.socket]) {
      for (const name of [...Object.keys(visitorCommands), ...Object.keys(agentCommands), 'nonsense']) {
        if (name === 'session.end') continue;
        for (const body of [undefined, null, 3, [], {}, { cid: newCid(), conversation: 999, text: 'x' }]) socket.emit(name, body);
      }
      await alive(socket);
    }
  });

  it('[P16] an ack among or before the arguments is called once and harms nothing', async () => {
    const { socket } = visitor;
    const body = { cid: newCid(), conversation, text: 'with two extra arguments' };
    expect(await ask(socket, 'message.send', body, 'more', 7)).toMatchObject({ ok: true });
    await alive(socket);
  });

  it.each(['', 'nonsense', 'message.sent', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'x'.repeat(5000), 'message.edit'])(
    '[P16] the unknown command %j is named as such',
    async (name) => {
      expect(await ask(visitor.socket, name, {})).toMatchObject({ ok: false, code: 'unknown_command', retryable: false });
      await alive(visitor.socket);
    },
  );

  it('[P16] a visitor’s socket knows none of the agents’ commands, and the other way round', async () => {
    for (const name of Object.keys(agentCommands).filter((n) => !(n in visitorCommands)))
      expect(await ask(visitor.socket, name, {}), name).toMatchObject({ code: 'unknown_command' });
    for (const name of ['identify', 'session.end', 'form.submit', 'conversation.start'])
      expect(await ask(agent.socket, name, {}), name).toMatchObject({ code: 'unknown_command' });
  });
});

describe('text', () => {
  const say = (text: unknown): Promise<Failure> => ask(visitor.socket, 'message.send', { cid: newCid(), conversation, text });

  it('[P16] 8,000 characters are taken, 8,001 are text_too_long, and 500 kB are too', async () => {
    expect(await say('a'.repeat(8000))).toMatchObject({ ok: true });
    for (const n of [8001, 500_000]) {
      expect(await say('a'.repeat(n))).toMatchObject({ ok: false, code: 'text_too_long', retryable: false });
      expect(await ask(agent.socket, 'message.send', { cid: newCid(), conversation, text: 'a'.repeat(n) })).toMatchObject({
        code: 'text_too_long',
      });
    }
    await alive(visitor.socket);
  });

  it('[P16] 500 kB of anything else are a bad request', async () => {
    const long = 'ä'.repeat(250_000);
    for (const body of [
      { cid: long, text: 'x' },
      { cid: newCid(), text: 'x', choice: long },
      { cid: newCid(), text: 'x', conversation: long },
    ])
      expect(await ask(visitor.socket, 'message.send', body)).toMatchObject({ ok: false, code: 'bad_request' });
    await alive(visitor.socket);
  });

  it.each([
    ['empty', ''],
    ['white space', ' \n\t\u00a0 '],
    ['U+0000', 'a\0b'],
  ])('[P16] %s is refused', async (_, text) => {
    expect(await say(text)).toMatchObject({ ok: false, code: 'bad_request', retryable: false });
  });

  it('[P16] U+0000 is refused wherever a text is stored or searched', async () => {
    const bodies = [
      ['identify', { user_id: 'nul\0' }],
      ['identify', { user_id: 'nul-1', name: 'a\0b' }],
      ['identify', { user_id: 'nul-2', company: 'a\0b' }],
      ['identify', { user_id: 'nul-3', custom_attributes: { plan: 'a\0b' } }],
      ['identify', { user_id: 'nul-4', custom_attributes: { 'pl\0an': 'x' } }],
      ['message.send', { cid: newCid(), conversation, text: 'x', choice: '\0' }],
    ] as const;
    for (const [name, body] of bodies) {
      const reply = await ask(visitor.socket, name, body);
      expect(['bad_request', 'invalid_identity'], JSON.stringify(body)).toContain(reply.code);
    }
    expect(await ask(agent.socket, 'conversation.list', { search: 'a\0' })).toMatchObject({ code: 'bad_request' });
    for (const more of [
      { language: 'e\0n' },
      { page: { url: 'https://x.example/\0' } },
      { page: { url: 'https://x.example/', title: '\0' } },
    ])
      await expect(connectVisitor(server, more)).rejects.toMatchObject({ data: { code: 'bad_request' } });
  });

  it('[P16] half a surrogate pair, direction marks and other scripts come back as one text for all', async () => {
    const texts = ['\u202eright to left', '👩‍👩‍👧', 'e\u0301', '\ufeff bom', '<script>alert(1)</script>', '{"a":1}'];
    for (const text of texts) expect(await say(text)).toMatchObject({ ok: true });
    expect(await say('half \ud83d pair')).toMatchObject({ ok: true });
    const stored = (await messagesOf(agent, conversation)).map((m) => m.text);
    expect(stored).toEqual(expect.arrayContaining(texts));
    expect(stored.filter((t) => t.startsWith('half '))).toEqual([expect.stringMatching(/^half . pair$/u)]);
  });
});

describe('the connection', () => {
  it('[P16] more than a megabyte in one packet ends that socket and no other', async () => {
    const rude = await connectVisitor(server);
    const gone = new Promise((resolve) => rude.socket.once('disconnect', resolve));
    rude.socket.io.reconnection(false);
    rude.socket.emit('message.send', { cid: newCid(), text: 'a'.repeat(1_200_000) });
    await gone;
    await alive(visitor.socket);
    rude.close();
  });

  it('[P16] bytes that are no packets at all end that connection and no other', async () => {
    const packets = [
      '0/visitor,{"appId":',
      '2["a"',
      '',
      '5-',
      '51-["x",{"_placeholder":true,"num":99}]',
      'zzz',
      '\0',
      '9',
      '2/visitor,99999999999999[]',
      '2/nowhere,["sync",{}]',
    ];
    for (const packet of packets) {
      const rude = await connectVisitor(server);
      rude.socket.io.reconnection(false);
      const { engine } = rude.socket.io;
      const gone = new Promise<void>((resolve) => engine.once('close', () => resolve()));
      engine.write(packet);
      engine.write('the last word');
      await gone;
      rude.close();
    }
    await alive(visitor.socket);
    await alive(agent.socket);
  });

  it('[P16] an agent’s reply after all this still reaches the visitor', async () => {
    const said = await answer(agent, conversation, 'we are still here');
    await visitor.waitFor('changes', (b: { changes: { seq: number }[] }) => b.changes.some((c) => c.seq === said.seq));
  });

  it.each([
    ['a number for the app', { appId: 5, protocol: 1 }],
    ['a token that is none', { protocol: 1, token: 'x' }],
    ['a token of another length', { protocol: 1, token: 'a'.repeat(44) }],
  ])('[P16] a handshake with %s is a bad request', async (_, auth) => {
    const socket = io(`${server.url}/visitor`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { appId: server.workspace.appId, ...auth },
    });
    const error = await new Promise<{ data?: Failure }>((resolve) => socket.once('connect_error', (e) => resolve(e as never)));
    expect(error.data).toMatchObject({ ok: false, code: 'bad_request' });
    socket.close();
  });
});
