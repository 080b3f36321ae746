// Times that tick: text nodes bound to the clock, so that a second costs no render.
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { now } from '../clock.ts';
import { fullTime, relativeTime, shortDuration, shortTime, warmth } from '../words.ts';
import { Icon } from './Icon.tsx';
import { WaitingIcon } from './icons.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** "4m": when it was, in a list. */
export function ShortTime({ at }: { at: number }): JSX.Element {
  return (
    <time dateTime={iso(at)} title={fullTime(at)} class="time">
      {useComputed(() => shortTime(at, now.value))}
    </time>
  );
}

/** "4 minutes ago": when it was, in a sentence. */
export function RelativeTime({ at }: { at: number }): JSX.Element {
  return (
    <time dateTime={iso(at)} title={fullTime(at)}>
      {useComputed(() => relativeTime(at, now.value))}
    </time>
  );
}

/** How long somebody waits for an answer; warms as it grows. */
export function Waiting({ since }: { since: number }): JSX.Element {
  const level = useComputed(() => warmth(now.value - since));
  const words = useComputed(() => shortDuration(now.value - since));
  return (
    <span class={useComputed(() => `waiting waiting-${level.value}`)} title={`Waiting for an answer since ${fullTime(since)}`}>
      <Icon of={WaitingIcon} size={12} />
      <span class="hidden">waiting </span>
      {words}
    </span>
  );
}
