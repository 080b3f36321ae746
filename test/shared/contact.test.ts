import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideIdentify, identify, isJunkId, isPromotion, learn, merge, typeOf } from '../../shared/contact.ts';
import type { CapturedDetail, Contact, Grade, IdentityClaim } from '../../shared/contact.ts';

const blank: Contact = {
  id: 's',
  workspaceId: 'w',
  userId: null,
  claimedUserId: null,
  email: null,
  emailGrade: null,
  name: null,
  nameGrade: null,
  phone: null,
  phoneGrade: null,
  avatar: null,
  company: null,
  attributes: {},
  leadAt: null,
  identifiedAt: null,
  verified: false,
  mergedInto: null,
  blocked: false,
  score: 0,
  createdAt: 10,
  lastSeenAt: 10,
};
const contact = (more: Partial<Contact> = {}): Contact => ({ ...blank, ...more });
const lead = (email: string, more: Partial<Contact> = {}): Contact => contact({ email, emailGrade: 'claimed', leadAt: 20, ...more });
const user = (userId: string, more: Partial<Contact> = {}): Contact => contact({ id: userId, userId, identifiedAt: 30, verified: true, ...more });

const claim = (more: Partial<IdentityClaim> = {}): IdentityClaim => ({
  userId: 'u1',
  email: null,
  verified: true,
  emailSigned: false,
  name: null,
  phone: null,
  avatar: null,
  company: null,
  attributes: {},
  ...more,
});

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
    ['[M4] a correction, or the answer to a question, becomes primary', lead('a@example.com'), email('b@example.com', true), 'b@example.com', 'current', 'a@example.com'],
    ['the same email again is nothing new', lead('a@example.com'), email('a@example.com', true), 'a@example.com', 'known', null],
    ['a verified email gives way to no chat', lead('a@example.com', { emailGrade: 'verified' }), email('b@example.com', true), 'a@example.com', 'alternate', null],
    ['[M5] a user’s signed email stays', user('u', { email: 'a@example.com', emailGrade: 'signed' }), email('b@example.com', true), 'a@example.com', 'alternate', null],
    ['[M5] a user’s claimed email stays too', user('u', { email: 'a@example.com', emailGrade: 'claimed' }), email('b@example.com', true), 'a@example.com', 'alternate', null],
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
    const { contact: after } = learned(contact(), { field: 'name', value: 'Ada', replaces: false }, { field: 'phone', value: '+46123', replaces: false });
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
  it.each(['', ' ', 'undefined', 'null', 'NULL', 'NaN', '[object Object]', 'true', 'false', 'none', 'None', 'anonymous', 'guest', 'Guest', '0', '-1', ' undefined '])(
    '%j is refused',
    (id) => expect(isJunkId(id)).toBe(true),
  );
  it.each(['1', '42', 'u-1', 'nullable', 'guest7', 'd9c1f2', '00', '１'])('%j is an id', (id) => expect(isJunkId(id)).toBe(false));
});

describe('the decision about an identify call', () => {
  const mail = 'a@example.com';
  const emailUser = user('by-email', { id: 'e1', userId: null, email: mail, emailGrade: 'signed' });
  it.each([
    ['[M6] no such user: the visitor rises in place', claim(), contact(), null, [], { kind: 'promote' }],
    ['[M6] no such user: the lead rises in place', claim(), lead(mail), null, [], { kind: 'promote' }],
    ['[M6] no session yet: a contact of its own', claim(), null, null, [], { kind: 'fresh' }],
    ['[M7] the user exists and this is a visitor: merged into it', claim(), contact(), user('u1'), [], { kind: 'merge', into: 'u1' }],
    ['[M7] no session yet and the user exists: goes on as it', claim(), null, user('u1'), [], { kind: 'switch', to: 'u1' }],
    ['[M8] a lead with the user’s email is merged', claim(), lead(mail), user('u1', { email: mail, emailGrade: 'signed' }), [], { kind: 'merge', into: 'u1' }],
    ['[M8] a lead by phone, without an email, is merged', claim(), contact({ leadAt: 5, phone: '1' }), user('u1'), [], { kind: 'merge', into: 'u1' }],
    ['[M8] a lead with another email is left whole', claim(), lead('b@example.com'), user('u1', { email: mail, emailGrade: 'signed' }), [], { kind: 'switch', to: 'u1' }],
    ['[M8] a lead with an email, the user having none, is left whole', claim(), lead('b@example.com'), user('u1'), [], { kind: 'switch', to: 'u1' }],
    ['[M9] the same user again', claim(), user('u1'), user('u1'), [], { kind: 'update' }],
    ['[M10] another user, not yet known: fresh', claim({ userId: 'u2' }), user('u1'), null, [], { kind: 'fresh' }],
    ['[M10] another user, known: goes on as it', claim({ userId: 'u2' }), user('u1'), user('u2'), [], { kind: 'switch_user', to: 'u2' }],
    ['[M11] a signed email of exactly one user is that user', claim({ userId: null, email: mail, emailSigned: true }), contact(), null, [emailUser], { kind: 'merge', into: 'e1' }],
    ['[M11] of several users: ambiguous', claim({ userId: null, email: mail, emailSigned: true }), contact(), null, [emailUser, user('x')], { kind: 'refuse', code: 'ambiguous_identity' }],
    ['[M11] of none: rises in place', claim({ userId: null, email: mail, emailSigned: true }), contact(), null, [], { kind: 'promote' }],
    ['[M12] a new user_id adopts the user of that email where the proof covers it', claim({ userId: 'u9', email: mail, emailSigned: true }), contact(), null, [emailUser], { kind: 'merge', into: 'e1' }],
    ['[M12] and does not where the proof does not cover it', claim({ userId: 'u9', email: mail }), contact(), null, [emailUser], { kind: 'promote' }],
    ['[M13] a user_id with the email of another user_id: the id wins', claim({ userId: 'u9', email: mail, emailSigned: true }), contact(), null, [user('u1', { email: mail })], { kind: 'promote' }],
    ['[M14] unverified, whoever exists: the visitor rises in place', claim({ verified: false }), contact(), user('u1'), [], { kind: 'promote' }],
    ['[M14] unverified, no session yet: a contact of its own', claim({ verified: false }), null, user('u1'), [], { kind: 'fresh' }],
    ['[M14] unverified never touches a contact that was ever verified', claim({ verified: false }), user('u1'), user('u1'), [], { kind: 'fresh' }],
    ['[M9] unverified, the same claimed id again', claim({ verified: false }), contact({ identifiedAt: 5, claimedUserId: 'u1' }), null, [], { kind: 'update' }],
    ['[M10] unverified, another claimed id', claim({ verified: false }), contact({ identifiedAt: 5, claimedUserId: 'u7' }), null, [], { kind: 'fresh' }],
    ['[M15] the proof comes later: rises to verified in place', claim(), contact({ identifiedAt: 5, claimedUserId: 'u1' }), null, [], { kind: 'promote' }],
    ['[M15] [M8] the proof comes later and the user exists', claim(), contact({ identifiedAt: 5, claimedUserId: 'u1' }), user('u1'), [], { kind: 'merge', into: 'u1' }],
  ] as const)('%s', (_, said, session, target, byEmail, decision) => {
    expect(decideIdentify(said, session, target, byEmail)).toEqual(decision);
  });
});

describe('an identify call written into its contact', () => {
  it('[M6] keeps the chat’s email where the call gives none, and gives way to the call’s', () => {
    expect(identify(lead('a@example.com'), claim(), 50)).toMatchObject({ email: 'a@example.com', emailGrade: 'claimed', userId: 'u1', verified: true });
    expect(identify(lead('a@example.com'), claim({ email: 'b@example.com' }), 50)).toMatchObject({ email: 'b@example.com', emailGrade: 'claimed' });
    const signed = claim({ email: 'b@example.com', emailSigned: true });
    expect(identify(lead('a@example.com'), signed, 50)).toMatchObject({ email: 'b@example.com', emailGrade: 'signed' });
  });

  it('an email beside an HMAC of the user_id is claimed, and does not overwrite a signed or verified one', () => {
    for (const emailGrade of ['signed', 'verified'] as const) {
      const known = user('u1', { email: 'a@example.com', emailGrade });
      expect(identify(known, claim({ email: 'b@example.com' }), 50)).toMatchObject({ email: 'a@example.com', emailGrade });
    }
  });

  it('[M14] without a proof claims an id and never owns it; with one the claim is gone', () => {
    const claimed = identify(contact(), claim({ verified: false }), 50);
    expect(claimed).toMatchObject({ userId: null, claimedUserId: 'u1', verified: false, identifiedAt: 50 });
    expect(identify(claimed, claim(), 60)).toMatchObject({ userId: 'u1', claimedUserId: null, verified: true, identifiedAt: 50 });
  });

  it('empty values change nothing', () => {
    const known = user('u1', { name: 'Ada', nameGrade: 'signed', company: 'X', avatar: 'https://a', attributes: { plan: 'pro' } });
    expect(identify(known, claim(), 50)).toMatchObject({ name: 'Ada', company: 'X', avatar: 'https://a', attributes: { plan: 'pro' } });
  });

  it('a promotion by identify also sets when the contact was first reachable', () => {
    expect(identify(contact(), claim({ email: 'a@example.com' }), 50).leadAt).toBe(50);
    expect(identify(contact(), claim(), 50).leadAt).toBeNull();
  });
});

describe('a merge', () => {
  it('keeps the survivor’s values, fills its gaps from the other, and tells which', () => {
    const survivor = user('u1', { name: 'Ada L', nameGrade: 'signed', attributes: { plan: 'pro' }, createdAt: 50, lastSeenAt: 60 });
    const absorbed = lead('a@example.com', { name: 'ada', nameGrade: 'claimed', phone: '+46', phoneGrade: 'claimed', attributes: { plan: 'free', size: 3 }, blocked: true });
    const { contact: after, changes } = merge(survivor, absorbed);
    expect(after).toMatchObject({ id: 'u1', name: 'Ada L', email: 'a@example.com', emailGrade: 'claimed', phone: '+46', attributes: { plan: 'pro', size: 3 } });
    expect(after).toMatchObject({ createdAt: 10, lastSeenAt: 60, leadAt: 20, blocked: true, verified: true });
    expect(changes.map((c) => c.field)).toEqual(['email', 'phone']);
  });

  it('of a contact with itself is refused', () => {
    expect(() => merge(user('u1'), user('u1'))).toThrow('u1');
  });
});

const anEmail = fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com');
const aCapture = fc.record({ field: fc.constantFrom('email', 'name', 'phone'), value: anEmail, replaces: fc.boolean() }) as fc.Arbitrary<CapturedDetail>;
const aClaim = fc.record({ verified: fc.boolean(), email: fc.option(anEmail), emailSigned: fc.boolean(), name: fc.option(fc.constant('Ada')) });
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
