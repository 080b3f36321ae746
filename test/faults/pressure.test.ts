// More than it can take, at once (I13, P14): what is acknowledged holds, the rest is told to wait, and soon after all is as before.
import { afterEach, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { VisitorReply } from '../../shared/protocol.ts';
import { pause, until } from './children.ts';
import { startHouse } from './house.ts';
import type { House } from './house.ts';
import { markOf } from './oracle.ts';
import { newCid } from './people.ts';
import { isLong, seedOf, startScene } from './scene.ts';
import type { Scene } from './scene.ts';

let house: House | undefined;
let scene: Scene | undefined;
let crowd: Socket[] = [];
afterEach(async () => {
  for (const socket of crowd) socket.disconnect();
  crowd = [];
  scene?.close();
  await house?.discard();
});

it('[P14][I13] ten times as much as it takes, by many who do not wait for answers', async () => {
  const fault = '10× overload';
  house = await startHouse();
  scene = await startScene({ house, fault, random: seedOf(fault), urls: [house.node.url], visitors: 6 });
  scene.talk(40);
  await scene.acked(40);
  const { node, appId } = house;
  const people = 60;
  const names = Array.from({ length: people }, (_, i) => `crowd ${i}`);
  for (const who of names) {
    const auth = { appId, protocol: 1, token: scene.guest(who) };
    crowd.push(io(`${node.url}/visitor`, { transports: ['websocket'], forceNew: true, query: { app_id: appId }, auth }));
  }
  await until('the crowd is there', () => crowd.every((socket) => socket.connected), 20_000);

  const codes = new Map<string, number>();
  const { oracle } = scene;
  let [n, open] = [0, 0];
  const one = async (socket: Socket, who: string): Promise<void> => {
    const [text, cid] = [`${markOf(who)} ${n++}`, newCid()];
    // Nobody of these keeps an order: each message is a device of its own.
    oracle.sent({ text, cid, who, device: cid });
    open++;
    const reply = (await socket.timeout(60_000).emitWithAck('message.send', { cid, text })) as VisitorReply<'message.send'>;
    open--;
    if (reply.ok) oracle.acked(text, reply);
    else oracle.refused(text, reply.code);
    const code = reply.ok ? 'ok' : reply.code;
    codes.set(code, (codes.get(code) ?? 0) + 1);
  };
  const rounds = isLong ? 60 : 3;
  for (let round = 0; round < rounds; round++) {
    for (const [i, socket] of crowd.entries()) for (let k = 0; k < 65; k++) void one(socket, names[i] ?? '');
    await pause(1000);
  }
  await until('everybody of the crowd is answered', () => open === 0, 60_000);
  const begin = Date.now();
  scene.healed();
  const before = oracle.acks();
  await until('it serves as before', () => oracle.acks() > before + 10, 5000);
  expect(node.child.isOver()).toBe(false);
  for (const socket of crowd) socket.disconnect();
  const told = [...codes].map(([code, times]) => `${times} ${code}`).join(', ');
  await scene.end(1, `${told}; as before after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
});
