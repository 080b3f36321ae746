// Everything a journey needs: one server and one browser per file, fresh browser contexts per journey, and what people do on
// the two sides, by the names and roles they see.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from '../helpers/chromium.ts';
import type { ChromiumOptions } from '../helpers/chromium.ts';
import { startJourneyServer } from './server.ts';
import type { JourneyServer } from './server.ts';

/** How long anything may take to appear, ms; a slow machine waits, a quick one does not notice. */
export const patienceMs = 10_000;
/** How long after the server's return: by then the wait between two tries may be as long (P10, I7). */
export const healingMs = 30_000;

export interface Stage {
  readonly server: JourneyServer;
  /** A context of its own: another person, another browser. */
  context(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A visitor on the demo page, in a context of their own unless one is given. */
  visitor(options?: { context?: BrowserContext; path?: string } & BrowserContextOptions): Promise<VisitorSide>;
  /** The conversation in which these words were said; waits until they are. */
  conversationWith(text: string, withinMs?: number): Promise<number>;
  /** The first agent, signed in and in the inbox. */
  agent(options?: BrowserContextOptions): Promise<AgentSide>;
}

const owner = { name: 'Mia Berg', email: 'mia@northwind.studio', password: 'correct horse battery' };

export interface JourneyOptions {
  /** Of the server. */
  env?: Record<string, string>;
  browser?: ChromiumOptions;
}

/** Declares journeys on one server; they are skipped, with words, where there is no Chromium. */
export function journeys(title: string, define: (stage: Stage) => void, { env = {}, browser: chromium = {} }: JourneyOptions = {}): void {
  describe.skipIf(chromiumPath() === null)(title, () => {
    let server: JourneyServer;
    let browser: Browser;
    let open: BrowserContext[] = [];
    let cookies: Awaited<ReturnType<BrowserContext['cookies']>> = [];
    let failures: string[] = [];

    beforeAll(async () => {
      cookies = [];
      [server, browser] = await Promise.all([startJourneyServer(env), launchChromium(chromium)]);
    });
    afterAll(async () => {
      await Promise.all([browser?.close(), server?.discard()]);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await keepScreens(open, task.name);
      await Promise.all(open.map((context) => context.close()));
      const seen = failures;
      [open, failures] = [[], []];
      expect(seen, 'errors which nobody caught on the pages').toEqual([]);
    });

    async function context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
      const made = await browser.newContext({
        locale: 'en-GB',
        reducedMotion: 'reduce',
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      made.setDefaultTimeout(patienceMs);
      made.on('weberror', (error) => failures.push(String(error.error().stack)));
      open.push(made);
      return made;
    }

    define({
      get server() {
        return server;
      },
      context,
      async visitor({ context: given, path = '/demo', ...options } = {}) {
        const page = await (given ?? (await context(options))).newPage();
        await page.goto(server.url + path);
        return visitorSide(page);
      },
      async conversationWith(text, withinMs = patienceMs) {
        const find = (): { conversation_id: number }[] => server.rows('select conversation_id from messages where text = ?', text);
        await expect.poll(find, { timeout: withinMs, interval: 50, message: text }).toHaveLength(1);
        return find()[0]?.conversation_id ?? 0;
      },
      async agent(options) {
        const made = await context(options);
        if (cookies.length === 0) cookies = await setUp(server, made);
        await made.addCookies(cookies);
        const page = await made.newPage();
        await page.goto(`${server.inboxUrl}/inbox`);
        await page.getByRole('searchbox', { name: 'Search conversations' }).waitFor();
        return agentSide(page);
      },
    });
  });
}

async function setUp(server: JourneyServer, context: BrowserContext): ReturnType<BrowserContext['cookies']> {
  const token = new URL(server.setupLink).searchParams.get('token');
  const answer = await context.request.post(`${server.url}/api/v1/setup`, { data: { token, ...owner } });
  if (!answer.ok()) throw new Error(`set-up was refused: ${await answer.text()}`);
  return context.cookies();
}

/** A message as it stands on a screen. */
export interface Shown {
  by: 'contact' | 'other';
  text: string;
  /** Not yet acknowledged, or failed. */
  isPending: boolean;
}

export interface VisitorSide {
  page: Page;
  launcher: Locator;
  panel: Locator;
  field: Locator;
  bubbles: Locator;
  openChat(): Promise<void>;
  closeChat(): Promise<void>;
  say(text: string): Promise<void>;
  shown(): Promise<Shown[]>;
  /** Waits for a message with these words. */
  sees(text: string): Promise<void>;
}

export function visitorSide(page: Page): VisitorSide {
  const widget = page.locator('foyer-chat');
  const panel = widget.getByRole('dialog');
  const field = panel.getByRole('textbox', { name: 'Message' });
  const launcher = widget.getByRole('button', { name: /^Open chat/ });
  const bubbles = widget.locator('.rows .bubble');
  return {
    page,
    launcher,
    panel,
    field,
    bubbles,
    async openChat() {
      await launcher.click();
      await field.waitFor();
    },
    async closeChat() {
      await panel.getByRole('button', { name: 'Close chat' }).click();
      await field.waitFor({ state: 'hidden' });
    },
    async say(text) {
      await field.fill(text);
      await field.press('Enter');
    },
    shown: () => page.evaluate(shownInWidget),
    sees: (text) => bubbles.filter({ hasText: text }).first().waitFor(),
  };
}

export interface AgentSide {
  page: Page;
  rows: Locator;
  field: Locator;
  bubbles: Locator;
  card: Locator;
  row(conversation: number): Locator;
  /** Opens a conversation by its row. */
  open(conversation: number): Promise<void>;
  reply(text: string): Promise<void>;
  shown(): Promise<Shown[]>;
  sees(text: string): Promise<void>;
}

function agentSide(page: Page): AgentSide {
  const rows = page.locator('[data-row]');
  const field = page.locator('.composer').getByRole('textbox');
  const bubbles = page.locator('.messages .bubble');
  return {
    page,
    rows,
    field,
    bubbles,
    card: page.getByRole('complementary', { name: 'Contact' }),
    row: (conversation) => page.locator(`[data-row="${conversation}"]`),
    async open(conversation) {
      await page.locator(`[data-row="${conversation}"]`).click();
      await field.waitFor();
    },
    async reply(text) {
      await field.fill(text);
      await field.press('Enter');
    },
    shown: () => page.evaluate(shownInInbox),
    sees: (text) => bubbles.filter({ hasText: text }).first().waitFor(),
  };
}

// These two run in the page.
function shownInWidget(): Shown[] {
  const lines = document.querySelector('foyer-chat')?.shadowRoot?.querySelectorAll('.rows .line') ?? [];
  return [...lines].map((line) => ({
    by: line.closest('.group.mine') ? 'contact' : 'other',
    text: line.querySelector('.bubble')?.textContent ?? '',
    isPending: line.matches('.pending, .failed'),
  }));
}

function shownInInbox(): Shown[] {
  return [...document.querySelectorAll('.messages .message')].map((message) => ({
    by: message.classList.contains('by-contact') ? 'contact' : 'other',
    text: message.querySelector('.bubble')?.textContent ?? '',
    isPending: message.classList.contains('is-outgoing'),
  }));
}

const pictures = join(import.meta.dirname, '..', '..', '.tmp', 'journeys');

/** What stood on every screen when a journey failed: `.tmp/journeys/failed/`. */
async function keepScreens(contexts: readonly BrowserContext[], title: string): Promise<void> {
  const name = title.replace(/[^a-z0-9]+/gi, '-').slice(0, 60);
  const pages = contexts.flatMap((context) => context.pages());
  await Promise.all(pages.map((page, i) => page.screenshot({ path: join(pictures, 'failed', `${name}-${i}.png`) }).catch(() => {})));
}

/** For eyes: `.tmp/journeys/NAME.png`. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}

/** Polls until the two agree; the difference is what fails. */
export async function eventually(look: () => unknown, expected: unknown, why = '', withinMs = patienceMs): Promise<void> {
  await expect.poll(look, { timeout: withinMs, interval: 50, message: why }).toEqual(expected);
}

/** Until both show the same. Each is looked at anew every time: what one of them showed a moment ago may not have been settled yet. */
export async function agree<Seen>(looks: readonly [() => Promise<Seen>, () => Promise<Seen>]): Promise<void> {
  const difference = async (): Promise<Seen[]> => {
    const seen = await Promise.all(looks.map((look) => look()));
    return isDeepStrictEqual(seen[0], seen[1]) ? [] : seen;
  };
  await eventually(difference, []);
}
