// identify, boot and update are answered, with a result or with the reason, whenever and in whatever order a page calls them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { serveSite } from './site.ts';
import type { Site } from './site.ts';
import { eventually, healingMs, journeys } from './stage.ts';
import { storedIn } from './stored.ts';

type Foyer = ((...args: unknown[]) => Promise<unknown>) & { version?: string; whoami(): unknown };
type Host = Window & { Foyer: Foyer; said?: unknown[] };

let site: Site;
const nobody = { contact_id: null, type: 'visitor', verified: false };

journeys('what a page is answered', (stage) => {
  beforeAll(async () => {
    const stub = 'window.Foyer=window.Foyer||function(){(Foyer.q=Foyer.q||[]).push(arguments)}';
    site = await serveSite({
      snippet: `<script>${stub};(window.early||function(){})()</script>
<script async src="${stage.server.url}/widget.js" data-app-id="${stage.server.appId}"></script>`,
      pages: { '/': { title: 'Home' } },
    });
  });
  afterAll(() => site.close());

  const proofOf = async (account: string): Promise<object> =>
    (await (await fetch(`${stage.server.url}/demo/sign?account=${account}`)).json()) as object;

  /** @param early what the page says before the script is there */
  async function visit(given?: BrowserContext, early: unknown[][] = []): Promise<Page> {
    const page = await (given ?? (await stage.context())).newPage();
    await page.addInitScript((calls) => {
      Object.assign(window, { early: () => calls.forEach((call) => void (window as unknown as Host).Foyer(...call)) });
    }, early);
    await page.goto(site.at('/'));
    await page.waitForFunction(() => (window as unknown as Host).Foyer.version !== undefined);
    return page;
  }

  /** What comes back, an error as its code and words. */
  const call = (page: Page, ...args: unknown[]): Promise<unknown> =>
    page.evaluate(async (given) => {
      const answer = await (window as unknown as Host).Foyer(...given);
      return answer instanceof Error ? { code: (answer as Error & { code: string }).code, message: answer.message } : answer;
    }, args);
  const whoami = (page: Page): Promise<unknown> => page.evaluate(() => (window as unknown as Host).Foyer.whoami());

  it('what is called before the script is there, by boot or by identify, and what is called twice at once', async () => {
    const ada = await proofOf('ada');
    const queued = await visit(undefined, [['identify', ada]]);
    await eventually(() => whoami(queued), expect.objectContaining({ type: 'user', verified: true }));
    const { contact_id } = (await whoami(queued)) as { contact_id: string };
    const answer = { contact_id, type: 'user', verified: true };
    for (const method of ['boot', 'update', 'identify'])
      expect(await call(await visit(), method, { app_id: stage.server.appId, ...ada })).toMatchObject(answer);
    const page = await visit();
    expect(await Promise.all([call(page, 'identify', ada), call(page, 'identify', ada)])).toEqual([answer, answer]);
    expect(await call(page, 'update', null)).toMatchObject(answer);
  });

  it('[M16] a sign-out right behind a sign-in is the last word, whichever code was there already', async () => {
    const ada = await proofOf('ada');
    const early = await visit(undefined, [['identify', ada], ['update', { name: 'Ada' }], ['shutdown']]);
    const later = await visit();
    const warm = await visit();
    await call(warm, 'update');
    for (const page of [later, warm]) {
      const answers = await page.evaluate(async (given) => {
        const { Foyer } = window as unknown as Host;
        const [first] = await Promise.all([Foyer('identify', given), Foyer('shutdown')]);
        return (first as Error & { code: string }).code;
      }, ada);
      expect(answers).toBe('session_revoked');
    }
    // Long enough for what is late: the chunks, the handshake, the answer.
    await call(early, 'update');
    await early.waitForLoadState('networkidle');
    for (const page of [early, later, warm]) {
      expect(await whoami(page)).toMatchObject(nobody);
      expect(await storedIn(page)).toEqual([]);
    }
    expect(await call(warm, 'identify', ada)).toMatchObject({ verified: true });
  });

  it('what no server could take is refused with the reason, and the next call is answered', async () => {
    const page = await visit();
    const answers = await page.evaluate(async () => {
      const { Foyer } = window as unknown as Host;
      const circular: Record<string, unknown> = {};
      circular['self'] = circular;
      const given = [[null], ['x1', { name: circular }], [{ user_id: 'x1', bio: 'x'.repeat(2e6) }]];
      return Promise.all(given.map(async (args) => ((await Foyer('identify', ...args)) as Error & { code: string }).code));
    });
    expect(answers).toEqual(['invalid_identity', 'bad_request', 'bad_request']);
    expect(await page.evaluate(() => (window as unknown as Host).Foyer('identify', 9007199254740993n))).toMatchObject({ type: 'user' });
  });

  it(
    'without a line, with the server down and with a chunk lost, the answer comes once there is one',
    async () => {
      const ada = await proofOf('ada');
      const context = await stage.context();
      let lost = 0;
      await context.route('**/widget/app-*', (route) => (lost++ === 0 ? route.abort() : route.continue()));
      const page = await visit(context);
      expect(await call(page, 'identify', ada)).toMatchObject({ verified: true });
      expect(lost).toBeGreaterThan(1);
      await stage.server.kill();
      const answer = call(page, 'update', { name: 'Ada H.' });
      await stage.server.start();
      expect(await answer).toMatchObject({ type: 'user', verified: true });
      await context.setOffline(true);
      const offline = call(page, 'identify', ada);
      await context.setOffline(false);
      expect(await offline).toMatchObject({ verified: true });
    },
    2 * healingMs,
  );

  it('where the server refuses the page, with that reason', async () => {
    const page = await visit();
    const gone = await (await stage.context()).newPage();
    await gone.route('**/api/widget/settings*', async (route) => route.continue({ url: `${route.request().url()}0` }));
    await gone.goto(page.url());
    await gone.waitForFunction(() => (window as unknown as Host).Foyer.version !== undefined);
    expect(await call(gone, 'identify', '42')).toMatchObject({ code: 'unknown_app' });
  });
});
