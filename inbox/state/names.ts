import type { Card } from './card.ts';
import type { Conversations } from './conversations.ts';
import { contactName } from '../words.ts';

/** What a contact is called, as far as its id is known here: on the card, by one of its conversations, or from the history. */
export type NameOf = (contact: string) => string | null;

export function createNames({ card, conversations }: { card: Card; conversations: Conversations }): NameOf {
  return (id) => {
    const shown = card.contact.value;
    const known = [shown, ...(shown?.merges ?? []).map(({ from }) => from), ...(shown?.duplicates ?? []).map(({ contact }) => contact)];
    const told = card.timeline.shown.value?.people;
    const found = known.find((contact) => contact?.id === id) ?? conversations.contact(id) ?? told?.find((person) => person.id === id);
    return found ? contactName(found) : null;
  };
}
