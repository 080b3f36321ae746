// The flow's opening, shown before any conversation exists: typed in at human pace, at once under reduced motion.
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { WidgetSettings } from '../shared/settings.ts';
import type { Entry } from './entries.ts';

export interface Greeting {
  entries: ReadonlySignal<readonly Entry[]>;
  /** More of it is to come. */
  pending: ReadonlySignal<boolean>;
  begin(): void;
  /** All at once: the visitor is ahead of it. */
  finish(): void;
  reset(): void;
}

export const typingMs = (text: string): number => 350 + Math.min(900, text.length * 11);

export function createGreeting(
  { texts, chips }: WidgetSettings['greeting'],
  { reducedMotion, now }: { reducedMotion(): boolean; now(): number },
): Greeting {
  const shown = signal(0);
  const begun = signal(false);
  let startedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function next(): void {
    const text = texts[shown.value];
    if (text === undefined) return;
    timer = setTimeout(() => {
      shown.value++;
      next();
    }, typingMs(text));
  }

  function entry(text: string, index: number): Entry {
    const last = index === texts.length - 1;
    const author = { kind: 'bot', id: null, name: null } as const;
    return {
      kind: 'message',
      seq: 0,
      at: startedAt,
      message: { id: -1 - index, author, kind: 'text', text, at: startedAt, ...(last && { chips }) },
    };
  }

  function finish(): void {
    clearTimeout(timer);
    begun.value = true;
    startedAt ||= now();
    shown.value = texts.length;
  }

  return {
    entries: computed(() => texts.slice(0, shown.value).map(entry)),
    pending: computed(() => begun.value && shown.value < texts.length),
    begin() {
      if (begun.value) return;
      begun.value = true;
      startedAt = now();
      if (reducedMotion()) finish();
      else next();
    },
    finish,
    reset() {
      clearTimeout(timer);
      begun.value = false;
      shown.value = 0;
      startedAt = 0;
    },
  };
}
