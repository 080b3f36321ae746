// docs/privacy.md, held to by a real Chromium: nothing before the first act, then exactly what its table lists; the policies; consent.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { serveSite } from './site.ts';
import type { Site } from './site.ts';
import { eventually, healingMs, journeys, picture, visitorSide } from './stage.ts';
import type { Stage, VisitorSide } from './stage.ts';
import { documented, storedIn } from './stored.ts';

let site: Site;
const hint = 'This browser keeps nothing';

/** A page that boots with these options. */
async function visit(context: BrowserContext, boot: object = {}): Promise<VisitorSide> {
  const page = await context.newPage();
  await page.goto(`${site.at('/')}?boot=${encodeURIComponent(JSON.stringify(boot))}`);
  const visitor = visitorSide(page);
  await visitor.launcher.waitFor();
  return visitor;
}

const foyer = (page: Page, ...args: unknown[]): Promise<unknown> =>
  page.evaluate((all) => (window as unknown as { Foyer: (...args: unknown[]) => unknown }).Foyer(...all), args);
const own = async (visitor: VisitorSide): Promise<string[]> =>
  (await visitor.shown()).filter(({ by }) => by === 'contact').map(({ text }) => text);
const rows = (stage: Stage, table: string): unknown[] => stage.server.rows(`select * from ${table}`);
const always = (stage: Stage): string[] => documented(stage.server.appId, 'from the first act');

async function say(stage: Stage, visitor: VisitorSide, text: string): Promise<void> {
  if (!(await visitor.field.isVisible())) await visitor.openChat();
  await visitor.say(text);
  await stage.conversationWith(text);
}

journeys('what a browser stores', (stage) => {
  beforeAll(async () => {
    const boot = `Foyer('boot',Object.assign({app_id:'${stage.server.appId}'},JSON.parse(new URLSearchParams(location.search).get('boot')||'{}')))`;
    site = await serveSite({
      snippet: `<script>window.Foyer=window.Foyer||function(){(Foyer.q=Foyer.q||[]).push(arguments)};${boot}</script>
<script async src="${stage.server.url}/widget.js"></script>`,
      pages: { '/': { title: 'Home', body: '<h1>Home</h1><p style="height:4000px">Long</p>' } },
    });
  });
  afterAll(() => site.close());

  it('[M1] looking, scrolling, waiting for an hour, opening the chat and typing store nothing and write no row; the first word stores what the table lists', async () => {
    const context = await stage.context();
    await context.clock.install();
    const visitor = await visit(context);
    const { page } = visitor;
    for (const key of ['End', 'Home']) await page.keyboard.press(key);
    await page.mouse.wheel(0, 3000);
    await context.clock.fastForward('01:00:00');
    await page.waitForLoadState('networkidle');
    expect(await storedIn(page)).toEqual([]);
    await visitor.openChat();
    await visitor.sees('What brings you here today?');
    await visitor.field.pressSequentially('half a thought');
    await context.clock.fastForward('01:00:00');
    await page.waitForLoadState('networkidle');
    expect(await storedIn(page)).toEqual([]);
    for (const table of ['contacts', 'sessions', 'conversations', 'events']) expect(rows(stage, table), table).toEqual([]);

    await say(stage, visitor, 'The first word');
    await eventually(() => storedIn(page), always(stage));
    const [cookie] = await context.cookies();
    const [now, year] = [Date.now() / 1000, 365 * 86_400];
    expect(cookie).toMatchObject({ httpOnly: false, sameSite: 'Lax', path: '/' });
    expect(Math.abs((cookie?.expires ?? 0) - now - year)).toBeLessThan(3 * 3600);
    // And so it stays, whatever the chat does.
    await visitor.sees('How big is your team?');
    await say(stage, visitor, '12 people, and I am at ida.berg@lichthaus-berg.de');
    await visitor.closeChat();
    await page.reload();
    await visitor.openChat();
    await visitor.sees('The first word');
    expect(await storedIn(page)).toEqual(always(stage));
    await foyer(page, 'shutdown');
    await eventually(() => storedIn(page), []);
  });

  it('a browser that takes neither cookie nor database: the other two rows of the table, and the next page finds the conversation', async () => {
    const context = await stage.context();
    await context.addInitScript(() => {
      Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => {} });
      IDBFactory.prototype.open = () => {
        throw new DOMException('not here', 'SecurityError');
      };
    });
    const visitor = await visit(context);
    await say(stage, visitor, 'Without cookies');
    const rest = documented(stage.server.appId, 'where no cookie is taken', 'where no database opens');
    await eventually(() => storedIn(visitor.page), rest);
    await visitor.page.reload();
    await visitor.openChat();
    await visitor.sees('Without cookies');
    await foyer(visitor.page, 'shutdown');
    await eventually(() => storedIn(visitor.page), []);
  });

  it('session_duration bounds the cookie, in milliseconds, and begins anew while the page is looked at', async () => {
    const context = await stage.context();
    const visitor = await visit(context, { session_duration: 1_800_000 });
    await say(stage, visitor, 'For half an hour');
    const expires = async (): Promise<number> => (await context.cookies())[0]?.expires ?? 0;
    const first = await expires();
    expect(Math.abs(first - Date.now() / 1000 - 1800)).toBeLessThan(60);
    await visitor.page.reload();
    await visitor.launcher.waitFor();
    await eventually(async () => (await expires()) > first, true);
    expect(await storedIn(visitor.page)).toEqual(always(stage));

    const short = await stage.context();
    const brief = await visit(short, { sessionDuration: 4000 });
    await say(stage, brief, 'For four seconds');
    await eventually(() => short.cookies(), []);
    await brief.page.reload();
    await brief.openChat();
    await brief.sees('What brings you here today?');
    expect(await own(brief)).toEqual([]);
  });

  for (const [how, boot, workspace] of [
    ['of the workspace', {}, true],
    ['of the page’s boot', { storage: 'consented' }, false],
  ] as const) {
    it(`consented (${how}): the chat works without storing; with consent it is kept; without again it is gone`, async () => {
      if (workspace) stage.server.set({ storage: 'consented' });
      const visitor = await visit(await stage.context(), boot);
      await say(stage, visitor, `Before consent ${how}`);
      expect(await storedIn(visitor.page)).toEqual([]);
      await visitor.panel.getByText(hint).waitFor();
      await foyer(visitor.page, 'consent', true);
      await eventually(() => storedIn(visitor.page), always(stage));
      await eventually(() => visitor.panel.getByText(hint).count(), 0);
      await visitor.page.reload();
      await visitor.openChat();
      await visitor.sees(`Before consent ${how}`);
      await foyer(visitor.page, 'consent', false);
      await eventually(() => storedIn(visitor.page), []);
      await say(stage, visitor, `After it was withdrawn ${how}`);
      expect(await storedIn(visitor.page)).toEqual([]);
      await visitor.page.reload();
      await visitor.openChat();
      await visitor.sees('What brings you here today?');
      expect(await own(visitor)).toEqual([]);
      stage.server.set({ storage: 'on-act' });
    });
  }

  for (const [how, boot, workspace] of [
    ['of the workspace', {}, true],
    ['of the page’s boot', { storage: 'always' }, false],
  ] as const) {
    it(`always (${how}): the cookie is there from the first look on, the rows come with the first act`, async () => {
      if (workspace) stage.server.set({ storage: 'always' });
      const context = await stage.context();
      const before = rows(stage, 'contacts').length;
      const visitor = await visit(context, boot);
      await eventually(
        () => storedIn(visitor.page),
        always(stage).filter((key) => key.startsWith('cookie')),
      );
      const [cookie] = await context.cookies();
      expect(rows(stage, 'contacts')).toHaveLength(before);
      await visitor.page.reload();
      await visitor.launcher.waitFor();
      await say(stage, visitor, `Known from the first look on ${how}`);
      expect((await context.cookies())[0]?.value).toBe(cookie?.value);
      expect(rows(stage, 'contacts')).toHaveLength(before + 1);
      await foyer(visitor.page, 'consent', false);
      await eventually(() => storedIn(visitor.page), []);
      stage.server.set({ storage: 'on-act' });
    });
  }

  it('always, on a page that says no in its boot: nothing', async () => {
    const visitor = await visit(await stage.context(), { storage: 'always', consent: false });
    await say(stage, visitor, 'No, as I said');
    expect(await storedIn(visitor.page)).toEqual([]);
  });

  it('[M1] consent, and terms that change, before the first act store nothing: there is nothing to store', async () => {
    const visitor = await visit(await stage.context());
    await visitor.openChat();
    await visitor.sees('What brings you here today?');
    await foyer(visitor.page, 'consent', true);
    await foyer(visitor.page, 'update', { session_duration: 3_600_000 });
    await visitor.page.waitForLoadState('networkidle');
    expect(await storedIn(visitor.page)).toEqual([]);
    await say(stage, visitor, 'Now there is');
    await eventually(() => storedIn(visitor.page), always(stage));
  });

  it('none: the chat works, says that it ends with the page, and stores nothing, consent or not', async () => {
    stage.server.set({ storage: 'none' });
    const visitor = await visit(await stage.context(), { consent: true });
    await say(stage, visitor, 'Leave no trace');
    await visitor.panel.getByText(hint).waitFor();
    await picture(visitor.page, 'storing-none');
    await foyer(visitor.page, 'consent', true);
    await say(stage, visitor, 'Really none');
    expect(await storedIn(visitor.page)).toEqual([]);
    await visitor.page.reload();
    await visitor.openChat();
    await visitor.sees('What brings you here today?');
    expect(await own(visitor)).toEqual([]);
    stage.server.set({ storage: 'on-act' });
  });

  it('none, set after something was stored: it goes with the next page', async () => {
    const context = await stage.context();
    // The browser keeps the settings for a minute otherwise.
    await context.route('**/api/widget/settings*', (route) => route.continue());
    const visitor = await visit(context);
    await say(stage, visitor, 'While it was kept');
    await eventually(() => storedIn(visitor.page), always(stage));
    stage.server.set({ storage: 'none' });
    await visitor.page.reload();
    await eventually(() => storedIn(visitor.page), []);
    await visitor.page.reload();
    await visitor.openChat();
    await visitor.sees('What brings you here today?');
    expect(await own(visitor)).toEqual([]);
    stage.server.set({ storage: 'on-act' });
  });

  it('consent(false) under the default clears all in every tab at once; what waits is sent from memory, and nothing is stored from then on', async () => {
    const context = await stage.context();
    const [one, other] = [await visit(context), await visit(context)];
    await one.page.bringToFront();
    await say(stage, one, 'Stored as usual');
    await other.page.bringToFront();
    await other.openChat();
    await other.sees('Stored as usual');
    await stage.server.kill();
    await other.panel.getByText('Reconnecting…').waitFor();
    await other.say('Waiting for the line');
    await eventually(async () => (await other.shown()).at(-1)?.isPending, true);
    await one.page.bringToFront();
    await foyer(one.page, 'consent', false);
    expect(await context.cookies()).toEqual([]);
    await eventually(() => storedIn(one.page), []);
    for (const tab of [one, other]) {
      await tab.page.bringToFront();
      await tab.panel.getByText(hint).waitFor();
    }
    await picture(other.page, 'storing-consent-withdrawn');
    await stage.server.start();
    const conversation = await stage.conversationWith('Waiting for the line', healingMs);
    expect(conversation).toBe(await stage.conversationWith('Stored as usual'));
    for (const tab of [one, other]) {
      await tab.page.bringToFront();
      await tab.sees('Waiting for the line');
      await eventually(async () => (await tab.shown()).some(({ isPending }) => isPending), false);
    }
    await other.say('And on it goes');
    expect(await stage.conversationWith('And on it goes')).toBe(conversation);
    expect(await storedIn(other.page)).toEqual([]);
    await foyer(other.page, 'consent', true);
    await eventually(() => storedIn(other.page), always(stage));
    await one.page.close();
    await other.page.reload();
    await other.openChat();
    await other.sees('And on it goes');
  });
});
