// The workspace's identity secrets: not in the browser until an owner asks to see one, and dropped when they have seen it.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Api, ApiFailure } from '../api.ts';

export interface SecretSlot {
  /** Null while hidden. */
  readonly shown: ReadonlySignal<string | null>;
  readonly failure: ReadonlySignal<ApiFailure | null>;
  reveal(): Promise<void>;
  hide(): void;
}

export interface IdentitySecret {
  readonly current: SecretSlot;
  /** While a rotation runs. */
  readonly next: SecretSlot;
}

const over: ApiFailure = {
  ok: false,
  code: 'no_rotation',
  message: 'The rotation is over: there is one secret again.',
  fields: {},
};

export function createIdentitySecret(api: Api): IdentitySecret {
  return { current: createSlot(api, 'identity_secret'), next: createSlot(api, 'next_identity_secret') };
}

function createSlot(api: Api, name: 'identity_secret' | 'next_identity_secret'): SecretSlot {
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
      if (result.ok) shown.value = result.data[name];
      failure.value = result.ok ? (result.data[name] === null ? over : null) : result;
    },
    hide() {
      asked += 1;
      shown.value = null;
      failure.value = null;
    },
  };
}
