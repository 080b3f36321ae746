// All of an install as of one moment, while the server goes on writing.
import { existsSync } from 'node:fs';
import { copyFile, chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { pathOfFile } from '../files.ts';
import { readMeta } from '../store/meta.ts';
import { schemaState } from '../store/migrations/run.ts';
import type { Engine } from '../store/open.ts';
import type { Schema } from '../store/schema.ts';
import { givenIds, rowsOf, tableNames } from '../store/tables.ts';
import type { Tally } from '../store/tables.ts';
import { version } from '../version.ts';
import { checkBackup, copyDurably, filesIn, keyIn, syncFolder, writeFileList, writeManifest, writeTable } from './backup-folder.ts';
import type { KeptFile, Manifest } from './backup-folder.ts';
import { command } from './command.ts';
import { Fault } from './fault.ts';
import { folderOf, withEngine } from './own.ts';

export const backupCommand = command({
  summary: 'Write all of this install into a new folder, beside the running server',
  words: ['folder'],
  flags: { 'without-key': { help: 'leave DATA_DIR/secret.key out; without it the stored secrets do not open' } },
  args: z.object({ folder: z.string().min(1), 'without-key': z.literal('true').optional() }),
  async run({ folder: given, 'without-key': withoutKey }, config) {
    const folder = resolve(given);
    const isTaken = existsSync(folder) && (await readdir(folder)).length > 0;
    if (isTaken) throw new Fault(`${folder} is not empty. Give a folder that is to be made, such as backup-2026-01-31.`);
    const manifest = await inOneGo(folder, (part) =>
      withEngine(config, 'beside', (engine) => write(engine, part, config, withoutKey === undefined)),
    );
    const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
    const { count, bytes, missing } = manifest.files;
    const lines = [
      `${folder} holds ${rows} rows of ${Object.keys(manifest.tables).length} tables and ${count} files (${(bytes / 2 ** 20).toFixed(1)} MB), as of ${manifest.at}.`,
      'It was read back whole and is what was written. What people wrote is in it in the clear: keep it as you keep the data.',
    ];
    if (missing.length > 0) lines.push(`${missing.length} files were not there: ${missing.slice(0, 5).join(', ')}`);
    if (!manifest.holds_secret_key) lines.push('The secret key is not in it: keep SECRET_KEY elsewhere, or what it seals is lost.');
    return { json: { folder, ...manifest }, text: lines.join('\n') };
  },
});

/** What was not written whole never bears the name of a backup. */
async function inOneGo(folder: string, write: (part: string) => Promise<Manifest>): Promise<Manifest> {
  const part = `${folder}.part`;
  try {
    await rm(part, { recursive: true, force: true });
    await mkdir(part, { recursive: true, mode: 0o700 });
    const manifest = await write(part);
    await checkBackup(part);
    await rename(part, folder);
    await syncFolder(dirname(folder));
    return manifest;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== undefined && /^E[A-Z]+$/.test(code)) throw new Fault(`The backup could not be written: ${message}`);
    throw error;
  }
}

async function write(engine: Engine, folder: string, config: Config, withKey: boolean): Promise<Manifest> {
  const rows = await snapshot(engine, async (db) => {
    const { done, unknown } = await schemaState(db, engine.dialect);
    const epoch = done.length === 0 ? null : await readMeta(db, 'epoch');
    if (unknown.length > 0) throw new Fault(`The database is of a newer Foyer (${unknown.join(', ')}). Back it up with that version.`);
    if (epoch === null || (await readMeta(db, 'filling')) !== null) throw new Fault('There is no whole database here to back up.');
    const at = new Date().toISOString();
    const present = new Set((await db.introspection.getTables()).map(({ name }) => name));
    const tables: Record<string, Tally> = {};
    for (const table of tableNames.filter((name) => present.has(name))) tables[table] = await writeTable(folder, table, rowsOf(db, table));
    const ids = present.has('uploads') ? await uploadIds(db) : [];
    return { at, epoch, migrations: done, tables, given_ids: await givenIds(db, engine.dialect), ids };
  });
  const { ids, ...ofRows } = rows;
  const files = await keepFiles(ids, folderOf(config), folder);
  const hasKey = withKey && config.secretKey === null && existsSync(join(config.dataDir, 'secret.key'));
  if (hasKey) {
    await copyFile(join(config.dataDir, 'secret.key'), keyIn(folder));
    await chmod(keyIn(folder), 0o600);
  }
  const manifest: Manifest = { format: 1, foyer: version, database: engine.dialect, ...ofRows, files, holds_secret_key: hasKey };
  await writeManifest(folder, manifest);
  return manifest;
}

/** All reads of `work` see one moment; nobody's writes wait for it. */
async function snapshot<T>({ kysely, dialect }: Engine, work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
  const begin = kysely.transaction();
  return dialect === 'sqlite' ? begin.execute(work) : begin.setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}

async function uploadIds(db: Kysely<Schema>): Promise<string[]> {
  const ids: string[] = [];
  for await (const rows of rowsOf(db, 'uploads')) ids.push(...rows.map(({ id }) => String(id)));
  return ids;
}

/** A file is on disk before its row is, and is never written to again: those of the snapshot's rows are what belongs to it. */
async function keepFiles(ids: readonly string[], from: string, folder: string): Promise<Manifest['files']> {
  const kept: KeptFile[] = [];
  const missing: string[] = [];
  for (const id of ids) {
    const copied = await copyDurably(pathOfFile(from, id), pathOfFile(filesIn(folder), id));
    if (copied === null) missing.push(id);
    else kept.push({ id, ...copied });
  }
  const bytes = kept.reduce((sum, file) => sum + file.bytes, 0);
  return { count: kept.length, bytes, hash: await writeFileList(folder, kept), missing };
}
