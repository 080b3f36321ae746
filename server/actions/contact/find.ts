// A contact by its id, as far as there is one: merged away, it answers where it went; erased, that it is gone.
import { findContact, followMerges, lockContact } from '../../store/contacts.ts';
import type { ContactRow } from '../../store/contacts.ts';
import type { Tx } from '../../store/query.ts';
import { Refusal } from '../refusal.ts';

/** @throws Refusal not_found; contact_gone, with `movedTo` where it was merged away */
export async function existingContact(tx: Tx, id: string): Promise<ContactRow> {
  const contact = await findContact(tx, id);
  if (!contact) throw new Refusal('not_found', 'There is no such contact.');
  if (contact.erasedAt !== null) throw new Refusal('contact_gone', 'This contact was erased.');
  if (contact.mergedInto === null) return contact;
  const { id: movedTo } = await followMerges(tx, contact);
  throw new Refusal('contact_gone', `This contact was merged into ${movedTo}.`, { movedTo });
}

/** The contact it is now; an erased one is not there. */
export async function liveContact(tx: Tx, id: string): Promise<ContactRow> {
  const contact = await findContact(tx, id);
  const live = contact && (await followMerges(tx, contact));
  if (!live || live.erasedAt !== null) throw new Refusal('not_found', 'There is no such contact.');
  return live;
}

/** As `existingContact`, and locked for the rest of the transaction. */
export async function lockExisting(tx: Tx, id: string): Promise<ContactRow> {
  await existingContact(tx, id);
  const contact = await lockContact(tx, id, null);
  // Merged away or erased while we waited for it.
  return contact.mergedInto === null && contact.erasedAt === null ? contact : existingContact(tx, id);
}
