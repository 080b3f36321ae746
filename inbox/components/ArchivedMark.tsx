import type { JSX } from 'preact';
import { fullTime } from '../words.ts';
import { Icon } from './Icon.tsx';
import { CloseIcon } from './icons.ts';

export function ArchivedMark({ at }: { at: number }): JSX.Element {
  return (
    <span class="proof" title={`Archived ${fullTime(at)}. They come back when they write again.`}>
      <Icon of={CloseIcon} size={14} /> Archived
    </span>
  );
}
