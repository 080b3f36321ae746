import type { Contact } from '../../shared/contact.ts';
import { wordsOf, wordsOfPhone } from './words.ts';

/** What agents find a contact by, with spaces between. */
export function searchWords(c: Pick<Contact, 'name' | 'email' | 'userId' | 'phone' | 'company'>): string {
  const words = wordsOf([c.name, c.email, c.userId, c.company].filter((v) => v !== null).join(' '));
  return [words, c.phone === null ? '' : wordsOfPhone(c.phone)].filter((w) => w !== '').join(' ');
}
