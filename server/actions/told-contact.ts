// What a device without a proof of its own may be told of its contact, where that one is proved and was made of several: what was said on
// this device. Merges join what is known for the team, not for whoever holds one of the devices.
import type { FactValue } from '../../shared/bot/types.ts';
import type { DetailField } from '../../shared/contact-fields.ts';
import { isEmailProved } from '../../shared/proved-email.ts';
import type { ContactRow } from '../store/contacts.ts';
import { listConversationsOfContact } from '../store/conversations.ts';
import { listDetails } from '../store/details.ts';
import type { DetailRow } from '../store/details.ts';
import { listFamily } from '../store/family.ts';
import { findSession } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import type { Tx } from '../store/query.ts';
import type { Turn } from './turn.ts';

/** The contact is proved and holds what other devices said, and this session is none that was proved. */
export async function isOneOfSeveral(tx: Tx, session: Session | null, contact: ContactRow): Promise<boolean> {
  if (session === null || session.verified || !(contact.verified || isEmailProved(contact))) return false;
  return (await listFamily(tx, contact.id)).length > 1;
}

/** For the conversation's own device: others of its contact may read along, but what is said is said there. */
export async function toldContact({ tx, contact, conversation }: Pick<Turn, 'tx' | 'contact' | 'conversation'>): Promise<ContactRow> {
  if (!contact.verified && !isEmailProved(contact)) return contact;
  const session = await findSession(tx, conversation.sessionHash);
  // A session that ended reads nothing any more: its conversation is read by proved ones only.
  if (session === null || session.revokedAt !== null || !(await isOneOfSeveral(tx, session, contact))) return contact;
  const conversations = await listConversationsOfContact(tx, contact.id);
  const own = new Set(conversations.filter((c) => c.sessionHash === conversation.sessionHash).map((c) => c.id));
  const rows = await listDetails(tx, contact.id);
  return asSaid(
    contact,
    rows.filter((row) => row.conversation_id !== null && own.has(row.conversation_id) && row.status !== 'former'),
  );
}

function asSaid(contact: ContactRow, rows: readonly DetailRow[]): ContactRow {
  const isSaid = (field: string, value: FactValue): boolean => rows.some((row) => row.field === field && row.value === String(value));
  const said = (field: DetailField): string | null =>
    contact[field] !== null && isSaid(field, contact[field])
      ? contact[field]
      : (rows.findLast((row) => row.field === field)?.value ?? null);
  const [email, phone] = [said('email'), said('phone')];
  return {
    ...contact,
    email,
    name: said('name'),
    phone,
    company: contact.company !== null && isSaid('company', contact.company) ? contact.company : null,
    attributes: Object.fromEntries(Object.entries(contact.attributes).filter(([name, value]) => isSaid(name, value))),
    leadAt: email === null && phone === null ? null : contact.leadAt,
    userId: null,
    claimedUserId: null,
    identifiedAt: null,
    verified: false,
    tags: [],
    score: 0,
    points: [],
  };
}
