// The process as it runs for an operator, ended in the middle of traffic.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../../shared/conversation.ts';
import { createOrderedLog } from '../../../shared/log.ts';
import { runServer } from '../../helpers/process.ts';
import type { ServerProcess } from '../../helpers/process.ts';
import { connectVisitor, must, newCid } from '../../helpers/server.ts';
import type { VisitorClient } from '../../helpers/server.ts';
import { logOf, seqsOf, upTo } from '../../helpers/talk.ts';

let dir: string;
const running: ServerProcess[] = [];
const clients: { close(): void }[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'foyer-process-'));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const server of running.splice(0)) {
    server.child.kill('SIGKILL');
    await server.exited;
  }
  rmSync(dir, { recursive: true, force: true });
});

async function start(port = '0'): Promise<ServerProcess & { appId: string; port: string }> {
  const server = runServer(['--port', port, '--data-dir', dir, '--host', '127.0.0.1']);
  running.push(server);
  await server.printed('data-app-id');
  return Object.assign(server, { appId: /data-app-id="([^"]+)"/.exec(server.stdout)?.[1] ?? '', port: new URL(server.url).port });
}

interface Talker {
  visitor: VisitorClient;
  conversation: number;
  /** seq by cid, as acknowledged. */
  acked: Map<string, number>;
  /** What a second tab shows: applied in order, resumed after each reconnect. */
  shown: Change[];
  other: VisitorClient;
}

async function talker(server: { url: string; appId: string }): Promise<Talker> {
  const where = { url: server.url, workspace: { appId: server.appId } };
  const visitor = await connectVisitor(where);
  const first = newCid();
  const begun = must(await visitor.send('message.send', { cid: first, text: 'first' }));
  const other = await connectVisitor(where, { token: visitor.token });
  const shown: Change[] = [];
  const log = createOrderedLog<Change>();
  other.socket.on('changes', (b: { changes: Change[] }) => void shown.push(...log.offer(b.changes)));
  const sync = (): void => void other.send('sync', { conversations: { [begun.conversation]: log.last() } }).catch(() => {});
  other.socket.on('connect', sync);
  sync();
  clients.push(visitor, other);
  return { visitor, conversation: begun.conversation, acked: new Map([[first, begun.seq]]), shown, other };
}

/** As the outbox does it: with the same cid until it is acknowledged. */
async function sendUntilAcked(t: Talker, text: string): Promise<void> {
  const body = { cid: newCid(), conversation: t.conversation, text };
  for (;;) {
    if (!t.visitor.socket.connected) await new Promise<void>((resolve) => t.visitor.socket.once('connect', () => resolve()));
    const reply = await (
      t.visitor.socket.timeout(3000).emitWithAck('message.send', body) as ReturnType<typeof t.visitor.send<'message.send'>>
    ).catch(() => null);
    if (reply?.ok) return void t.acked.set(body.cid, reply.seq);
    if (reply && !reply.retryable) throw new Error(JSON.stringify(reply));
    if (reply) await new Promise((resolve) => setTimeout(resolve, reply.retryAfterMs ?? 50));
  }
}

/** Five at a time per talker; resolves when all are acknowledged. */
async function traffic(talkers: readonly Talker[], each: number): Promise<void> {
  await Promise.all(
    talkers.flatMap((t) =>
      upTo(5).map(async (lane) => {
        for (let i = lane; i <= each; i += 5) await sendUntilAcked(t, `message ${i}`);
      }),
    ),
  );
}

async function nothingLostNothingDoubled(talkers: readonly Talker[], each: number): Promise<void> {
  for (const t of talkers) {
    const log = await logOf(t.visitor, t.conversation);
    expect(seqsOf(log)).toEqual(upTo(log.length));
    const own = log.flatMap((c) =>
      c.kind === 'message' && c.message.author.kind === 'contact' ? [[c.message.cid ?? '', c.seq] as const] : [],
    );
    expect(own).toHaveLength(each + 1);
    expect(new Map(own)).toEqual(t.acked);
    await expect.poll(() => t.shown.length, { timeout: 5000 }).toBe(log.length);
    expect(t.shown).toEqual(log);
  }
}

const total = (talkers: readonly Talker[]): number => talkers.reduce((n, t) => n + t.acked.size, 0);

describe('the process', () => {
  it('[I1] [I3] [I5] killed with -9 mid-traffic and started again: every acked message stands at its seq, none is doubled, every screen converges', async () => {
    const server = await start();
    const talkers = await Promise.all(upTo(4).map(() => talker(server)));
    const each = 60;
    const all = traffic(talkers, each);
    await expect.poll(() => total(talkers), { interval: 2, timeout: 15_000 }).toBeGreaterThan(80);
    server.child.kill('SIGKILL');
    expect(await server.exited).toBe('SIGKILL');
    expect(total(talkers)).toBeLessThan(4 * (each + 1));
    await start(server.port);
    await all;
    await nothingLostNothingDoubled(talkers, each);
  }, 40_000);

  it('[P14] on SIGTERM it says drain, exits 0 within 10 s, and nothing acknowledged is lost', async () => {
    const server = await start();
    const talkers = await Promise.all(upTo(3).map(() => talker(server)));
    const each = 60;
    const all = traffic(talkers, each);
    await expect.poll(() => total(talkers), { interval: 2, timeout: 15_000 }).toBeGreaterThan(60);
    const asked = Date.now();
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    const drains = await Promise.all(talkers.map(({ visitor }) => visitor.waitFor<{ retryInMs: number }>('drain')));
    // Twice as long is what the widget waits at most, and 3 s is what a renewal may cost anybody.
    for (const { retryInMs } of drains) expect(retryInMs >= 250 && retryInMs <= 1000, String(retryInMs)).toBe(true);
    expect(new Set(drains.map(({ retryInMs }) => retryInMs)).size, 'each has a time of its own').toBeGreaterThan(1);
    const again = await start(server.port);
    await all;
    await nothingLostNothingDoubled(talkers, each);
    expect(again.stderr).not.toContain('"level":50');
  }, 40_000);
});
