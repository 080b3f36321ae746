// Browsers that are reloaded, crash, are killed, go offline, are put aside or frozen, at every stage of a message's way [I10]; tabs and
// devices that were offline together; and browsers that keep nothing.
import { readFileSync, readdirSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium, launchProfile } from '../helpers/chromium.ts';
import type { VisitorSide } from '../journeys/stage.ts';
import { film, historyByMarks, openChat, oracleOf } from './browser.ts';
import type { Filmed } from './browser.ts';
import { folder, pause, until } from './children.ts';
import { startHouse } from './house.ts';
import type { House } from './house.ts';
import { isClean, markOf } from './oracle.ts';
import type { SendRecord } from './oracle.ts';
import { startProxy } from './proxy.ts';
import type { Proxy } from './proxy.ts';
import { seedOf } from './scene.ts';
import { addRow, note, skipped } from './table.ts';

/** [I7] and some for a browser that has to be started. */
const healingMs = 30_000;
const path = chromiumPath();
const desk = { locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 900, height: 700 } } as const;

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

  async function isSettled(seat: Seat, text: string): Promise<boolean> {
    const shown = await seat.side.shown().catch(() => []);
    return shown.some((line) => line.text === text && !line.isPending);
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
    await until('the first is acknowledged', () => isSettled(seat, first), 20_000);
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
    if (wasShown) await until(`${amid} comes through`, () => isSettled(seat, amid), healingMs);
    const tookMs = Date.now() - begin;
    await seat.side.say(last);
    await until('the last is acknowledged', () => isSettled(seat, last), 20_000);
    const isPromised = wasShown || (await isStored(amid));
    return { seat, tookMs, sends: [first, ...(isPromised ? [amid] : []), last].map((text) => ({ text, who })) };
  }

  const reopened = async (seat: Seat): Promise<void> => {
    seat.side = await openChat(seat.page, `${seat.proxy.url}/demo`);
  };

  /** The browser is closed, where it still runs, and started on the same profile. */
  async function reopenedProfile(seat: Seat): Promise<void> {
    await seat.context.close();
    const context = (seat.context = await launchProfile(seat.profile ?? '', desk));
    undo.push(() => context.close());
    await film(context, () => seat.filmed);
    seat.page = await context.newPage();
    await reopened(seat);
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

  // A fault of ours: the token is in a cookie alone, which Chromium writes down only after 30 s. Killed before, the browser has the message
  // and not whose it is.
  it.fails('[I10] SIGKILL of the browser in its first half minute here: the message comes through', async () => {
    const seat = await sit('first half minute', true);
    const [first, amid] = ['first', 'amid'].map((word) => `${markOf(seat.who)} ${word}`) as [string, string];
    await seat.side.say(first);
    await until('the first is acknowledged', () => isSettled(seat, first), 20_000);
    await bringTo('stored', seat, amid);
    await killed(seat);
    seat.proxy.heal();
    await reopenedProfile(seat);
    note(
      'browser: SIGKILL in its first half minute here',
      'known fault: the token is lost with the cookie, and the message waits for ever',
    );
    await until('it comes through', () => isSettled(seat, amid), 5000);
  });

  /** Several screens of one person go offline, write, and come back. */
  async function together(
    fault: string,
    contexts: BrowserContext[],
    seats: { page: Page; side: VisitorSide; filmed: Filmed }[],
    who: string,
  ): Promise<void> {
    const sends: SendRecord[] = [{ text: `${markOf(who)} first`, who, device: 'device 0' }];
    await seats[0]?.side.say(sends[0]?.text ?? '');
    for (const { side } of seats) await side.sees(sends[0]?.text ?? '');
    for (const context of contexts) await context.setOffline(true);
    for (const n of [1, 2])
      for (const [i, { side, page }] of seats.entries()) {
        const text = `${markOf(who)} ${n} on ${i}`;
        sends.push({ text, who, device: `device ${i}` });
        await page.bringToFront();
        await side.say(text);
        await side.sees(text);
      }
    const begin = Date.now();
    for (const context of contexts) await context.setOffline(false);
    for (const { side } of seats)
      await until(
        'both show all of it, sent',
        async () => {
          const shown = await side.shown();
          return sends.every(({ text }) => shown.some((line) => line.text === text && !line.isPending));
        },
        healingMs,
        100,
      );
    const tookMs = Date.now() - begin;
    const oracle = oracleOf(
      sends,
      seats.map(({ filmed }, i) => ({ name: `screen ${i}`, who, filmed })),
    );
    const verdict = oracle.verdict(await historyByMarks(house, new Set([who])));
    addRow({ fault, runs: 1, verdict, resumes: [tookMs], tookMs });
    expect(verdict.problems).toEqual([]);
    expect(isClean(verdict)).toBe(true);
  }

  it('[P11][I6] two tabs write offline, then come back', async () => {
    const context = await browser.newContext(desk);
    undo.push(() => context.close());
    const films = new Map<Page, Filmed>();
    await film(context, (page) => {
      if (!films.has(page)) films.set(page, { moments: [] });
      return films.get(page)!;
    });
    const pages = [await context.newPage(), await context.newPage()];
    const seats = [];
    for (const page of pages) {
      await page.bringToFront();
      seats.push({ page, side: await openChat(page, `${house.node.url}/demo`), filmed: films.get(page) ?? { moments: [] } });
      films.set(page, seats.at(-1)!.filmed);
    }
    await together('browser: two tabs offline, then online', [context], seats, 'two tabs');
  });

  it('[M18][I6] two devices of one user write offline, then come back', async () => {
    const contexts = [await browser.newContext(desk), await browser.newContext(desk)];
    const seats = [];
    for (const context of contexts) {
      undo.push(() => context.close());
      const filmed: Filmed = { moments: [] };
      await film(context, () => filmed);
      const page = await context.newPage();
      await page.goto(`${house.node.url}/demo`);
      await page.getByRole('button', { name: 'Ada', exact: true }).click();
      await page.locator('#log .answer').filter({ hasText: 'identify →' }).waitFor();
      const { visitorSide } = await import('../journeys/stage.ts');
      const side = visitorSide(page);
      await side.openChat();
      seats.push({ page, side, filmed });
    }
    await together('browser: two devices offline, then online', contexts, seats, 'two devices');
  });

  const storages: [string, () => void][] = [
    ['storage blocked', blockStorage],
    ['storage full', fillStorage],
  ];
  it.each(storages)('[P10] %s: what is on the page survives a line that breaks', async (what, script) => {
    const who = what;
    const proxy = await startProxy(house.node.port, seedOf(who));
    const context = await browser.newContext(desk);
    undo.push(
      () => proxy.close(),
      () => context.close(),
    );
    const filmed: Filmed = { moments: [] };
    await film(context, () => filmed);
    await context.addInitScript(script);
    const page = await context.newPage();
    const seat = { side: await openChat(page, `${proxy.url}/demo`) } as Seat;
    const texts = ['first', 'amid', 'last'].map((word) => `${markOf(who)} ${word}`) as [string, string, string];
    await seat.side.say(texts[0]);
    await until('the first is acknowledged', () => isSettled(seat, texts[0]), 20_000);
    proxy.set({ isClosed: true });
    proxy.reset();
    await seat.side.say(texts[1]);
    await pause(1000);
    const begin = Date.now();
    proxy.heal();
    await until('it comes through', () => isSettled(seat, texts[1]), healingMs);
    const tookMs = Date.now() - begin;
    await seat.side.say(texts[2]);
    await until('the last is acknowledged', () => isSettled(seat, texts[2]), 20_000);
    const verdict = oracleOf(
      texts.map((text) => ({ text, who })),
      [{ name: what, who, filmed }],
    ).verdict(await historyByMarks(house, new Set([who])));
    addRow({ fault: `browser: ${what}, line cut`, runs: 1, verdict, resumes: [tookMs], tookMs });
    expect(verdict.problems).toEqual([]);
    expect(isClean(verdict)).toBe(true);
  });
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

// These two run in the page, before anything else.
function blockStorage(): void {
  const refuse = {
    configurable: true,
    get(): never {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
    set(): never {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name, refuse);
  Object.defineProperty(Document.prototype, 'cookie', refuse);
}

function fillStorage(): void {
  const full = (): never => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  Storage.prototype.setItem = full;
  IDBObjectStore.prototype.put = full;
  IDBObjectStore.prototype.add = full;
}
