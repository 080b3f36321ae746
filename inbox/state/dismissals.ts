// Possible duplicates that an agent calls two people: hidden at once, told to the server when the time to undo it is over.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { DuplicateView } from '../../shared/protocol.ts';
import type { Api } from '../api.ts';
import type { Card } from './card.ts';
import type { Pair } from './merging.ts';
import type { Toasts } from './toasts.ts';

export interface Dismissals {
  /** Of the contact on the card, without those just dismissed. */
  readonly duplicates: ReadonlySignal<readonly DuplicateView[]>;
  dismiss(here: string, there: string, name: string): void;
  /** Sends what is held: nobody will be here for the rest of its time. */
  sendHeld(): void;
  stop(): void;
}

/** As long as the toast with its undo stands. */
const heldForMs = 6000;

interface Held extends Pair {
  name: string;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const isPair = (a: Pair, b: Pair): boolean => (a.here === b.here && a.there === b.there) || (a.here === b.there && a.there === b.here);

export function createDismissals({ api, card, toasts }: { api: Api; card: Card; toasts: Toasts }): Dismissals {
  const hidden = signal<readonly Held[]>([]);
  const release = (held: Held): void => {
    clearTimeout(held.timer);
    hidden.value = hidden.peek().filter((each) => each !== held);
  };

  async function send(held: Held): Promise<void> {
    clearTimeout(held.timer);
    held.timer = undefined;
    const { here, there, name } = held;
    const dismissed = await api.call('POST /api/v1/contacts/:contact/duplicates/dismiss', {
      params: { contact: here },
      body: { other: there },
      outlivesPage: true,
    });
    // Merged or erased meanwhile: there is nothing left to be told apart.
    const isDone = dismissed.ok || dismissed.code === 'contact_gone' || dismissed.code === 'not_found';
    if (isDone) card.dropDuplicate(here, there);
    release(held);
    if (!isDone) toasts.show(`${name} is still a possible duplicate. ${dismissed.message}`, { tone: 'error' });
  }

  const sendHeld = (): void =>
    hidden
      .peek()
      .filter((held) => held.timer !== undefined)
      .forEach((held) => void send(held));
  window.addEventListener('pagehide', sendHeld);

  return {
    duplicates: computed(() => {
      const contact = card.contact.value;
      if (!contact) return [];
      return contact.duplicates.filter(
        (other) => !hidden.value.some((held) => isPair(held, { here: contact.id, there: other.contact.id })),
      );
    }),
    dismiss(here, there, name) {
      if (hidden.peek().some((held) => isPair(held, { here, there }))) return;
      const held: Held = { here, there, name, timer: undefined };
      held.timer = setTimeout(() => void send(held), heldForMs);
      hidden.value = [...hidden.peek(), held];
      const undo = (): void => {
        if (held.timer !== undefined) release(held);
        else toasts.show('It was said already. The two can still be merged with “Merge with …”.');
      };
      toasts.show(`${name} is another person. No longer suggested.`, { action: { label: 'Undo', run: undo } });
    },
    sendHeld,
    stop() {
      sendHeld();
      window.removeEventListener('pagehide', sendHeld);
    },
  };
}
