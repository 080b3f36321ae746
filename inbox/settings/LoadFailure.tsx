import type { JSX } from 'preact';

export function LoadFailure({ title, words, retry }: { title: string; words: string; retry(): void }): JSX.Element {
  return (
    <div class="empty" role="alert">
      <h2>{title}</h2>
      <p>{words}</p>
      <button type="button" class="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
