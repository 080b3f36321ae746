// Times that tick: text nodes bound to the clock, so that a second costs no render.
import { computed } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { now } from '../clock.ts';
import { fullTime, relativeTime, shortDuration, shortTime, warmth } from '../words.ts';
import { Icon } from './Icon.tsx';
import { WaitingIcon } from './icons.ts';

/** Recomputed with the clock and with its own time, which `useComputed` would not notice. */
export function useTicking(at: number, words: (at: number, now: number) => string): ReadonlySignal<string> {
  return useMemo(() => computed(() => words(at, now.value)), [at]);
}

const iso = (at: number): string => new Date(at).toISOString();

/** "4m": when it was, in a list. */
export function ShortTime({ at }: { at: number }): JSX.Element {
  return (
    <time dateTime={iso(at)} title={fullTime(at)} class="time">
      {useTicking(at, shortTime)}
    </time>
  );
}

/** "4 minutes ago": when it was, in a sentence. */
export function RelativeTime({ at }: { at: number }): JSX.Element {
  return (
    <time dateTime={iso(at)} title={fullTime(at)}>
      {useTicking(at, relativeTime)}
    </time>
  );
}

/** How long somebody waits for an answer; warms as it grows. */
export function Waiting({ since }: { since: number }): JSX.Element {
  const name = useTicking(since, (at, time) => `waiting waiting-${warmth(time - at)}`);
  const words = useTicking(since, (at, time) => shortDuration(time - at));
  return (
    <span class={name} title={`Waiting for an answer since ${fullTime(since)}`}>
      <Icon of={WaitingIcon} size={12} />
      <span class="hidden">waiting </span>
      {words}
    </span>
  );
}
