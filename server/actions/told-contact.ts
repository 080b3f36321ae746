// What a device without a proof of its own may be told of its contact, where that one was made of several: what was said on this device.
// Merges join what is known for the team, not for whoever holds one of the devices.
import type { FactValue } from '../../shared/bot/types.ts';
import { typeOf } from '../../shared/contact.ts';
import type { DetailField } from '../../shared/contact-fields.ts';
import { isEmailProved } from '../../shared/proved-email.ts';
import type { MeView } from '../../shared/protocol.ts';
import type { ContactRow } from '../store/contacts.ts';
import { listDetailsSaidBy } from '../store/details.ts';
import type { DetailRow } from '../store/details.ts';
import { listFamily } from '../store/family.ts';
import { findSession } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import type { Tx } from '../store/query.ts';
import { contactToMe } from './session.ts';
import type { Turn } from './turn.ts';

const isMadeOfSeveral = async (tx: Tx, contact: ContactRow): Promise<boolean> => (await listFamily(tx, contact.id)).length > 1;

/** The contact is proved and holds what other devices said, and this session is none that was proved. */
export async function isOneOfSeveral(tx: Tx, session: Session | null, contact: ContactRow): Promise<boolean> {
  if (session === null || session.verified || !(contact.verified || isEmailProved(contact))) return false;
  return isMadeOfSeveral(tx, contact);
}

/** For the conversation's own device: others of its contact may read along, but what is said is said there. */
export async function toldContact(turn: Turn): Promise<ContactRow> {
  const { tx, contact, conversation } = turn;
  turn.isToldAll ??= await isToldAll(turn);
  return turn.isToldAll ? contact : asSaid(contact, await listDetailsSaidBy(tx, contact.id, conversation.sessionHash));
}

async function isToldAll({ tx, contact, conversation }: Turn): Promise<boolean> {
  if (!(await isMadeOfSeveral(tx, contact))) return true;
  const session = await findSession(tx, conversation.sessionHash);
  // A session that ended reads nothing any more: its conversation is read by proved ones only.
  return session === null || session.revokedAt !== null || session.verified;
}

/** `contactToMe` for a session that may be one of several, of a contact as it is stored. */
export async function toldMe(tx: Tx, contact: ContactRow | null, session: Session | null): Promise<MeView> {
  const me = contactToMe(contact, session);
  // Nothing to hide costs nothing.
  if (!contact || !session || session.verified || (contact.email === null && contact.name === null)) return me;
  if (!(await isMadeOfSeveral(tx, contact))) return me;
  return { ...contactToMe(asSaid(contact, await listDetailsSaidBy(tx, contact.id, session.tokenHash)), session), type: typeOf(contact) };
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
    // Where another device is, and its tongue. Of this one they are known while it is connected.
    pageUrl: null,
    pageTitle: null,
    language: null,
  };
}
