// What became of a change, in words, and what to do about it.
import type { JSX } from 'preact';
import type { ApiFailure } from '../api.ts';
import { Icon } from '../components/Icon.tsx';
import { CheckIcon, FailedIcon } from '../components/icons.ts';
import type { Draft } from '../state/draft.ts';

interface SaveBarProps<T> {
  draft: Draft<T>;
  /** What keeps it from being saved, in words. */
  fault?: string | null;
  /** Instead of the server's reason, where that stands at the field. */
  failureWords?: string | undefined;
  /** Where a fault is not said until somebody tries to save: called then, instead of saving. */
  onBlocked?: (() => void) | undefined;
}

/** For what is saved by a button. Nothing while there is nothing to say. */
export function SaveBar<T>({ draft, fault = null, failureWords, onBlocked }: SaveBarProps<T>): JSX.Element {
  const state = draft.state.value;
  const isOpen = state === 'changed' || state === 'saving' || state === 'failed';
  const save = (): void => {
    if (state === 'saving') return;
    if (onBlocked) onBlocked();
    else if (fault === null) void draft.save();
  };
  return (
    <footer class={`save-bar is-${state} ${isOpen ? 'is-open' : ''}`}>
      <SaveWords state={state} failure={draft.failure.value} words={failureWords} fault={fault} />
      {isOpen ? (
        <span class="save-actions">
          <button
            type="button"
            class="button button-quiet"
            aria-disabled={state === 'saving'}
            onClick={() => state === 'saving' || draft.discard()}
          >
            Discard
          </button>
          <button
            type="button"
            class="button button-primary"
            aria-disabled={state === 'saving' || (fault !== null && !onBlocked)}
            onClick={save}
          >
            {state === 'saving' ? 'Saving…' : state === 'failed' ? 'Try again' : 'Save'}
          </button>
        </span>
      ) : null}
    </footer>
  );
}

interface SaveWordsProps {
  state: string;
  failure: ApiFailure | null;
  words: string | undefined;
  fault: string | null;
}

function SaveWords({ state, failure, words: failureWords, fault }: SaveWordsProps): JSX.Element {
  if (state === 'failed' && failure) return <FailureWords failure={failure} words={failureWords} kept />;
  const words = { changed: fault ?? 'Unsaved changes', saving: 'Saving…', saved: 'Saved' }[state] ?? '';
  return (
    <span class={`save-words ${state === 'changed' && fault !== null ? 'is-fault' : ''}`} role="status">
      {state === 'saved' ? <Icon of={CheckIcon} size={14} /> : null}
      {words}
    </span>
  );
}

/** For a control that saves by itself: what it showed was taken back where it was refused. */
export function SavedWords<T>({ draft }: { draft: Draft<T> }): JSX.Element {
  const state = draft.state.value;
  const failure = draft.failure.value;
  if (failure) return <FailureWords failure={failure} />;
  return (
    <span class={`save-words is-${state}`} role="status">
      {state === 'saved' ? <Icon of={CheckIcon} size={14} /> : null}
      {state === 'saving' ? 'Saving…' : state === 'saved' ? 'Saved' : ''}
    </span>
  );
}

function FailureWords({ failure, words, kept = false }: { failure: ApiFailure; words?: string | undefined; kept?: boolean }): JSX.Element {
  const first = Object.values(failure.fields)[0];
  return (
    <span class="save-words is-failed" role="alert">
      <Icon of={FailedIcon} size={14} />
      <span>
        {words ?? (failure.code === 'forbidden' ? 'Only an owner may change this.' : (first ?? failure.message))}
        {kept ? ' Your changes are still here.' : ''}
      </span>
    </span>
  );
}
