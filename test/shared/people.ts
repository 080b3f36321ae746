// Contacts and claims as the rules' tables write them.
import type { Contact, IdentityClaim } from '../../shared/contact.ts';
import type { WholeContact } from '../../shared/merge.ts';

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
  signedUpAt: null,
  attributes: {},
  leadAt: null,
  identifiedAt: null,
  signedFields: [],
  verified: false,
  mergedInto: null,
  blocked: false,
  unsubscribed: false,
  archivedAt: null,
  firstTouch: null,
  score: 0,
  createdAt: 10,
  lastSeenAt: 10,
};
export const contact = (more: Partial<Contact> = {}): Contact => ({ ...blank, ...more });
export const lead = (email: string, more: Partial<Contact> = {}): Contact => contact({ email, emailGrade: 'claimed', leadAt: 20, ...more });
export const user = (userId: string, more: Partial<Contact> = {}): Contact =>
  contact({ id: userId, userId, identifiedAt: 30, verified: true, ...more });

/** With all that a merge looks at. */
export const whole = (of: Contact, more: Partial<WholeContact> = {}): WholeContact => ({
  points: [],
  tags: [],
  capturedAt: null,
  pageUrl: null,
  pageTitle: null,
  language: null,
  ...of,
  ...more,
});

export const claim = (more: Partial<IdentityClaim> = {}): IdentityClaim => ({
  userId: 'u1',
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
