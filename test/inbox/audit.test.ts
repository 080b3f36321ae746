import { beforeEach, expect, test, vi } from 'vitest';
import type { Api } from '../../inbox/api.ts';
import { createAudit } from '../../inbox/state/audit.ts';
import { item } from './scene.ts';

type Query = { cursor?: string };

/** What was asked of the server, each to be answered when it is time. */
let asked: { cursor: string | undefined; answer(revs: number[], next?: string): void }[];
const call = (_: string, { query }: { query: Query }): Promise<unknown> =>
  new Promise((resolve) =>
    asked.push({
      cursor: query.cursor,
      answer: (revs, next) =>
        resolve({ ok: true, data: { data: revs.map((rev) => ({ rev })), has_more: next !== undefined, next_cursor: next ?? null } }),
    }),
  );
const blocked = item(1, { type: 'contact.blocked' });

beforeEach(() => {
  asked = [];
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function watched() {
  const audit = createAudit({ call } as unknown as Api);
  audit.watch();
  const next = async () => {
    await vi.advanceTimersByTimeAsync(500);
    return asked.shift();
  };
  return { audit, next, revs: () => audit.entries.value?.map(({ rev }) => rev) };
}

test('what is new comes also where older ones were asked for while it was on its way', async () => {
  const { audit, next, revs } = watched();
  (await next())?.answer([5], '5');
  await vi.advanceTimersByTimeAsync(0);
  audit.take([blocked]);
  const newest = await next();
  void audit.loadOlder();
  newest?.answer([6, 5], '5');
  const older = await next();
  expect(older?.cursor).toBe('5');
  older?.answer([4]);
  (await next())?.answer([6, 5], '5');
  await vi.advanceTimersByTimeAsync(0);
  expect(revs()).toEqual([6, 5, 4]);
});

test('an answer that was overtaken by a newer one takes nothing away', async () => {
  const { audit, next, revs } = watched();
  (await next())?.answer([5], '5');
  await vi.advanceTimersByTimeAsync(0);
  audit.take([blocked]);
  const first = await next();
  audit.take([blocked]);
  const second = await next();
  second?.answer([7, 6, 5], '5');
  await vi.advanceTimersByTimeAsync(0);
  first?.answer([6, 5], '5');
  await vi.advanceTimersByTimeAsync(0);
  expect(revs()).toEqual([7, 6, 5]);
});
