// A contact as REST shows it.
import type { ContactView } from '../../../shared/api.ts';
import { typeOf } from '../../../shared/contact.ts';
import type { ContactRow } from '../../store/contacts.ts';

/** Epoch ms as RFC 3339 in UTC. */
export const rfc3339 = (at: number): string => new Date(at).toISOString();
export const rfc3339OrNull = (at: number | null): string | null => (at === null ? null : rfc3339(at));

export function contactToView(contact: ContactRow): ContactView {
  return {
    id: contact.id,
    type: typeOf(contact),
    user_id: contact.userId,
    claimed_user_id: contact.claimedUserId,
    verified: contact.verified,
    email: contact.email,
    email_grade: contact.emailGrade,
    name: contact.name,
    name_grade: contact.nameGrade,
    phone: contact.phone,
    phone_grade: contact.phoneGrade,
    avatar: contact.avatar,
    company: contact.company,
    signed_up_at: rfc3339OrNull(contact.signedUpAt),
    custom_attributes: { ...contact.attributes },
    signed_fields: contact.signedFields,
    tags: contact.tags,
    score: contact.score,
    blocked: contact.blocked,
    unsubscribed: contact.unsubscribed,
    archived_at: rfc3339OrNull(contact.archivedAt),
    language: contact.language,
    first_touch: contact.firstTouch,
    created_at: rfc3339(contact.createdAt),
    last_seen_at: rfc3339(contact.lastSeenAt),
  };
}
