// A backup as it lies on disk: tables as lines of JSON, files as they are, and a manifest that says what must be there.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { uploadIdPattern } from '../../shared/ids.ts';
import { pathOfFile } from '../files.ts';
import { createTally, isSameTally, isTableName } from '../store/tables.ts';
import type { Row, Tally } from '../store/tables.ts';
import { Fault } from './fault.ts';

const count = z.int().min(0);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const manifestSchema = z.object({
  format: z.literal(1),
  foyer: z.string(),
  /** The moment whose rows these are. */
  at: z.iso.datetime(),
  database: z.enum(['sqlite', 'postgres']),
  epoch: z.string(),
  /** What made the schema, in order. */
  migrations: z.array(z.string()).min(1),
  tables: z.record(z.string(), z.object({ rows: count, hash })),
  given_ids: z.record(z.string(), count),
  files: z.object({
    count,
    bytes: count,
    hash,
    /** Their rows are there; they themselves were gone, mostly because they were erased at that moment. */
    missing: z.array(z.string()),
  }),
  holds_secret_key: z.boolean(),
});
export type Manifest = z.output<typeof manifestSchema>;

const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const fileSchema = z.object({ id: z.string().regex(uploadIdPattern), bytes: count, sha256: hash });
export type KeptFile = z.output<typeof fileSchema>;

export const manifestPath = (folder: string): string => join(folder, 'manifest.json');
const tablePath = (folder: string, table: string): string => join(folder, 'tables', `${table}.jsonl.gz`);
const listPath = (folder: string): string => join(folder, 'files.jsonl.gz');
export const filesIn = (folder: string): string => join(folder, 'files');
export const keyIn = (folder: string): string => join(folder, 'secret.key');

const privately = { flags: 'wx', mode: 0o600, flush: true } as const;

/** Whatever `lines` yields, compressed and on disk. */
async function writeLines(path: string, lines: () => AsyncIterable<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await pipeline(lines, createGzip({ level: 5 }), createWriteStream(path, privately));
}

async function* linesOf(path: string): AsyncGenerator<unknown> {
  const source = createReadStream(path);
  const gunzip = createGunzip();
  // What fails on the way ends the reader of the lines, too.
  const flow = pipeline(source, gunzip);
  flow.catch(() => {});
  for await (const line of createInterface({ input: gunzip, crlfDelay: Infinity })) yield JSON.parse(line);
  await flow;
}

export async function writeTable(folder: string, table: string, batches: AsyncIterable<readonly Row[]>): Promise<Tally> {
  const tally = createTally();
  await writeLines(tablePath(folder, table), async function* lines() {
    for await (const rows of batches) {
      rows.forEach((row) => tally.add(row));
      yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    }
  });
  return tally.value();
}

/** In batches as they are inserted. */
export async function* readTable(folder: string, table: string): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const line of linesOf(tablePath(folder, table))) {
    batch.push(rowSchema.parse(line));
    if (batch.length < 500) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

export async function writeFileList(folder: string, files: readonly KeptFile[]): Promise<string> {
  const lines = files.map((file) => `${JSON.stringify(file)}\n`);
  await writeLines(listPath(folder), async function* all() {
    yield* lines;
  });
  return createHash('sha256').update(lines.join('')).digest('hex');
}

export async function readFileList(folder: string): Promise<KeptFile[]> {
  const files: KeptFile[] = [];
  for await (const line of linesOf(listPath(folder))) files.push(fileSchema.parse(line));
  return files;
}

/** Copies a file durably. @returns what was read; null where there is no such file */
export async function copyDurably(from: string, to: string): Promise<Omit<KeptFile, 'id'> | null> {
  const source = await open(from).catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (source === null) return null;
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const sum = createHash('sha256');
  let bytes = 0;
  await pipeline(
    source.createReadStream(),
    async function* counted(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        sum.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(to, { ...privately, flags: 'w' }),
  );
  return { bytes, sha256: sum.digest('hex') };
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(manifestPath(folder), `${JSON.stringify(manifest, null, 2)}\n`, privately);
}

/** Reads all of it. @throws Fault that names what is missing, damaged or of a newer version */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const damaged = (what: string): Fault => new Fault(`The backup ${folder} is damaged: ${what}. Nothing was changed.`);
  const unreadable = (what: string) => (error: unknown) => {
    throw damaged(`${what} cannot be read (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`);
  };
  for (const [table, expected] of Object.entries(manifest.tables)) {
    if (!isTableName(table))
      throw new Fault(`The backup holds a table ${table}, which this version does not know. Restore it with the version it was made by.`);
    const tally = createTally();
    const read = async (): Promise<void> => {
      for await (const rows of readTable(folder, table)) rows.forEach((row) => tally.add(row));
    };
    await read().catch(unreadable(`tables/${table}`));
    if (!isSameTally(tally.value(), expected)) throw damaged(`tables/${table} has not the rows it should have`);
  }
  const files = await readFileList(folder).catch(unreadable('the list of files'));
  const sum = createHash('sha256')
    .update(files.map((file) => `${JSON.stringify(file)}\n`).join(''))
    .digest('hex');
  if (sum !== manifest.files.hash || files.length !== manifest.files.count) throw damaged('the list of files is not what it should be');
  for (const { id, sha256 } of files) {
    const found = await sha256Of(pathOfFile(filesIn(folder), id)).catch(unreadable(`the file ${id}`));
    if (found !== sha256) throw damaged(`the file ${id} has other bytes`);
  }
  if (manifest.holds_secret_key) await readFile(keyIn(folder)).catch(unreadable('secret.key'));
  return manifest;
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(manifestPath(folder), 'utf8').catch(() => {
    throw new Fault(`There is no backup in ${folder}: it has no manifest.json.`);
  });
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    throw new Fault(`${manifestPath(folder)} is damaged, or was written by a newer version. Nothing was changed.`);
  }
}

async function sha256Of(path: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(path)) sum.update(chunk as Buffer);
  return sum.digest('hex');
}

/** What was made or renamed in it survives a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
