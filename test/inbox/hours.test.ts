import { expect, test } from 'vitest';
import {
  copyDay,
  dateIn,
  defaultHours,
  hoursFault,
  minutesOf,
  momentIn,
  nextShift,
  searchZones,
  shiftsFault,
  tidy,
  timeOf,
  withDay,
  zoneOf,
  zones,
} from '../../inbox/hours.ts';
import { routes } from '../../shared/api.ts';

const winter = Date.UTC(2026, 0, 15, 12);
const berlin = defaultHours('Europe/Berlin');

test.each([
  [0, '00:00'],
  [545, '09:05'],
  [1439, '23:59'],
  [1440, '00:00'],
])('%i minutes are %s in a time field', (minutes, time) => expect(timeOf(minutes)).toBe(time));

test('midnight begins a day and ends one', () => {
  expect(minutesOf('00:00', 'from')).toBe(0);
  expect(minutesOf('00:00', 'to')).toBe(1440);
  expect(minutesOf('09:30:00', 'from')).toBe(570);
  expect(minutesOf('', 'from')).toBeNaN();
});

test.each([
  [
    [
      { from: 540, to: 720 },
      { from: 720, to: 1020 },
    ],
    null,
  ],
  [
    [
      { from: 780, to: 1020 },
      { from: 540, to: 720 },
    ],
    null,
  ],
  [
    [
      { from: 540, to: 721 },
      { from: 720, to: 1020 },
    ],
    'Two shifts overlap.',
  ],
  [[{ from: 1320, to: 360 }], 'It ends before it begins.'],
  [[{ from: Number.NaN, to: 360 }], 'A time is missing.'],
])('shifts %o: %s', (shifts, fault) => {
  const said = shiftsFault(shifts);
  if (fault === null) expect(said).toBeNull();
  else expect(said).toContain(fault);
});

test('what is wrong names its day or its date', () => {
  const bad = [{ from: 540, to: 500 }];
  expect(hoursFault({ ...berlin, week: withDay(berlin.week, 2, bad) })).toMatch(/^Wednesday: It ends/);
  expect(hoursFault({ ...berlin, holidays: [{ date: '' }] })).toBe('A holiday has no date.');
  expect(hoursFault({ ...berlin, holidays: [{ date: '2026-12-25' }, { date: '2026-12-25' }] })).toBe('Two holidays are on 25 Dec 2026.');
  expect(hoursFault({ ...berlin, holidays: [{ date: '2026-12-25', shifts: bad }] })).toMatch(/^25 Dec 2026: /);
  expect(hoursFault(berlin)).toBeNull();
  expect(hoursFault(null)).toBeNull();
});

test('a day is copied as its own, so that changing one leaves the other', () => {
  const week = copyDay(withDay(berlin.week, 0, [{ from: 600, to: 660 }]), 0, [5, 6]);
  expect(week[5]).toEqual([{ from: 600, to: 660 }]);
  expect(week[5]?.[0]).not.toBe(week[0]?.[0]);
  expect(week[1]).toEqual(berlin.week[1]);
});

test('the next shift comes after the last one and never passes midnight', () => {
  expect(nextShift([{ from: 540, to: 720 }])).toEqual({ from: 780, to: 1020 });
  expect(nextShift([{ from: 540, to: 1300 }])).toEqual({ from: 1360, to: 1440 });
  expect(nextShift([])).toEqual({ from: 540, to: 1020 });
});

test('what is saved is sorted, without empty names, and taken by the route', () => {
  const hours = tidy({
    ...berlin,
    week: withDay(berlin.week, 0, [
      { from: 780, to: 1020 },
      { from: 540, to: 720 },
    ]),
    holidays: [
      { date: '2026-12-31', name: ' ', shifts: [] },
      { date: '2026-12-25', name: ' Christmas ' },
    ],
  });
  expect(hours.week[0].map(({ from }) => from)).toEqual([540, 780]);
  expect(hours.holidays).toEqual([{ date: '2026-12-25', name: 'Christmas' }, { date: '2026-12-31' }]);
  expect(routes['PATCH /api/v1/settings/bot'].body.safeParse({ hours }).success).toBe(true);
});

test('a zone is found by city, region or offset, cities that begin so first', () => {
  const names = (words: string): string[] => searchZones(zones(winter), words).map(({ name }) => name);
  expect(names('new y')[0]).toBe('America/New_York');
  expect(names('york')).toContain('America/New_York');
  expect(names('berlin')[0]).toBe('Europe/Berlin');
  expect(names('utc+5:45').join()).toMatch(/Kathmandu|Katmandu/);
  expect(names('atlantis')).toEqual([]);
  expect(names('').length).toBeGreaterThan(300);
});

test('a zone is called by its city and its offset', () => {
  expect(zoneOf('America/New_York', winter)).toEqual({ name: 'America/New_York', city: 'New York', offset: 'GMT-5' });
});

test('a moment is said in the team’s own time', () => {
  const at = (hours: number): string => momentIn('Europe/Berlin', winter + hours * 3_600_000, winter);
  expect(at(4)).toBe('today 17:00');
  expect(at(20)).toBe('tomorrow 9:00');
  expect(at(92)).toBe('Monday 9:00');
  expect(at(24 * 20)).toBe('4 Feb 13:00');
});

test('the date is the one there, not here', () => {
  const lateInLondon = Date.UTC(2026, 0, 15, 23, 30);
  expect(dateIn('Europe/Berlin', lateInLondon)).toBe('2026-01-16');
  expect(dateIn('America/New_York', lateInLondon)).toBe('2026-01-15');
});
