import { expect, test } from 'vitest';
import {
  calendarDay,
  contactName,
  dateWords,
  detailWords,
  originWords,
  pageName,
  shortDuration,
  shortTime,
  warmth,
} from '../../inbox/words.ts';
import { minute, noon } from './scene.ts';

const hour = 60 * minute;

test.each([
  [42_000, '42s'],
  [4 * minute, '4m'],
  [hour, '1h'],
  [72 * minute, '1h 12m'],
  [50 * hour, '2d'],
  [-5000, '0s'],
])('a wait of %i ms is %s', (ms, words) => expect(shortDuration(ms)).toBe(words));

test('a wait warms as it grows', () => {
  expect([1, 3, 20, 90].map((minutes) => warmth(minutes * minute))).toEqual([0, 1, 2, 3]);
});

test('a time in a list is as short as its age allows', () => {
  expect([10_000, 4 * minute, 5 * hour].map((age) => shortTime(noon - age, noon))).toEqual(['now', '4m', '5h']);
});

test('a contact without a name is its email, else the end of its id', () => {
  expect(contactName({ id: '0123456789ab3f2a', name: null, email: null })).toBe('Visitor 3f2a');
  expect(contactName({ id: '0123', name: null, email: 'a@b.co' })).toBe('a@b.co');
});

test.each([
  ['https://acme.example/pricing?x=1', '/pricing'],
  ['https://acme.example/', 'acme.example'],
  ['no url', 'no url'],
])('the page %s is called %s', (url, name) => expect(pageName(url)).toBe(name));

test.each([
  ['team_size', '11-50', '11–50'],
  ['team_size', '201+', 'More than 200'],
  ['timing', 'soon', 'In 1–3 months'],
  ['need', 'just-looking', 'Just looking'],
  ['phone', '+14155552671', '+1 415 555 2671'],
  ['timing', 'by Easter', 'by Easter'],
  ['need', 'constructor', 'constructor'],
  ['plan', '11-50', '11-50'],
  ['constructor', 'now', 'now'],
])('%s %s reads %s', (field, value, words) => expect(detailWords(field, value)).toBe(words));

const touch = { url: 'https://acme.example/pricing', referrer: null, utm: {} };
test.each([
  [touch, null],
  [{ ...touch, referrer: 'https://www.google.com/' }, 'from google.com'],
  [{ ...touch, referrer: 'https://acme.example/' }, null],
  [{ ...touch, referrer: 'https://google.com/', utm: { utm_campaign: 'spring' } }, 'from google.com · campaign spring'],
  [{ ...touch, utm: { utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'spring' } }, 'campaign spring (google / cpc)'],
  [{ ...touch, utm: { utm_source: 'newsletter' } }, 'newsletter'],
  [{ ...touch, referrer: 'android-app', url: 'not an address' }, null],
])('where somebody came from is said as far as it is known: %#', (from, words) => expect(originWords(from)).toBe(words));

test('a date that was given without a time is that day in every zone', () => {
  const zone = process.env['TZ'];
  try {
    for (process.env['TZ'] of ['America/Los_Angeles', 'Pacific/Auckland']) expect(calendarDay(Date.UTC(2024, 2, 12))).toMatch(/\b12\b/);
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});

test('a day is said with its year where that is another', () => {
  expect(dateWords(noon, noon)).not.toContain('2026');
  expect(dateWords(noon, noon - 400 * 24 * 60 * minute)).toContain('2026');
});
