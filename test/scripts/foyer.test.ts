import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
let checkout: string;
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'foyer-bin-'));
  cpSync(join(root, 'scripts/foyer.mjs'), join(checkout, 'scripts/foyer.mjs'));
  cpSync(join(root, 'package.json'), join(checkout, 'package.json'));
});
afterEach(() => rmSync(checkout, { recursive: true, force: true }));

describe('the program foyer', () => {
  it('is what package.json names, and may be run', () => {
    const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: { foyer: string } };
    expect(bin.foyer).toBe('scripts/foyer.mjs');
    expect(readFileSync(join(root, bin.foyer), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('runs the built server with its arguments, from wherever it is called', () => {
    mkdirSync(join(checkout, 'dist/server'), { recursive: true });
    writeFileSync(join(checkout, 'dist/server/main.js'), 'console.log(process.cwd(), ...process.argv.slice(2)); process.exitCode = 2;');
    const done = spawnSync(process.execPath, [join(checkout, 'scripts/foyer.mjs'), 'secret', 'show'], { cwd: '/', encoding: 'utf8' });
    expect(done).toMatchObject({ stdout: '/ secret show\n', status: 2 });
  });

  it('in a checkout that is not built it says what to run', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(checkout, 'scripts/foyer.mjs')], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('npm run build')]);
  });
});
