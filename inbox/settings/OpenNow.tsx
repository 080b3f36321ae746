// What the hours mean right now, by the very rule visitors are told by.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { isOpen, nextOpening } from '../../shared/hours.ts';
import type { Hours } from '../../shared/hours.ts';
import { now } from '../clock.ts';
import { momentIn } from '../hours.ts';

const minuteMs = 60_000;

export function OpenNow({ hours, hasFault }: { hours: Hours; hasFault: boolean }): JSX.Element | null {
  const minute = Math.floor(now.value / minuteMs) * minuteMs;
  const words = useMemo(() => (hasFault ? null : openWords(hours, minute)), [hours, hasFault, minute]);
  if (words === null) return null;
  return (
    <p class={`open-now ${words.isOpen ? 'is-open' : ''}`} role="status">
      <span class="open-dot" />
      <span>
        <strong>{words.isOpen ? 'Open now' : 'Closed now'}</strong> · {words.until}
      </span>
    </p>
  );
}

/** "closes today 17:00", "back Monday 9:00". */
export function openWords(hours: Hours, at: number): { isOpen: boolean; until: string } {
  if (isOpen(hours, at)) {
    const end = closing(hours, at);
    return { isOpen: true, until: end === null ? 'around the clock' : `closes ${momentIn(hours.timeZone, end, at)}` };
  }
  const back = nextOpening(hours, at);
  return { isOpen: false, until: back === null ? 'no opening in the next 60 days' : `back ${momentIn(hours.timeZone, back, at)}` };
}

/** To the minute; null where it does not close within a day and a bit. */
function closing(hours: Hours, at: number): number | null {
  const coarse = 5 * minuteMs;
  for (let time = at + coarse; time <= at + 26 * 60 * minuteMs; time += coarse) {
    if (isOpen(hours, time)) continue;
    let end = time;
    while (end - minuteMs > at && !isOpen(hours, end - minuteMs)) end -= minuteMs;
    return end;
  }
  return null;
}
