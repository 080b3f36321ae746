// The search has an end: how far it looks, by a clock of the test's own.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WordsAsked } from '../../../server/store/open.ts';
import type { Tx } from '../../../server/store/query.ts';
import { search } from '../../../server/store/search.ts';
import { sliceSize } from '../../../server/store/words.ts';

afterEach(() => vi.restoreAllMocks());

/** Nothing is found, and each slice takes its time. */
async function searched({ messages, contacts, sliceMs }: { messages: number; contacts: number; sliceMs: number }) {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const slicesOf: Record<WordsAsked['of'], number> = { message: messages, contact: contacts };
  const seen: Record<WordsAsked['of'], number[]> = { message: [], contact: [] };
  const kinds: WordsAsked['of'][] = ['contact', 'message'];
  const tx = {
    workspaceId: 'main',
    execute: async () => [{ id: slicesOf[kinds.shift() ?? 'message'] * sliceSize - 1 }],
    async findWords({ of, slices }: WordsAsked) {
      now += slices.length * sliceMs;
      seen[of].push(...slices);
      return [];
    },
  } as unknown as Tx;
  const { isCut } = await search(tx, 'delivery quokka');
  return { isCut, seen, ms: now };
}

describe('a search', () => {
  it('looks through all there is while that is quick, newest first, each slice once', async () => {
    const { isCut, seen } = await searched({ messages: 150, contacts: 16, sliceMs: 0.05 });
    expect(isCut).toBe(false);
    expect(seen.message).toEqual(Array.from({ length: 150 }, (_, i) => 149 - i));
    expect(seen.contact).toEqual(Array.from({ length: 16 }, (_, i) => 15 - i));
  });

  it.each([0.4, 1, 1.9, 2.5, 3, 6, 19])(
    'where a slice takes %f ms, is over after 15 ms and not two slices more, and says so',
    async (sliceMs) => {
      const { isCut, seen, ms } = await searched({ messages: 150, contacts: 16, sliceMs });
      expect(isCut).toBe(true);
      expect(ms).toBeLessThanOrEqual(15 + 2 * sliceMs);
      expect(seen.message[0]).toBe(149);
      expect(seen.contact[0]).toBe(15);
    },
  );

  it('of slow contacts leaves time for messages', async () => {
    const { seen } = await searched({ messages: 150, contacts: 16, sliceMs: 1 });
    expect(seen.contact.length).toBeLessThanOrEqual(7);
    expect(seen.message.length).toBeGreaterThanOrEqual(8);
  });
});
