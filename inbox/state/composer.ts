// What is being written: one draft per conversation and kind, kept over a reload, and the news that somebody types.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Connection } from '../connection.ts';
import type { Storage } from '../storage.ts';
import type { Outbox } from './outbox.ts';

export type ComposerMode = 'reply' | 'note';

export interface Composer {
  readonly mode: ReadonlySignal<ComposerMode>;
  readonly text: ReadonlySignal<string>;
  /** Raised when the field should take the focus. */
  readonly focusAsked: ReadonlySignal<number>;
  /** Conversations with an unsent reply. */
  readonly drafted: ReadonlySignal<ReadonlySet<number>>;
  open(conversation: number | null): void;
  setMode(mode: ComposerMode): void;
  write(text: string): void;
  /** Sends what is written; false where there is nothing. */
  send(): boolean;
  focus(mode?: ComposerMode): void;
  /** These are no more: their drafts go, too. */
  forget(conversations: readonly number[]): void;
}

/** A visitor's screen forgets the dots after a few seconds, so typing is told again. */
const typingAgainMs = 3000;
const typingEndsMs = 5000;

export function createComposer(connection: Connection, storage: Storage, outbox: Outbox, agent: number): Composer {
  const mode = signal<ComposerMode>('reply');
  const conversation = signal<number | null>(null);
  const drafts = createDrafts(storage, agent);
  const focusAsked = signal(0);
  const key = computed(() => `${conversation.value}.${mode.value}`);
  const typing = createTypingSignal(connection);

  return {
    mode,
    text: computed(() => drafts.all.value.get(key.value) ?? ''),
    focusAsked,
    drafted: computed(() => withReply(drafts.all.value)),
    open(next) {
      if (conversation.peek() === next) return;
      typing.end();
      conversation.value = next;
      mode.value = 'reply';
    },
    setMode(next) {
      typing.end();
      mode.value = next;
    },
    write(text) {
      drafts.set(key.peek(), text);
      const id = conversation.peek();
      if (id !== null && mode.peek() === 'reply') typing.say(id, text.trim() !== '');
    },
    send() {
      const id = conversation.peek();
      const text = (drafts.all.peek().get(key.peek()) ?? '').trim();
      if (id === null || text === '') return false;
      typing.end();
      outbox.send(id, text, mode.peek() === 'note');
      drafts.set(key.peek(), '');
      return true;
    },
    focus(next) {
      if (next) this.setMode(next);
      focusAsked.value += 1;
    },
    forget(conversations) {
      for (const id of conversations) for (const kind of ['reply', 'note']) drafts.set(`${id}.${kind}`, '');
    },
  };
}

interface Drafts {
  /** By conversation and mode: "12.reply". */
  readonly all: ReadonlySignal<ReadonlyMap<string, string>>;
  set(key: string, text: string): void;
}

function createDrafts(storage: Storage, agent: number): Drafts {
  // Two agents may share a browser, never a draft.
  const stored = `draft.${agent}.`;
  const kept = storage.keys(stored).map((key) => [key.slice(stored.length), storage.read<string>(key) ?? ''] as const);
  const all = signal<ReadonlyMap<string, string>>(new Map(kept));
  return {
    all,
    set(key, text) {
      const next = new Map(all.peek());
      if (text === '') next.delete(key);
      else next.set(key, text);
      all.value = next;
      if (text === '') storage.remove(stored + key);
      else storage.write(stored + key, text);
    },
  };
}

function withReply(drafts: ReadonlyMap<string, string>): ReadonlySet<number> {
  const replies = [...drafts].filter(([key, text]) => key.endsWith('.reply') && text.trim() !== '');
  return new Set(replies.map(([key]) => Number.parseInt(key, 10)));
}

function createTypingSignal(connection: Connection): { say(conversation: number, isTyping: boolean): void; end(): void } {
  let on: number | null = null;
  let saidAt = 0;
  let endTimer: ReturnType<typeof setTimeout> | undefined;
  function end(): void {
    clearTimeout(endTimer);
    if (on !== null) void connection.send('typing', { conversation: on, on: false });
    on = null;
  }
  return {
    end,
    say(conversation, isTyping) {
      if (!isTyping) return end();
      clearTimeout(endTimer);
      endTimer = setTimeout(end, typingEndsMs);
      if (on === conversation && Date.now() - saidAt < typingAgainMs) return;
      on = conversation;
      saidAt = Date.now();
      void connection.send('typing', { conversation, on: true });
    },
  };
}
