// Sites that go from page to page without a load: one widget, one launcher, one session; the open panel and the draft survive, and the
// agent sees where the visitor is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, expect, it } from 'vitest';
import { astroRouter, spaRouter } from './routers.ts';
import { serveSite } from './site.ts';
import type { Site, SiteOptions } from './site.ts';
import { eventually, journeys, picture, visitorSide } from './stage.ts';

let site: Site | null = null;
afterEach(async () => {
  await site?.close();
  site = null;
});

const turbo = readFileSync(createRequire(import.meta.url).resolve('@hotwired/turbo'), 'utf8');
const routed = (code: string): Omit<SiteOptions, 'snippet' | 'pages'> & { head: string } => ({
  scripts: { '/router.js': code },
  head: '<script src="/router.js" defer></script>',
});

/** How a site navigates, and where its snippet stands. */
const sites: Record<string, Omit<SiteOptions, 'snippet' | 'pages'> & { head: string }> = {
  'a single-page app (history.pushState)': routed(`(${spaRouter.toString()})()`),
  'Turbo, the snippet in the head': { ...routed(turbo), in: 'head' },
  'Turbo, the snippet in the body, which it runs anew with each page': { ...routed(turbo), in: 'body' },
  'Astro’s ClientRouter, the snippet in the head': { ...routed(`(${astroRouter.toString()})()`), in: 'head' },
  'Astro’s ClientRouter, the snippet in the body': { ...routed(`(${astroRouter.toString()})()`), in: 'body' },
};

journeys('a site that goes from page to page without a load', (stage) => {
  for (const [name, { head, ...options }] of Object.entries(sites)) {
    it(`${name}: one widget, one session, and the chat goes on where it was`, async () => {
      const pages = Object.fromEntries(
        ['Home', 'Prices', 'Basket'].map((title) => [
          title === 'Home' ? '/' : `/${title.toLowerCase()}`,
          { title: `${title} of ${name}`, head },
        ]),
      );
      const snippet = `<script>window.Foyer=window.Foyer||function(){(Foyer.q=Foyer.q||[]).push(arguments)};Foyer('boot',{app_id:'${stage.server.appId}'})</script>
<script async src="${stage.server.url}/widget.js" data-app-id="${stage.server.appId}"></script>`;
      site = await serveSite({ snippet, pages, ...options });
      const agent = await stage.agent();
      const context = await stage.context();
      const page = await context.newPage();
      const loads: string[] = [];
      page.on('load', () => loads.push(page.url()));
      await page.goto(site.at('/'));
      const visitor = visitorSide(page);
      await visitor.openChat();
      const question = `Asked on ${name}`;
      await visitor.say(question);
      const conversation = await stage.conversationWith(question);
      await agent.open(conversation);
      const where = agent.page.locator('.thread-where');
      await eventually(() => where.getAttribute('title'), `Online on ${site.at('/')}`);
      const thought = `Half a thought on ${name}`;
      await visitor.field.fill(thought);
      const [cookies, rows] = [await context.cookies(), stage.server.rows('select * from sessions')];

      for (const path of ['/prices', '/basket']) {
        await page.locator(`a[href="${path}"]`).click();
        await page.waitForURL(site.at(path));
        await eventually(() => page.title(), pages[path]?.title);
        await eventually(() => where.getAttribute('title'), `Online on ${site.at(path)}`);
        await visitor.field.waitFor();
        expect(await visitor.field.inputValue()).toBe(thought);
      }
      await picture(page, `navigation-${name.replace(/\W+/g, '-')}`);
      await page.evaluate(() => history.back());
      await page.waitForURL(site.at('/prices'));
      await eventually(() => where.getAttribute('title'), `Online on ${site.at('/prices')}`);
      await agent.reply(`Answered on ${name}`);
      await visitor.sees(`Answered on ${name}`);
      await visitor.field.press('Enter');
      expect(await stage.conversationWith(thought)).toBe(conversation);
      await eventually(async () => (await visitor.shown()).filter(({ text }) => text === thought).length, 1);

      expect(loads).toEqual([site.at('/')]);
      expect(await page.locator('foyer-chat').count()).toBe(1);
      expect(await page.locator('foyer-chat').getByRole('dialog').count()).toBe(1);
      expect(await page.locator('foyer-chat .l').count()).toBe(1);
      expect(await context.cookies()).toEqual(cookies);
      expect(stage.server.rows('select * from sessions')).toEqual(rows);
    });
  }
});
