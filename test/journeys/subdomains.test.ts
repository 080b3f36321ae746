// www and app of one domain share a visitor by a cookie on that domain; they share no channel, no database and no localStorage.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserContext } from 'playwright-core';
import { serveSite } from './site.ts';
import type { Site } from './site.ts';
import { eventually, journeys, visitorSide } from './stage.ts';
import type { Stage, VisitorSide } from './stage.ts';

let site: Site;
const [www, app, elsewhere] = ['www.example.test', 'app.example.test', 'www.another.test'];
type Foyer = (...args: unknown[]) => Promise<unknown>;

const own = async (side: VisitorSide): Promise<string[]> =>
  (await side.shown()).filter(({ by }) => by === 'contact').map(({ text }) => text);

async function visit(context: BrowserContext, host: string): Promise<VisitorSide> {
  const page = await context.newPage();
  await page.goto(site.at('/', host));
  const visitor = visitorSide(page);
  await visitor.launcher.waitFor();
  return visitor;
}

/** What the site's own server would answer for this account; asked past the site, which has none. */
async function identify(stage: Stage, side: VisitorSide, account: 'ada' | 'tomas'): Promise<unknown> {
  const proof = (await (await fetch(`${stage.server.url}/demo/sign?account=${account}`)).json()) as object;
  return side.page.evaluate((given) => (window as unknown as { Foyer: Foyer }).Foyer('identify', given), proof);
}

journeys(
  'sister domains',
  (stage) => {
    beforeAll(async () => {
      site = await serveSite({
        snippet: `<script async src="${stage.server.url}/widget.js" data-app-id="${stage.server.appId}"></script>`,
        pages: { '/': { title: 'Home' } },
      });
    });
    afterAll(() => site.close());

    it('share one visitor by a cookie on the registrable domain, and nobody else does', async () => {
      const context = await stage.context();
      const first = await visit(context, www);
      await first.openChat();
      await first.say('Asked on www');
      const conversation = await stage.conversationWith('Asked on www');
      expect(await context.cookies()).toMatchObject([
        { name: `foyer_${stage.server.appId}`, domain: '.example.test', path: '/', sameSite: 'Lax' },
      ]);

      const second = await visit(context, app);
      await second.openChat();
      await second.sees('Asked on www');
      await second.say('And on app');
      expect(await stage.conversationWith('And on app')).toBe(conversation);
      await first.page.bringToFront();
      await first.sees('And on app');

      const third = await visit(context, elsewhere);
      await third.openChat();
      await third.sees('What brings you here today?');
      expect(await own(third)).toEqual([]);
    });

    it('[M15] who signs in on app is signed in on www, where the chat and the draft go on; who signs out is out on both', async () => {
      const context = await stage.context();
      const first = await visit(context, www);
      await first.openChat();
      await first.say('Asked before signing in');
      const conversation = await stage.conversationWith('Asked before signing in');
      await first.field.fill('half a thought of Ada');
      const second = await visit(context, app);
      expect(await identify(stage, second, 'ada')).toMatchObject({ verified: true });

      await first.page.bringToFront();
      await eventually(
        () => first.page.evaluate(() => (window as unknown as { Foyer: { whoami(): { verified: boolean } } }).Foyer.whoami().verified),
        true,
      );
      expect(await first.field.inputValue()).toBe('half a thought of Ada');
      await first.field.press('Enter');
      expect(await stage.conversationWith('half a thought of Ada')).toBe(conversation);

      await second.page.bringToFront();
      await second.page.evaluate(() => (window as unknown as { Foyer: Foyer }).Foyer('shutdown'));
      expect(await context.cookies()).toEqual([]);
      await first.page.bringToFront();
      await eventually(() => own(first), []);
      await eventually(() => first.page.evaluate(async () => (await indexedDB.databases()).length), 0);
      await first.say('A stranger on www');
      const [stranger] = stage.server.rows<{ type: string }>(
        'select type from contacts where id = (select contact_id from conversations where id = ?)',
        await stage.conversationWith('A stranger on www'),
      );
      expect(stranger).toEqual({ type: 'visitor' });
    });

    it('[M10] when another person signs in on app, www shows nothing of the first', async () => {
      const context = await stage.context();
      const first = await visit(context, www);
      await identify(stage, first, 'tomas');
      await first.openChat();
      await first.say('Only Tomás may read this');
      await stage.conversationWith('Only Tomás may read this');
      const second = await visit(context, app);
      await identify(stage, second, 'ada');
      await first.page.bringToFront();
      await eventually(async () => (await own(first)).includes('Only Tomás may read this'), false);
      await eventually(
        () => first.page.evaluate(() => (window as unknown as { Foyer: { visitorId: string } }).Foyer.visitorId),
        await second.page.evaluate(() => (window as unknown as { Foyer: { visitorId: string } }).Foyer.visitorId),
      );
    });

    it('consent withdrawn on www takes the cookie from all, and what app still holds goes with its next page', async () => {
      const context = await stage.context();
      const [first, second] = [await visit(context, www), await visit(context, app)];
      for (const [side, text] of [
        [first, 'Said on www'],
        [second, 'Said on app'],
      ] as const) {
        await side.page.bringToFront();
        await side.openChat();
        await side.say(text);
        await stage.conversationWith(text);
        await eventually(async () => (await side.shown()).some(({ isPending }) => isPending), false);
      }
      const databases = (side: VisitorSide): Promise<number> => side.page.evaluate(async () => (await indexedDB.databases()).length);
      expect([await databases(first), await databases(second)]).toEqual([1, 1]);
      await second.page.close();
      await first.page.bringToFront();
      await first.page.evaluate(() => (window as unknown as { Foyer: Foyer }).Foyer('consent', false));
      await eventually(() => databases(first), 0);
      expect(await context.cookies()).toEqual([]);

      const next = await visit(context, app);
      await eventually(() => databases(next), 0);
      await next.openChat();
      await next.sees('What brings you here today?');
      expect(await own(next)).toEqual([]);
      expect(await context.cookies()).toEqual([]);
    });

    it('cookie_domain keeps the visitor to one of them', async () => {
      const context = await stage.context();
      await context.addInitScript(() => {
        const stub = (...args: unknown[]): void => void (stub.q ??= []).push(args);
        stub.q = undefined as unknown[][] | undefined;
        Object.assign(window, { Foyer: stub });
        stub('boot', { app_id: new URLSearchParams(location.search).get('app'), cookie_domain: location.hostname });
      });
      const page = await context.newPage();
      await page.goto(`${site.at('/', www)}?app=${stage.server.appId}`);
      const first = visitorSide(page);
      await first.openChat();
      await first.say('Only on www');
      await stage.conversationWith('Only on www');
      expect((await context.cookies()).map(({ domain }) => domain)).toEqual([`.${www}`]);
    });
  },
  { browser: { args: ['--host-resolver-rules=MAP *.test 127.0.0.1'] } },
);
