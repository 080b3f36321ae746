// The byte budgets of docs and design: brotli at quality 11, of what a visitor's browser fetches. JS and CSS together.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { brotliCompressSync, constants } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { build } from 'vite';

const kB = 1000;

describe('the widget as built', () => {
  let folder: string;
  const files = new Map<string, string>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'foyer-size-'));
    // As on the command line: libraries leave their development code out.
    vi.stubEnv('NODE_ENV', 'production');
    await build({ mode: 'widget', configFile: 'vite.config.ts', logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (name.endsWith('.js') || name.endsWith('.css')) files.set(name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8'));
    }
  }, 60_000);
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  const code = (part: string): string => {
    const found = [...files].find(([name]) => name === part || new RegExp(`^widget/${part}-[\\w-]{8}\\.js$`).test(name));
    if (!found) throw new Error(`no ${part} among ${[...files.keys()].join(', ')}`);
    return found[1];
  };
  const size = (...parts: string[]): number =>
    parts.reduce((sum, part) => sum + brotliCompressSync(code(part), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length, 0);

  it('the loader is at most 1.5 kB', () => expect(size('widget.js')).toBeLessThanOrEqual(1.5 * kB));

  it('to type takes at most 28 kB, and is kept at 24.3: loader, UI, CSS and one locale', () =>
    expect(size('widget.js', 'app')).toBeLessThanOrEqual(24.3 * kB));

  it('the first open takes at most 40 kB: the same and the transport', () =>
    expect(size('widget.js', 'app', 'delivery')).toBeLessThanOrEqual(40 * kB));

  it('all that one visitor can pull is at most 65 kB, each further locale at most 2.5 kB', () => {
    const locales = [...files.keys()].map((name) => /^widget\/(\w\w)-[\w-]{8}\.js$/.exec(name)?.[1]).filter((tag) => tag !== undefined);
    for (const tag of locales) expect(size(tag), tag).toBeLessThanOrEqual(2.5 * kB);
    const others = [
      'widget.js',
      'app',
      'delivery',
      'attributes',
      'naming',
      'local-store',
      'read-token',
      'parts',
      'ConversationList',
      'Files',
      'FileAsk',
      'start-flow',
    ];
    const counted = [...others, ...locales];
    const forgotten = [...files.keys()]
      .map((name) => /^widget\/([\w-]+)-[\w-]{8}\.js$/.exec(name)?.[1] ?? name)
      .filter((name) => !counted.includes(name));
    expect(forgotten, 'chunks that count for nothing').toEqual([]);
    expect(size(...others, ...locales.slice(0, 1))).toBeLessThanOrEqual(65 * kB);
  });

  it('nothing but the loader, the app and the transport is needed for the first open', () => {
    const asked = (part: string): string[] => [...code(part).matchAll(/from\s*["'`]\.\/([\w-]+?)-[\w-]{8}\.js/g)].map((match) => match[1]!);
    expect(asked('app')).toEqual([]);
    expect(asked('delivery').filter((name) => name !== 'app')).toEqual([]);
  });

  it('the loader is a classic script which leaves no names behind', () => {
    const loader = code('widget.js');
    expect(() => new Script(loader)).not.toThrow();
    expect(loader).toMatch(/^\(function\s*\(\)\s*\{/);
    expect(loader).not.toMatch(/^\s*(?:var|let|const|function|class)\b/m);
  });

  it('the validator is in none of the chunks', () => {
    for (const [name, text] of files) expect(text, name).not.toMatch(/ZodError|invalid_union|~standard/);
  });
});
