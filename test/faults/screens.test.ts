// Tabs and devices of one person that were offline together, and browsers that keep nothing (P10, P11, M18).
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from '../helpers/chromium.ts';
import { visitorSide } from '../journeys/stage.ts';
import type { VisitorSide } from '../journeys/stage.ts';
import { desk, film, healingMs, historyByMarks, isSettled, openChat, oracleOf } from './browser.ts';
import type { Filmed } from './browser.ts';
import { pause, until } from './children.ts';
import { startHouse } from './house.ts';
import type { House } from './house.ts';
import { isClean, markOf } from './oracle.ts';
import type { SendRecord } from './oracle.ts';
import { startProxy } from './proxy.ts';
import { seedOf } from './scene.ts';
import { addRow, skipped } from './table.ts';
import { blockStorage } from '../helpers/block-storage.ts';

const path = chromiumPath();
if (path === null) skipped('browser: tabs, devices, storage', 'there is no Chromium on this machine');

describe.skipIf(path === null)('screens of one person', () => {
  let house: House;
  let browser: Browser;
  const undo: (() => unknown)[] = [];
  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchChromium()]);
  });
  afterAll(async () => {
    for (const step of undo.toReversed()) await Promise.resolve(step()).catch(() => {});
    await Promise.all([browser?.close(), house?.discard()]);
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
    const side = await openChat(page, `${proxy.url}/demo`);
    const texts = ['first', 'amid', 'last'].map((word) => `${markOf(who)} ${word}`) as [string, string, string];
    await side.say(texts[0]);
    await until('the first is acknowledged', () => isSettled(side, texts[0]), 20_000);
    proxy.set({ isClosed: true });
    proxy.reset();
    await side.say(texts[1]);
    await pause(1000);
    const begin = Date.now();
    proxy.heal();
    await until('it comes through', () => isSettled(side, texts[1]), healingMs);
    const tookMs = Date.now() - begin;
    await side.say(texts[2]);
    await until('the last is acknowledged', () => isSettled(side, texts[2]), 20_000);
    const verdict = oracleOf(
      texts.map((text) => ({ text, who })),
      [{ name: what, who, filmed }],
    ).verdict(await historyByMarks(house, new Set([who])));
    addRow({ fault: `browser: ${what}, line cut`, runs: 1, verdict, resumes: [tookMs], tookMs });
    expect(verdict.problems).toEqual([]);
    expect(isClean(verdict)).toBe(true);
  });
});

/** Runs in the page, before anything else. */
function fillStorage(): void {
  const full = (): never => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  Storage.prototype.setItem = full;
  IDBObjectStore.prototype.put = full;
  IDBObjectStore.prototype.add = full;
}
