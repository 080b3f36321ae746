// Back and forward: the browser keeps the page that was left and shows it again without a load (the back/forward cache).
import { afterEach, expect, it } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { serveSite } from './site.ts';
import type { Site } from './site.ts';
import { eventually, journeys, visitorSide } from './stage.ts';
import type { Stage, VisitorSide } from './stage.ts';

let site: Site | null = null;
afterEach(async () => {
  await site?.close();
  site = null;
});

type Shows = Window & { shows?: boolean[] };

/** A visitor on the first of two pages, of which the browser keeps the one that is left. */
async function visit(stage: Stage, given?: BrowserContext): Promise<VisitorSide> {
  site ??= await serveSite({
    snippet: `<script async src="${stage.server.url}/widget.js" data-app-id="${stage.server.appId}"></script>`,
    pages: { '/': { title: 'Home' }, '/prices': { title: 'Prices' } },
  });
  const page = await (given ?? (await stage.context())).newPage();
  await page.addInitScript(() => {
    const shows: boolean[] = ((window as Shows).shows = []);
    window.addEventListener('pageshow', ({ persisted }) => shows.push(persisted));
  });
  await page.goto(site.at('/'));
  return visitorSide(page);
}

async function leave(page: Page): Promise<void> {
  await page.locator('a[href="/prices"]').click();
  await page.waitForURL('**/prices');
  await page.getByRole('button', { name: 'Open chat' }).waitFor();
}

/** Back, to the page as it was left: no load, and so nothing that playwright would wait for. */
async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => history.back());
  await eventually(() => page.title().catch(() => ''), 'Home');
  const [shows, reasons] = await page.evaluate(() => [
    (window as Shows).shows,
    JSON.stringify(
      (performance.getEntriesByType('navigation')[0] as unknown as { notRestoredReasons?: object }).notRestoredReasons ?? null,
    ),
  ]);
  expect(shows, `kept by the browser, or not because of ${String(reasons)}`).toEqual([false, true]);
}

const texts = async (visitor: VisitorSide): Promise<string[]> => (await visitor.shown()).map(({ text }) => text);

journeys(
  'a page that is left and come back to',
  (stage) => {
    it('[P9] is as it was left; what the agent wrote meanwhile is there, and nothing is doubled', async () => {
      const agent = await stage.agent();
      const visitor = await visit(stage);
      const { page } = visitor;
      await visitor.openChat();
      await visitor.say('Before I look at the prices');
      const conversation = await stage.conversationWith('Before I look at the prices');
      await agent.open(conversation);
      await agent.page
        .getByRole('button', { name: /Take over/ })
        .first()
        .click();
      await visitor.panel.getByText('Mia Berg joined').waitFor();
      await visitor.field.fill('half a thought');
      await leave(page);
      await eventually(() => agent.page.locator('.thread-where').getAttribute('title'), `Online on ${site?.at('/prices')}`);
      await agent.reply('Written while you were away');
      await agent.page.locator('.read-mark').filter({ hasText: 'Sent' }).waitFor();

      await comeBack(page);
      await visitor.sees('Written while you were away');
      await eventually(() => agent.page.locator('.thread-where').getAttribute('title'), `Online on ${site?.at('/')}`);
      expect(await visitor.field.inputValue()).toBe('half a thought');
      await visitor.field.press('Enter');
      await agent.sees('half a thought');
      // The line is the page's own again: live both ways, and once.
      await agent.reply('And live again');
      await visitor.sees('And live again');
      const expected = stage.server
        .rows<{ text: string }>('select text from messages where conversation_id = ? order by seq', conversation)
        .map(({ text }) => text);
      await eventually(() => texts(visitor), expected);
      expect(await page.locator('foyer-chat').count()).toBe(1);
      expect(stage.server.rows('select * from sessions where revoked_at is null')).toHaveLength(1);
    });

    it('[I10] what was being sent in the moment of leaving is sent once', async () => {
      const visitor = await visit(stage);
      await visitor.openChat();
      await visitor.say('The first word');
      await stage.conversationWith('The first word');
      for (const i of [1, 2, 3]) await visitor.say(`On the way out ${i}`);
      await visitor.page.evaluate(() => document.querySelector<HTMLElement>('a[href="/prices"]')?.click());
      await visitor.page.waitForURL('**/prices');
      await visitor.page.evaluate(() => history.back());
      await eventually(() => visitor.page.title().catch(() => ''), 'Home');
      // A page that is left so soon is not always kept: then it is a new one, and its chat is closed.
      if (!(await visitor.field.isVisible())) await visitor.openChat();
      await visitor.sees('On the way out 3');
      await eventually(async () => (await visitor.shown()).filter(({ isPending }) => isPending), []);
      const kept = stage.server.rows<{ text: string }>("select text from messages where text like 'On the way out%' order by seq");
      expect(kept.map(({ text }) => text)).toEqual([1, 2, 3].map((i) => `On the way out ${i}`));
      expect((await texts(visitor)).filter((text) => text.startsWith('On the way out'))).toHaveLength(3);
    });

    it('[M17] a logout in another tab meanwhile takes effect: nothing of before is shown', async () => {
      const context = await stage.context();
      const visitor = await visit(stage, context);
      await visitor.openChat();
      await visitor.say('Not for the next one at this screen');
      await stage.conversationWith('Not for the next one at this screen');
      await leave(visitor.page);

      const other = await visit(stage, context);
      await other.launcher.waitFor();
      await other.page.evaluate(() => (window as unknown as { Foyer: (...args: unknown[]) => Promise<unknown> }).Foyer('shutdown'));
      await eventually(() => context.cookies(), []);
      await other.page.close();

      await visitor.page.bringToFront();
      await comeBack(visitor.page);
      await eventually(
        async () => (await texts(visitor)).join('|'),
        'Hi! I’m a bot, with real people right behind me.|What brings you here today?',
      );
      await visitor.say('The next one writes');
      const conversation = await stage.conversationWith('The next one writes');
      expect(stage.server.rows('select * from messages where conversation_id = ? and text like ?', conversation, 'Not for%')).toEqual([]);
    });
  },
  { browser: { without: ['--disable-back-forward-cache'] } },
);
