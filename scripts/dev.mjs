// Development: the server restarts on every change; the widget is rebuilt, the inbox has vite's own server on port 5173.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, isBuilt } from './build.mjs';
import { guarded, root, setup } from './setup.mjs';

guarded(() => setup());
// The server serves the built widget and inbox until the watchers have made newer ones.
if (!isBuilt()) build({ quiet: true });

const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const children = [
  [
    '--watch',
    '--watch-path=server',
    '--watch-path=shared',
    '--watch-preserve-output',
    '--import',
    'tsx',
    'server/main.ts',
    ...process.argv.slice(2),
  ],
  [vite, 'build', '--mode', 'widget', '--watch', '--no-clearScreen'],
  [vite, '--config', 'vite.config.ts', '--mode', 'inbox'],
].map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }));

const stop = () => children.forEach((child) => child.kill('SIGTERM'));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
for (const child of children) {
  child.on('exit', (code) => {
    stop();
    process.exitCode ||= code ?? 0;
  });
}
