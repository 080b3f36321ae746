// The flow's opening, shown before any conversation exists: typed in at human pace, at once under reduced motion.
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { WidgetSettings } from '../shared/settings.ts';
import type { Entry } from './entries.ts';

type Words = WidgetSettings['greeting'];

export interface GreetingDeps {
  reducedMotion(): boolean;
  now(): number;
  /** Fetches it in the visitor's language. Where that fails, better these words than none. */
  translate?: (() => Promise<Words>) | undefined;
}

export interface Greeting {
  entries: ReadonlySignal<readonly Entry[]>;
  /** More of it is to come. */
  pending: ReadonlySignal<boolean>;
  texts(): readonly string[];
  begin(): void;
  /** All at once: the visitor is ahead of it. */
  finish(): void;
  reset(): void;
}

export const typingMs = (text: string): number => 350 + Math.min(900, text.length * 11);

export function createGreeting(first: Words, { reducedMotion, now, translate }: GreetingDeps): Greeting {
  const words = signal(translate ? null : first);
  const shown = signal(0);
  const begun = signal(false);
  const texts = (): readonly string[] => words.value?.texts ?? [];
  let coming: Promise<void> | undefined;
  let isHurried = false;
  let startedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function next(): void {
    clearTimeout(timer);
    const text = texts()[shown.value];
    if (text === undefined || !begun.value) return;
    if (isHurried || reducedMotion()) return void (shown.value = texts().length);
    timer = setTimeout(() => {
      shown.value++;
      next();
    }, typingMs(text));
  }

  function entry(text: string, index: number): Entry {
    const { texts: _texts, ...more } = words.value!;
    const last = index === texts().length - 1;
    const author = { kind: 'bot', id: null, name: null } as const;
    return {
      kind: 'message',
      seq: 0,
      at: startedAt,
      message: { id: -1 - index, author, kind: 'text', text, at: startedAt, ...(last && more) },
    };
  }

  function begin(): void {
    if (!begun.value) startedAt = now();
    begun.value = true;
    if (words.value) return next();
    coming ??= translate!().then(
      (translated) => void (words.value = translated),
      () => void (words.value = first),
    );
    void coming.then(next);
  }

  return {
    entries: computed(() => texts().slice(0, shown.value).map(entry)),
    pending: computed(() => begun.value && (!words.value || shown.value < texts().length)),
    texts,
    begin() {
      if (!begun.value) begin();
    },
    finish() {
      isHurried = true;
      begin();
    },
    reset() {
      clearTimeout(timer);
      begun.value = isHurried = false;
      shown.value = startedAt = 0;
    },
  };
}
