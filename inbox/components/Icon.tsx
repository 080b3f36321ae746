import { h } from 'preact';
import type { JSX } from 'preact';
import type { IconNode } from './icons.ts';

/** Decoration unless it has a label. */
export function Icon({ of, size = 16, label }: { of: IconNode; size?: number; label?: string }): JSX.Element {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={size < 16 ? 2.25 : 1.9}
      stroke-linecap="round"
      stroke-linejoin="round"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' })}
    >
      {of.map(([tag, attributes], index) => h(tag, { key: index, ...attributes }))}
    </svg>
  );
}
