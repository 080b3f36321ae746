// One clock for all times on the screen: a signal that ticks each second while the page is seen.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

const seconds = signal(Date.now());

export const now: ReadonlySignal<number> = seconds;

/** Returns the function that stops it. */
export function startClock(): () => void {
  const tick = (): void => {
    if (!document.hidden) seconds.value = Date.now();
  };
  tick();
  const timer = setInterval(tick, 1000);
  document.addEventListener('visibilitychange', tick);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  };
}
