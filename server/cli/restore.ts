// A backup put into a data directory or a PostgreSQL database, as a history of its own.
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { eraseContact } from '../actions/contact/erase-contact.ts';
import type { Config } from '../config.ts';
import { pathOfFile } from '../files.ts';
import { readSecretKey } from '../secret-key.ts';
import { refuseOthers } from '../store/move.ts';
import { holdDirectory } from '../store/open.ts';
import type { OpenOptions } from '../store/open.ts';
import { applySince, dropAll, fill, holds, readSince } from '../store/refill.ts';
import type { Filling, Since } from '../store/refill.ts';
import { openStoreBeside } from '../store/store.ts';
import { checkBackup, copyDurably, filesIn, keyIn, readFileList, readTable, syncFolder } from './backup-folder.ts';
import type { Manifest } from './backup-folder.ts';
import { command } from './command.ts';
import { Fault } from './fault.ts';
import { depsOn, openedSecret } from './install.ts';
import { databaseOf, folderOf, inWords, withEngine } from './own.ts';

export const restoreCommand = command({
  summary: 'Put a backup into an empty data directory or database; the server is stopped meanwhile',
  words: ['folder'],
  flags: {
    force: { help: 'in place of what is there' },
    check: { help: 'read the whole backup, and change nothing' },
  },
  args: z.object({ folder: z.string().min(1), force: z.literal('true').optional(), check: z.literal('true').optional() }),
  async run({ folder: given, force, check }, config) {
    const folder = resolve(given);
    const manifest = await checkBackup(folder);
    const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
    const what = `${rows} rows and ${manifest.files.count} files, as of ${manifest.at}`;
    if (check !== undefined) return { json: manifest, text: `The backup is whole: ${what}.` };
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    const job: Job = {
      folder,
      manifest,
      config,
      force: force !== undefined,
      newEpoch: randomBytes(12).toString('hex'),
      kept: keptIn(config),
    };
    const lock = await inWords(async () => holdDirectory(config.dataDir));
    try {
      const key = await keyFor(job);
      const erased = config.databaseUrl === null ? await intoDirectory(job, key.bytes) : await intoPostgres(job, key.bytes);
      await placeFiles(job);
      if (key.isNew) placeKey(job);
      await syncFolder(config.dataDir);
      giveToOwner(config.dataDir);
      return {
        json: { restored: manifest.at, epoch: job.newEpoch, erased_again: erased, kept: existsSync(job.kept) ? job.kept : null },
        text: words(job, what, erased),
      };
    } finally {
      lock.close();
    }
  },
});

interface Job {
  folder: string;
  manifest: Manifest;
  config: Config;
  force: boolean;
  /** P6. */
  newEpoch: string;
  /** Where what was there before goes. */
  kept: string;
}

const keptIn = ({ dataDir }: Config): string => resolve(dataDir, `before-restore-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);

function words({ kept, config, manifest }: Job, what: string, erased: number | null): string {
  const lines = [`Restored: ${what}. What was written since is not in it; clients that are open load anew. Agents sign in again.`];
  if (erased === null)
    lines.push(
      `What happened after ${manifest.at} is not known here: contacts erased since are back, and so are revoked tokens. Erase and revoke them again.`,
    );
  else if (erased > 0) lines.push(`${erased} contacts that were erased since are erased again.`);
  if (existsSync(kept)) lines.push(`What was there before lies in ${kept}: remove it once it is not wanted.`);
  return [...lines, config.databaseUrl === null ? 'Start the server.' : 'Start the servers.'].join('\n');
}

/** The key in use must open what the backup seals: found out before anything is changed. */
async function keyFor({ folder, manifest, config }: Job): Promise<{ bytes: Uint8Array; isNew: boolean }> {
  const ownPath = join(config.dataDir, 'secret.key');
  const isNew = config.secretKey === null && manifest.holds_secret_key;
  if (config.secretKey === null && !isNew && !existsSync(ownPath))
    throw new Fault('The backup holds no secret key. Give the one of the install it was made of: SECRET_KEY, or SECRET_KEY_FILE.');
  const bytes = readSecretKey(config.secretKey ?? (isNew ? readFileSync(keyIn(folder), 'utf8').trim() : null), config.dataDir);
  for await (const rows of readTable(folder, 'workspaces')) for (const row of rows) openedSecret(String(row['identity_secret']), bytes);
  return { bytes, isNew };
}

const fillingOf = ({ folder, manifest, newEpoch }: Job): Filling => ({
  migrations: manifest.migrations,
  tables: manifest.tables,
  givenIds: manifest.given_ids,
  rowsOf: (table) => readTable(folder, table),
  newEpoch,
});

/** A new file beside the old one takes its place in one step, so that a kill leaves the one or the other. */
async function intoDirectory(job: Job, key: Uint8Array): Promise<number | null> {
  const { config, force, kept } = job;
  const path = join(config.dataDir, 'foyer.db');
  const isTaken = existsSync(path) && statSync(path).size > 0;
  if (isTaken && !force) throw new Fault(`${config.dataDir} holds a database. To put the backup in its place: --force`);
  const fresh = `${path}.restoring`;
  for (const end of ['', '-wal', '-shm']) rmSync(fresh + end, { force: true });
  const database = { sqlite: fresh };
  await withEngine(config, 'holder', (engine) => fill(engine, fillingOf(job)), database);
  const since = isTaken ? await sinceIn(config) : null;
  const erased = await applyTo(database, config, since, key);
  if (isTaken) {
    mkdirSync(kept, { mode: 0o700 });
    linkSync(path, join(kept, 'foyer.db'));
    // One that did not end well has a log, which is its own and must not meet the new file.
    for (const end of ['-wal', '-shm']) if (existsSync(path + end)) renameSync(path + end, join(kept, `foyer.db${end}`));
  }
  renameSync(fresh, path);
  return erased;
}

/** A damaged database is replaced as well; what it knew is lost then. */
async function sinceIn(config: Config): Promise<Since | null> {
  return withEngine(config, 'holder', ({ kysely }) => readSince(kysely)).catch(() => null);
}

async function intoPostgres(job: Job, key: Uint8Array): Promise<number | null> {
  const { config, force } = job;
  const since = await withEngine(config, 'holder', async (engine) => {
    await refuseOthers(engine.kysely);
    const held = await holds(engine.kysely, engine.dialect);
    if (held === 'a history' && !force) throw new Fault('That database holds a Foyer. To put the backup in its place, for good: --force');
    const known = held === 'a history' ? await readSince(engine.kysely).catch(() => null) : null;
    await dropAll(engine.kysely);
    await fill(engine, fillingOf(job));
    return known;
  });
  return applyTo(databaseOf(config), config, since, key);
}

/** @returns how many contacts were erased again; null where it is not known who was */
async function applyTo(database: OpenOptions, config: Config, since: Since | null, key: Uint8Array): Promise<number | null> {
  if (since === null) return null;
  const again = await withEngine(config, 'holder', ({ kysely }) => applySince(kysely, since), database);
  if (again.length === 0) return 0;
  const store = await inWords(() => openStoreBeside(database));
  try {
    for (const { workspaceId, id } of again) await eraseContact(depsOn(store, key), { kind: 'operator', workspaceId }, id);
  } finally {
    await store.close();
  }
  return again.length;
}

/** Those of the backup come, those which are not in it go to where the rest is kept. */
async function placeFiles({ folder, config, kept }: Job): Promise<void> {
  const files = folderOf(config);
  const listed = await readFileList(folder);
  for (const { id, bytes } of listed) {
    const path = pathOfFile(files, id);
    // A file never changes: the same name is the same file.
    if (existsSync(path) && statSync(path).size === bytes) continue;
    await copyDurably(pathOfFile(filesIn(folder), id), `${path}.part`);
    renameSync(`${path}.part`, path);
  }
  const ours = new Set(listed.map(({ id }) => id));
  const present = existsSync(files) ? readdirSync(files, { recursive: true, encoding: 'utf8' }) : [];
  for (const name of present.filter((one) => statSync(join(files, one)).isFile() && !ours.has(one.slice(3)))) {
    mkdirSync(dirname(join(kept, 'files', name)), { recursive: true, mode: 0o700 });
    renameSync(join(files, name), join(kept, 'files', name));
  }
}

function placeKey({ folder, config, kept }: Job): void {
  const path = join(config.dataDir, 'secret.key');
  const [is, was] = [readFileSync(keyIn(folder), 'utf8'), existsSync(path) ? readFileSync(path, 'utf8') : null];
  if (is === was) return;
  if (was !== null) {
    mkdirSync(kept, { recursive: true, mode: 0o700 });
    linkSync(path, join(kept, 'secret.key'));
  }
  writeFileSync(`${path}.part`, is, { mode: 0o600, flush: true });
  renameSync(`${path}.part`, path);
}

/** As root: what was made is the server's, as the directory is. */
function giveToOwner(dataDir: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dataDir);
  for (const name of readdirSync(dataDir, { recursive: true, encoding: 'utf8' })) {
    const path = join(dataDir, name);
    if (!lstatSync(path).isSymbolicLink()) chownSync(path, uid, gid);
  }
}
