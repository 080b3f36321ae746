import type { ContactRow } from '../store/contacts.ts';
import { deleteTag, insertTag } from '../store/tags.ts';
import type { Tx } from '../store/query.ts';

/** More are not put on one contact. */
const mostTags = 100;

/** The contact with the tag on or off, its rows written; itself where that changes nothing. The caller saves the contact. */
export async function withTag(tx: Tx, contact: ContactRow, tag: { name: string; on: boolean }, now: number): Promise<ContactRow> {
  const { name, on } = tag;
  if (contact.tags.includes(name) === on || (on && contact.tags.length >= mostTags)) return contact;
  if (on) await insertTag(tx, contact.id, name, now);
  else await deleteTag(tx, contact.id, name);
  return { ...contact, tags: on ? [...contact.tags, name] : contact.tags.filter((t) => t !== name) };
}
