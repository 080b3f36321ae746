// Extraction on a bench: npm run bench:extract [-- FILE.jsonl…]; without files the benchmark beside this checkout, or else the sample in it.
// Tables per language and source beside two baselines, the time per message and on hostile input.
import { find } from 'linkifyjs';
import { findPhoneNumbersInText, isSupportedCountry, type CountryCode } from 'libphonenumber-js/max';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicons } from '../../shared/extract/lexicon/index.ts';
import { extractDetails, warmUp } from '../../shared/extract/index.ts';
import { foldDetails, nothingKnown, type Known } from '../../shared/extract/fold.ts';
import type { ExtractInput, Turn } from '../../shared/extract/types.ts';
import { isDisposableDomain } from '../../server/disposable.ts';
import { askedFields, filled, hostilePieces, MAX_LENGTH } from '../shared/extract/hostile.ts';

interface BenchRecord {
  id: string;
  source: string;
  lang: string;
  country?: string;
  turns: Turn[];
  expect: Known;
  accept?: Partial<Record<keyof Known, string[]>>;
  unscored?: string[];
  tags?: string[];
}
type Extractor = (input: ExtractInput) => Known;

const nowUs = (): number => Number(process.hrtime.bigint()) / 1000;
const median = (xs: number[]): number => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? 0;
const quantile = (xs: number[], q: number): number => xs.toSorted((a, b) => a - b)[Math.floor(xs.length * q)] ?? 0;

const EMAIL = /[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}/;
const PHONE = /\+?\d[\d ().-]{6,}\d/;
const NAME = /\b(?:my name is|i am|i'm)\s+([A-Z][a-z]+(?: [A-Z][a-z]+)?)/i;

const plainRegex: Extractor = ({ text }) => ({
  email: EMAIL.exec(text)?.[0] ?? null,
  phone: PHONE.exec(text)?.[0] ?? null,
  name: NAME.exec(text)?.[1] ?? null,
});

const libraries: Extractor = ({ text, country }) => {
  const home = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  return {
    email: find(text, 'email')[0]?.value ?? null,
    phone: findPhoneNumbersInText(text, home)[0]?.number.number ?? null,
    name: /\bmy name is\s+([\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)*)/iu.exec(text)?.[1] ?? null,
  };
};

const rules = { isDisposableDomain };
const ours: Extractor = (input) => foldDetails(nothingKnown, extractDetails(input, rules));

function inputsOf(records: readonly BenchRecord[]): ExtractInput[] {
  return records.flatMap((r) =>
    r.turns.flatMap((turn, i) =>
      turn.role === 'visitor'
        ? [{ text: turn.text, previous: r.turns.slice(Math.max(0, i - 6), i), known: nothingKnown, language: r.lang, country: r.country }]
        : [],
    ),
  );
}

function timeEach(inputs: readonly ExtractInput[], run: Extractor): number[] {
  const times: number[] = [];
  for (const input of inputs) {
    const start = nowUs();
    run(input);
    times.push(nowUs() - start);
  }
  return times;
}

function speed(records: readonly BenchRecord[]): void {
  const inputs = inputsOf(records);
  const rounds = Math.max(1, Math.ceil(4000 / inputs.length));
  const many = Array.from({ length: rounds }, () => inputs).flat();
  for (const run of [ours, plainRegex, libraries]) timeEach(many.slice(0, 3000), run);
  const times = timeEach(many, ours);
  const base = timeEach(many, plainRegex);
  const libs = timeEach(many, libraries);
  console.log(`\ntime per message, ${many.length} messages     median µs   99th percentile µs   median to the regex's`);
  for (const [name, run] of [
    ['foyer', times],
    ['plain regex', base],
    ['linkify + libphonenumber', libs],
  ] as const) {
    const ratio = median(run) / Math.max(0.01, median(base));
    console.log(
      `${name.padEnd(40)} ${median(run).toFixed(1).padStart(9)} ${quantile(run, 0.99).toFixed(0).padStart(20)} ${ratio.toFixed(1).padStart(22)}`,
    );
  }
}

function hostileMs(piece: string): number {
  const times = askedFields.map((asked) => {
    const input: ExtractInput = {
      text: filled(piece),
      previous: [
        { role: 'bot', text: 'Your name, email and phone number?' },
        { role: 'visitor', text: 'a.b' },
      ],
      asked,
      known: { email: 'a@b.co', name: 'A', phone: '1' },
      language: 'es',
      country: 'US',
    };
    ours(input);
    // The best of three: a busy machine adds to a time and never takes from it.
    return Math.min(...[1, 2, 3].map(() => timeEach([input], ours)[0] ?? 0)) / 1000;
  });
  return Math.max(...times);
}

function hostile(): void {
  const cues = lexicons.flatMap((l) => [
    ...l.nameFollows,
    ...l.selfFollows,
    ...l.namePrecedes,
    ...(l.lastNameFollows ?? []),
    ...l.at,
    ...l.dot,
  ]);
  const pieces = [...new Set([...hostilePieces, ...cues.flatMap((cue) => [`${cue} `, `${cue} Bob `])])];
  const times = pieces.map((piece) => ({ piece, ms: hostileMs(piece) }));
  times.sort((a, b) => b.ms - a.ms);
  console.log(
    `\nhostile input of ${MAX_LENGTH} characters, ${times.length} kinds: max ${times[0]?.ms.toFixed(1)} ms; slowest: ${times
      .slice(0, 8)
      .map((t) => `${JSON.stringify(t.piece)} ${t.ms.toFixed(1)}`)
      .join(', ')}`,
  );
}

const norm = (field: string, v: string): string =>
  field === 'phone'
    ? (v.split(';')[0] ?? '').replace(/[^\d+]/g, '')
    : v
        .normalize('NFC')
        .toLowerCase()
        .replace(/[’‘]/g, "'")
        .replace(/\s+/g, ' ')
        .replace(/^[\s"“”«».,!?;:()]+|[\s"“”«».,!?;:()]+$/gu, '')
        .trim();

function isRight(field: keyof Known, got: string, r: BenchRecord): boolean {
  const wanted = [r.expect[field], ...(r.accept?.[field] ?? [])].filter((w): w is string => w !== null);
  const g = norm(field, got);
  return wanted.some((w) => {
    const n = norm(field, w);
    return (
      g === n ||
      (field === 'phone' && !n.startsWith('+') && g.startsWith('+') && n.replace(/^0+/, '').length >= 7 && g.endsWith(n.replace(/^0+/, '')))
    );
  });
}

interface Tally {
  tp: number;
  fp: number;
  fn: number;
}
type Row = { n: number; falsePromotions: number } & Record<keyof Known, Tally>;
const newRow = (): Row => ({
  n: 0,
  falsePromotions: 0,
  email: { tp: 0, fp: 0, fn: 0 },
  name: { tp: 0, fp: 0, fn: 0 },
  phone: { tp: 0, fp: 0, fn: 0 },
});

function replayWith(run: Extractor, r: BenchRecord): Known {
  let known: Known = nothingKnown;
  r.turns.forEach((turn, i) => {
    if (turn.role !== 'visitor') return;
    const input: ExtractInput = {
      text: turn.text,
      previous: r.turns.slice(Math.max(0, i - 6), i),
      known,
      language: r.lang,
      country: r.country,
    };
    if (run === ours) known = foldDetails(known, extractDetails(input, rules));
    else {
      const found = run(input);
      known = { email: known.email ?? found.email, name: known.name ?? found.name, phone: known.phone ?? found.phone };
    }
  });
  return known;
}

function tally(row: Row, r: BenchRecord, got: Known): void {
  row.n++;
  for (const field of ['email', 'name', 'phone'] as const) {
    if (r.unscored?.includes(field)) continue;
    const ok = got[field] !== null && isRight(field, got[field], r);
    if (r.expect[field] !== null && ok) row[field].tp++;
    else {
      if (got[field] !== null) row[field].fp++;
      if (r.expect[field] !== null) row[field].fn++;
    }
  }
  const certain = !r.unscored?.includes('email') && !r.unscored?.includes('phone');
  if (certain && r.expect.email === null && r.expect.phone === null && (got.email ?? got.phone) !== null) row.falsePromotions++;
}

const f1 = ({ tp, fp, fn }: Tally): string => (tp + fp + fn === 0 ? '–' : ((200 * tp) / (2 * tp + fp + fn)).toFixed(1)).padStart(5);

/** The two kinds the benchmark asks to look at by themselves. */
const kindOf = (r: BenchRecord): string | null =>
  r.tags?.includes('real-chat') ? 'real chats' : r.tags?.includes('hand-written') ? 'adversarial' : null;

function tables(records: readonly BenchRecord[]): void {
  const contenders: [string, Extractor][] = [
    ['foyer', ours],
    ['regex', plainRegex],
    ['libraries', libraries],
  ];
  for (const by of ['all', 'lang', 'source', 'kind'] as const) {
    const rows = new Map<string, Map<string, Row>>();
    for (const [name, run] of contenders) {
      for (const r of records) {
        const key = by === 'all' ? 'all' : by === 'kind' ? kindOf(r) : r[by];
        if (key === null) continue;
        const group = rows.get(key) ?? rows.set(key, new Map()).get(key);
        const row = group?.get(name) ?? newRow();
        group?.set(name, row);
        tally(row, r, replayWith(run, r));
      }
    }
    console.log(`\n${by.padEnd(22)}     n  ${contenders.map(([n]) => `${n}: email  name phone f.prom.`.padEnd(34)).join('')}`);
    for (const [key, group] of [...rows].sort((a, b) => (b[1].get('foyer')?.n ?? 0) - (a[1].get('foyer')?.n ?? 0))) {
      const cells = contenders.map(([name]) => {
        const row = group.get(name) ?? newRow();
        return `${''.padEnd(name.length)}  ${f1(row.email)} ${f1(row.name)} ${f1(row.phone)} ${String(row.falsePromotions).padStart(6)}`.padEnd(
          34,
        );
      });
      console.log(`${key.padEnd(22)} ${String(group.get('foyer')?.n ?? 0).padStart(5)}  ${cells.join('')}`);
    }
  }
}

/** Files named, the benchmark beside the checkout, or the sample within it. */
function benchFiles(): string[] {
  const named = process.argv.slice(2);
  if (named.length > 0) return named;
  const dev = join(import.meta.dirname, '../../../shared/extraction/dev');
  if (existsSync(dev)) return readdirSync(dev).flatMap((name) => (name.endsWith('.jsonl') ? [join(dev, name)] : []));
  return ['sample.jsonl', 'fresh.jsonl'].map((name) => join(import.meta.dirname, '../shared/extract', name));
}

warmUp();
const files = benchFiles();
// A sample's first line is its licence.
const records = files.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line) as BenchRecord)
    .filter((record) => Array.isArray(record.turns)),
);
console.log(`${records.length} conversations of ${files.length} files`);
tables(records);
speed(records);
hostile();
