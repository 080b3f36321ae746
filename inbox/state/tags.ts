// The tags of the contact on the card: changed at once, taken back with words where it is refused.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Connection } from '../connection.ts';
import { deliver } from '../deliver.ts';
import type { Card } from './card.ts';
import type { Toasts } from './toasts.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Tags {
  /** Of the contact shown, with what was just done here. */
  readonly shown: ReadonlySignal<readonly string[]>;
  /** False where it is there already, or says nothing. */
  add(tag: string): boolean;
  remove(tag: string): void;
}

interface Pending {
  contact: string;
  tag: string;
  on: boolean;
}

export const maxTag = 60;
/** "VIP" is not added beside "vip". */
export const isSameTag = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export function createTags({
  connection,
  card,
  toasts,
  vocabulary,
}: {
  connection: Connection;
  card: Card;
  toasts: Toasts;
  vocabulary: Vocabulary;
}): Tags {
  const pending = signal<readonly Pending[]>([]);
  const shown = computed(() => {
    const contact = card.contact.value;
    if (!contact) return [];
    return pending.value
      .filter((change) => change.contact === contact.id)
      .reduce<readonly string[]>((tags, change) => withChange(tags, change), contact.tags);
  });

  async function send(tag: string, on: boolean): Promise<void> {
    const contact = card.contact.peek()?.id;
    if (contact === undefined) return;
    const change: Pending = { contact, tag, on };
    pending.value = [...pending.peek(), change];
    const reply = await deliver(connection, 'contact.tag', { contact, tag, on });
    if (reply?.ok) card.setTags(contact, reply.tags);
    pending.value = pending.peek().filter((each) => each !== change);
    if (reply && !reply.ok)
      toasts.show(`${on ? `The tag ${tag} was not added.` : `The tag ${tag} was not taken off.`} ${reply.message}`, { tone: 'error' });
  }

  return {
    shown,
    add(given) {
      const tag = given.replace(/\s+/g, ' ').trim().slice(0, maxTag);
      if (tag === '' || shown.peek().some((known) => isSameTag(known, tag))) return false;
      const asUsed = vocabulary.tags.peek().find((known) => isSameTag(known, tag)) ?? tag;
      vocabulary.addTag(asUsed);
      void send(asUsed, true);
      return true;
    },
    remove: (tag) => void send(tag, false),
  };
}

function withChange(tags: readonly string[], { tag, on }: Pending): readonly string[] {
  const others = tags.filter((known) => known !== tag);
  return on ? [...others, tag] : others;
}
