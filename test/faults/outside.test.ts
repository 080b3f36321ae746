// What others do not do for us: a flow's web requests that are refused, hang or drip. The chat goes on.
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { FlowReply } from '../../shared/api-views.ts';
import { until } from './children.ts';
import { startHouse } from './house.ts';
import type { House } from './house.ts';
import { markOf } from './oracle.ts';
import { isLong, seedOf, startScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { note } from './table.ts';

let house: House | undefined;
let scene: Scene | undefined;
const undo: (() => unknown)[] = [];
afterEach(async () => {
  scene?.close();
  for (const step of undo.splice(0).toReversed()) await step();
  await house?.discard();
});

/** Cuts the line, says nothing for ever, or sends its answer a byte at a time, in turn. */
async function badTarget(): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const dripping = new Set<NodeJS.Timeout>();
  const drip = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 100);
    dripping.add(timer);
    response.on('close', () => clearInterval(timer));
  };
  const server = createServer((request, response) => {
    const ways = [() => request.socket.resetAndDestroy(), () => {}, () => drip(response)];
    ways[asked++ % ways.length]?.();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  undo.push(async () => {
    for (const timer of dripping) clearInterval(timer);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/leads`, asked: () => asked };
}

it('[P15] a flow calls an address that refuses, hangs or drips: nobody waits for it, and the flow goes another way', async () => {
  const fault = 'web request of a flow refused, hanging, dripping';
  const target = await badTarget();
  house = await startHouse({ env: { ALLOW_PRIVATE_WEBHOOKS: 'on' }, settings: { bot: 'on' } });
  const body = {
    name: 'Calls',
    start: 'ask',
    steps: {
      ask: { type: 'ask-text', text: 'Your company?', attribute: 'company', next: 'call' },
      call: { type: 'call', method: 'POST', url: target.url, body: '{}', timeoutMs: 700, next: 'good', failed: 'bad' },
      good: { type: 'say', text: 'We know you.', next: 'done' },
      bad: { type: 'say', text: 'We look it up ourselves.', next: 'done' },
      done: { type: 'end' },
    },
  };
  const flow = await house.call<FlowReply>('POST', '/api/v1/flows', { name: 'Calls' });
  const saved = await house.call<{ rev: number; faults: unknown[] }>('PUT', `/api/v1/flows/${flow.id}/draft`, {
    rev: flow.draft.rev,
    body,
  });
  expect(saved.faults).toEqual([]);
  await house.call('POST', `/api/v1/flows/${flow.id}/publish`, { rev: saved.rev });
  await house.call('POST', `/api/v1/flows/${flow.id}/activate`, {});

  // Agents would silence the bot by their answers.
  scene = await startScene({ house, fault, random: seedOf(fault), urls: [house.node.url], visitors: 9, agents: 0 });
  for (const visitor of scene.visitors) visitor.say(`${markOf(visitor.who)} hello`);
  await scene.acked(9);
  for (const visitor of scene.visitors) visitor.say(`${markOf(visitor.who)} Acme`);
  await until('it is called', () => target.asked() >= 9, 15_000);
  scene.talk(40);
  await scene.acked(isLong ? 1000 : 100);
  const { rows } = house;
  const gaveUp = async (): Promise<number> => {
    const [row] = await rows<{ n: number }>(`select count(*) as n from messages where text = 'We look it up ourselves.'`);
    return row?.n ?? 0;
  };
  await until('all flows have gone another way', async () => (await gaveUp()) === 9, 40_000, 200);
  scene.healed();
  await scene.end(target.asked());
  note('webhooks refused, hanging, dripping', 'not there yet: they come with the webhooks', 0);
});
