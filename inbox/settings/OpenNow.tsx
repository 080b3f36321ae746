import type { JSX } from 'preact';
import type { Hours } from '../../shared/hours.ts';

export function OpenNow({ hours, hasFault }: { hours: Hours; hasFault: boolean }): JSX.Element | null {
  return hasFault || hours.timeZone === '' ? null : null;
}
