import type { JSX } from 'preact';

/** A doorway with somebody in it. */
export function Logo({ size = 24 }: { size?: number }): JSX.Element {
  return (
    <svg class="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" class="logo-ground" />
      <path d="M9.5 24V14.5a6.5 6.5 0 0 1 13 0V24" class="logo-door" />
      <circle cx="16" cy="17.2" r="2.5" class="logo-person" />
    </svg>
  );
}
