// The first run: what is still to do until the widget works, with lights that turn while one looks.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { ChecklistReply } from '../../shared/api.ts';
import type { Api } from '../api.ts';

export interface Checklist {
  /** Null until loaded. */
  readonly steps: ReadonlySignal<ChecklistReply | null>;
  readonly done: ReadonlySignal<number>;
  readonly isComplete: ReadonlySignal<boolean>;
  refresh(): void;
  stop(): void;
}

export const checklistLength = 4;
const askAgainMs = 4000;

export function createChecklist(api: Api): Checklist {
  const steps = signal<ChecklistReply | null>(null);
  const done = computed(() => Object.values(steps.value ?? {}).filter((at) => at !== null).length);
  const isComplete = computed(() => done.value >= checklistLength);
  async function load(): Promise<void> {
    const result = await api.call('GET /api/v1/checklist');
    if (result.ok) steps.value = result.data;
  }
  void load();
  const timer = setInterval(() => {
    if (!isComplete.peek() && !document.hidden) void load();
  }, askAgainMs);
  return { steps, done, isComplete, refresh: () => void load(), stop: () => clearInterval(timer) };
}
