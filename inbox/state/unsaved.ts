import type { ReadonlySignal } from '@preact/signals';

/** The browser asks before it leaves the page while something is changed and not saved. @returns the function that ends it */
export function warnOfUnsaved(isChanged: ReadonlySignal<boolean>): () => void {
  const warn = (event: BeforeUnloadEvent): void => {
    if (isChanged.peek()) event.preventDefault();
  };
  window.addEventListener('beforeunload', warn);
  return () => window.removeEventListener('beforeunload', warn);
}
