import { execFileSync, spawnSync } from 'node:child_process';
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

const run = (...files: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'scripts/extract.ts', ...files], { cwd: root, encoding: 'utf8' });

it('a heading before the first conversation is skipped with a warning', () => {
  const headed = file('headed.jsonl', [
    { license: 'CC0 1.0', about: 'a sample' },
    { id: 'a', turns: [{ role: 'visitor', text: 'my name is Dana' }] },
  ]);
  const { status, stdout, stderr } = run(headed);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ id: 'a', email: null, name: 'Dana', phone: null });
  expect(stderr).toContain(`${headed}:1: no conversation`);
}, 20_000);

it('the sample in this folder is predicted in full', () => {
  const { status, stdout } = run('test/shared/extract/sample.jsonl');
  expect(status).toBe(0);
  expect(stdout.trim().split('\n').length).toBeGreaterThan(60);
}, 20_000);

it.each([
  ['no JSON', 'nonsense {', 'not JSON'],
  ['no record after the first', '{"license":"late"}', 'not a benchmark record'],
])(
  'a line that is %s is named with its file and place, and the exit code is 2',
  (_, line, said) => {
    const path = join(folder, `bad-${said.length}.jsonl`);
    writeFileSync(path, `${JSON.stringify({ id: 'a', turns: [] })}\n${line}\n`);
    const { status, stdout, stderr } = run(path);
    expect(status).toBe(2);
    expect(stderr).toContain(`${path}:2: ${said}`);
    expect(stdout).toBe('');
  },
  20_000,
);
