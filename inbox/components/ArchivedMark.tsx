import type { JSX } from 'preact';
import { fullTime } from '../words.ts';
import { Icon } from './Icon.tsx';
import { CloseIcon } from './icons.ts';

export function ArchivedMark({ at }: { at: number }): JSX.Element {
  return (
    <span class="proof" title={`Archived ${fullTime(at)}. Whoever writes again comes back by that.`}>
      <Icon of={CloseIcon} size={14} /> Archived
    </span>
  );
}
