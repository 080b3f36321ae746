import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from '../helpers/chromium.ts';
import { runServer } from '../helpers/process.ts';
import type { ServerProcess } from '../helpers/process.ts';

describe.skipIf(chromiumPath() === null)('the demo page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-demo-'));
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  /** Whatever the page or its policy complained about. */
  const complaints: string[] = [];

  beforeAll(async () => {
    server = runServer(['--port', '0', '--data-dir', folder]);
    await server.printed('Snippet');
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterAll(async () => {
    await browser?.close();
    server?.child.kill('SIGKILL');
    await server?.exited;
    rmSync(folder, { recursive: true, force: true });
  });

  const logged = (text: string | RegExp) => page.locator('#log li', { hasText: text });
  const stored = () =>
    page.evaluate(async () => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookie: document.cookie,
      databases: (await indexedDB.databases()).length,
    }));

  it('[M1] an anonymous visit stores nothing on the device', async () => {
    await page.goto(`${server.url}/demo`);
    await logged('ready').waitFor();
    expect(await stored()).toEqual({ local: {}, session: {}, cookie: '', databases: 0 });
  });

  it('the quote form sends a first chat message, and the email in it makes a lead', async () => {
    await page.getByLabel('Name').fill('Ines Duarte');
    await page.getByLabel('Email').fill('ines.duarte@example.org');
    await page.getByLabel('What should it light?').fill('A stairwell of six metres');
    await page.getByRole('button', { name: 'Send as a chat message' }).click();
    await logged('message:sent').waitFor();
    await logged('lead:captured').or(logged('email:captured')).first().waitFor();
  });

  it('[M6] signing in as a sample account makes that visitor a verified user', async () => {
    await page.getByRole('button', { name: 'Ada' }).click();
    await logged(/identity:changed.*"type":"user".*"verified":true/).waitFor();
    expect(await page.locator('#who-name').textContent()).toBe('Ada Holm');
    expect(await page.locator('#log').textContent()).not.toMatch(/user_hash":"[0-9a-f]{12}/);
  });

  it('[M16] signing out leaves an anonymous visitor, and nothing on the device', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await logged(/^[\d:]+shutdown \{/).waitFor();
    await page.getByRole('button', { name: 'Tomás' }).waitFor();
    await expect.poll(stored).toMatchObject({ local: {}, session: {}, cookie: '' });
  });

  it('the other account is proved by a JWT', async () => {
    await page.getByRole('button', { name: 'Tomás' }).click();
    await expect.poll(() => logged(/identity:changed.*"type":"user".*"verified":true/).count()).toBe(2);
  });

  it('all of it ran under a policy without inline code, and nobody complained', () => {
    expect(complaints).toEqual([]);
  });
});
