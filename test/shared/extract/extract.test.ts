import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foldDetails, nothingKnown, type Known } from '../../../shared/extract/fold.ts';
import { extractDetails, warmUp } from '../../../shared/extract/index.ts';
import { scanDigits } from '../../../shared/extract/phone-scan.ts';
import { fold, lower, tokenize } from '../../../shared/extract/text.ts';
import type { Detail, Turn } from '../../../shared/extract/types.ts';
import { learn } from './cases.ts';
import { askedFields, filled, hostilePieces } from './hostile.ts';

warmUp();

const pieces = [
  'my name is ',
  "I'm ",
  'Ana',
  ' de ',
  'bob',
  '@',
  'x.org',
  ' at ',
  ' dot ',
  'com',
  '+1 ',
  '415',
  '-',
  '555',
  ' 0132',
  '\n',
  '我叫',
  '王芳',
  '이름은 ',
  'です',
  '？',
  '.',
  ',',
  'İ',
  '٠٥',
  '<',
  '>',
  'call me ',
  'Thanks,\n',
  '😀',
  '\u0301',
  'a',
];
const chat = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((p) => p.join('')),
);
const turn = fc.record({
  role: fc.constantFrom('visitor', 'bot', 'agent'),
  text: fc.oneof(chat, fc.constantFrom("What's your name?", 'Your email?', 'Phone number?', 'Order number?')),
}) as fc.Arbitrary<Turn>;
const input = fc.record({
  text: chat,
  previous: fc.array(turn, { maxLength: 6 }),
  known: fc.record({
    email: fc.constantFrom(null, 'a@b.co'),
    name: fc.constantFrom(null, 'Ana'),
    phone: fc.constantFrom(null, '+14155550132'),
  }),
  language: fc.constantFrom(undefined, 'en', 'es-MX', 'ja', 'ko', 'zz', ''),
  country: fc.constantFrom(undefined, 'US', 'de', 'XX', ''),
});

describe('Any message', () => {
  it('is read without throwing, at most one detail of a field, and the same every time', () => {
    fc.assert(
      fc.property(input, (i) => {
        const details = extractDetails(i);
        expect(new Set(details.map((d) => d.field)).size).toBe(details.length);
        expect(extractDetails(i)).toEqual(details);
      }),
      { numRuns: 600 },
    );
  });

  it('offsets lie in the text, and hold what the value was made from', () => {
    fc.assert(
      fc.property(input, (i) => {
        for (const d of extractDetails(i)) {
          expect(d.start).toBeGreaterThanOrEqual(0);
          expect(d.end).toBeLessThanOrEqual(i.text.length);
          expect(d.end).toBeGreaterThan(d.start);
          expect(sourceHolds(i.text.slice(d.start, d.end), d, i.known)).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('folding and lower case keep every offset', () => {
    fc.assert(
      fc.property(chat, (text) => {
        expect(fold(text)).toHaveLength(text.length);
        expect(lower(text)).toHaveLength(text.length);
        for (const t of tokenize(fold(text))) expect(fold(text).slice(t.start, t.end)).toBe(t.raw);
      }),
    );
  });
});

/** A name's last word, an address's mailbox or a number's last digits stand in the source, or were put together from it. */
function sourceHolds(source: string, d: Detail, known: Known): boolean {
  if (d.field === 'name')
    return source.replace(/\s+/g, ' ').includes((known.name ? d.value.replace(`${known.name} `, '') : d.value).split(' ').at(-1) ?? '');
  if (d.field === 'phone') return /\p{Nd}|\p{L}/u.test(source);
  return /[@＠]|\p{L}/u.test(source);
}

/** Milliseconds of the best of at most five runs; the first below `enough` will do. */
function fastest(run: () => void, enough: number): number {
  let best = Infinity;
  for (let i = 0; i < 5 && best >= enough; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

describe('Long hostile messages', () => {
  it.each(hostilePieces)('8,000 characters of %j are read in a bounded time, whatever was asked', (piece) => {
    for (const asked of askedFields)
      for (const previous of [[], [{ role: 'bot', text: 'Your name, email and phone?' }] as const]) {
        const message = { text: filled(piece), previous, asked, known: nothingKnown, country: 'US' };
        // The bench measures (all are below 20 ms). Here is found what grows with the square of the length, on however busy a machine.
        expect(fastest(() => extractDetails(message), 120)).toBeLessThan(120);
      }
  });

  it('what lies past 8,000 characters is not read', () => {
    expect(extractDetails({ text: `${' '.repeat(8000)}bob@x.org`, previous: [], known: nothingKnown })).toEqual([]);
  });

  it('digit runs looked at are few, however many there are', () => {
    expect(scanDigits('555-0132 '.repeat(500).replaceAll(' ', ' x '), []).length).toBeLessThanOrEqual(24);
  });
});

describe('Folding details into what is known', () => {
  const detail = (value: string, replaces: boolean): Detail => ({ field: 'email', value, start: 0, end: 1, replaces, flags: [] });
  it('the first value stays until one replaces it', () => {
    const first = foldDetails(nothingKnown, [detail('a@b.co', false)]);
    expect(foldDetails(first, [detail('c@d.co', false)]).email).toBe('a@b.co');
    expect(foldDetails(first, [detail('c@d.co', true)]).email).toBe('c@d.co');
  });
});

interface Sample {
  lang: string;
  country?: string;
  turns: Turn[];
  expect: Known;
  accept?: Partial<Record<keyof Known, string[]>>;
}

describe('The written sample', () => {
  const records = readFileSync(new URL('./sample.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter((l) => l.startsWith('{"id"'))
    .map((l) => JSON.parse(l) as Sample);
  const results = records.map((r) => ({ r, got: learn(r.turns, r.lang, r.country) }));
  const right = (field: keyof Known): number => {
    const of = (v: string | null): string | null => v?.split(';')[0]?.toLowerCase() ?? null;
    const wrong = results.filter(({ r, got }) => ![r.expect[field], ...(r.accept?.[field] ?? [])].map(of).includes(of(got[field])));
    return 1 - wrong.length / results.length;
  };
  it('promotes nobody who gave neither address nor number', () => {
    const promoted = results.filter(
      ({ r, got }) => r.expect.email === null && r.expect.phone === null && (got.email !== null || got.phone !== null),
    );
    expect(promoted.map((p) => p.r.turns.at(-1)?.text)).toEqual([]);
  });
  it.each([
    ['email', 0.98],
    ['name', 0.96],
    ['phone', 0.98],
  ] as const)('%s is right in at least %d of its conversations', (field, least) => {
    expect(right(field)).toBeGreaterThanOrEqual(least);
  });
});
