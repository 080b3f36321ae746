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
  /** Where a fault is not said until somebody tries to save: called then, instead of saving. */
  onBlocked?: (() => void) | undefined;
}

/** For what is saved by a button. Nothing while there is nothing to say. */
export function SaveBar<T>({ draft, fault = null, onBlocked }: SaveBarProps<T>): JSX.Element {
  const state = draft.state.value;
  const isOpen = state === 'changed' || state === 'saving' || state === 'failed';
  const save = (): void => {
    if (state === 'saving') return;
    if (onBlocked) onBlocked();
    else if (fault === null) void draft.save();
  };
  return (
    <footer class={`save-bar is-${state} ${isOpen ? 'is-open' : ''}`}>
      <SaveWords state={state} failure={draft.failure.value} fault={fault} />
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

function SaveWords({ state, failure, fault }: { state: string; failure: ApiFailure | null; fault: string | null }): JSX.Element {
  if (state === 'failed' && failure) return <FailureWords failure={failure} kept />;
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

function FailureWords({ failure, kept = false }: { failure: ApiFailure; kept?: boolean }): JSX.Element {
  const first = Object.values(failure.fields)[0];
  return (
    <span class="save-words is-failed" role="alert">
      <Icon of={FailedIcon} size={14} />
      <span>
        {failure.code === 'forbidden' ? 'Only an owner may change this.' : (first ?? failure.message)}
        {kept ? ' Your changes are still here.' : ''}
      </span>
    </span>
  );
}
