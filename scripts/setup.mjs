// Makes a fresh clone ready: Node's version, npm packages, the compiled database driver and, with --chromium, a browser.
// Plain Node, because it runs before there is any package. Says only what it does; where nothing is missing, nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const chromiumPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const lockDir = join(root, '.tmp', 'setup.lock');

const say = (text) => process.stderr.write(`setup: ${text}\n`);

class SetupError extends Error {}

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });
}

const found = (command) => run(command, ['--version'], { stdio: 'ignore' }).status === 0;

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(
    `Foyer needs Node 20.19 or newer; this is ${process.version} (${process.execPath}).\n` +
      'Install a newer one from your distribution, https://nodejs.org or a version manager, then run the command again.',
  );
}

/** Names the packages of the lock file which are not installed in the locked version; null where nothing is installed. */
function stalePackages() {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return null;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  // Optional ones are for other platforms more often than not.
  return Object.keys(locked).filter(
    (path) => path !== '' && !locked[path].optional && !locked[path].peer && installed[path]?.version !== locked[path].version,
  );
}

function installPackages() {
  const stale = stalePackages();
  if (stale?.length === 0) return;
  say(stale ? `updating ${stale.length} packages to package-lock.json` : 'installing packages');
  // `npm ci` starts from nothing, which would compile the database driver again for every small update.
  // Scripts are left out: the one that is needed is run by prepareDriver, which can say what went wrong.
  const args = [...(stale ? ['install', '--no-save'] : ['ci']), '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = run('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (done.status !== 0) throw new SetupError('npm could not install the packages; its words stand above. Is the npm registry reachable?');
}

function driverLoads() {
  const code =
    "const D = require('better-sqlite3'); const d = new D(':memory:'); if (d.prepare('select 1 as one').get().one !== 1) process.exit(3);";
  return run(process.execPath, ['-e', code], { stdio: 'ignore' }).status === 0;
}

/** Where this Node's own headers lie, so that node-gyp need not download them. */
function nodeHeaders() {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  const file = join(prefix, 'include', 'node', 'node_version.h');
  if (!existsSync(file)) return null;
  const major = /#define NODE_MAJOR_VERSION (\d+)/.exec(readFileSync(file, 'utf8'))?.[1];
  return major === process.versions.node.split('.')[0] ? prefix : null;
}

/** Installs Debian packages as root or through sudo, or says which command would. */
function aptInstall(packages, why) {
  const isRoot = process.getuid?.() === 0;
  const command = `apt-get install -y ${packages.join(' ')}`;
  const canSudo = !isRoot && run('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  if (!found('apt-get') || !(isRoot || canSudo)) throw new SetupError(`${why}. Install them and run the command again:\n  sudo ${command}`);
  say(`${why}; installing them (${command})`);
  const apt = (args) => {
    const words = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    const [first, ...rest] = isRoot ? words : ['sudo', '-n', ...words];
    return run(first, rest, { stdio: ['ignore', 'ignore', 'inherit'] }).status;
  };
  apt(['update']);
  if (apt(['install', '-y', '--no-install-recommends', ...packages]) !== 0)
    throw new SetupError(`apt-get could not install them. By hand:\n  ${isRoot ? '' : 'sudo '}${command}`);
}

function prepareDriver() {
  if (driverLoads()) return;
  const folder = join(root, 'node_modules', 'better-sqlite3');
  const prebuilt = run(process.execPath, [join(root, 'node_modules', 'prebuild-install', 'bin.js')], {
    cwd: folder,
    stdio: 'ignore',
    timeout: 60_000,
  });
  if (prebuilt.status === 0 && driverLoads()) return say('fetched the prebuilt database driver');

  say('no prebuilt database driver (better-sqlite3) is reachable or fits; compiling it, about a minute');
  const missing = [
    ['g++', 'g++'],
    ['make', 'make'],
    ['python3', 'python3'],
  ]
    .filter(([command]) => !found(command))
    .map(([, name]) => name);
  if (missing.length > 0)
    aptInstall(missing, `Compiling needs ${missing.join(', ')}, which ${missing.length === 1 ? 'is' : 'are'} missing`);
  const headers = nodeHeaders();
  if (!headers) say('this Node came without its headers (include/node); node-gyp will try to download them');
  const done = run('npm', ['rebuild', 'better-sqlite3', '--ignore-scripts=false', '--loglevel=error'], {
    env: { ...process.env, npm_config_build_from_source: 'better-sqlite3', ...(headers && { npm_config_nodedir: headers }) },
  });
  if (driverLoads()) return say('the database driver is compiled and loads');
  const words = `${done.stdout}\n${done.stderr}`.trim().split('\n').slice(-30).join('\n');
  throw new SetupError(
    `better-sqlite3 could not be compiled or does not load:\n${words}\nIt needs g++ 10+, make, python3 and Node's headers (Debian: libnode-dev).`,
  );
}

/** The browser for the journeys; CHROME_PATH names another. */
export function findChromium() {
  return [process.env.CHROME_PATH, ...chromiumPaths].find((path) => path && existsSync(path)) ?? null;
}

function prepareChromium() {
  if (!findChromium()) aptInstall(['chromium'], 'The browser journeys need Chromium, which is missing');
}

/** Keeps two set-ups in one checkout apart; a lock older than ten minutes is of a run that died. */
function locked(work) {
  mkdirSync(dirname(lockDir), { recursive: true });
  const deadline = Date.now() + 600_000;
  for (;;) {
    try {
      mkdirSync(lockDir);
      break;
    } catch {
      const age = existsSync(lockDir) ? Date.now() - statSync(lockDir).mtimeMs : 0;
      if (age > 600_000 || Date.now() > deadline) rmSync(lockDir, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
  try {
    work();
  } finally {
    rmSync(lockDir, { recursive: true, force: true });
  }
}

export function setup({ chromium = false } = {}) {
  checkNode();
  const isReady = stalePackages()?.length === 0 && driverLoads();
  if (!isReady) {
    locked(() => {
      installPackages();
      prepareDriver();
    });
  }
  if (chromium) prepareChromium();
}

/** Runs `work`; what a person can mend is printed as words, without a stack. */
export function guarded(work) {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) guarded(() => setup({ chromium: process.argv.includes('--chromium') }));
