// Builds widget, inbox and server into dist/, puts the demo page beside them and compresses what browsers fetch.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from './setup.mjs';

const sources = ['shared', 'server', 'widget', 'inbox', 'scripts/build.mjs', 'vite.config.ts', 'package.json', 'package-lock.json'];
const stamp = join(root, 'dist', '.built');
const compressible = /\.(js|css|html|svg|json|txt|map)$/;

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => files(join(path, name)));
}

/** The newest change among the sources; a folder's own time tells of a file that was removed. */
function newestSource() {
  const times = (path) => {
    const stat = statSync(path);
    return stat.isDirectory() ? [stat.mtimeMs, ...readdirSync(path).flatMap((name) => times(join(path, name)))] : [stat.mtimeMs];
  };
  return Math.max(...sources.filter((name) => existsSync(join(root, name))).flatMap((name) => times(join(root, name))));
}

export const isBuilt = () => existsSync(stamp) && statSync(stamp).mtimeMs >= newestSource();

function compress(folder) {
  for (const file of files(folder)) {
    if (!compressible.test(file) || statSync(file).size < 500) continue;
    const body = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }));
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
    );
  }
}

export function build({ quiet = false } = {}) {
  const startedAt = new Date();
  for (const mode of ['widget', 'inbox', 'server']) {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const done = spawnSync(process.execPath, [vite, 'build', '--mode', mode], {
      cwd: root,
      encoding: 'utf8',
      stdio: quiet ? 'pipe' : 'inherit',
      // A test runner's own NODE_ENV would leave a development build in dist/.
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (done.status === 0) continue;
    if (quiet) process.stderr.write(`${done.stdout}${done.stderr}`);
    throw new Error(`vite build --mode ${mode} failed`);
  }
  cpSync(join(root, 'server', 'http', 'demo'), join(root, 'dist', 'demo'), { recursive: true });
  for (const name of ['widget', 'inbox', 'demo']) compress(join(root, 'dist', name));
  writeFileSync(stamp, '');
  // The stamp bears the time of the start: what was saved during the build is built next time.
  utimesSync(stamp, startedAt, startedAt);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    if (!process.argv.includes('--if-stale') || !isBuilt()) build();
  } catch (error) {
    process.stderr.write(`build: ${error.message}\n`);
    process.exit(1);
  }
}
