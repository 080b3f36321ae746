// Browsers that let a page keep little or nothing: all site data blocked by their owner, storage that is full, private windows.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserContext } from 'playwright-core';
import { chromiumPath, launchProfile } from '../helpers/chromium.ts';
import { startJourneyServer } from './server.ts';
import type { JourneyServer } from './server.ts';
import { serveSite } from './site.ts';
import type { Site } from './site.ts';
import { eventually, healingMs, journeys, patienceMs, picture, visitorSide } from './stage.ts';
import type { VisitorSide } from './stage.ts';
import { storedIn } from './stored.ts';

const own = async (visitor: VisitorSide): Promise<string[]> =>
  (await visitor.shown()).filter(({ by }) => by === 'contact').map(({ text }) => text);
const snippet = ({ url, appId }: JourneyServer): string => `<script async src="${url}/widget.js" data-app-id="${appId}"></script>`;
const pages = { '/': { title: 'Home' }, '/prices': { title: 'Prices' } };

/** A profile whose owner chose “block all site data”. */
function profileThatBlocks(): string {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-profile-'));
  mkdirSync(join(folder, 'Default'));
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
  return folder;
}

describe.skipIf(chromiumPath() === null)('a browser that blocks all site data', () => {
  let server: JourneyServer;
  let site: Site;
  let folder: string;
  let context: BrowserContext;
  const said: string[] = [];

  beforeAll(async () => {
    server = await startJourneyServer();
    site = await serveSite({ snippet: snippet(server), pages });
    folder = profileThatBlocks();
    context = await launchProfile(folder, { locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(patienceMs);
    context.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    context.on('weberror', (error) => said.push(`uncaught: ${String(error.error().stack)}`));
  });
  afterAll(async () => {
    await Promise.all([context?.close(), site?.close(), server?.discard()]);
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => void (said.length = 0));

  async function visit(): Promise<VisitorSide> {
    const page = await context.newPage();
    await page.goto(site.at('/'));
    return visitorSide(page);
  }
  const conversationOf = async (text: string): Promise<number> => {
    const find = (): { conversation_id: number }[] => server.rows('select conversation_id from messages where text = ?', text);
    await expect.poll(find, { timeout: healingMs, interval: 50 }).toHaveLength(1);
    return find()[0]?.conversation_id ?? 0;
  };

  it('lets the chat live as long as the page: it works, says that it is not kept, and throws nothing', async () => {
    const visitor = await visit();
    expect(await visitor.page.evaluate(refusals)).toEqual({ cookie: 'taken by nobody', local: 'SecurityError', database: 'refused' });
    await visitor.openChat();
    await visitor.say('Do you hear me?');
    const conversation = await conversationOf('Do you hear me?');
    await visitor.panel.getByText('This browser keeps nothing').waitFor();
    await visitor.sees('How big is your team?');
    await picture(visitor.page, 'blocked-storage');
    // A line that breaks loses nothing that is on the page.
    await server.kill();
    await visitor.panel.getByText('Reconnecting…').waitFor();
    await visitor.say('Said while the line was down');
    await server.start();
    expect(await conversationOf('Said while the line was down')).toBe(conversation);
    await eventually(async () => (await visitor.shown()).some(({ isPending }) => isPending), false);
    const ours = said.filter((line) => line.startsWith('[Foyer] '));
    expect(ours.filter((line) => line.startsWith('[Foyer] storage_blocked: '))).toHaveLength(1);
    expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([]);
    await visitor.page.reload();
    await visitor.openChat();
    await visitor.sees('What brings you here today?');
    expect(await own(visitor)).toEqual([]);
    await visitor.page.close();
  });

  it('[M17] gives each tab a visitor of its own: what happens in one ends nothing in the other', async () => {
    const [one, other] = [await visit(), await visit()];
    await one.page.bringToFront();
    await one.openChat();
    await one.say('In the first tab');
    const first = await conversationOf('In the first tab');
    await other.page.bringToFront();
    await other.openChat();
    await other.say('In the second');
    expect(await conversationOf('In the second')).not.toBe(first);
    await one.page.bringToFront();
    await one.say('Still in the first');
    expect(await conversationOf('Still in the first')).toBe(first);
    expect(await own(one)).toEqual(['In the first tab', 'Still in the first']);
    expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([]);
  });
});

journeys('little room, or none for long', (stage) => {
  let site: Site;
  beforeAll(async () => void (site = await serveSite({ snippet: snippet(stage.server), pages })));
  afterAll(() => site.close());

  async function visit(context: BrowserContext): Promise<VisitorSide> {
    const page = await context.newPage();
    await page.goto(site.at('/'));
    return visitorSide(page);
  }

  it('[P10] localStorage that is full, where there is neither cookie nor database: the chat goes on in memory and says so', async () => {
    const context = await stage.context();
    await context.addInitScript(() => {
      Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => {} });
      IDBFactory.prototype.open = () => {
        throw new DOMException('not here', 'SecurityError');
      };
      // The empty page that every tab begins with has none.
      if (location.protocol === 'about:') return;
      localStorage.clear();
      for (let size = 2 ** 22; size >= 1; size /= 2) {
        try {
          for (;;) localStorage.setItem(`of the page ${localStorage.length}`, 'x'.repeat(size));
        } catch {
          // Full for pieces of this size.
        }
      }
    });
    const visitor = await visit(context);
    await visitor.openChat();
    await visitor.say('No room left');
    await stage.conversationWith('No room left');
    await visitor.panel.getByText('This browser keeps nothing').waitFor();
    await eventually(async () => (await visitor.shown()).some(({ isPending }) => isPending), false);
    expect((await storedIn(visitor.page)).filter((key) => key.includes('foyer'))).toEqual([]);
  });

  it('localStorage that is full is no matter where the browser takes a cookie and a database', async () => {
    const context = await stage.context();
    await context.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    const visitor = await visit(context);
    await visitor.openChat();
    await visitor.say('Enough room elsewhere');
    await stage.conversationWith('Enough room elsewhere');
    await visitor.page.reload();
    await visitor.openChat();
    await visitor.sees('Enough room elsewhere');
    expect(await visitor.panel.getByText('This browser keeps nothing').count()).toBe(0);
  });

  for (const [how, refuse] of [
    [
      'that denies even the channel between tabs, as Firefox does with all site data blocked',
      () => {
        const denied = (): never => {
          throw new DOMException('denied', 'SecurityError');
        };
        for (const name of ['localStorage', 'indexedDB']) Object.defineProperty(window, name, { get: denied });
        Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => {} });
        Object.assign(window, { BroadcastChannel: denied });
      },
    ],
    [
      'whose databases neither open nor refuse, as in old Safari',
      () => {
        IDBFactory.prototype.databases = () => new Promise(() => {});
        IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest;
      },
    ],
  ] as const) {
    it(`a browser ${how}: the chat opens, and what is written arrives`, async () => {
      const context = await stage.context();
      await context.addInitScript(`if (location.protocol !== 'about:') (${refuse.toString()})()`);
      const visitor = await visit(context);
      await visitor.openChat();
      await visitor.say(`Written in a browser ${how}`);
      await stage.conversationWith(`Written in a browser ${how}`);
      await eventually(async () => (await visitor.shown()).some(({ isPending }) => isPending), false);
    });
  }

  it('a private window is a visitor until it is closed, and nobody the next one could be', async () => {
    const window = await stage.context();
    const visitor = await visit(window);
    await visitor.openChat();
    await visitor.say('In private');
    const conversation = await stage.conversationWith('In private');
    const second = await visit(window);
    await second.openChat();
    await second.sees('In private');
    await second.say('And in its second tab');
    expect(await stage.conversationWith('And in its second tab')).toBe(conversation);
    await window.close();

    const next = await visit(await stage.context());
    expect(await storedIn(next.page)).toEqual([]);
    await next.openChat();
    await next.sees('What brings you here today?');
    expect(await own(next)).toEqual([]);
  });
});

/** Runs in the page: how the browser refuses. */
async function refusals(): Promise<object> {
  const attempt = (act: () => unknown): string => {
    try {
      return String(act());
    } catch (error) {
      return (error as Error).name;
    }
  };
  document.cookie = 'probe=1';
  const database = await new Promise((resolve) => {
    try {
      const opening = indexedDB.open('probe');
      opening.onsuccess = () => resolve('opened');
      opening.onerror = () => resolve('refused');
    } catch {
      resolve('refused');
    }
  });
  return { cookie: document.cookie === '' ? 'taken by nobody' : document.cookie, local: attempt(() => localStorage.length), database };
}
