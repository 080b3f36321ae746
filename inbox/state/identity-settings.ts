// How identities are proved, as the server has it, and a draft over each part. A key that was pasted and not saved is still there
// when the owner comes back to it.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { IdentitySettings, RouteBody } from '../../shared/api.ts';
import type { Api, ApiFailure, ApiResult } from '../api.ts';
import { createDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import { warnOfUnsaved } from './unsaved.ts';

export type PublicKey = IdentitySettings['public_key'];

export interface IdentitySettingsState {
  /** Null until loaded. */
  readonly saved: ReadonlySignal<IdentitySettings | null>;
  /** Why it could not be loaded. */
  readonly failure: ReadonlySignal<ApiFailure | null>;
  readonly mode: Draft<IdentitySettings['mode']>;
  readonly merging: Draft<IdentitySettings['lead_merging']>;
  readonly publicKey: Draft<PublicKey>;
  load(): Promise<void>;
  /** Makes the second secret; both are good from then on. */
  startRotation(): Promise<ApiFailure | null>;
  /** The second secret is the only one. */
  finishRotation(): Promise<ApiFailure | null>;
  /** The first secret is the only one again. */
  dropRotation(): Promise<ApiFailure | null>;
  stop(): void;
}

type Patch = RouteBody<'PATCH /api/v1/settings/identity'>;

export function createIdentitySettings(api: Api): IdentitySettingsState {
  const saved = signal<IdentitySettings | null>(null);
  const failure = signal<ApiFailure | null>(null);
  let changes = 0;
  async function change(asked: Promise<ApiResult<IdentitySettings>>): Promise<ApiFailure | null> {
    changes += 1;
    const result = await asked;
    if (result.ok) saved.value = result.data;
    return result.ok ? null : result;
  }
  async function load(): Promise<void> {
    failure.value = null;
    const before = changes;
    const result = await api.call('GET /api/v1/settings/identity');
    // What was changed meanwhile is newer than this answer.
    if (result.ok && changes === before) saved.value = result.data;
    else if (!result.ok && saved.peek() === null) failure.value = result;
  }
  /** Somebody else began or ended one: what is shown is no longer so. */
  async function rotate(asked: Promise<ApiResult<IdentitySettings>>): Promise<ApiFailure | null> {
    const refused = await change(asked);
    if (refused?.code === 'no_rotation' || refused?.code === 'rotation_under_way') await load();
    return refused;
  }
  function part<T>(read: (settings: IdentitySettings) => T, write: (value: T) => Patch): Draft<T> {
    return createDraft<T>({
      saved: computed(() => (saved.value === null ? undefined : read(saved.value))),
      send: (value) => change(api.call('PATCH /api/v1/settings/identity', { body: write(value) })),
    });
  }
  const publicKey = part<PublicKey>(
    (settings) => settings.public_key,
    (key) => ({ public_key: key }),
  );
  return {
    saved,
    failure,
    mode: part<IdentitySettings['mode']>(
      (settings) => settings.mode,
      (mode) => ({ mode }),
    ),
    merging: part<IdentitySettings['lead_merging']>(
      (settings) => settings.lead_merging,
      (lead_merging) => ({ lead_merging }),
    ),
    publicKey,
    load,
    startRotation: () => rotate(api.call('POST /api/v1/identity_secret/rotation', { body: {} })),
    finishRotation: () => rotate(api.call('POST /api/v1/identity_secret/rotation/finish', { body: {} })),
    dropRotation: () => rotate(api.call('DELETE /api/v1/identity_secret/rotation')),
    stop: warnOfUnsaved(publicKey.isChanged),
  };
}
