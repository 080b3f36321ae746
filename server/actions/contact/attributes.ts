import type { ContactRow } from '../../store/contacts.ts';
import { Refusal } from '../refusal.ts';

const maxAttributes = 100;
const maxAttributesLength = 65_536;

/** What grows with every call would slow down everything of this contact. @throws Refusal too_many_attributes */
export function refuseTooMuch({ attributes }: Pick<ContactRow, 'attributes'>): void {
  const count = Object.keys(attributes).length;
  if (count <= maxAttributes && JSON.stringify(attributes).length <= maxAttributesLength) return;
  throw new Refusal(
    'too_many_attributes',
    `A contact holds at most ${maxAttributes} attributes and 64 kB of them; this call would make it ${count}.`,
  );
}
