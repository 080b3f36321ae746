// A secret of the workspace: hidden until an owner asks for it, and forgotten when they are done.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { SecretSlot } from '../state/identity-secret.ts';
import { CopyButton } from './CopyButton.tsx';
import { Icon } from './Icon.tsx';
import { FailedIcon, HideIcon, ShowIcon } from './icons.ts';

export function SecretBox({ slot, label }: { slot: SecretSlot; label: string }): JSX.Element {
  const { shown, failure, reveal, hide } = slot;
  useEffect(() => hide, []);
  const secret = shown.value;
  const name = label.toLowerCase();
  if (failure.value) return <NoSecret code={failure.value.code} words={failure.value.message} retry={reveal} />;
  return (
    <div class="snippet secret">
      <span class="secret-label">{label}</span>
      {secret === null ? <span class="secret-dots" aria-label="hidden" role="img" /> : <code>{secret}</code>}
      {secret === null ? null : <CopyButton text={secret} label={`Copy the ${name}`} word="Copy" class="button button-small" />}
      <button
        type="button"
        class="button button-small"
        aria-label={`${secret === null ? 'Reveal' : 'Hide'} the ${name}`}
        onClick={() => (secret === null ? void reveal() : hide())}
      >
        <Icon of={secret === null ? ShowIcon : HideIcon} size={14} /> {secret === null ? 'Reveal' : 'Hide'}
      </button>
      {secret === null ? null : (
        <p class="secret-note">Keep it on your server. Whoever has it can sign in to the chat as any of your users.</p>
      )}
    </div>
  );
}

function NoSecret({ code, words, retry }: { code: string; words: string; retry(): Promise<void> }): JSX.Element {
  const isForbidden = code === 'forbidden';
  return (
    <div class="snippet secret" role="alert">
      <Icon of={FailedIcon} size={15} />
      <span class="secret-words">
        {isForbidden ? 'Only an owner of this workspace can see the identity secret. Ask one for it.' : words}
      </span>
      {isForbidden ? null : (
        <button type="button" class="button button-small" onClick={() => void retry()}>
          Try again
        </button>
      )}
    </div>
  );
}
