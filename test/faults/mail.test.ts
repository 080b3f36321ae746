// A mail server that refuses, hangs, puts off, or dies between taking a mail and saying so (P15, I2): the chat goes on, and every mail goes
// out, under one Message-ID.
import Database from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import { startMailServer } from '../helpers/mail-server.ts';
import type { MailServer } from '../helpers/mail-server.ts';
import { until } from './children.ts';
import { sqliteFile, startHouse } from './house.ts';
import type { House } from './house.ts';
import { markOf } from './oracle.ts';
import { startProxy } from './proxy.ts';
import type { Proxy } from './proxy.ts';
import { seedOf, startScene } from './scene.ts';
import type { Scene } from './scene.ts';

let house: House | undefined;
let scene: Scene | undefined;
let mail: MailServer | undefined;
let line: Proxy | undefined;
afterEach(async () => {
  scene?.close();
  await house?.discard();
  await line?.close();
  await mail?.stop();
});

interface Job {
  attempts: number;
  last_error: string | null;
  leased_until: number | null;
}

it('[P15][I2] the mail server refuses, hangs, puts off, or dies with a mail taken: the chat goes on, and each mail comes', async () => {
  const fault = 'mail server down, hanging, dying';
  const server = (mail = await startMailServer());
  const proxy = (line = await startProxy(server.port, seedOf(fault)));
  const env = { SMTP_URL: `smtp://127.0.0.1:${proxy.port}`, MAIL_FROM: 'hello@acme.example' };
  const at = (house = await startHouse({ env }));
  const people = (scene = await startScene({ house: at, fault, random: seedOf(fault), urls: [at.node.url], visitors: 6 }));

  const taken = (n: number): Promise<void> => until('it is taken', () => server.mails.length >= n, 20_000);
  const ways: [string, () => void][] = [
    ['refuses', () => proxy.set({ isClosed: true })],
    ['hangs before it greets', () => proxy.set({ silent: ['down'] })],
    ['puts off', () => void (server.refuse = { at: 'recipient', code: 451, words: 'Try again later' })],
    ['dies with the mail taken and nothing said', () => void (server.hold = taken(1).then(() => proxy.reset()))],
  ];
  const addressOf = (i: number): string => `reader${i}@lichthaus-berg.de`;
  for (const [i] of ways.entries()) {
    const who = people.visitors[i]?.who ?? '';
    people.visitors[i]?.say(`${markOf(who)} write to me at ${addressOf(i)}`);
  }
  await people.acked(ways.length);
  people.talk(40);

  const jobs = (): Promise<Job[]> => at.rows<Job>(`select attempts, last_error, leased_until from jobs where kind = 'mail' order by id`);
  for (const [i, [, begin]] of ways.entries()) {
    begin();
    const [contact] = await at.rows<{ id: string }>(`select id from contacts where email = '${addressOf(i)}'`);
    await at.call('POST', `/api/v1/contacts/${contact?.id}/verification`, {});
    const before = people.oracle.acks();
    const failed = async (): Promise<boolean> => (await jobs())[i]?.last_error != null && (await jobs())[i]?.leased_until === null;
    await until('the try has failed and the mail waits for the next', failed, 60_000, 100);
    await people.acked(before + 20);
    server.refuse = server.hold = null;
    proxy.heal();
  }
  expect((await jobs()).map(({ attempts }) => attempts)).toEqual(ways.map(() => 1));
  expect(server.mails.map(({ to }) => to)).toEqual(ways.flatMap((_, i) => (i < 3 ? [] : [[addressOf(i)]])));

  people.healed();
  // Half a minute, and nobody here to wait for it: test/server/jobs has the waits.
  const database = new Database(sqliteFile(at.dataDir), { timeout: 5000 });
  database.prepare(`update jobs set due_at = ? where kind = 'mail'`).run(Date.now());
  database.close();
  await until('every mail has gone out', async () => (await jobs()).length === 0, 15_000, 100);
  for (const i of ways.keys()) {
    const ids = server.mails.filter(({ to }) => to.includes(addressOf(i))).map(({ parsed }) => parsed.messageId);
    // Whose taking was never told comes once more, and is known by its id.
    expect(ids, ways[i]?.[0]).toHaveLength(i < 3 ? 1 : 2);
    expect(new Set(ids).size).toBe(1);
  }
  await people.end(ways.length, `${server.mails.length} taken for ${ways.length} mails`);
});
