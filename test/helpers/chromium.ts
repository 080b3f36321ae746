// A real browser for the journeys: Debian's Chromium, driven by playwright-core.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, LaunchOptions } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** The browser's path (CHROME_PATH first), or null; in CI its absence is an error, because a skipped journey proves nothing. */
export function chromiumPath(): string | null {
  const path = [process.env.CHROME_PATH, ...places].find((place) => place !== undefined && place !== '' && existsSync(place));
  if (path) return path;
  const words = 'No Chromium found: npm run journeys installs it, or name one in CHROME_PATH.';
  if (process.env.CI) throw new Error(words);
  process.stderr.write(`${words} The browser tests of this run are skipped.\n`);
  return null;
}

export interface ChromiumOptions {
  args?: readonly string[];
  /** Of playwright's own arguments, those which are not to be given. */
  without?: readonly string[];
}

/** Starts without a sandbox only as root, where Chromium's own does not work, and without its calls to the outside. */
function launchOptions({ args = [], without = [] }: ChromiumOptions): LaunchOptions {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error('a Chromium was asked for although chromiumPath() found none; skip the test instead.');
  return {
    executablePath,
    ignoreDefaultArgs: [...without],
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  };
}

export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  return chromium.launch(launchOptions(options));
}

/** With a profile in this folder, as its owner left it. */
export async function launchProfile(folder: string, options: ChromiumOptions & BrowserContextOptions = {}): Promise<BrowserContext> {
  const { args, without, ...context } = options;
  return chromium.launchPersistentContext(folder, { ...launchOptions({ args, without }), ...context });
}
