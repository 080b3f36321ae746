// What holds of any two contacts that are merged, and of any merges that are taken back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPromotion, typeOf } from '../../shared/contact.ts';
import { merge } from '../../shared/merge.ts';
import type { WholeContact } from '../../shared/merge.ts';
import { unmerge } from '../../shared/unmerge.ts';
import type { MergeStep } from '../../shared/unmerge.ts';
import { contact, lead, user, whole } from './people.ts';

const text = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
const grade = fc.constantFrom('claimed' as const, 'verified' as const, 'signed' as const);
const time = fc.integer({ min: 1, max: 50 });
type Ungraded = Pick<WholeContact, 'avatar' | 'company' | 'signedUpAt' | 'attributes'>;
const isKnown = ({ avatar, company, signedUpAt, attributes }: Ungraded, field: string): boolean => {
  const all = new Map<string, unknown>([
    ['avatar', avatar],
    ['company', company],
    ['signed_up_at', signedUpAt],
    ...Object.entries(attributes).map(([name, value]): [string, unknown] => [`attributes.${name}`, value]),
  ]);
  return (all.get(field) ?? '') !== '';
};
const person = (id: string): fc.Arbitrary<WholeContact> =>
  fc
    .record({
      email: text,
      name: text,
      phone: text,
      company: text,
      avatar: text,
      signedUpAt: fc.option(time),
      language: text,
      grade,
      createdAt: time,
      lastSeenAt: time,
      attributes: fc.dictionary(
        fc.constantFrom('plan', 'size', '__proto__'),
        fc.oneof(
          fc.constantFrom('x', 'y'),
          fc.boolean(),
          fc.integer({
            min: 0,
            max: 3,
          }),
        ),
      ),
      tags: fc.uniqueArray(fc.constantFrom('t1', 't2', 't3')),
      points: fc.uniqueArray(
        fc.record({
          points: fc.integer({
            min: -3,
            max: 9,
          }),
          reason: fc.constantFrom('r1', 'r2', 'r3'),
          from: fc.constant('flow' as const),
        }),
        { selector: ({ reason }) => reason },
      ),
      blocked: fc.boolean(),
      unsubscribed: fc.boolean(),
      isLead: fc.boolean(),
      isUser: fc.boolean(),
      verified: fc.boolean(),
      signed: fc.subarray(['attributes.plan', 'attributes.size', 'avatar', 'company', 'signed_up_at']),
    })
    .map(({ grade: sure, isLead, isUser, verified, signed, ...made }) =>
      whole(
        contact({
          ...made,
          id,
          signedFields: signed.filter((field) => isKnown(made, field)),
          emailGrade: made.email === null ? null : sure,
          nameGrade: made.name === null ? null : sure,
          phoneGrade: made.phone === null ? null : sure,
          leadAt: isLead || made.email !== null ? made.createdAt : null,
          identifiedAt: isUser ? made.createdAt : null,
          userId: isUser && verified ? `user-${id}` : null,
          verified: isUser && verified,
        }),
        { tags: made.tags, points: made.points, language: made.language },
      ),
    );
const scored = (one: WholeContact): WholeContact => ({ ...one, score: one.points.reduce((sum, { points }) => sum + points, 0) });

describe('properties of merging and of taking it back', () => {
  it('[M24] the type of the survivor never falls, and nobody’s type is lost', () => {
    fc.assert(
      fc.property(person('a'), person('b'), (a, b) => {
        const merged = merge(a, b).contact;
        for (const before of [a, b]) expect(isPromotion(typeOf(merged), typeOf(before))).toBe(false);
      }),
    );
  });

  it('merging the same contact again changes nothing', () => {
    fc.assert(
      fc.property(person('a'), person('b'), (a, b) => {
        const once = merge(a, b).contact;
        expect(merge(once, b).contact).toEqual(once);
      }),
    );
  });

  it('undone at once, everything is as it was', () => {
    fc.assert(
      fc.property(person('a').map(scored), person('b'), (before, b) => {
        const merged = merge(before, b).contact;
        expect(unmerge({ undone: { before, absorbed: b, merged }, now: merged, later: [] })).toEqual({ survivor: before, later: [] });
      }),
    );
  });

  it('undone in whatever order, the survivor is by turns what the others make of it, and ends as it began', () => {
    const plain = (one: WholeContact) => ({
      ...one,
      tags: one.tags.toSorted(),
      points: one.points.map(({ reason }) => reason).toSorted(),
    });
    const three = fc.tuple(person('b'), person('c'), person('d'));
    fc.assert(
      fc.property(person('a').map(scored), three, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (before, others, order) => {
        const steps: MergeStep<WholeContact>[] = [];
        let now = before;
        for (const absorbed of others) {
          const step = { before: now, absorbed, merged: merge(now, absorbed).contact };
          steps.push(step);
          now = step.merged;
        }
        const open = others.map((absorbed, i) => ({ absorbed, step: steps[i] as MergeStep<WholeContact> }));
        for (const index of order) {
          const at = open.findIndex(({ absorbed }) => absorbed === others[index]);
          const [undone] = open.splice(at, 1);
          if (!undone) throw new Error('nothing to undo');
          const done = unmerge({ undone: undone.step, now, later: open.slice(at).map(({ step }) => step) });
          now = done.survivor;
          for (const [i, step] of done.later.entries()) Object.assign(open[at + i] as object, { step });
          const expected = open.reduce((one, { absorbed }) => merge(one, absorbed).contact, before);
          expect(plain(now)).toEqual(plain(expected));
        }
      }),
    );
  });

  it('what was changed since by somebody else stays', () => {
    const before = whole(user('u1'));
    const other = whole(lead('b@example.com', { id: 'l', phone: '+46', phoneGrade: 'claimed' }), { tags: ['theirs'] });
    const merged = merge(before, other).contact;
    const now = { ...merged, phone: '+47', phoneGrade: 'signed' as const, tags: [...merged.tags, 'since'], lastSeenAt: 99 };
    const undone = unmerge({ undone: { before, absorbed: other, merged }, now, later: [] });
    expect(undone.survivor).toMatchObject({
      phone: '+47',
      phoneGrade: 'signed',
      tags: ['since'],
      lastSeenAt: 99,
      email: null,
      leadAt: null,
    });
  });

  it('what a later merge would have brought comes from it', () => {
    const before = whole(user('u1'));
    const first = whole(lead('b@example.com', { id: 'l1', phone: '+46', phoneGrade: 'claimed' }), { tags: ['both', 'one'] });
    const second = whole(lead('c@example.com', { id: 'l2', phone: '+47', phoneGrade: 'claimed' }), { tags: ['both'] });
    const merged = merge(before, first).contact;
    const now = merge(merged, second).contact;
    const undone = unmerge({
      undone: { before, absorbed: first, merged },
      now,
      later: [{ before: merged, absorbed: second, merged: now }],
    });
    expect(undone.survivor).toMatchObject({ email: 'c@example.com', phone: '+47', tags: ['both'] });
  });
});
