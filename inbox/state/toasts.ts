// Short notices at the rim: what happened, that nothing was lost, and the one thing to do about it.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'error';
  action: { label: string; run(): void } | null;
}

export interface Toasts {
  readonly shown: ReadonlySignal<readonly Toast[]>;
  show(text: string, options?: { tone?: Toast['tone']; action?: Toast['action'] }): void;
  dismiss(id: number): void;
  /** While somebody reads, nothing goes away. */
  hold(isHeld: boolean): void;
}

const shownForMs = 6000;
const atMost = 3;

export function createToasts(): Toasts {
  const shown = signal<readonly Toast[]>([]);
  let nextId = 1;
  let timers = new Map<number, ReturnType<typeof setTimeout>>();
  function dismiss(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    shown.value = shown.value.filter((toast) => toast.id !== id);
  }
  const arm = (id: number): void =>
    void timers.set(
      id,
      setTimeout(() => dismiss(id), shownForMs),
    );
  return {
    shown,
    show(text, { tone = 'plain', action = null } = {}) {
      const id = nextId++;
      shown.value = [...shown.value, { id, text, tone, action }].slice(-atMost);
      arm(id);
    },
    dismiss,
    hold(isHeld) {
      for (const timer of timers.values()) clearTimeout(timer);
      timers = new Map();
      if (!isHeld) for (const toast of shown.value) arm(toast.id);
    },
  };
}
