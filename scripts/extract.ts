// Predictions for the extraction benchmark: node --import tsx scripts/extract.ts FILE.jsonl… > predictions.jsonl
import { readFileSync } from 'node:fs';
import { isDisposableDomain } from '../server/disposable.ts';
import { foldDetails, nothingKnown, type Known } from '../shared/extract/fold.ts';
import { extractDetails } from '../shared/extract/index.ts';
import type { Turn } from '../shared/extract/types.ts';

/** A benchmark record; what it expects is not read. */
export interface BenchRecord {
  id: string;
  lang?: string;
  country?: string;
  turns: Turn[];
}

const PREVIOUS_TURNS = 6;
/** As the server has them. */
const rules = { isDisposableDomain };

/** One conversation replayed: each visitor turn is read with the turns before it and what is known by then. */
export function replay(record: BenchRecord): Known {
  let known = nothingKnown;
  record.turns.forEach((turn, i) => {
    if (turn.role !== 'visitor') return;
    const previous = record.turns.slice(Math.max(0, i - PREVIOUS_TURNS), i);
    known = foldDetails(known, extractDetails({ text: turn.text, previous, known, language: record.lang, country: record.country }, rules));
  });
  return known;
}

function isRecord(value: unknown): value is BenchRecord {
  const r = value as BenchRecord | null;
  return (
    typeof r === 'object' &&
    r !== null &&
    typeof r.id === 'string' &&
    Array.isArray(r.turns) &&
    r.turns.every((t) => typeof t?.text === 'string')
  );
}

/** What the caller got wrong, told without a stack. */
class BadInput extends Error {}

/** A licence or comment: an object without turns, before the first record. */
const isHeading = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value) && !('turns' in value);

const warn = (message: string): void => void process.stderr.write(`${message}\n`);

/** The records of one file; a heading before the first is skipped and told to `tell`. */
export function readRecords(file: string, tell: (message: string) => void = warn): BenchRecord[] {
  const records: BenchRecord[] = [];
  for (const [i, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (!line.trim()) continue;
    const value = parsed(line, `${file}:${i + 1}`);
    if (isRecord(value)) records.push(value);
    else if (records.length === 0 && isHeading(value)) tell(`${file}:${i + 1}: no conversation but a heading, skipped`);
    else throw new BadInput(`${file}:${i + 1}: not a benchmark record (id and turns with text are required)`);
  }
  return records;
}

function parsed(line: string, where: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new BadInput(`${where}: not JSON`);
  }
}

function main(files: readonly string[]): void {
  if (files.length === 0) throw new BadInput('usage: node --import tsx scripts/extract.ts FILE.jsonl...');
  // A reader that closes early (head) ends the run quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  for (const record of files.flatMap((file) => readRecords(file))) {
    const { email, name, phone } = replay(record);
    process.stdout.write(JSON.stringify({ id: record.id, email, name, phone }) + '\n');
  }
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].replace(/\\/g, '/').split('/').slice(-2).join('/'))) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof BadInput ? 2 : 1;
  }
}
