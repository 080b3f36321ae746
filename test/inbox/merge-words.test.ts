import { describe, expect, test } from 'vitest';
import {
  fieldLabel,
  fieldWords,
  isNews,
  mergeReasonWords,
  outcomeWords,
  pairNames,
  reasonWords,
  survivorWords,
} from '../../inbox/merge-words.ts';
import type { MergePreview } from '../../shared/api.ts';
import type { ContactType, Grade } from '../../shared/contact.ts';
import type { MergeField } from '../../shared/merge.ts';
import type { EvidenceRow, MergeView } from '../../shared/protocol.ts';
import { calendarDay } from '../../inbox/words.ts';
import { ada, noon } from './scene.ts';

const row = (field: string, here: Grade, there: Grade): EvidenceRow[] => [
  { field, here: { value: 'x', grade: here }, there: { value: 'x', grade: there }, match: 'same' },
];
const types = (here: ContactType, there: ContactType) => ({ here, there });

describe('why two may be one person', () => {
  test.each([
    [
      reasonWords('same_email', row('email', 'claimed', 'signed'), types('lead', 'user')),
      'Same email: typed here, signed by your app there.',
    ],
    [
      reasonWords('same_email', row('email', 'signed', 'claimed'), types('user', 'lead')),
      'Same email: signed by your app here, typed there.',
    ],
    [reasonWords('same_email', row('email', 'claimed', 'claimed'), types('lead', 'lead')), 'Same email, typed on both sides.'],
    [
      reasonWords('same_email', row('email', 'verified', 'claimed'), types('lead', 'user')),
      'Same email: proved by a mailed link here, claimed there.',
    ],
    [reasonWords('same_email', [], types('lead', 'lead')), 'Same email.'],
    [reasonWords('same_device', [], types('lead', 'user')), 'Same device: somebody signed in there as the other one.'],
    [
      reasonWords('same_user_id', row('user_id', 'claimed', 'signed'), types('user', 'user')),
      'Claims here, without proof, the user id that is proved there.',
    ],
    [
      reasonWords('same_user_id', row('user_id', 'signed', 'claimed'), types('user', 'user')),
      'Claims there, without proof, the user id that is proved here.',
    ],
  ])('%s', (words, expected) => expect(words).toBe(expected));
});

describe('what becomes of a field', () => {
  const names = { survivor: 'Ada', absorbed: 'lena@acme.co' };
  const field = (more: Partial<MergeField>): MergeField => ({
    field: 'email',
    survivor: 'a@b.co',
    absorbed: 'c@d.co',
    result: 'a@b.co',
    outcome: 'kept',
    why: 'same',
    ...more,
  });

  test.each([
    [field({ outcome: 'adopted', why: 'only_one' }), 'Taken over', 'Only lena@acme.co has one.'],
    [field({ outcome: 'kept', why: 'only_one' }), 'Stays', 'Only Ada has one.'],
    [field({ outcome: 'kept', why: 'same' }), 'Stays', 'The same on both.'],
    [field({ outcome: 'kept', why: 'surer' }), 'Stays', 'The same on both; the surer grade counts.'],
    [field({ outcome: 'discarded', why: 'survivor_wins' }), 'Stays', 'Both have one: Ada’s stays, the other is kept beside it.'],
    [field({ field: 'company', outcome: 'discarded', why: 'survivor_wins' }), 'Stays', 'Both have one: Ada’s stays and the other goes.'],
    [
      field({ field: 'user_id', outcome: 'discarded', why: 'leads_here' }),
      'Leads here',
      'One person has one user id: signing in with the other one leads to Ada.',
    ],
    [field({ field: 'tags', outcome: 'united', why: 'both' }), 'United', 'Those of both.'],
    [field({ field: 'created_at', outcome: 'adopted', why: 'earliest' }), 'Taken over', 'The earlier of the two.'],
    [field({ field: 'last_seen_at', outcome: 'kept', why: 'latest' }), 'Stays', 'The later of the two.'],
    [field({ field: 'blocked', outcome: 'adopted', why: 'either' }), 'Taken over', 'Holds if it holds for either.'],
    [field({ field: 'archived_at', outcome: 'adopted', why: 'if_both' }), 'Comes back', 'Archived only where both were.'],
  ])('is said in a word and with its reason: %#', (of, label, why) => expect(outcomeWords(of, names)).toEqual({ label, why }));

  test('only what changes or is given up asks to be looked at', () => {
    expect(isNews(field({ outcome: 'kept' }))).toBe(false);
    expect(isNews(field({ outcome: 'adopted', why: 'latest' }))).toBe(false);
    expect(isNews(field({ outcome: 'discarded', why: 'survivor_wins' }))).toBe(true);
  });

  test('fields and values are called as people call them', () => {
    expect(['user_id', 'attributes.team_size', 'created_at', 'constructor'].map(fieldLabel)).toEqual([
      'User id',
      'Team size',
      'First seen',
      'Constructor',
    ]);
    expect(fieldWords('attributes.team_size', '11-50')).toBe('11–50');
    expect(fieldWords('blocked', true)).toBe('Yes');
    expect(fieldWords('phone', null)).toBe('—');
    expect(fieldWords('avatar', 'https://acme.example/a.png')).toBe('A picture');
    expect(fieldWords('first_touch', 'https://acme.example/pricing')).toBe('/pricing');
    expect(fieldWords('created_at', noon)).toContain('2026');
    expect(fieldWords('signed_up_at', noon)).toBe(calendarDay(noon));
  });
});

describe('who survives', () => {
  const preview = (into: ContactType, from: ContactType, more: Partial<MergePreview> = {}): MergePreview => ({
    into: { id: 'c1', type: into, name: 'Lena', email: null },
    from: { id: 'c2', type: from, name: 'Lena', email: null },
    fields: [],
    conversations: { moved: 1, kept: 1 },
    needs_force: false,
    ...more,
  });
  const neither = { into: false, from: false };

  test('is said with the reason', () => {
    expect(survivorWords(preview('user', 'lead'), { into: true, from: false })).toBe('The user survives: your app knows them by their id.');
    expect(survivorWords(preview('user', 'lead'), neither)).toBe('The user survives, but only a page said who they are: nobody proved it.');
    expect(survivorWords(preview('lead', 'lead'), neither)).toBe('The older one survives.');
    expect(survivorWords(preview('user', 'user', { needs_force: true }), { into: true, from: true })).toBe(
      'The one whose card is open survives.',
    );
    expect(survivorWords(preview('user', 'user', { needs_force: true }), { into: true, from: false })).toBe(
      'The one your app vouched for survives.',
    );
  });

  test('two of one name are told apart', () => {
    expect(pairNames(preview('user', 'lead'))).toEqual({ survivor: 'Lena (User)', absorbed: 'Lena (Lead)' });
    expect(pairNames(preview('lead', 'lead'))).toEqual({ survivor: 'Lena (survives)', absorbed: 'the other Lena' });
  });
});

test.each<[Partial<MergeView>, string]>([
  [{ reason: 'agent', by: ada }, 'Merged by Ada Holm'],
  [{ reason: 'identify' }, 'Signed in on this device'],
  [{ reason: 'verified_email' }, 'Email proved by the mailed link'],
  [{ reason: 'api' }, 'Merged by your server'],
])('why two were merged is said: %#', (more, words) => {
  const merge: MergeView = {
    id: 1,
    from: { id: 'c2', type: 'lead', name: null, email: null, unverified: false },
    reason: 'agent',
    by: null,
    note: null,
    at: noon,
    undoUntil: noon,
    ...more,
  };
  expect(mergeReasonWords(merge)).toBe(words);
});
