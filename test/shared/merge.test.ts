import { describe, expect, it } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import { chooseSurvivor, merge } from '../../shared/merge.ts';
import type { MergeField } from '../../shared/merge.ts';
import { contact, lead, user, whole } from './people.ts';

const rowOf = (fields: readonly MergeField[], name: string): MergeField | undefined => fields.find(({ field }) => field === name);
const touch = (url: string) => ({ url, title: null, referrer: null, utm: {} });

describe('who survives', () => {
  const [old, young] = [
    whole(lead('a@example.com', { id: 'old', createdAt: 1 })),
    whole(lead('b@example.com', { id: 'young', createdAt: 2 })),
  ];
  const [ada, bob] = [whole(user('ada')), whole(user('bob', { createdAt: 1 }))];
  const claims = whole(contact({ id: 'claims', claimedUserId: 'ada', identifiedAt: 5 }));
  it.each([
    ['[M21] of two leads the older one, whichever way it was asked', old, young, false, 'old'],
    ['[M21] of two leads the older one, the other way round', young, old, false, 'old'],
    ['[M21] of a lead and a user the user', old, ada, false, 'ada'],
    ['[M21] of a user and a lead the user, though it was to be merged away', ada, old, false, 'ada'],
    ['[M21] of two users by force the one it was asked to go into', ada, bob, true, 'bob'],
    ['[M14] of two users by force never the unproved one', ada, claims, true, 'ada'],
  ])('%s', (_, from, into, force, id) => {
    const chosen = chooseSurvivor(from, into, force);
    expect(chosen).toMatchObject({ ok: true, survivor: { id } });
  });

  it.each([
    ['[M21] the same contact twice is refused', old, old, true, 'same_contact'],
    ['[M21] two users without force are refused', ada, bob, false, 'two_users'],
    ['[M21] also where one of them is not proved', claims, ada, false, 'two_users'],
  ])('%s', (_, from, into, force, refusal) => {
    expect(chooseSurvivor(from, into, force)).toEqual({ ok: false, refusal });
  });
});

describe('a merge, field by field', () => {
  const survivor = whole(
    user('u1', {
      name: 'Ada L',
      nameGrade: 'signed',
      email: 'a@example.com',
      emailGrade: 'signed',
      company: 'ACME',
      createdAt: 50,
      lastSeenAt: 60,
      attributes: {
        plan: 'pro',
        trial: false,
      },
      firstTouch: touch('/later'),
    }),
    { tags: ['vip'], points: [{ points: 5, reason: 'Big team', from: 'flow' }], pageUrl: '/now', pageTitle: 'Now' },
  );
  const absorbed = whole(
    lead('b@example.com', {
      id: 'l1',
      name: 'ada',
      nameGrade: 'claimed',
      phone: '+46',
      phoneGrade: 'claimed',
      blocked: true,
      unsubscribed: true,
      attributes: {
        plan: 'free',
        size: 3,
        trial: true,
        beta: false,
      },
      firstTouch: touch('/first'),
      createdAt: 10,
      lastSeenAt: 40,
    }),
    {
      tags: ['vip', 'fair'],
      points: [
        { points: 5, reason: 'Big team', from: 'flow' },
        { points: 3, reason: 'Soon', from: 'flow' },
        { points: 9, reason: 'A rule', from: 'rule' },
      ],
      language: 'sv',
      pageUrl: '/then',
    },
  );
  const { contact: after, fields } = merge(survivor, absorbed);

  it('the survivor’s non-empty value wins, its gaps are filled by the other’s', () => {
    expect(after).toMatchObject({ id: 'u1', name: 'Ada L', email: 'a@example.com', phone: '+46', phoneGrade: 'claimed', company: 'ACME' });
    expect(after.attributes).toEqual({ plan: 'pro', size: 3, trial: false, beta: false });
    expect(after.language).toBe('sv');
  });

  it('first seen is the earliest, last seen the latest, the first touch that of the earliest, the page that of the latest', () => {
    expect(after).toMatchObject({
      createdAt: 10,
      lastSeenAt: 60,
      leadAt: 20,
      firstTouch: touch('/first'),
      pageUrl: '/now',
      pageTitle: 'Now',
    });
  });

  it('also where the one that is absorbed was seen last, and the survivor first', () => {
    const [first, last] = [contact({ id: 'a', createdAt: 1, lastSeenAt: 5 }), contact({ id: 'b', createdAt: 2, lastSeenAt: 9 })];
    const merged = merge(whole(first, { pageUrl: '/old' }), whole(last, { pageUrl: '/new' })).contact;
    expect(merged).toMatchObject({ createdAt: 1, lastSeenAt: 9, pageUrl: '/new' });
  });

  it('[M22] blocked and unsubscribed hold if they hold for either', () => {
    expect(after).toMatchObject({ blocked: true, unsubscribed: true });
  });

  it.each([
    ['the survivor alone', 5, null, null, 'adopted'],
    ['the absorbed one alone', null, 5, null, 'kept'],
    ['both', 5, 7, 5, 'kept'],
  ] as const)('[M23] where %s is archived, the result is archived only where both were', (_, mine, other, result, outcome) => {
    const one = merge(whole(contact({ id: 'a', archivedAt: mine })), whole(contact({ id: 'b', archivedAt: other })));
    expect(one.contact.archivedAt).toBe(result);
    expect(rowOf(one.fields, 'archived_at')).toMatchObject({ outcome, why: 'if_both', result });
  });

  it('a value keeps what vouches for it, and the same on both sides is signed if it is on either', () => {
    const mine = contact({ id: 'a', company: 'ACME', attributes: { plan: 'pro', size: 3 }, signedFields: ['attributes.plan'] });
    const other = contact({
      id: 'b',
      company: 'ACME',
      avatar: 'https://a.example/b.png',
      signedUpAt: 7,
      attributes: { plan: 'free', size: 4, seat: 1 },
      signedFields: ['attributes.seat', 'attributes.size', 'avatar', 'company', 'signed_up_at'],
    });
    expect(merge(whole(mine), whole(other)).contact).toMatchObject({
      company: 'ACME',
      signedUpAt: 7,
      attributes: { plan: 'pro', size: 3, seat: 1 },
      signedFields: ['attributes.plan', 'attributes.seat', 'avatar', 'company', 'signed_up_at'],
    });
  });

  it('when somebody signed up is the survivor’s own word, also where the other’s is earlier: it is of their account', () => {
    const [mine, other] = [contact({ id: 'a', signedUpAt: 9 }), contact({ id: 'b', signedUpAt: 5 })];
    const { contact: one, fields: rows } = merge(whole(mine), whole(other));
    expect(one.signedUpAt).toBe(9);
    expect(rowOf(rows, 'signed_up_at')).toMatchObject({ survivor: 9, absorbed: 5, outcome: 'discarded', why: 'survivor_wins' });
  });

  it('tags are united, each reason’s points count once, and the other’s rules are left to be looked at anew', () => {
    expect(after.tags).toEqual(['vip', 'fair']);
    expect(after.points.map(({ reason }) => reason).toSorted()).toEqual(['Big team', 'Soon']);
    expect(after.score).toBe(8);
  });

  it.each([
    ['email', 'discarded', 'survivor_wins'],
    ['name', 'discarded', 'survivor_wins'],
    ['phone', 'adopted', 'only_one'],
    ['company', 'kept', 'only_one'],
    ['user_id', 'kept', 'only_one'],
    ['attributes.plan', 'discarded', 'survivor_wins'],
    ['attributes.size', 'adopted', 'only_one'],
    ['attributes.trial', 'discarded', 'survivor_wins'],
    ['attributes.beta', 'adopted', 'only_one'],
    ['tags', 'united', 'both'],
    ['blocked', 'adopted', 'either'],
    ['created_at', 'adopted', 'earliest'],
    ['last_seen_at', 'kept', 'latest'],
  ])('the preview says of %s: %s, because %s', (field, outcome, why) => {
    expect(rowOf(fields, field)).toMatchObject({ outcome, why });
  });

  it('what nobody has is no row of the preview', () => {
    expect(rowOf(fields, 'avatar')).toBeUndefined();
    expect(merge(whole(contact({ id: 'a' })), whole(contact({ id: 'b' }))).fields.map(({ field }) => field)).toEqual([
      'created_at',
      'last_seen_at',
    ]);
  });

  it('the same value is as sure as the surer of the two', () => {
    const claimed = whole(lead('a@example.com', { id: 'x', createdAt: 1 }));
    const verified = whole(lead('a@example.com', { id: 'y', emailGrade: 'verified', createdAt: 2 }));
    const { contact: one, fields: rows } = merge(claimed, verified);
    expect(one.emailGrade).toBe('verified');
    expect(rowOf(rows, 'email')).toMatchObject({ outcome: 'kept', why: 'surer' });
  });

  it('[M21] of two users the second one’s user_id goes on leading to the first, and one who has none takes it', () => {
    expect(rowOf(merge(whole(user('u1')), whole(user('u2'))).fields, 'user_id')).toMatchObject({
      result: 'u1',
      outcome: 'discarded',
      why: 'leads_here',
    });
    const byEmail = whole(user('by-email', { id: 'e', userId: null }));
    expect(merge(byEmail, whole(user('u2'))).contact.userId).toBe('u2');
  });

  it('an attribute named like a part of the language is one like any other', () => {
    const odd = JSON.parse('{"__proto__":"a","constructor":"b"}') as Contact['attributes'];
    const { attributes } = merge(whole(contact({ id: 'a' })), whole(contact({ id: 'b', attributes: odd }))).contact;
    expect(Object.entries(attributes)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('of a contact with itself is a broken promise', () => {
    expect(() => merge(survivor, survivor)).toThrow('u1');
  });
});
