// Typing both ways: told at most every three seconds, forgotten when it is not renewed.
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Author } from '../shared/conversation.ts';

export interface Typist {
  kind: Author['kind'];
  name: string | null;
}

export interface Typing {
  typist: ReadonlySignal<Typist | null>;
  heard(conversation: number, by: Author, on: boolean): void;
  typed(): void;
  stop(): void;
}

const tellEveryMs = 3000;
const idleMs = 5000;
/** A little longer than the other end's renewal. */
const forgetMs = 8000;

export interface TypingDeps {
  conversation(): number | null;
  request(name: 'typing', body: { conversation: number; on: boolean }): Promise<unknown>;
  now?(): number;
}

export function createTyping({ conversation, request, now = Date.now }: TypingDeps): Typing {
  const heard = signal<(Typist & { conversation: number }) | null>(null);
  let forget: ReturnType<typeof setTimeout> | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let toldAt = 0;
  let told: number | null = null;

  function stop(): void {
    clearTimeout(idle);
    if (told !== null) void request('typing', { conversation: told, on: false });
    told = null;
    toldAt = 0;
  }

  return {
    typist: heard,
    heard(id, by, on) {
      clearTimeout(forget);
      if (by.kind === 'contact' || id !== conversation()) return;
      heard.value = on ? { kind: by.kind, name: by.name, conversation: id } : null;
      if (on) forget = setTimeout(() => (heard.value = null), forgetMs);
    },
    typed() {
      const id = conversation();
      if (id === null) return;
      clearTimeout(idle);
      idle = setTimeout(stop, idleMs);
      if (told === id && now() - toldAt < tellEveryMs) return;
      told = id;
      toldAt = now();
      void request('typing', { conversation: id, on: true });
    },
    stop,
  };
}
