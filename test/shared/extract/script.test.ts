import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'extract-'));

function file(name: string, records: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, records.map((r) => JSON.stringify(r)).join('\n'));
  return path;
}

it('`npm run extract` predicts for every record of every file, whatever else they hold, and looks at no expectation', () => {
  const turns = [{ role: 'visitor', text: 'my name is Dana Whitlock', at: 5, by: { id: 1 } }];
  const files = [
    file('one.jsonl', [
      { id: 'a', turns, lang: 'en', expect: { email: 'other@x.org', name: 'Other', phone: null }, extra: [{ deep: true }] },
    ]),
    file('two.jsonl', [
      { id: 'b', turns: [{ role: 'visitor', text: 'dana@brambleworks.io' }], expect: 'nonsense' },
      { id: 'c', turns: [] },
    ]),
  ];
  const out = execFileSync(process.execPath, ['--import', 'tsx', 'scripts/extract.ts', ...files], { cwd: root, encoding: 'utf8' });
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { id: 'a', email: null, name: 'Dana Whitlock', phone: null },
    { id: 'b', email: 'dana@brambleworks.io', name: null, phone: null },
    { id: 'c', email: null, name: null, phone: null },
  ]);
}, 20_000);
