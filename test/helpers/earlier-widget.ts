// The widget as an earlier commit builds it, from this checkout's history and with its packages of today.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The last release's tag, once there is one; until then a commit before the widget's latest changes. */
export function earlierCommit(): string | null {
  const git = (...args: string[]): string | null => {
    const done = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
    return done.status === 0 && done.stdout.trim() !== '' ? done.stdout.trim() : null;
  };
  const commit = git('describe', '--tags', '--abbrev=0', '--match', 'v*', 'HEAD^') ?? '652b1f8';
  return git('rev-parse', '--verify', '--quiet', `${commit}^{commit}`);
}

/** @returns the folder its `widget.js` lies in; built once for each commit */
export function buildEarlierWidget(commit: string): string {
  const folder = join(root, '.tmp', 'earlier-widget', commit.slice(0, 12));
  const built = join(folder, 'dist', 'widget');
  if (existsSync(join(built, 'widget.js'))) return built;
  const part = `${folder}.${process.pid}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const run = (command: string, args: string[], input?: Buffer): Buffer => {
    const done = spawnSync(command, args, {
      cwd: input ? part : root,
      input,
      maxBuffer: 2 ** 28,
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr.toString()}`);
    return done.stdout;
  };
  run('tar', ['-x'], run('git', ['archive', commit, 'widget', 'shared', 'vite.config.ts', 'package.json', 'tsconfig.json']));
  symlinkSync(join(root, 'node_modules'), join(part, 'node_modules'));
  run(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--mode', 'widget'], Buffer.alloc(0));
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
  return built;
}
