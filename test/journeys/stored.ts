// What a browser has stored, whichever way, and what docs/privacy.md says that it may.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** `cookie foyer_app_…`, `IndexedDB foyer_app_…`: everything that outlives the page, sorted. */
export async function storedIn(page: Page): Promise<string[]> {
  const cookies = (await page.context().cookies()).map(({ name }) => `cookie ${name}`);
  return [...cookies, ...(await page.evaluate(storedInPage))].toSorted();
}

// Runs in the page. Names that no policy of a browser blocks.
async function storedInPage(): Promise<string[]> {
  const named = (where: string, names: Iterable<string | undefined>): string[] => [...names].map((name) => `${where} ${name}`);
  const files: string[] = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
  return [
    ...named('localStorage', Object.keys(localStorage)),
    ...named('sessionStorage', Object.keys(sessionStorage)),
    ...named(
      'IndexedDB',
      (await indexedDB.databases()).map(({ name }) => name),
    ),
    ...named('Cache Storage', await caches.keys()),
    ...named(
      'service worker',
      (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
    ),
    ...named('file', files),
    ...named(
      'window.name',
      [window.name].filter((name) => name !== ''),
    ),
    ...named('history.state', history.state === null ? [] : [JSON.stringify(history.state)]),
  ];
}

/** The rows of the page's table whose third column is one of these. */
export function documented(appId: string, ...when: string[]): string[] {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'privacy.md'), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `foyer_'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  if (rows.length !== 4) throw new Error(`docs/privacy.md lists ${rows.length} keys`);
  return rows
    .filter(([, , , listed = '']) => when.includes(listed))
    .map(([, key = '', where = '']) => `${where} ${key.replaceAll('`', '').replace('<app id>', appId)}`)
    .toSorted();
}
