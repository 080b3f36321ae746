import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrderedLog } from '../../shared/log.ts';

const entries = (from: number, to: number): { seq: number }[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => ({ seq: from + i }));
const seqs = (list: readonly { seq: number }[]): number[] => list.map((e) => e.seq);

/** Shuffled, doubled and with holes: how entries may come over a bad line. */
const aDelivery = fc.integer({ min: 0, max: 40 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    packets: fc.array(fc.array(fc.integer({ min: 1, max: Math.max(1, n) }), { maxLength: 8 }), { maxLength: 30 }),
  }),
);

describe('the log of a receiver', () => {
  it('[P8] applies last + 1 only, drops what it has and keeps what is ahead until the gap is filled', () => {
    const log = createOrderedLog();
    expect(seqs(log.offer([{ seq: 2 }]))).toEqual([]);
    expect(log.hasGap()).toBe(true);
    expect(seqs(log.offer([{ seq: 1 }]))).toEqual([1, 2]);
    expect(seqs(log.offer([{ seq: 1 }, { seq: 2 }]))).toEqual([]);
    expect(log.hasGap()).toBe(false);
    expect(log.last()).toBe(2);
  });

  it('[P8] whatever is doubled, shuffled or lost, what was shown is 1..k at every instant', () => {
    fc.assert(
      fc.property(aDelivery, ({ n, packets }) => {
        const log = createOrderedLog();
        const shown: number[] = [];
        for (const packet of packets) {
          shown.push(...seqs(log.offer(packet.filter((seq) => seq <= n).map((seq) => ({ seq })))));
          expect(shown).toEqual(seqs(entries(1, shown.length)));
          expect(log.last()).toBe(shown.length);
        }
      }),
    );
  });

  it('[P8] any permutation of all entries, with doubles, ends with all of them shown once', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 40 })
          .chain((n) => fc.tuple(fc.constant(n), fc.shuffledSubarray(entries(1, n), { minLength: n }), fc.shuffledSubarray(entries(1, n)))),
        ([n, all, doubles]) => {
          const log = createOrderedLog();
          const shown = [...all, ...doubles].flatMap((entry) => seqs(log.offer([entry])));
          expect(shown).toEqual(seqs(entries(1, n)));
          expect(log.hasGap()).toBe(false);
        },
      ),
    );
  });

  it('[P8] after any loss, what a sync brings from last on completes the log', () => {
    fc.assert(
      fc.property(aDelivery, ({ n, packets }) => {
        const log = createOrderedLog();
        const shown = packets.flatMap((packet) => seqs(log.offer(packet.filter((seq) => seq <= n).map((seq) => ({ seq })))));
        shown.push(...seqs(log.offer(entries(log.last() + 1, n))));
        expect(shown).toEqual(seqs(entries(1, n)));
        expect(log.hasGap()).toBe(false);
      }),
    );
  });

  it('[P6] a reset starts anew at the given seq and shows nothing at or below it', () => {
    fc.assert(
      fc.property(aDelivery, fc.integer({ min: 0, max: 40 }), ({ n, packets }, at) => {
        const log = createOrderedLog();
        log.offer(packets.flat().map((seq) => ({ seq })));
        log.reset(at);
        expect(log.last()).toBe(at);
        const shown = seqs(log.offer(entries(1, n)));
        expect(shown).toEqual(shown.length === 0 ? [] : seqs(entries(at + 1, at + shown.length)));
        expect(log.last()).toBe(Math.max(at, n, log.last()));
      }),
    );
  });

  it('[P6] what was held back above a reset is shown with whatever comes next', () => {
    const log = createOrderedLog();
    log.offer([{ seq: 5 }, { seq: 6 }]);
    log.reset(4);
    expect(seqs(log.offer([{ seq: 7 }]))).toEqual([5, 6, 7]);
  });

  it('[I13] what is held back is bounded, and the entry that fills the gap is taken also at the bound', () => {
    const log = createOrderedLog(0, 5);
    log.offer(entries(3, 1000));
    expect(seqs(log.offer([{ seq: 2 }]))).toEqual([]);
    expect(seqs(log.offer([{ seq: 1 }]))).toEqual([1]);
    const shown = log.offer(entries(2, 1000));
    expect(seqs(shown)).toEqual(seqs(entries(2, 1000)));
  });
});
