// What a page asks for that was loaded before an upgrade, or from a node that was upgraded already.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readAssets } from '../../../server/http/assets.ts';
import { keepBuild, withEarlierBuilds } from '../../../server/http/earlier-builds.ts';

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-builds-'));
  root = join(folder, 'data', 'builds');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A build of this name as the build leaves it. */
function build(name: string, app: string): { widget: string; inbox: string; demo: string } {
  const files: Record<string, string> = {
    'widget/widget.js': `loads ${app}`,
    [`widget/widget/${app}`]: `app of ${name}`,
    [`widget/widget/${app}.br`]: 'shorter',
    'inbox/index.html': name,
    [`inbox/assets/Reports-${name.padEnd(8, '0')}.js`]: `reports of ${name}`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return { widget: join(folder, name, 'widget'), inbox: join(folder, name, 'inbox'), demo: join(folder, name, 'demo') };
}

const text = (asset: { body: Buffer } | null): string | undefined => asset?.body.toString();

it('an upgraded server has the former build’s parts, and its own under every name they share', () => {
  keepBuild(build('old', 'app-AAAAAAA1.js'), root);
  const now = build('new', 'app-BBBBBBB2.js');
  keepBuild(now, root);
  const assets = withEarlierBuilds(readAssets(now), root);
  expect(text(assets.find('widget', 'widget/app-AAAAAAA1.js'))).toBe('app of old');
  expect(assets.find('widget', 'widget/app-AAAAAAA1.js')).toMatchObject({ isHashed: true, br: Buffer.from('shorter') });
  expect(text(assets.find('inbox', 'assets/Reports-old00000.js'))).toBe('reports of old');
  expect(text(assets.find('widget', 'widget/app-BBBBBBB2.js'))).toBe('app of new');
  expect(text(assets.find('widget', 'widget.js'))).toBe('loads app-BBBBBBB2.js');
  expect(text(assets.find('inbox', 'index.html'))).toBe('new');
});

it('a node that is not upgraded yet has the parts of those that are, once it is asked for them', () => {
  const old = build('old', 'app-AAAAAAA1.js');
  keepBuild(old, root);
  const assets = withEarlierBuilds(readAssets(old), root);
  keepBuild(build('new', 'app-BBBBBBB2.js'), root);
  expect(text(assets.find('widget', 'widget/app-BBBBBBB2.js'))).toBe('app of new');
});

it('of nine builds the last six are left, by when they last ran', () => {
  for (let i = 1; i <= 9; i++) {
    keepBuild(build(`b${i}`, `app-0000000${i}.js`), root);
    // Two starts within one tick of the file system's clock would have no order.
    for (const id of readdirSync(root))
      if (existsSync(join(root, id, 'widget/widget', `app-0000000${i}.js`))) utimesSync(join(root, id), i, i);
  }
  const assets = withEarlierBuilds(readAssets(build('b9', 'app-00000009.js')), root);
  const left = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((i) => assets.find('widget', `widget/app-0000000${i}.js`) !== null);
  expect(left).toEqual([4, 5, 6, 7, 8, 9]);
});

it('a name leads to no other file, whatever it says', () => {
  keepBuild(build('old', 'app-AAAAAAA1.js'), root);
  writeFileSync(join(folder, 'data', 'secret-AAAAAAA1.js'), 'key');
  symlinkSync(folder, join(root, 'f'.repeat(15)));
  const assets = withEarlierBuilds(readAssets(build('new', 'app-BBBBBBB2.js')), root);
  for (const path of [
    '../../secret-AAAAAAA1.js',
    '../../../secret-AAAAAAA1.js',
    'widget/../../../secret-AAAAAAA1.js',
    'widget.js.br',
    'index.html',
  ])
    expect(assets.find('widget', path), path).toBe(null);
});
