// The workspace's identity secret: not in the browser until an owner asks to see it, and dropped when they have seen it.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Api, ApiFailure } from '../api.ts';

export interface IdentitySecret {
  /** Null while hidden. */
  readonly shown: ReadonlySignal<string | null>;
  readonly failure: ReadonlySignal<ApiFailure | null>;
  reveal(): Promise<void>;
  hide(): void;
}

export function createIdentitySecret(api: Api): IdentitySecret {
  const shown = signal<string | null>(null);
  const failure = signal<ApiFailure | null>(null);
  let asked = 0;
  return {
    shown,
    failure,
    async reveal() {
      const ask = ++asked;
      failure.value = null;
      const result = await api.call('GET /api/v1/identity_secret');
      // Hidden again meanwhile.
      if (ask !== asked) return;
      if (result.ok) shown.value = result.data.identity_secret;
      else failure.value = result;
    },
    hide() {
      asked += 1;
      shown.value = null;
      failure.value = null;
    },
  };
}
