// Names in use: the workspace's own attributes and its tags, to suggest rather than to have typed anew.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Api } from '../api.ts';

export interface Vocabulary {
  readonly attributes: ReadonlySignal<readonly string[]>;
  readonly tags: ReadonlySignal<readonly string[]>;
  /** Asks again where the last answer is older than a minute. */
  refresh(): void;
  /** Used here just now: suggested from now on. */
  addTag(tag: string): void;
}

const freshForMs = 60_000;

export function createVocabulary(api: Api, clock: () => number = Date.now): Vocabulary {
  const attributes = signal<readonly string[]>([]);
  const tags = signal<readonly string[]>([]);
  let askedAt = -Infinity;
  return {
    attributes,
    tags,
    refresh() {
      if (clock() - askedAt < freshForMs) return;
      askedAt = clock();
      void api.call('GET /api/v1/attributes').then((result) => {
        // Suggestions only: without them everything still works.
        if (!result.ok) return void (askedAt = -Infinity);
        attributes.value = result.data.attributes;
        tags.value = [...new Set([...tags.peek(), ...result.data.tags])];
      });
    },
    addTag(tag) {
      if (!tags.peek().includes(tag)) tags.value = [...tags.peek(), tag];
    },
  };
}
