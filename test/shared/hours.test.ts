import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hours, Shift } from '../../shared/hours.ts';
import { backWords, isOpen, nextOpening } from '../../shared/hours.ts';

const nineToFive: Shift[] = [{ from: 540, to: 1020 }];
const split: Shift[] = [
  { from: 540, to: 720 },
  { from: 780, to: 1080 },
];
const week = (...days: Shift[][]): Hours['week'] => [0, 1, 2, 3, 4, 5, 6].map((i) => days[i] ?? []) as unknown as Hours['week'];

const berlin: Hours = {
  timeZone: 'Europe/Berlin',
  week: week(split, nineToFive, nineToFive, nineToFive, nineToFive),
  holidays: [
    { date: '2026-12-25', name: 'Christmas' },
    { date: '2026-12-26', shifts: [{ from: 600, to: 720 }] },
  ],
};
const at = (iso: string): number => Date.parse(iso);

describe('business hours', () => {
  it.each([
    // A Monday in November: UTC+1.
    ['2026-11-23T07:59:59Z', false],
    ['2026-11-23T08:00:00Z', true],
    ['2026-11-23T10:59:59Z', true],
    ['2026-11-23T11:00:00Z', false],
    ['2026-11-23T12:00:00Z', true],
    ['2026-11-23T16:59:59Z', true],
    ['2026-11-23T17:00:00Z', false],
    // In July: UTC+2.
    ['2026-07-07T07:00:00Z', true],
    ['2026-07-07T15:00:00Z', false],
    // Saturday, Christmas, a holiday with hours of its own.
    ['2026-11-28T10:00:00Z', false],
    ['2026-12-25T10:00:00Z', false],
    ['2026-12-26T09:30:00Z', true],
    ['2026-12-26T11:30:00Z', false],
  ])('at %s are open: %s', (iso, open) => {
    expect(isOpen(berlin, at(iso))).toBe(open);
  });

  it.each([
    ['2026-11-23T05:00:00Z', '2026-11-23T08:00:00Z'],
    ['2026-11-23T11:30:00Z', '2026-11-23T12:00:00Z'],
    ['2026-11-23T18:00:00Z', '2026-11-24T08:00:00Z'],
    ['2026-11-27T18:00:00Z', '2026-11-30T08:00:00Z'],
    ['2026-12-24T18:00:00Z', '2026-12-26T09:00:00Z'],
    // Over the change of the clocks, in both directions.
    ['2026-03-27T18:00:00Z', '2026-03-30T07:00:00Z'],
    ['2026-10-23T18:00:00Z', '2026-10-26T08:00:00Z'],
    ['2026-11-23T09:00:30Z', '2026-11-23T09:00:30Z'],
  ])('after %s open at %s', (from, expected) => {
    expect(nextOpening(berlin, at(from))).toBe(at(expected));
  });

  it('never open have no next opening, nor have those that open after sixty days', () => {
    expect(nextOpening({ ...berlin, week: week(), holidays: [] }, at('2026-11-23T09:00:00Z'))).toBe(null);
    const once = { ...berlin, week: week(), holidays: [{ date: '2027-02-01', shifts: nineToFive }] };
    expect(nextOpening(once, at('2026-11-23T09:00:00Z'))).toBe(null);
    expect(nextOpening(once, at('2026-12-23T09:00:00Z'))).toBe(at('2027-02-01T08:00:00Z'));
  });

  it('in the hour that is left out begin with the next, and in the one that is repeated twice', () => {
    const early = { ...berlin, week: week([], [], [], [], [], [], [{ from: 150, to: 240 }]) };
    // Clocks go from 2:00 to 3:00 on 29 March 2026, and from 3:00 to 2:00 on 25 October.
    expect(nextOpening(early, at('2026-03-29T00:00:00Z'))).toBe(at('2026-03-29T01:00:00Z'));
    const twice = { ...berlin, week: week([], [], [], [], [], [], [{ from: 130, to: 140 }]) };
    expect(nextOpening(twice, at('2026-10-25T00:00:00Z'))).toBe(at('2026-10-25T00:10:00Z'));
    expect(nextOpening(twice, at('2026-10-25T00:30:00Z'))).toBe(at('2026-10-25T01:10:00Z'));
  });

  const shift = fc
    .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
    .map(([a, b]): Shift[] => (a < b ? [{ from: a * 15, to: b * 15 }] : []));
  const anyHours = fc.record({
    timeZone: fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'UTC',
      'Africa/Casablanca',
    ),
    week: fc.array(fc.oneof(shift, fc.constant<Shift[]>([])), { minLength: 7, maxLength: 7 }).map((days) => week(...days)),
    holidays: fc.constant([]),
  });
  const moment = fc
    .integer({ min: at('2026-01-01T00:00:00Z') / 900_000, max: at('2027-01-01T00:00:00Z') / 900_000 })
    .map((n) => n * 900_000);

  it('are open at the next opening and at no quarter of an hour before it', () => {
    fc.assert(
      fc.property(anyHours, moment, (hours, from) => {
        const next = nextOpening(hours, from);
        if (next === null) expect(hours.week.flat()).toEqual([]);
        else expect(isOpen(hours, next)).toBe(true);
        for (let t = from; t < (next ?? from); t += 900_000) expect(isOpen(hours, t)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});

describe('when somebody is back', () => {
  const now = at('2026-11-24T20:00:00Z');
  it.each([
    ['2026-11-24T21:30:00Z', 'en', 'at 22:30'],
    ['2026-11-25T08:00:00Z', 'en', 'tomorrow at 9:00'],
    ['2026-11-27T08:00:00Z', 'en', 'on Friday at 9:00'],
    ['2026-12-03T08:00:00Z', 'en', 'on December 3 at 9:00'],
    ['2026-11-25T08:00:00Z', 'es', 'mañana a las 9:00'],
    ['2026-11-27T08:00:00Z', 'pt-BR', 'na sexta-feira às 9:00'],
    ['2026-11-27T08:00:00Z', 'fr', 'vendredi à 9:00'],
    ['2026-11-27T08:00:00Z', 'de', 'am Freitag um 9:00 Uhr'],
    ['2026-11-27T08:00:00Z', 'it', 'venerdì alle 9:00'],
    ['2026-11-27T08:00:00Z', 'nl', 'vrijdag om 9:00 uur'],
    ['2026-11-27T08:00:00Z', 'pl', 'w piątek o 9:00'],
    ['2026-11-27T08:00:00Z', 'tr', 'Cuma günü saat 9:00'],
    ['2026-11-27T08:00:00Z', 'ru', 'в пятницу в 9:00'],
    ['2026-11-27T08:00:00Z', 'ar', 'يوم الجمعة الساعة 9:00'],
    ['2026-11-27T08:00:00Z', 'hi', 'शुक्रवार को 9:00 बजे'],
    ['2026-11-27T08:00:00Z', 'ja', '金曜日9:00'],
    ['2026-11-27T08:00:00Z', 'zh', '星期五9:00'],
    ['2026-11-27T08:00:00Z', 'ko', '금요일 9:00'],
    ['2026-11-25T08:00:00Z', 'sv', 'tomorrow at 9:00'],
  ])('%s is said in %s as “%s”', (iso, language, expected) => {
    expect(backWords(at(iso), now, 'Europe/Berlin', language)).toBe(expected);
  });

  it('is counted by the visitor’s own days', () => {
    expect(backWords(at('2026-11-25T08:00:00Z'), now, 'Asia/Tokyo', 'en')).toBe('at 17:00');
    expect(backWords(at('2026-11-25T08:00:00Z'), now, 'America/New_York', null)).toBe('tomorrow at 3:00');
  });
});
