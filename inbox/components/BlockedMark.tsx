import type { JSX } from 'preact';
import { Icon } from './Icon.tsx';
import { BlockedIcon } from './icons.ts';

export function BlockedMark(): JSX.Element {
  return (
    <span class="badge badge-blocked" title="What they write is refused, on every device.">
      <Icon of={BlockedIcon} size={12} />
      Blocked
    </span>
  );
}
