import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideIdentify, identify } from '../../shared/contact.ts';
import { claim, contact, lead, user } from './people.ts';

const someone = fc.record({
  userId: fc.option(fc.constantFrom('u1', 'u2')),
  email: fc.option(fc.constantFrom('a@example.com', 'b@example.com')),
  emailGrade: fc.constantFrom('claimed' as const, 'signed' as const),
});
const proved = (
  id: string,
  { userId, email, emailGrade }: { userId: string | null; email: string | null; emailGrade: 'claimed' | 'signed' },
) => user(id, { userId, email, emailGrade: email === null ? null : emailGrade });

it('[M10] whatever is claimed, two people whose identities were proved never merge', () => {
  fc.assert(
    fc.property(someone, someone, someone, fc.boolean(), fc.boolean(), (here, there, said, verified, emailSigned) => {
      const [session, other] = [proved('here', here), proved('there', there)];
      const asked = claim({
        userId: said.userId,
        email: said.email,
        verified,
        signed: { email: verified && emailSigned, name: false, phone: false },
      });
      const target = verified && said.userId !== null && other.userId === said.userId ? other : null;
      const byEmail = asked.signed.email && other.email === said.email && other.emailGrade === 'signed' ? [other] : [];
      expect(decideIdentify(asked, session, target, byEmail).kind).not.toBe('merge');
    }),
  );
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
    [
      '[M8] a lead with the user’s email is merged',
      claim(),
      lead(mail),
      user('u1', { email: mail, emailGrade: 'signed' }),
      [],
      { kind: 'merge', into: 'u1' },
    ],
    [
      '[M8] a lead by phone, without an email, is merged',
      claim(),
      contact({ leadAt: 5, phone: '1' }),
      user('u1'),
      [],
      { kind: 'merge', into: 'u1' },
    ],
    [
      '[M8] a lead with another email is left whole',
      claim(),
      lead('b@example.com'),
      user('u1', { email: mail, emailGrade: 'signed' }),
      [],
      { kind: 'switch', to: 'u1' },
    ],
    [
      '[M8] a lead with an email, the user having none, is left whole',
      claim(),
      lead('b@example.com'),
      user('u1'),
      [],
      { kind: 'switch', to: 'u1' },
    ],
    [
      '[M8] a lead by phone, without an email, is merged also where the user has one',
      claim(),
      contact({ leadAt: 5, phone: '1' }),
      user('u1', { email: mail, emailGrade: 'signed' }),
      [],
      { kind: 'merge', into: 'u1' },
    ],
    [
      '[M8] a lead with the email that the call gives to a user who had none is merged',
      claim({ email: mail }),
      lead(mail),
      user('u1'),
      [],
      { kind: 'merge', into: 'u1' },
    ],
    [
      '[M8] the user’s own email counts, not the one that the call gives',
      claim({ email: 'b@example.com' }),
      lead('b@example.com'),
      user('u1', { email: mail, emailGrade: 'signed' }),
      [],
      { kind: 'switch', to: 'u1' },
    ],
    ['[M9] the same user again', claim(), user('u1'), user('u1'), [], { kind: 'update' }],
    ['[M10] another user, not yet known: fresh', claim({ userId: 'u2' }), user('u1'), null, [], { kind: 'fresh' }],
    ['[M10] another user, known: goes on as it', claim({ userId: 'u2' }), user('u1'), user('u2'), [], { kind: 'switch_user', to: 'u2' }],
    [
      '[M11] a signed email of exactly one user is that user',
      claim({ userId: null, email: mail, signed: { email: true, name: false, phone: false } }),
      contact(),
      null,
      [emailUser],
      { kind: 'merge', into: 'e1' },
    ],
    [
      '[M11] of several users: ambiguous',
      claim({ userId: null, email: mail, signed: { email: true, name: false, phone: false } }),
      contact(),
      null,
      [emailUser, user('x')],
      { kind: 'refuse', code: 'ambiguous_identity' },
    ],
    [
      '[M11] of none: rises in place',
      claim({ userId: null, email: mail, signed: { email: true, name: false, phone: false } }),
      contact(),
      null,
      [],
      { kind: 'promote' },
    ],
    [
      '[M12] a new user_id adopts the user of that email where the proof covers it',
      claim({ userId: 'u9', email: mail, signed: { email: true, name: false, phone: false } }),
      contact(),
      null,
      [emailUser],
      { kind: 'merge', into: 'e1' },
    ],
    [
      '[M12] and does not where the proof does not cover it',
      claim({ userId: 'u9', email: mail }),
      contact(),
      null,
      [emailUser],
      { kind: 'promote' },
    ],
    [
      '[M13] a user_id with the email of another user_id: the id wins',
      claim({ userId: 'u9', email: mail, signed: { email: true, name: false, phone: false } }),
      contact(),
      null,
      [user('u1', { email: mail })],
      { kind: 'promote' },
    ],
    [
      '[M14] unverified, whoever exists: the visitor rises in place',
      claim({ verified: false }),
      contact(),
      user('u1'),
      [],
      { kind: 'promote' },
    ],
    ['[M14] unverified, no session yet: a contact of its own', claim({ verified: false }), null, user('u1'), [], { kind: 'fresh' }],
    [
      '[M14] unverified, somebody else than the verified session: a contact of its own',
      claim({ verified: false, userId: 'u2' }),
      user('u1'),
      user('u2'),
      [],
      { kind: 'fresh' },
    ],
    [
      '[M14] unverified, the verified session’s own id: nothing changes',
      claim({ verified: false }),
      user('u1'),
      user('u1'),
      [],
      { kind: 'keep' },
    ],
    [
      '[M10] a verified user whose unproved email the claim proves is another person',
      claim({ userId: null, email: mail, signed: { email: true, name: false, phone: false } }),
      user('u1', { email: mail, emailGrade: 'claimed' }),
      null,
      [emailUser],
      { kind: 'switch_user', to: 'e1' },
    ],
    [
      '[M10] a user known by a signed email is not the one whose claim merely says that email',
      claim({ userId: 'u2', email: mail }),
      emailUser,
      user('u2'),
      [],
      { kind: 'switch_user', to: 'u2' },
    ],
    ['[M10] nor does that email make it one', claim({ userId: 'u2', email: mail }), emailUser, null, [], { kind: 'fresh' }],
    [
      '[M9] unverified, the same claimed id again',
      claim({ verified: false }),
      contact({ identifiedAt: 5, claimedUserId: 'u1' }),
      null,
      [],
      { kind: 'update' },
    ],
    [
      '[M10] unverified, another claimed id',
      claim({ verified: false }),
      contact({ identifiedAt: 5, claimedUserId: 'u7' }),
      null,
      [],
      { kind: 'fresh' },
    ],
    [
      '[M15] [M8] the proof comes later, the user exists, and this device gave another email',
      claim(),
      contact({ identifiedAt: 5, claimedUserId: 'u1', email: 'b@example.com', emailGrade: 'claimed' }),
      user('u1', { email: mail, emailGrade: 'signed' }),
      [],
      { kind: 'switch', to: 'u1' },
    ],
    [
      '[M15] the proof comes later: rises to verified in place',
      claim(),
      contact({ identifiedAt: 5, claimedUserId: 'u1' }),
      null,
      [],
      { kind: 'promote' },
    ],
    [
      '[M15] [M8] the proof comes later and the user exists',
      claim(),
      contact({ identifiedAt: 5, claimedUserId: 'u1' }),
      user('u1'),
      [],
      { kind: 'merge', into: 'u1' },
    ],
  ] as const)('%s', (_, said, session, target, byEmail, decision) => {
    expect(decideIdentify(said, session, target, byEmail)).toEqual(decision);
  });
});

describe('an identify call written into its contact', () => {
  it('[M6] keeps the chat’s email where the call gives none, and gives way to the call’s', () => {
    expect(identify(lead('a@example.com'), claim(), 50)).toMatchObject({
      email: 'a@example.com',
      emailGrade: 'claimed',
      userId: 'u1',
      verified: true,
    });
    expect(identify(lead('a@example.com'), claim({ email: 'b@example.com' }), 50)).toMatchObject({
      email: 'b@example.com',
      emailGrade: 'claimed',
    });
    const signed = claim({ email: 'b@example.com', signed: { email: true, name: false, phone: false } });
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

  it('[M14] without a proof changes nothing of who was ever proved', () => {
    const known = user('u1', {
      name: 'Ada',
      nameGrade: 'claimed',
      email: 'a@example.com',
      emailGrade: 'signed',
      company: 'X',
      avatar: 'https://a',
      attributes: { plan: 'pro' },
      archivedAt: 7,
    });
    const said = {
      verified: false,
      userId: 'u2',
      email: 'b@example.com',
      name: 'Mallory',
      phone: '+46',
      company: 'Y',
      avatar: 'https://b',
      attributes: { plan: 'free', size: 3 },
    };
    expect(identify(known, claim(said), 50)).toEqual(known);
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
