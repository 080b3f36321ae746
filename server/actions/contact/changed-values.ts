// What became another from one state of a contact to the next, by the names it has outside.
import type { FactValue } from '../../../shared/bot/types.ts';
import { ungradedFields } from '../../../shared/contact.ts';
import type { Contact } from '../../../shared/contact.ts';

const named = { email: 'email', name: 'name', phone: 'phone', ...ungradedFields } as const;
const byHand = { ...named, unsubscribed: 'unsubscribed', user_id: 'userId' } as const;

export type ChangedValue = [field: string, former: FactValue, value: FactValue];

/** What an identify call can say, an attribute of the host's by its own name. */
export const changedValues = (before: Contact, after: Contact): ChangedValue[] => changesOf(named, before, after);

/** And what else is changed by hand or by a server. */
export const changedByHand = (before: Contact, after: Contact): ChangedValue[] => changesOf(byHand, before, after);

function changesOf(keys: Partial<typeof byHand>, before: Contact, after: Contact): ChangedValue[] {
  const changes: ChangedValue[] = Object.entries(keys).map(([field, key]) => [field, before[key], after[key]]);
  const [was, is] = [new Map(Object.entries(before.attributes)), new Map(Object.entries(after.attributes))];
  for (const name of new Set([...was.keys(), ...is.keys()])) changes.push([name, was.get(name) ?? null, is.get(name) ?? null]);
  return changes.filter(([, former, value]) => former !== value);
}
