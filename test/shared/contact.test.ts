import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identify, isJunkId, isPromotion, learn, typeOf } from '../../shared/contact.ts';
import type { CapturedDetail, Contact, Grade, IdentityClaim } from '../../shared/contact.ts';
import { claim, contact, lead, user } from './people.ts';

const strict = { phoneMakesLead: false };
const email = (value: string, replaces = false): CapturedDetail => ({ field: 'email', value, replaces });

describe('the type of a contact', () => {
  it.each([
    ['nothing known', contact(), 'visitor'],
    ['a name alone', contact({ name: 'Ada', nameGrade: 'claimed' }), 'visitor'],
    ['a phone number alone', contact({ phone: '+4612', phoneGrade: 'claimed' }), 'visitor'],
    ['an email', lead('a@example.com'), 'lead'],
    ['an email of a higher grade without identify', lead('a@example.com', { emailGrade: 'verified' }), 'lead'],
    ['once a lead, its email withdrawn', contact({ leadAt: 5 }), 'lead'],
    ['identified with a proof', user('u1'), 'user'],
    ['identified without a proof', contact({ identifiedAt: 5, claimedUserId: 'u1' }), 'user'],
    ['identified by an email alone', lead('a@example.com', { identifiedAt: 5 }), 'user'],
  ] as const)('%s → %#', (_, given, type) => expect(typeOf(given)).toBe(type));

  it('rises from visitor over lead to user, and nothing else is a rise', () => {
    const types = ['visitor', 'lead', 'user'] as const;
    const rises = types.flatMap((from) => types.filter((to) => isPromotion(from, to)).map((to) => `${from} ${to}`));
    expect(rises).toEqual(['visitor lead', 'visitor user', 'lead user']);
  });
});

describe('what a contact learns from a chat', () => {
  const learned = (before: Contact, ...captured: CapturedDetail[]) => learn(before, captured, 99, strict);

  it.each([
    ['[M3] the first email becomes current and makes a lead', contact(), email('a@example.com'), 'a@example.com', 'current', null],
    ['[M4] another email beside it is an alternate', lead('a@example.com'), email('b@example.com'), 'a@example.com', 'alternate', null],
    [
      '[M4] a correction, or the answer to a question, becomes primary',
      lead('a@example.com'),
      email('b@example.com', true),
      'b@example.com',
      'current',
      'a@example.com',
    ],
    ['the same email again is nothing new', lead('a@example.com'), email('a@example.com', true), 'a@example.com', 'known', null],
    [
      'a verified email gives way to no chat',
      lead('a@example.com', { emailGrade: 'verified' }),
      email('b@example.com', true),
      'a@example.com',
      'alternate',
      null,
    ],
    [
      '[M5] a user’s signed email stays',
      user('u', { email: 'a@example.com', emailGrade: 'signed' }),
      email('b@example.com', true),
      'a@example.com',
      'alternate',
      null,
    ],
    [
      '[M5] a user’s claimed email stays too',
      user('u', { email: 'a@example.com', emailGrade: 'claimed' }),
      email('b@example.com', true),
      'a@example.com',
      'alternate',
      null,
    ],
  ] as const)('%s', (_, before, said, value, outcome, former) => {
    const result = learned(before, said);
    expect(result.contact.email).toBe(value);
    expect(result.learned).toEqual([{ field: 'email', value: said.value, outcome, former }]);
    expect(result.contact.verified).toBe(before.verified);
  });

  it('[M5] a user who types an email stays a user', () => {
    expect(typeOf(learned(user('u'), email('a@example.com')).contact)).toBe('user');
  });

  it('a name or phone number is kept and makes no lead', () => {
    const { contact: after } = learned(
      contact(),
      { field: 'name', value: 'Ada', replaces: false },
      { field: 'phone', value: '+46123', replaces: false },
    );
    expect(after).toMatchObject({ name: 'Ada', nameGrade: 'claimed', phone: '+46123', phoneGrade: 'claimed', leadAt: null });
    expect(typeOf(after)).toBe('visitor');
  });

  it('a phone number makes a lead where the workspace wants that', () => {
    const phone = { field: 'phone', value: '+46123', replaces: false } as const;
    expect(typeOf(learn(contact(), [phone], 99, { phoneMakesLead: true }).contact)).toBe('lead');
  });

  it('when it became a lead is kept from the first time', () => {
    expect(learned(contact(), email('a@example.com')).contact.leadAt).toBe(99);
    expect(learned(lead('a@example.com'), email('b@example.com', true)).contact.leadAt).toBe(20);
  });
});

describe('ids that are bugs of the host page', () => {
  it.each([
    '',
    ' ',
    'undefined',
    'null',
    'NULL',
    'NaN',
    '[object Object]',
    'true',
    'false',
    'none',
    'None',
    'anonymous',
    'guest',
    'Guest',
    '0',
    '-1',
    'Infinity',
    'Invalid Date',
    ' undefined ',
  ])('%j is refused', (id) => expect(isJunkId(id)).toBe(true));
  it.each(['1', '42', 'u-1', 'nullable', 'guest7', 'd9c1f2', '00', '１'])('%j is an id', (id) => expect(isJunkId(id)).toBe(false));
});

const anEmail = fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com');
const aCapture = fc.record({
  field: fc.constantFrom('email', 'name', 'phone'),
  value: anEmail,
  replaces: fc.boolean(),
}) as fc.Arbitrary<CapturedDetail>;
const aClaim = fc.record({
  verified: fc.boolean(),
  email: fc.option(anEmail),
  signed: fc.record({ email: fc.boolean(), name: fc.boolean(), phone: fc.boolean() }),
  name: fc.option(fc.constant('Ada')),
});
const anEvent = fc.oneof(fc.record({ captured: fc.array(aCapture, { maxLength: 3 }) }), fc.record({ claimed: aClaim }));

describe('over any sequence of chat and identify calls of one person', () => {
  const play = (events: readonly ({ captured: CapturedDetail[] } | { claimed: Partial<IdentityClaim> })[]): Contact[] => {
    const states = [contact()];
    for (const [i, event] of events.entries()) {
      const before = states.at(-1) as Contact;
      states.push('captured' in event ? learn(before, event.captured, i, strict).contact : identify(before, claim(event.claimed), i));
    }
    return states;
  };
  const grades: (Grade | null)[] = [null, 'claimed', 'verified', 'signed'];

  it('[M24] the type never falls', () => {
    const ranks = { visitor: 0, lead: 1, user: 2 };
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 12 }), (events) => {
        const types = play(events).map((c) => ranks[typeOf(c)]);
        expect(types).toEqual(types.toSorted((a, b) => a - b));
      }),
    );
  });

  it('no value’s grade falls, and a value of a higher grade is never replaced by one of a lower', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 12 }), (events) => {
        const states = play(events);
        for (const [i, after] of states.entries()) {
          const before = states[i - 1];
          if (!before) continue;
          for (const field of ['email', 'name', 'phone'] as const) {
            const [from, to] = [grades.indexOf(before[`${field}Grade`]), grades.indexOf(after[`${field}Grade`])];
            expect(to).toBeGreaterThanOrEqual(from);
            if (before[field] !== after[field] && before[field] !== null) expect(to).toBeGreaterThanOrEqual(from);
          }
        }
      }),
    );
  });

  it('once verified, always verified', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 12 }), (events) => {
        const seen = play(events).map((c) => c.verified);
        expect(seen.lastIndexOf(false)).toBeLessThan(seen.includes(true) ? seen.indexOf(true) : seen.length);
      }),
    );
  });
});
