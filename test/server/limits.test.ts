import { expect, it } from 'vitest';
import { createLimits } from '../../server/limits.ts';

const passes = async (limiter: { consume(key: string): Promise<unknown> }, key: string): Promise<boolean> =>
  limiter.consume(key).then(
    () => true,
    () => false,
  );

it('what one node counted is not there on the other any more', async () => {
  const [one, two] = [createLimits(true), createLimits(true)];
  const [here, there] = [one.limiter('tries', 3, 60), two.limiter('tries', 3, 60)];
  expect([await passes(here, 'ada'), await passes(here, 'ada'), await passes(here, 'bo')]).toEqual([true, true, true]);
  two.add(one.drain());
  expect(one.drain()).toEqual({});
  expect([await passes(there, 'ada'), await passes(there, 'ada')]).toEqual([true, false]);
  expect([await passes(there, 'bo'), await passes(there, 'bo'), await passes(there, 'bo')]).toEqual([true, true, false]);
});

it('what is given back is given back everywhere, and a limiter the other does not know is passed over', async () => {
  const [one, two] = [createLimits(true), createLimits(true)];
  const [here, there] = [one.limiter('tries', 1, 60), two.limiter('tries', 1, 60)];
  await here.consume('ada');
  two.add(one.drain());
  await here.reward('ada');
  two.add(one.drain());
  expect(await passes(there, 'ada')).toBe(true);
  expect(() => two.add({ unknown: { ada: 5 } })).not.toThrow();
});

it('a node without others remembers nothing to tell', async () => {
  const alone = createLimits(false);
  await alone.limiter('tries', 3, 60).consume('ada');
  expect(alone.drain()).toEqual({});
});
