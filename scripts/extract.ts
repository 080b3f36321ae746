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

export function readRecords(file: string): BenchRecord[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, i) => {
      if (!line.trim()) return [];
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        throw new Error(`${file}:${i + 1}: not JSON`);
      }
      if (!isRecord(value)) throw new Error(`${file}:${i + 1}: not a benchmark record (id and turns with text are required)`);
      return [value];
    });
}

function main(files: readonly string[]): void {
  if (files.length === 0) throw new Error('usage: node --import tsx scripts/extract.ts FILE.jsonl...');
  // A reader that closes early (head) ends the run quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  for (const record of files.flatMap(readRecords)) {
    const { email, name, phone } = replay(record);
    process.stdout.write(JSON.stringify({ id: record.id, email, name, phone }) + '\n');
  }
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].replace(/\\/g, '/').split('/').slice(-2).join('/'))) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
