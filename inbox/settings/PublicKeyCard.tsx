// For hosts that have signed tokens already: their public key checks them, in the place of the secret.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { keyAlgorithms } from '../../shared/api-views.ts';
import type { KeyAlgorithm } from '../../shared/api.ts';
import { useInbox } from '../components/context.ts';
import { Icon } from '../components/Icon.tsx';
import { FailedIcon } from '../components/icons.ts';
import { algorithmWords } from '../identity-words.ts';
import { publicKeyFault } from '../public-key.ts';
import type { PublicKey } from '../state/identity-settings.ts';
import { SaveBar } from './SaveBar.tsx';
import { SettingsCard } from './SettingsCard.tsx';

export function PublicKeyCard(): JSX.Element {
  const { publicKey } = useInbox().identity;
  const value = publicKey.value.value ?? null;
  // Switched off and on again, it is there again.
  const last = useRef<PublicKey>(null);
  if (value !== null) last.current = value;
  const [showsFault, setShowsFault] = useState(false);
  useEffect(() => {
    if (publicKey.state.value !== 'changed') setShowsFault(false);
  }, [publicKey.state.value]);
  const fault = publicKeyFault(value);
  const failure = publicKey.failure.value;
  const refused = failure?.fields['public_key/pem'] ?? (failure?.code === 'invalid_public_key' ? failure.message : null);
  // A private key is worth a word at once: it should not lie about in a field.
  const shown = value !== null && (showsFault || value.pem.includes('PRIVATE KEY')) ? fault : refused;
  return (
    <SettingsCard
      title="Public key"
      lead="If your sign-in makes signed tokens (JWT) already, Foyer can check them by their public key. Tokens signed with the identity secret are then refused; hashes by it stay good."
      control={
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            aria-label="Check tokens by a public key"
            checked={value !== null}
            onChange={(event) => publicKey.change(event.currentTarget.checked ? (last.current ?? { algorithm: 'RS256', pem: '' }) : null)}
          />
          <span>{value === null ? 'Off' : 'On'}</span>
        </label>
      }
    >
      {value === null ? null : <KeyFields value={value} fault={shown} change={publicKey.change} />}
      <SaveBar
        draft={publicKey}
        fault={shown === null ? null : 'The key is not right yet.'}
        failureWords={refused === null ? undefined : 'Not saved: the key is not right yet.'}
        onBlocked={fault === null ? undefined : () => setShowsFault(true)}
      />
    </SettingsCard>
  );
}

interface KeyFieldsProps {
  value: NonNullable<PublicKey>;
  fault: string | null;
  change(value: PublicKey): void;
}

function KeyFields({ value, fault, change }: KeyFieldsProps): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => void (fault !== null && field.current?.focus()), [fault]);
  return (
    <div class="key-fields">
      <div class="edit-field">
        <label class="form-label" for="key-algorithm">
          Algorithm
        </label>
        <select
          id="key-algorithm"
          class="select"
          value={value.algorithm}
          onChange={(event) => change({ ...value, algorithm: event.currentTarget.value as KeyAlgorithm })}
        >
          {keyAlgorithms.map((name) => (
            <option key={name} value={name}>
              {algorithmWords[name]}
            </option>
          ))}
        </select>
      </div>
      <div class="edit-field">
        <label class="form-label" for="key-pem">
          Public key
        </label>
        <textarea
          ref={field}
          id="key-pem"
          class="textarea key-pem"
          rows={6}
          spellcheck={false}
          autocomplete="off"
          dir="ltr"
          placeholder={'-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----'}
          value={value.pem}
          aria-invalid={fault !== null || undefined}
          aria-describedby={fault === null ? undefined : 'key-fault'}
          onInput={(event) => change({ ...value, pem: event.currentTarget.value })}
        />
        {fault === null ? null : (
          <p class="form-fault" id="key-fault" role="alert">
            <Icon of={FailedIcon} size={13} /> <span>{fault}</span>
          </p>
        )}
      </div>
    </div>
  );
}
