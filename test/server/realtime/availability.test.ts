import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAvailability } from '../../../server/realtime/availability.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const here = new Set<string>();
  const told: [string, boolean][] = [];
  const { changed } = createAvailability({ isAnybodyHere: (id) => here.has(id), tell: (id, online) => void told.push([id, online]) });
  return {
    told,
    come: (id: string) => (here.add(id), changed(id)),
    leave: (id: string) => (here.delete(id), changed(id)),
    another: changed,
  };
}

it('visitors are told at once when the first agent comes, and nothing when another does', () => {
  const { told, come, another } = watched();
  come('w');
  another('w');
  vi.runAllTimers();
  expect(told).toEqual([['w', true]]);
});

it('an agent who reloads ten times is one more packet: what holds after the pause, for who looked in between', () => {
  const { told, come, leave } = watched();
  come('w');
  for (let i = 0; i < 10; i++) {
    leave('w');
    come('w');
  }
  expect(told).toEqual([['w', true]]);
  vi.advanceTimersByTime(5000);
  expect(told).toEqual([
    ['w', true],
    ['w', true],
  ]);
  leave('w');
  expect(told.at(-1)).toEqual(['w', false]);
  come('w');
  vi.advanceTimersByTime(1999);
  expect(told).toHaveLength(3);
  vi.advanceTimersByTime(1);
  expect(told.at(-1)).toEqual(['w', true]);
});

it('each workspace has its own', () => {
  const { told, come } = watched();
  come('a');
  come('b');
  expect(told).toEqual([
    ['a', true],
    ['b', true],
  ]);
});
