// A time as host apps write it: what their languages and databases print.
import { expect, it } from 'vitest';
import { readHostTime } from '../../shared/host-time.ts';

const at = Date.UTC(2024, 2, 12, 9, 30, 5);

it.each<[string | number, number]>([
  [at / 1000, at],
  [String(at / 1000), at],
  [at, at],
  [at / 1000 + 0.25, at + 250],
  ['2024-03-12', Date.UTC(2024, 2, 12)],
  [new Date(at).toUTCString(), at],
  ['Tue Mar 12 2024 10:30:05 GMT+0100 (Central European Standard Time)', at],
  ['2024-03-12 09:30:05.5 +0000 UTC', at + 500],
  ['2024-03-12T09:30:05Z', at],
  ['2024-03-12T09:30Z', at - 5000],
  ['2024-03-12T11:30:05+02:00', at],
  ['2024-03-12T04:00:05-0530', at],
  // JavaScript, Python, PostgreSQL, Ruby, Go, MySQL.
  ['2024-03-12T09:30:05.000Z', at],
  ['2024-03-12 09:30:05.123456+00:00', at + 123],
  ['2024-03-12 10:30:05.5+01', at + 500],
  ['2024-03-12 09:30:05 UTC', at],
  ['2024-03-12 11:30:05 +0200', at],
  ['2024-03-12T09:30:05.123456789Z', at + 123],
  ['2024-03-12 09:30:05', at],
  [' 2024-02-29 ', Date.UTC(2024, 1, 29)],
  [Date.UTC(1974, 0, 1), Date.UTC(1974, 0, 1)],
  ['2199-12-31T23:59:59Z', Date.UTC(2199, 11, 31, 23, 59, 59)],
])('%j is read', (given, expected) => {
  expect(readHostTime(given)).toBe(expected);
});

const junk = [
  '',
  'yesterday',
  '12/03/2024',
  '03-12-2024',
  '2024-3-12',
  'Tue Mar 12 2024',
  'Tue Mar 12 2024 10:30:05 GMT+0100 (x) 1999',
  '2024'.repeat(9),
  '0x10',
  '1e9',
  '2024',
  '20240312',
  '20240312093005',
];
const noDay = ['2024-02-30', '2023-02-29', '2024-13-01', '2024-03-12T25:00:00Z', '2024-03-12T09:30:05 Berlin', '0000-00-00 00:00:00'];
const tooEarlyOrLate = [
  '0001-01-01T00:00:00Z',
  '1973-12-31T23:59:59Z',
  '9999-12-31',
  '-5',
  0,
  -1,
  1,
  1e17,
  1_710_235_805_000_000,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  true,
  {},
];

it.each<unknown>([...junk, ...noDay, ...tooEarlyOrLate])('%j is no time', (given) => {
  expect(readHostTime(given)).toBeNull();
});
