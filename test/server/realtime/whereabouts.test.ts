import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PresenceChange } from '../../../server/realtime/presence.ts';
import { createWhereabouts } from '../../../server/realtime/whereabouts.ts';

const at = (contact: string, title: string): PresenceChange => ({
  contact,
  online: true,
  page: { url: `https://x.example/${title}`, title },
});

let told: [string, string[]][];
let watched: Set<string>;
let whereabouts: ReturnType<typeof createWhereabouts>;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  watched = new Set(['w']);
  whereabouts = createWhereabouts({
    isWatched: (id) => watched.has(id),
    tell: (id, changes) => void told.push([id, changes.map((c) => `${c.contact} ${c.page?.title}`)]),
  });
});
afterEach(() => {
  whereabouts.stop();
  vi.useRealTimers();
});

it('the first change is told at once, what follows within half a second together, of each contact the last', () => {
  whereabouts.changed('w', [at('a', 'home')]);
  whereabouts.changed('w', [at('b', 'home')]);
  vi.advanceTimersByTime(0);
  expect(told).toEqual([['w', ['a home', 'b home']]]);
  for (let i = 0; i < 1000; i++) whereabouts.changed('w', [at('a', `page ${i}`)]);
  whereabouts.changed('w', [at('b', 'prices')]);
  vi.advanceTimersByTime(499);
  expect(told).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(told[1]).toEqual(['w', ['a page 999', 'b prices']]);
});

it('5,000 visitors who come and go for ten seconds are at most 21 packets', () => {
  for (let ms = 0; ms < 10_000; ms += 10) {
    for (let i = 0; i < 50; i++) whereabouts.changed('w', [at(`c${(ms + i) % 5000}`, `${ms}`)]);
    vi.advanceTimersByTime(10);
  }
  expect(told.length).toBeGreaterThan(10);
  expect(told.length).toBeLessThanOrEqual(21);
});

it('where nobody watches nothing is kept and nothing told, also where the last one leaves in between', () => {
  whereabouts.changed('other', [at('a', 'home')]);
  whereabouts.changed('w', [at('a', 'home')]);
  watched.clear();
  vi.advanceTimersByTime(2000);
  expect(told).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
