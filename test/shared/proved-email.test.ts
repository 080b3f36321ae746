// [M20] Which contacts a proved address makes one, and whom it does not; what a device of such a contact can take over by identifying.
import { describe, expect, it } from 'vitest';
import type { Contact, IdentifyDecision, IdentityClaim } from '../../shared/contact.ts';
import type { WholeContact } from '../../shared/merge.ts';
import { decideProved, isEmailProved, keepApart } from '../../shared/proved-email.ts';
import { contact, lead, user, whole } from './people.ts';

const mailbox = 'ada@example.com';
const made = (of: Contact): WholeContact => whole(of);
/** Who has just followed the link. */
const prover = (more: Partial<Contact> = {}): WholeContact =>
  made(lead(mailbox, { id: 'prover', emailGrade: 'verified', createdAt: 50, ...more }));
const other = (more: Partial<Contact> = {}): WholeContact =>
  made(lead(mailbox, { id: 'other', emailGrade: 'verified', createdAt: 20, ...more }));
const byEmail = (more: Partial<Contact> = {}): WholeContact => other({ emailGrade: 'signed', identifiedAt: 30, verified: true, ...more });

describe('[M20] merges only with a single contact without user_id', () => {
  it.each<[string, WholeContact, WholeContact[], string]>([
    ['nobody else', prover(), [], 'flag'],
    ['a lead who proved the same mailbox: the older survives', prover(), [other()], 'other'],
    ['a younger one', prover(), [other({ createdAt: 90 })], 'prover'],
    ['a user known by that email alone: the user survives', prover({ createdAt: 1 }), [byEmail()], 'other'],
    ['a user with a user_id', prover(), [byEmail({ userId: 'u1' })], 'flag'],
    ['several', prover(), [other(), other({ id: 'third' })], 'flag'],
    ['several, one of them without user_id', prover(), [byEmail({ userId: 'u1' }), other({ id: 'third' })], 'flag'],
    ['the prover is a user with user_id, the other a lead', prover({ userId: 'u1', identifiedAt: 5, verified: true }), [other()], 'prover'],
    ['both are users without user_id', prover({ identifiedAt: 5, verified: true }), [byEmail()], 'flag'],
    ['the prover’s identity was only said [M14]', prover({ identifiedAt: 5, claimedUserId: 'u1' }), [other()], 'flag'],
    ['the other’s identity was only said [M14]', prover(), [other({ identifiedAt: 5, claimedUserId: 'u1' })], 'flag'],
    ['one of the two is blocked [M22]', prover({ blocked: true }), [other()], 'flag'],
    ['the other one is', prover(), [other({ blocked: true })], 'flag'],
    ['both are blocked', prover({ blocked: true }), [other({ blocked: true })], 'other'],
  ])('%s', (_, who, others, outcome) => {
    const decision = decideProved(who, others, false);
    expect(decision.kind === 'merge' ? decision.survivor.id : 'flag').toBe(outcome);
    if (decision.kind === 'flag') expect(decision.others).toEqual(others);
    else expect([decision.survivor.id, decision.absorbed.id].toSorted()).toEqual(['other', 'prover']);
  });

  it('two whom a person said to be two people stay two', () => {
    expect(decideProved(prover(), [other()], true)).toMatchObject({ kind: 'flag' });
  });

  it('an address that was only typed is proved for nobody', () => {
    expect([lead(mailbox), other(), byEmail(), contact()].map(isEmailProved)).toEqual([false, true, true, false]);
  });
});

describe('[M20] whoever sits at a device of such a contact is not by that the one who reads the mailbox', () => {
  const claim = (more: Partial<IdentityClaim> = {}): IdentityClaim => ({
    userId: 'u9',
    email: null,
    verified: true,
    signed: { email: false, name: false, phone: false },
    name: null,
    phone: null,
    avatar: null,
    company: null,
    signedUpAt: null,
    attributes: {},
    cleared: [],
    signedFields: [],
    ...more,
  });
  const covering = claim({ email: mailbox, signed: { email: true, name: false, phone: false } });
  const beside = claim({ email: mailbox });
  const own = lead(mailbox, { emailGrade: 'verified' });
  const sameMailbox = user('u9', { email: mailbox, emailGrade: 'signed' });
  const sayingSo = user('u9', { email: mailbox, emailGrade: 'claimed' });
  const merge: IdentifyDecision = { kind: 'merge', into: 'u9' };

  it.each<[string, IdentityClaim, Contact | null, IdentifyDecision, IdentifyDecision['kind']]>([
    ['a new account does not take it over', claim(), null, { kind: 'promote' }, 'fresh'],
    ['nor with the address merely beside its proof', beside, null, { kind: 'promote' }, 'fresh'],
    ['one whose proof covers the address does', covering, null, { kind: 'promote' }, 'promote'],
    ['an account that merely says the address does not take it in', beside, sayingSo, merge, 'switch'],
    ['one for which the address is proved does', claim(), sameMailbox, merge, 'merge'],
    ['one with another address does not, whatever the workspace sets', claim(), user('u9'), merge, 'switch'],
    ['what is said without a proof is not written into it', claim({ verified: false }), null, { kind: 'promote' }, 'fresh'],
    ['nor is it where one of its devices said the same before', claim({ verified: false }), null, { kind: 'update' }, 'keep'],
    ['without a proof and somebody else, it is somebody else', claim({ verified: false }), null, { kind: 'fresh' }, 'fresh'],
    ['what changes nothing stays', claim(), null, { kind: 'keep' }, 'keep'],
  ])('%s', (_, said, found, decided, kept) => {
    expect(keepApart(decided, { claim: said, own, found }).kind).toBe(kept);
  });
});
