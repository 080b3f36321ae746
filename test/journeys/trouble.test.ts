import { afterEach, expect, it } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { serveHostPage } from './host-page.ts';
import type { HostPage } from './host-page.ts';
import { oldProxy } from './no-websocket.ts';
import { eventually, journeys, patienceMs, visitorSide } from './stage.ts';
import type { Stage } from './stage.ts';
import { blockStorage } from '../helpers/block-storage.ts';

let hosts: HostPage[] = [];
afterEach(async () => {
  await Promise.all(hosts.map((host) => host.close()));
  hosts = [];
});

async function visit(
  stage: Stage,
  appId: string,
  prepare?: (context: BrowserContext) => Promise<void>,
): Promise<{ page: Page; said: string[] }> {
  const host = await serveHostPage(`<script async src="${stage.server.url}/widget.js" data-app-id="${appId}"></script>`);
  hosts.push(host);
  const context = await stage.context();
  await prepare?.(context);
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  await page.goto(host.url);
  return { page, said };
}

/** The page's own button counts on, and its own objects are as they were. */
async function expectUnharmed(page: Page): Promise<void> {
  const button = page.locator('#count');
  for (let i = 0; i < 3; i++) await button.click();
  expect(await button.textContent()).toBe('3');
}

async function heard(said: readonly string[], words: RegExp): Promise<void> {
  await expect.poll(() => said.join('\n'), { timeout: patienceMs, interval: 50 }).toMatch(words);
}

journeys('what can go wrong on a host page', (stage) => {
  it('an app id nobody has: the console says so, no launcher stands there, and the page works on', async () => {
    const { page, said } = await visit(stage, 'app_00000000000000000000');
    await heard(said, /\[Foyer\].* unknown_app No workspace has this app id/);
    await eventually(() => page.getByRole('button', { name: 'Open chat' }).count(), 0);
    await expectUnharmed(page);
  });

  it('blocked storage: the console says so, the chat works while the page lives, and the page works on', async () => {
    const { page, said } = await visit(stage, stage.server.appId, async (context) => void (await context.addInitScript(blockStorage)));
    const visitor = visitorSide(page);
    await visitor.openChat();
    await visitor.say('Do you hear me without any storage?');
    await stage.conversationWith('Do you hear me without any storage?');
    await heard(said, /\[Foyer\] storage_blocked: /);
    await eventually(async () => (await visitor.shown()).some(({ isPending }) => isPending), false);
    await expectUnharmed(page);
    expect(said.filter((line) => !line.startsWith('[Foyer] storage_blocked'))).toEqual([]);
  });

  it('a server that is away when the page loads: the page works on, and the launcher comes with the server', async () => {
    await stage.server.kill();
    const context = await stage.context();
    const host = await serveHostPage(`<script async src="${stage.server.url}/widget.js" data-app-id="${stage.server.appId}"></script>`);
    hosts.push(host);
    const page = await context.newPage();
    await page.goto(host.url);
    await expectUnharmed(page);
    await stage.server.start();
    await page.reload();
    await visitorSide(page).launcher.waitFor();
  });

  it('[P12] a proxy that lets no WebSocket through: the chat goes on by plain requests, live both ways', async () => {
    const proxy = await oldProxy(stage.server.url);
    const host = await serveHostPage(`<script async src="${proxy.url}/widget.js" data-app-id="${stage.server.appId}"></script>`);
    hosts.push(host, { url: proxy.url, close: () => proxy.close() });
    const agent = await stage.agent();
    const page = await (await stage.context()).newPage();
    await page.goto(host.url);
    const visitor = visitorSide(page);
    await visitor.openChat();
    await visitor.say('From behind an old proxy');
    await agent.open(await stage.conversationWith('From behind an old proxy'));
    await agent.reply('You are heard all the same');
    await visitor.sees('You are heard all the same');
    expect(proxy.refused()).toBeGreaterThan(0);
  });

  it('a page that uses the whole SDK before and after the widget is there gets answers, and no error of its own making', async () => {
    const { page, said } = await visit(stage, stage.server.appId);
    await visitorSide(page).launcher.waitFor();
    const answers = await page.evaluate(async () => {
      const { Foyer } = window as unknown as { Foyer: (...args: unknown[]) => Promise<unknown> };
      const events: string[] = [];
      await Foyer('on', 'open', () => {
        events.push('open');
        throw new Error('a listener of the page fails');
      });
      await Foyer('show');
      await Foyer('track', 'opened-prices', { currency: 'EUR' });
      const nonsense = await Foyer('identify', 'undefined', {});
      return { events, nonsense: nonsense instanceof Error ? nonsense.message : String(nonsense) };
    });
    expect(answers.events).toEqual(['open']);
    expect(answers.nonsense).toMatch(/no usable id|user_id/);
    await visitorSide(page).field.waitFor();
    await heard(said, /\[Foyer\] Error: a listener of the page fails/);
    await expectUnharmed(page);
  });
});

journeys(
  'a workspace that allows certain sites only',
  (stage) => {
    it('another site: the console names the reason, no launcher stands there, and the page works on', async () => {
      const { page, said } = await visit(stage, stage.server.appId);
      await heard(said, /\[Foyer\].* origin_refused This site is not among the allowed origins/);
      await eventually(() => page.getByRole('button', { name: 'Open chat' }).count(), 0);
      await expectUnharmed(page);
    });

    it('its own demo page goes on working', async () => {
      const visitor = await stage.visitor();
      await visitor.openChat();
      await visitor.say('Allowed here');
      await stage.conversationWith('Allowed here');
    });
  },
  { env: { ALLOWED_ORIGINS: 'https://www.northwind.example' } },
);
