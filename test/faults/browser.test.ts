// Browsers that are reloaded, crash, are killed, go offline, are put aside or frozen, at every stage of a message's way [I10].
import { readFileSync, readdirSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium, launchProfile } from '../helpers/chromium.ts';
import { visitorSide } from '../journeys/stage.ts';
import type { VisitorSide } from '../journeys/stage.ts';
import { desk, film, healingMs, historyByMarks, isSettled, openChat, oracleOf } from './browser.ts';
import type { Filmed } from './browser.ts';
import { folder, pause, until } from './children.ts';
import { startHouse } from './house.ts';
import type { House } from './house.ts';
import { isClean, markOf } from './oracle.ts';
import type { SendRecord } from './oracle.ts';
import { startProxy } from './proxy.ts';
import type { Proxy } from './proxy.ts';
import { seedOf } from './scene.ts';
import { addRow, skipped } from './table.ts';

const path = chromiumPath();

const stages = ['typed', 'stored', 'sent', 'acked'] as const;
type Stage = (typeof stages)[number];

interface Seat {
  who: string;
  context: BrowserContext;
  page: Page;
  side: VisitorSide;
  proxy: Proxy;
  filmed: Filmed;
  /** Of a profile on disk. */
  profile: string | null;
}

type Fault = (seat: Seat, back: () => void) => Promise<void>;

describe.skipIf(path === null)('a browser', () => {
  let house: House;
  let browser: Browser;
  const undo: (() => unknown)[] = [];
  beforeAll(async () => {
    [house, browser] = await Promise.all([
      startHouse(),
      // Without it pages that are left are thrown away.
      launchChromium({ without: ['--disable-back-forward-cache'] }),
    ]);
  });
  afterAll(async () => {
    for (const step of undo.toReversed()) await Promise.resolve(step()).catch(() => {});
    await Promise.all([browser?.close(), house?.discard()]);
  });

  const isStored = async (text: string): Promise<boolean> =>
    (await house.rows(`select id from messages where text = '${text}'`)).length > 0;

  async function sit(who: string, hasProfile: boolean): Promise<Seat> {
    const proxy = await startProxy(house.node.port, seedOf(who));
    const place = hasProfile ? folder('profile') : null;
    const filmed: Filmed = { moments: [] };
    const context = place ? await launchProfile(place.path, desk) : await browser.newContext(desk);
    undo.push(
      () => proxy.close(),
      () => place?.remove(),
      () => context.close(),
    );
    await film(context, () => filmed);
    const page = await context.newPage();
    const side = await openChat(page, `${proxy.url}/demo`);
    return { who, context, page, side, proxy, filmed, profile: place?.path ?? null };
  }

  /** The message of the moment is brought to its stage, and the line is left as the stage wants it. */
  async function bringTo(stage: Stage, { side, proxy, page }: Seat, text: string): Promise<void> {
    if (stage === 'stored') proxy.set({ silent: ['up'] });
    if (stage === 'sent') proxy.set({ silent: ['down'] });
    await side.say(text);
    if (stage === 'typed') return;
    await side.sees(text);
    if (stage === 'stored') await page.evaluate(() => new Promise((later) => setTimeout(later, 50)));
    if (stage === 'sent') await until('it is stored', () => isStored(text), 15_000);
    if (stage === 'acked')
      await until('it is acknowledged', async () => (await side.shown()).some((l) => l.text === text && !l.isPending), 15_000);
  }

  /** One message before, one in the fault, one after it. */
  async function oneRun(
    fault: string,
    stage: Stage,
    act: Fault,
    hasProfile = false,
  ): Promise<{ seat: Seat; sends: SendRecord[]; tookMs: number }> {
    const who = `${fault}, ${stage}`.replaceAll("'", '');
    const seat = await sit(who, hasProfile);
    const [first, amid, last] = ['first', 'amid', 'last'].map((word) => `${markOf(who)} ${word}`) as [string, string, string];
    await seat.side.say(first);
    await until('the first is acknowledged', () => isSettled(seat.side, first), 20_000);
    // Chromium writes cookies down after 30 s, or when it is closed.
    if (hasProfile) await reopenedProfile(seat);
    await bringTo(stage, seat, amid);
    let begin = Date.now();
    await act(seat, () => {
      begin = Date.now();
      seat.proxy.heal();
    });
    // A message that never stood on a screen was promised to nobody; what did stand there must come through.
    const wasShown = seat.filmed.moments.some((lines) => lines.some(({ text }) => text === amid));
    if (wasShown) await until(`${amid} comes through`, () => isSettled(seat.side, amid), healingMs);
    const tookMs = Date.now() - begin;
    await seat.side.say(last);
    await until('the last is acknowledged', () => isSettled(seat.side, last), 20_000);
    const isPromised = wasShown || (await isStored(amid));
    return { seat, tookMs, sends: [first, ...(isPromised ? [amid] : []), last].map((text) => ({ text, who })) };
  }

  const reopened = async (seat: Seat): Promise<void> => {
    seat.side = await openChat(seat.page, `${seat.proxy.url}/demo`);
  };

  /** The browser is closed, where it still runs, and started on the same profile. */
  async function reopenedProfile(seat: Seat): Promise<void> {
    await freshBrowser(seat);
    await reopened(seat);
  }
  async function freshBrowser(seat: Seat): Promise<void> {
    await seat.context.close();
    const context = (seat.context = await launchProfile(seat.profile ?? '', desk));
    undo.push(() => context.close());
    await film(context, () => seat.filmed);
    seat.page = await context.newPage();
    seat.side = visitorSide(seat.page);
  }
  async function killed(seat: Seat): Promise<void> {
    const closed = new Promise((resolve) => seat.context.once('close', resolve));
    for (const pid of processesOf(seat.profile ?? '')) process.kill(pid, 'SIGKILL');
    await closed;
  }

  const faults: [string, Fault, { hasProfile?: boolean }][] = [
    [
      'reload',
      async (seat, back) => {
        back();
        await reopened(seat);
      },
      {},
    ],
    [
      'crash of the page',
      async (seat, back) => {
        const session = await seat.context.newCDPSession(seat.page);
        const crashed = seat.page.waitForEvent('crash');
        void session.send('Page.crash').catch(() => {});
        await crashed;
        back();
        seat.page = await seat.context.newPage();
        await reopened(seat);
      },
      {},
    ],
    [
      'SIGKILL of the browser',
      async (seat, back) => {
        await killed(seat);
        back();
        await reopenedProfile(seat);
      },
      { hasProfile: true },
    ],
    [
      'offline',
      async (seat, back) => {
        await seat.context.setOffline(true);
        seat.proxy.set({ silent: ['up', 'down'] });
        await pause(1500);
        back();
        await seat.context.setOffline(false);
      },
      {},
    ],
    [
      'left and come back to',
      async (seat, back) => {
        await seat.page.goto(`${house.node.url}/healthz`);
        await pause(500);
        back();
        await seat.page.evaluate(() => history.back()).catch(() => {});
        // Kept by the browser or loaded anew: the chat has to be opened only in the latter case.
        await until('the page is back', async () => (await seat.page.title().catch(() => '')) !== '', 10_000);
        await pause(300);
        if (!(await seat.side.field.isVisible())) await seat.side.openChat();
      },
      {},
    ],
    [
      'freeze',
      async (seat, back) => {
        const session = await seat.context.newCDPSession(seat.page);
        await session.send('Page.setWebLifecycleState', { state: 'frozen' });
        await pause(1500);
        back();
        await session.send('Page.setWebLifecycleState', { state: 'active' });
      },
      {},
    ],
  ];

  it.each(faults)('[I10] %s, with a message typed, stored, sent, acked: it is there once', async (fault, act, options) => {
    const settled = await Promise.allSettled(stages.map((stage) => oneRun(fault, stage, act, options.hasProfile)));
    const failed = settled.flatMap((run, i) => (run.status === 'rejected' ? [`${stages[i]}: ${String(run.reason)}`] : []));
    expect(failed).toEqual([]);
    const runs = settled.flatMap((run) => (run.status === 'fulfilled' ? [run.value] : []));
    const sends = runs.flatMap((run) => run.sends);
    const oracle = oracleOf(
      sends,
      runs.map(({ seat }) => ({ name: `page of ${seat.who}`, who: seat.who, filmed: seat.filmed })),
    );
    const verdict = oracle.verdict(await historyByMarks(house, new Set(runs.map(({ seat }) => seat.who))));
    const times = runs.map(({ tookMs }) => tookMs);
    addRow({ fault: `browser: ${fault}`, runs: runs.length, verdict, resumes: times, tookMs: Math.max(...times) });
    await Promise.all(runs.map(({ seat }) => seat.context.close()));
    expect(verdict.problems).toEqual([]);
    expect(isClean(verdict)).toBe(true);
  });

  it.each(['stored', 'sent'] as const)(
    '[I10] SIGKILL of the browser in its first half minute here, with a message %s: it comes through, also where only the page is opened',
    async (stage) => {
      const seat = await sit(`first half minute, ${stage}`, true);
      const [first, amid, last] = ['first', 'amid', 'last'].map((word) => `${markOf(seat.who)} ${word}`) as [string, string, string];
      await seat.side.say(first);
      await until('the first is acknowledged', () => isSettled(seat.side, first), 20_000);
      // Chromium has not written its cookies yet: that the message is theirs stands beside it alone.
      await bringTo(stage, seat, amid);
      await killed(seat);
      const begin = Date.now();
      seat.proxy.heal();
      await freshBrowser(seat);
      await seat.page.goto(`${seat.proxy.url}/demo`);
      await until('it is stored', () => isStored(amid), healingMs);
      const tookMs = Date.now() - begin;
      await seat.side.openChat();
      await until('it is acknowledged', () => isSettled(seat.side, amid), healingMs);
      await seat.side.say(last);
      await until('the last is acknowledged', () => isSettled(seat.side, last), 20_000);
      const sends = [first, amid, last].map((text) => ({ text, who: seat.who }));
      const history = await historyByMarks(house, new Set([seat.who]));
      const verdict = oracleOf(sends, [{ name: `page of ${seat.who}`, who: seat.who, filmed: seat.filmed }]).verdict(history);
      addRow({ fault: `browser: SIGKILL in its first half minute here, ${stage}`, runs: 1, verdict, resumes: [tookMs], tookMs });
      expect(verdict.problems).toEqual([]);
      expect(history.owners.size).toBe(1);
    },
  );
});
if (path === null) skipped('browser faults', 'there is no Chromium on this machine');

/** The processes that were started with this very profile, which is this run's own. */
function processesOf(profile: string): number[] {
  if (profile === '') throw new Error('no profile');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(`--user-data-dir=${profile}`);
      } catch {
        return false;
      }
    });
}
