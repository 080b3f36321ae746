// What came of it: one row for each fault, kept on disk between the files of a run, printed at its end.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Verdict } from './oracle.ts';

const root = join(import.meta.dirname, '..', '..');
const file = join(root, '.tmp', 'faults', 'rows.jsonl');

export interface Row {
  fault: string;
  runs: number;
  verdict: Omit<Verdict, 'problems'> | null;
  /** From the mending, or the loss where nothing had to be mended, until in step again, ms. */
  resumes: number[];
  /** From the mending until all is acknowledged and on all screens, ms. */
  tookMs: number | null;
  /** In place of the numbers: what else was to be, or why it was left out. */
  note?: string;
}

export function clearRows(): void {
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
}

export function addRow(row: Row): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(row)}\n`);
}

/** A fault that was not about messages, or is about more than them. */
export function note(fault: string, words: string, runs = 1): void {
  addRow({ fault, runs, verdict: null, resumes: [], tookMs: null, note: words });
}

/** A tool is missing on this machine: said aloud, and in the table. In CI, where all tools are installed, that is a failure. */
export function skipped(fault: string, why: string): void {
  if (process.env['CI'] === 'true') throw new Error(`${fault}: ${why}, and in CI nothing is left out`);
  leftOut(fault, why);
}

/** The machine does not let this user do it, and no package would change that: said aloud, and in the table, also in CI. */
export function leftOut(fault: string, why: string): void {
  process.stderr.write(`${fault}: SKIPPED, ${why}\n`);
  note(fault, `skipped: ${why}`, 0);
}

export function readRows(): Row[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

const quantile = (values: readonly number[], q: number): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? null;
};

const seconds = (ms: number | null): string => (ms === null ? '' : (ms / 1000).toFixed(ms < 9950 ? 2 : 1));

export function tableOf(rows: readonly Row[]): string {
  const head = ['Fault', 'Runs', 'Messages', 'Lost', 'Doubled', 'Misordered', 'Missing', 'Resume p50', 'p99', 'Healed in'];
  const lines = rows.map(({ fault, runs, verdict, resumes, tookMs, note: words }) => [
    fault + (words === undefined ? '' : `: ${words}`),
    String(runs),
    ...(verdict ? [verdict.acked, verdict.lost, verdict.doubled, verdict.misordered, verdict.missing].map(String) : ['', '', '', '', '']),
    seconds(quantile(resumes, 0.5)),
    seconds(quantile(resumes, 0.99)),
    seconds(tookMs),
  ]);
  return [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
