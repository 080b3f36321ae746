// Around the whole run: says the seed, and in the end prints the table, or writes it where it is asked for.
import { cpus, release, totalmem } from 'node:os';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clearRows, readRows, tableOf } from './table.ts';

const page = join(import.meta.dirname, '..', '..', 'docs', 'reliability.md');
const [begin, end] = ['<!-- faults: begin -->', '<!-- faults: end -->'];
const form = process.env['FOYER_FAULTS'] === 'long' ? 'long' : 'short';

export function setup(): () => void {
  const startedAt = Date.now();
  const seed = process.env['FOYER_FAULTS_SEED'] ?? '';
  clearRows();
  process.stdout.write(`fault suite, ${form} form; FOYER_FAULTS_SEED=${seed}\n`);
  return () => {
    const rows = readRows();
    if (rows.length === 0) return;
    const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.version}`;
    const about = `${new Date().toISOString().slice(0, 10)} · ${form} form · seed ${seed} · ${Math.round((Date.now() - startedAt) / 1000)} s · ${machine}`;
    const table = `${about}\n\n${tableOf(rows)}\n`;
    process.stdout.write(`\n${table}\n`);
    if (process.env['FOYER_FAULTS_WRITE'] === '1') write(table);
  };
}

function write(table: string): void {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`${page} has no place for the table: ${begin} … ${end}`);
  writeFileSync(page, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
}
