// Pages live on through upgrades and then ask for parts of the build they came with; so each build is kept with the data, where later
// versions and, during a rolling restart, the other nodes find it.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isHashedName, readAsset } from './assets.ts';
import type { Asset, Assets } from './assets.ts';

/** A widget's page may be open for days, an inbox for weeks. */
const keptBuilds = 6;
const parts = ['widget', 'inbox'] as const;

const namesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/')) : [];

const withoutCoding = (name: string): string => name.replace(/\.(?:br|gz)$/, '');

/**
 * Copies what has a hash in its name to `root`, and removes what is older than the last six builds.
 * @param built where widget and inbox were built to
 */
export function keepBuild(built: Record<(typeof parts)[number], string>, root: string): void {
  const files = parts.flatMap((part) =>
    namesIn(built[part])
      .filter((name) => isHashedName(withoutCoding(name)))
      .map((name) => ({ from: join(built[part], name), to: `${part}/${name}` })),
  );
  if (files.length === 0) return;
  const list = files.map(({ to }) => to).toSorted();
  const id = createHash('sha256').update(list.join('\n')).digest('hex').slice(0, 16);
  const own = join(root, id);
  if (!existsSync(own)) {
    const part = `${own}.${process.pid}.part`;
    for (const { from, to } of files) {
      mkdirSync(join(part, dirname(to)), { recursive: true, mode: 0o700 });
      // With its time: a compressed copy older than its file counts for nothing.
      cpSync(from, join(part, to), { preserveTimestamps: true });
    }
    try {
      renameSync(part, own);
    } catch (error) {
      rmSync(part, { recursive: true, force: true });
      // Another node of this build was quicker.
      if (!existsSync(own)) throw error;
    }
  }
  // The order of use is what tells which ones may go.
  utimesSync(own, new Date(), new Date());
  for (const old of buildsIn(root).slice(keptBuilds)) rmSync(join(root, old), { recursive: true, force: true });
}

/** The latest first. */
function buildsIn(root: string): string[] {
  const builds = existsSync(root) ? readdirSync(root).filter((name) => /^[0-9a-f]{16}$/.test(name)) : [];
  const times = new Map(builds.map((name) => [name, statSync(join(root, name), { throwIfNoEntry: false })?.mtimeMs ?? 0]));
  return builds.toSorted((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0));
}

/** `assets`, and behind them the files of other builds by their hashed names. */
export function withEarlierBuilds(assets: Assets, root: string): Assets {
  const known = new Map<string, Asset>();
  let files = new Map<string, string>();
  let lookedAt = Number.NEGATIVE_INFINITY;

  /** By names found on disk, so that no path can lead elsewhere; anew at most every second, for builds that come while it runs. */
  function look(): void {
    if (performance.now() - lookedAt < 1000) return;
    lookedAt = performance.now();
    files = new Map(
      buildsIn(root)
        .toReversed()
        .flatMap((id) => namesIn(join(root, id)).map((name) => [name, join(root, id, name)] as const)),
    );
  }

  return {
    find(folder, path) {
      const current = assets.find(folder, path);
      if (current || !isHashedName(path)) return current;
      const name = `${folder}/${path}`;
      const kept = known.get(name);
      if (kept) return kept;
      look();
      const file = files.get(name);
      const stat = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
      if (file === undefined || !stat?.isFile()) return null;
      const asset = readAsset(file, stat.mtimeMs);
      known.set(name, asset);
      return asset;
    },
  };
}
