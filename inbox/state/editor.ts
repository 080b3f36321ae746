// The one message whose words are being changed, and the words so far.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

export interface Editing {
  conversation: number;
  message: number;
  text: string;
}

export interface Editor {
  readonly editing: ReadonlySignal<Editing | null>;
  /** Leaves another one as it was. */
  begin(editing: Editing): void;
  write(text: string): void;
  /** Saves what differs from `before`; false where there is nothing left of the message. */
  save(before: string): boolean;
  cancel(): void;
}

export function createEditor(edit: (conversation: number, message: number, text: string) => void): Editor {
  const editing = signal<Editing | null>(null);
  return {
    editing,
    begin: (next) => void (editing.value = next),
    write(text) {
      const now = editing.peek();
      if (now) editing.value = { ...now, text };
    },
    save(before) {
      const now = editing.peek();
      const text = now?.text.trim() ?? '';
      if (!now || text === '') return false;
      editing.value = null;
      if (text !== before) edit(now.conversation, now.message, text);
      return true;
    },
    cancel: () => void (editing.value = null),
  };
}
