import type { ComponentChildren, JSX } from 'preact';
import { Logo } from './Logo.tsx';

interface DoorNoticeProps {
  title: string;
  words: string;
  /** Where trying again can help. */
  retry?(): void;
  children?: ComponentChildren;
}

/** A page in front of the inbox that has only something to say. */
export function DoorNotice({ title, words, retry, children }: DoorNoticeProps): JSX.Element {
  return (
    <main class="door">
      <Logo size={40} />
      <div class="door-words" role="alert">
        <h1>{title}</h1>
        <p>{words}</p>
      </div>
      {retry ? (
        <button type="button" class="button button-primary" onClick={retry}>
          Try again
        </button>
      ) : null}
      {children}
    </main>
  );
}
