import type { JSX } from 'preact';
import { Icon } from './Icon.tsx';
import { BlockedIcon } from './icons.ts';

const meaning = 'What they write is refused, on every device.';

export function BlockedMark(): JSX.Element {
  return (
    <span class="badge badge-blocked" title={meaning}>
      <Icon of={BlockedIcon} size={12} />
      Blocked
    </span>
  );
}

/** Where there is no room for the word. */
export function BlockedSign(): JSX.Element {
  return (
    <span class="blocked-sign" title={`Blocked. ${meaning}`}>
      <Icon of={BlockedIcon} size={14} label="Blocked." />
    </span>
  );
}
