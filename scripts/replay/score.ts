// What was captured, judged by the score.mjs that lies beside the records.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface Prediction {
  id: string;
  email: string | null;
  name: string | null;
  phone: string | null;
}

/** `score.mjs` in the folder above the records, or in theirs; null where there is none. */
export function findScorer(file: string): string | null {
  const folder = dirname(resolve(file));
  return [join(folder, '..', 'score.mjs'), join(folder, 'score.mjs')].find((path) => existsSync(path)) ?? null;
}

/** Prints the scorer's words or JSON. `gold` are the lines of the records which were played. */
export function score(scorer: string, gold: readonly string[], predictions: readonly Prediction[], more: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-score-'));
  try {
    const [goldFile, predictionFile] = [join(folder, 'gold.jsonl'), join(folder, 'predictions.jsonl')];
    writeFileSync(goldFile, gold.map((line) => `${line}\n`).join(''));
    writeFileSync(predictionFile, predictions.map((p) => `${JSON.stringify(p)}\n`).join(''));
    const done = spawnSync(process.execPath, [scorer, '--gold', goldFile, '--pred', predictionFile, ...more], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${scorer} failed: ${done.stderr}`);
    return done.stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
