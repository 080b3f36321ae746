import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  importMistakes,
  importsOf,
  longFiles,
  packageOf,
  rawHtmlMistakes,
  shippedPackages,
  widgetPackages,
} from './helpers/import-rule.ts';
import { styleMistakes } from './helpers/style-rule.ts';

const root = join(import.meta.dirname, '..');

function read(folder: string): [string, string][] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')]);
}

const sources = new Map(['shared', 'server', 'widget', 'inbox'].flatMap(read));
const sheets = new Map(
  readdirSync(join(root, 'widget/styles')).map((name) => [name, readFileSync(join(root, 'widget/styles', name), 'utf8')]),
);
const planted = (files: Record<string, string>): Map<string, string> => new Map(Object.entries(files));

describe('the sources keep the rules of the house', () => {
  it('there is something to look at in each folder', () => {
    const folders = new Set([...sources.keys()].map((path) => path.split('/')[0]));
    expect(folders).toEqual(new Set(['shared', 'server', 'widget', 'inbox']));
  });

  it('every import goes the way the house allows', () => {
    expect(importMistakes(sources)).toEqual([]);
  });

  it('the widget ships preact, signals and socket.io-client, and nothing else through any chain of imports', () => {
    const foreign = [...shippedPackages(sources)].filter(([name]) => !widgetPackages.includes(name));
    expect(foreign).toEqual([]);
  });

  it('no text reaches the page as markup', () => {
    expect(rawHtmlMistakes(sources)).toEqual([]);
  });

  it('no class of the widget looks different once another sheet has come', () => {
    expect(sheets.size).toBeGreaterThan(5);
    expect(styleMistakes(sheets, ['left', 'right', 'dark'])).toEqual([]);
  });

  it('no file is longer than 350 lines, word lists aside', () => {
    const code = new Map([...sources].filter(([path]) => !path.startsWith('shared/extract/lexicon/')));
    expect(longFiles(code, 350)).toEqual([]);
  });
});

describe('the checker sees what it is there for', () => {
  it('tells an erased import from one that stays', () => {
    const source = [
      "import type { A } from 'a';",
      "import { type B } from 'b';",
      "export type { C } from 'c';",
      "export * from 'd';",
      "import 'e';",
      "const f = () => import('f');",
      "type G = import('g').G;",
    ].join('\n');
    expect(
      importsOf('x.ts', source)
        .filter((i) => !i.isType)
        .map((i) => i.specifier),
    ).toEqual(['b', 'e', 'd', 'f']);
  });

  it('names a package by its name and scope', () => {
    expect(['preact/hooks', '@preact/signals/x', 'node:fs'].map(packageOf)).toEqual(['preact', '@preact/signals', 'node:fs']);
  });

  it.each([
    ['shared imports a server file', 'shared/a.ts', "import { b } from '../server/b.ts';"],
    ['shared imports node', 'shared/a.ts', "import { readFileSync } from 'node:fs';"],
    ['the validator outside its places', 'shared/contact.ts', "import { z } from 'zod';"],
    ['phone numbers outside extract', 'shared/bot/a.ts', "import { parse } from 'libphonenumber-js/max';"],
    ['the widget imports the inbox', 'widget/a.ts', "import { b } from '../inbox/b.ts';"],
    ['the inbox imports the server', 'inbox/deep/a.tsx', "export { b } from '../../server/b.ts';"],
    ['the server imports the widget, later', 'server/a.ts', "const b = () => import('../widget/b.ts');"],
    ['a driver outside open.ts', 'server/actions/a.ts', "import pg from 'pg';"],
    ['redis outside the adapter', 'server/realtime/serve.ts', "import { createAdapter } from '@socket.io/redis-streams-adapter';"],
    ['the store imports an action', 'server/store/a.ts', "import { b } from '../actions/b.ts';"],
    ['words import an action', 'server/locales/a.ts', "import { b } from '../actions/b.ts';"],
    ['an action imports the http side', 'server/actions/a.ts', "import { b } from '../http/b.ts';"],
    ['http imports realtime', 'server/http/a.ts', "import { b } from '../realtime/b.ts';"],
    ['a layer imports the app', 'server/http/a.ts', "import { createApp } from '../app.ts';"],
    ['an import that nobody can follow', 'widget/a.ts', 'const b = (name: string) => import(`./${name}.ts`);'],
    ['node in the browser', 'inbox/a.ts', "import 'node:crypto';"],
  ])('%s', (_, path, source) => {
    expect(importMistakes(planted({ [path]: source }))).toHaveLength(1);
  });

  it.each([
    ['a type import across apps', 'widget/a.ts', "import type { B } from '../server/b.ts';"],
    ['the validator in the protocol', 'shared/protocol.ts', "import { z } from 'zod';"],
    ['http uses actions, store and auth', 'server/http/a.ts', "import '../actions/b.ts'; import '../store/c.ts'; import '../auth.ts';"],
    ['the driver in open.ts', 'server/store/open.ts', "import Database from 'better-sqlite3';"],
  ])('%s is allowed', (_, path, source) => {
    expect(importMistakes(planted({ [path]: source }))).toEqual([]);
  });

  it('a validator that the widget reaches through shared/ is found, with the way', () => {
    const files = planted({
      'widget/loader.ts': "import './state.ts';",
      'widget/state.ts': "import { x } from '../shared/protocol.ts'; import type { y } from '../shared/api.ts';",
      'shared/protocol.ts': "import { z } from 'zod';",
      'shared/api.ts': "import { z } from 'never';",
    });
    expect(shippedPackages(files)).toEqual(new Map([['zod', 'widget/state.ts → shared/protocol.ts → zod']]));
  });

  it('markup from text is found, its mention in a comment is not', () => {
    const files = planted({ 'widget/a.tsx': '// no innerHTML here\nnode.innerHTML = text;', 'server/b.ts': 'x.innerHTML = 1' });
    expect(rawHtmlMistakes(files)).toEqual(['widget/a.tsx:2: node.innerHTML = text;']);
  });

  it('a class is found that two sheets style, and what stands for the whole widget where a sheet styles it', () => {
    const planted = new Map([
      ['list.css', '.count,\n.tag { color: red }\n.left .tag { margin: 0 }'],
      ['parts.css', '@media (width < 1px) { .count:hover { color: blue } }\n.mine .tag { margin: 0 }\n.left { text-align: end }'],
    ]);
    expect(styleMistakes(planted, ['left'])).toEqual(['count: list.css, parts.css', 'left: parts.css']);
  });

  it('a long file is named with its length', () => {
    expect(longFiles(planted({ 'shared/a.ts': 'x\n'.repeat(351), 'shared/b.ts': 'x\n'.repeat(350) }), 350)).toEqual([
      'shared/a.ts: 351 lines',
    ]);
  });
});
