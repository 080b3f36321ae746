// Undo and redo: the drafts before and after the one that is shown.
import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

export interface History<T> {
  readonly now: ReadonlySignal<T>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  /** Changes under one `key` that follow each other soon are undone together, like the letters of a word. */
  change(next: T, key?: string): void;
  undo(): void;
  redo(): void;
  /** Begins anew: nothing before it can be had back. */
  reset(to: T): void;
}

const atMost = 200;
const togetherMs = 1200;

export function createHistory<T>(first: T, clock: () => number = Date.now): History<T> {
  const now = signal(first);
  const past = signal<readonly T[]>([]);
  const future = signal<readonly T[]>([]);
  let last = { key: '', at: -Infinity };

  function step(from: typeof past, to: typeof past): void {
    const target = from.peek().at(-1);
    if (target === undefined) return;
    last = { key: '', at: -Infinity };
    batch(() => {
      to.value = [...to.peek(), now.peek()];
      from.value = from.peek().slice(0, -1);
      now.value = target;
    });
  }

  return {
    now,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    change(next, key = '') {
      if (next === now.peek()) return;
      const at = clock();
      const joins = key !== '' && key === last.key && at - last.at < togetherMs;
      last = { key, at };
      batch(() => {
        if (!joins) past.value = [...past.peek(), now.peek()].slice(-atMost);
        future.value = [];
        now.value = next;
      });
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    reset(to) {
      last = { key: '', at: -Infinity };
      batch(() => {
        past.value = [];
        future.value = [];
        now.value = to;
      });
    },
  };
}
