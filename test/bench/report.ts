// What a bench run found: printed with what must and should be reached and with the run before, and kept as JSON.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';

interface Figure {
  value: number;
  unit: string;
  must?: number;
  aim?: number;
  isReached?: boolean;
}

interface Kept {
  at: string;
  machine: string;
  node: string;
  /** One-minute load before and after: over the number of CPUs, others were at work, too. */
  load: [number, number];
  quick: boolean;
  figures: Record<string, Figure>;
}

export interface Bound {
  must?: number;
  aim?: number;
  /** Reached where the value is at most this, not at least. */
  atMost?: boolean;
}

export interface Report {
  heading(text: string): void;
  add(name: string, value: number, unit: string, bound?: Bound): void;
  note(text: string): void;
  /** @returns whether all that must be reached is */
  end(file: string, quick: boolean): boolean;
}

const rounded = (n: number): number => (Math.abs(n) >= 100 ? Math.round(n) : Number(n.toPrecision(3)));

/** @param isWhole all parts run: what the last one had besides is not kept */
export function createReport(lastFile: string, isWhole: boolean): Report {
  const last = existsSync(lastFile) ? (JSON.parse(readFileSync(lastFile, 'utf8')) as Kept) : null;
  const figures: Record<string, Figure> = {};
  const loadBefore = loadavg()[0] ?? 0;
  return {
    heading: (text) => console.log(`\n${text}`),
    note: (text) => console.log(`  ${text}`),
    add(name, value, unit, { must, aim, atMost = false } = {}) {
      const fits = (bound: number): boolean => (atMost ? value <= bound : value >= bound);
      const figure: Figure = { value: rounded(value), unit };
      const words: string[] = [];
      if (must !== undefined) {
        Object.assign(figure, { must, isReached: fits(must) });
        words.push(`must ${atMost ? '≤' : '≥'} ${must}: ${fits(must) ? 'reached' : 'MISSED'}`);
      }
      if (aim !== undefined) {
        figure.aim = aim;
        words.push(`aim ${aim}${fits(aim) ? ': reached' : ''}`);
      }
      const before = last?.figures[name]?.value;
      if (before !== undefined && before !== 0) words.push(`last run ${before} (${rounded((100 * value) / before - 100)} %)`);
      figures[name] = figure;
      console.log(`  ${name.padEnd(58)} ${String(figure.value).padStart(8)} ${unit.padEnd(6)} ${words.join(' · ')}`);
    },
    end(file, quick) {
      const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;
      const load: Kept['load'] = [rounded(loadBefore), rounded(loadavg()[0] ?? 0)];
      const kept: Kept = { at: new Date().toISOString(), machine, node: process.version, load, quick, figures };
      mkdirSync(dirname(file), { recursive: true });
      // What this run did not look at stays as it was last seen.
      writeFileSync(file, `${JSON.stringify({ ...kept, figures: { ...(isWhole ? {} : last?.figures), ...figures } }, null, 2)}\n`);
      const bound = Object.values(figures).filter((figure) => figure.isReached !== undefined);
      const reached = bound.filter((figure) => figure.isReached);
      console.log(`\n${reached.length} of ${bound.length} numbers reached · load before and after ${load.join(', ')} on ${machine}`);
      return reached.length === bound.length;
    },
  };
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
