// One part of the settings while it is changed: over the server's word until it is saved, and never lost by an answer.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { ApiFailure } from '../api.ts';

export type DraftState = 'clean' | 'changed' | 'saving' | 'saved' | 'failed';

export interface Draft<T> {
  /** As it is shown: the draft, else what is saved; undefined until that is loaded. */
  readonly value: ReadonlySignal<T | undefined>;
  readonly saved: ReadonlySignal<T | undefined>;
  readonly state: ReadonlySignal<DraftState>;
  readonly isChanged: ReadonlySignal<boolean>;
  /** Why the last save was refused; gone with the next change. */
  readonly failure: ReadonlySignal<ApiFailure | null>;
  change(next: T): void;
  /** What is changed while the answer is awaited stays a draft. A refused one stays too, with the reason. */
  save(): Promise<boolean>;
  /** For a control that saves by itself: shown at once, and taken back with the reason where it is refused. */
  choose(next: T): Promise<boolean>;
  discard(): void;
}

interface DraftDeps<T> {
  saved: ReadonlySignal<T | undefined>;
  /** Sends it, and on success makes `saved` what the server says; else the reason. */
  send(value: T): Promise<ApiFailure | null>;
}

export function createDraft<T>({ saved, send }: DraftDeps<T>): Draft<T> {
  const draft = signal<{ value: T } | null>(null);
  const failure = signal<ApiFailure | null>(null);
  const isSaving = signal(false);
  const wasSaved = signal(false);
  const isChanged = computed(() => draft.value !== null && !isSame(draft.value.value, saved.value));

  async function save(): Promise<boolean> {
    const sent = draft.peek();
    if (sent === null || isSaving.peek()) return false;
    if (!isChanged.peek()) {
      draft.value = null;
      return true;
    }
    isSaving.value = true;
    failure.value = null;
    const refused = await send(sent.value);
    isSaving.value = false;
    failure.value = refused;
    wasSaved.value = refused === null;
    if (refused === null && draft.peek() === sent) draft.value = null;
    return refused === null;
  }

  return {
    value: computed(() => (draft.value === null ? saved.value : draft.value.value)),
    saved,
    isChanged,
    failure,
    state: computed(() => {
      if (isSaving.value) return 'saving';
      if (failure.value !== null) return 'failed';
      if (isChanged.value) return 'changed';
      return wasSaved.value ? 'saved' : 'clean';
    }),
    change(next) {
      draft.value = { value: next };
      failure.value = null;
      wasSaved.value = false;
    },
    save,
    async choose(next) {
      draft.value = { value: next };
      failure.value = null;
      // An answer is awaited already: what is chosen meanwhile goes out after it.
      if (isSaving.peek()) return true;
      let isDone = true;
      while (isDone && draft.peek() !== null) isDone = await save();
      if (!isDone) draft.value = null;
      return isDone;
    },
    discard() {
      draft.value = null;
      failure.value = null;
      wasSaved.value = false;
    },
  };
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
