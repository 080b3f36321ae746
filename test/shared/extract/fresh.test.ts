// Conversations written without sight of the rules and scored before these were mended by what they showed: they hold what was learnt.
// The figures here are those after the mending; how well unseen ones are understood only a new batch tells.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DetailField } from '../../../shared/contact-fields.ts';
import type { Known } from '../../../shared/extract/fold.ts';
import type { Turn } from '../../../shared/extract/types.ts';
import { learn } from './cases.ts';

interface Fresh {
  id: string;
  lang: string;
  country?: string;
  turns: Turn[];
  expect: Known;
  accept?: Partial<Record<DetailField, string[]>>;
  unscored?: DetailField[];
}

const records = readFileSync(new URL('./fresh.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('{"id"'))
  .map((line) => JSON.parse(line) as Fresh);
const results = records.map((record) => ({ record, got: learn(record.turns, record.lang, record.country) }));

const plain = (value: string | null): string | null => value?.split(';')[0]?.normalize('NFC').toLowerCase().replace(/\s+/g, ' ') ?? null;

/** F1 of one field over the records that count for it. */
function f1(field: DetailField, of: readonly (typeof results)[number][]): number {
  let right = 0;
  let wrong = 0;
  for (const { record, got } of of) {
    if (record.unscored?.includes(field)) continue;
    const wanted = [record.expect[field], ...(record.accept?.[field] ?? [])].map(plain);
    const said = plain(got[field]);
    if (said !== null && wanted.includes(said)) right += 2;
    else wrong += (said === null ? 0 : 1) + (record.expect[field] === null ? 0 : 1);
  }
  return right / (right + wrong);
}

const givesNoContact = ({ record }: (typeof results)[number]): boolean =>
  record.expect.email === null && record.expect.phone === null && !record.unscored?.some((field) => field !== 'name');

describe('Conversations written before the rules that read them', () => {
  it.each([
    ['email', 0.96],
    ['name', 0.96],
    ['phone', 0.97],
  ] as const)('the F1 of %s is at least %d', (field, least) => {
    expect(f1(field, results)).toBeGreaterThanOrEqual(least);
  });

  it('the F1 of names outside English is at least 0.95', () => {
    expect(
      f1(
        'name',
        results.filter(({ record }) => record.lang !== 'en'),
      ),
    ).toBeGreaterThanOrEqual(0.95);
  });

  it('nobody is promoted who gave neither address nor number, one in two hundred aside', () => {
    const silent = results.filter(givesNoContact);
    const promoted = silent.filter(({ got }) => got.email !== null || got.phone !== null);
    expect(promoted.length / silent.length).toBeLessThanOrEqual(0.005);
  });

  it('hardly a name is made up: less than one in a hundred', () => {
    const nameless = results.filter(({ record }) => record.expect.name === null && !record.unscored?.includes('name'));
    const ghosts = nameless.filter(({ got }) => got.name !== null);
    expect(ghosts.length / nameless.length).toBeLessThanOrEqual(0.01);
  });
});
