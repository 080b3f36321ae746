import { expect, it } from 'vitest';
import type { BrowserContext, Page, Request } from 'playwright-core';
import { eventually, journeys } from './stage.ts';
import { storedIn } from './stored.ts';

journeys('a visitor who only looks at the page', (stage) => {
  const rowsOf = (table: string): number => stage.server.rows<{ n: number }>(`select count(*) as n from ${table}`)[0]?.n ?? 0;

  it('[M1] loads, waits and scrolls: nothing is stored in the browser, no row is written, and only the script and its settings are fetched', async () => {
    const context = await stage.context();
    const { page, requests, sockets } = await look(context, stage.server.url);
    expect(await storedIn(page)).toEqual([]);
    for (const table of ['contacts', 'sessions', 'conversations', 'events']) expect(rowsOf(table), table).toBe(0);
    const ours = requests.filter((request) => !/\/demo(\/|$)/.test(new URL(request.url()).pathname));
    expect(ours.map((request) => new URL(request.url()).pathname).sort()).toEqual(['/api/widget/settings', '/widget.js']);
    expect(sockets).toEqual([]);
  });

  it('[M1] sends nothing by which it could be known again: another browser and the same one after a reload send the same bytes', async () => {
    const [first, second] = [await stage.context(), await stage.context()];
    const one = await look(first, stage.server.url);
    const other = await look(second, stage.server.url);
    const sent = await Promise.all(one.requests.map(bytesOf));
    expect(await Promise.all(other.requests.map(bytesOf))).toEqual(sent);
    // What a page's address could hold is the app's id, which everybody has.
    expect([...new Set(sent.flatMap(({ url }) => [...new URL(url).searchParams.values()]))]).toEqual([stage.server.appId]);
    expect(sent.map(({ body }) => body).filter((body) => body !== null)).toEqual([]);

    const again: Awaited<ReturnType<typeof bytesOf>>[][] = [];
    const known: unknown[] = [];
    for (const { page, requests } of [one, other]) {
      requests.length = 0;
      await page.reload();
      await settled(page);
      again.push(await Promise.all(requests.map(bytesOf)));
      known.push(await Promise.all(requests.map(conditions)));
    }
    for (const request of again.flat()) expect(sent.find(({ url }) => url === request.url)).toEqual(request);
    // What the browser remembers of a file's version it was told of by us: the same to everybody.
    expect(known[1]).toEqual(known[0]);
    for (const context of [first, second]) expect(await context.cookies()).toEqual([]);
  });

  it('the pointer on the launcher loads the app, and still nothing is stored', async () => {
    const context = await stage.context();
    const { page, requests } = await look(context, stage.server.url);
    await page.getByRole('button', { name: 'Open chat' }).hover();
    await eventually(() => requests.some((request) => /\/widget\/app-/.test(request.url())), true);
    await page.locator('foyer-chat [role=dialog]').waitFor({ state: 'attached' });
    expect(await storedIn(page)).toEqual([]);
    expect(rowsOf('contacts')).toBe(0);
  });
});

async function look(context: BrowserContext, url: string): Promise<{ page: Page; requests: Request[]; sockets: string[] }> {
  const [requests, sockets]: [Request[], string[]] = [[], []];
  context.on('request', (request) => requests.push(request));
  const page = await context.newPage();
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await page.goto(`${url}/demo`);
  await settled(page);
  return { page, requests, sockets };
}

/** The launcher stands, the page was scrolled to its end and back, and the network has been quiet for a while. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open chat' }).waitFor();
  for (const key of ['End', 'Home']) await page.keyboard.press(key);
  await page.mouse.wheel(0, 600);
  await page.waitForLoadState('networkidle');
}

/** What every browser adds by itself, the same for everybody with this browser. */
const ofTheBrowser =
  /^(accept|accept-encoding|accept-language|cache-control|connection|host|if-.*|pragma|priority|referer|sec-.*|upgrade-.*|user-agent)$/;

/** By what a browser asks whether its copy is still good. */
async function conditions(request: Request): Promise<[string, string][]> {
  return Object.entries(await request.allHeaders()).filter(([name]) => name.startsWith('if-'));
}

async function bytesOf(request: Request): Promise<{ method: string; url: string; headers: Record<string, string>; body: string | null }> {
  const headers = Object.fromEntries(Object.entries(await request.allHeaders()).filter(([name]) => !ofTheBrowser.test(name)));
  return { method: request.method(), url: request.url(), headers, body: request.postData() };
}
