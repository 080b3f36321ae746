import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Grade } from '../../shared/contact.ts';
import type { DetailView } from '../../shared/protocol.ts';
import { gradeMeaning, gradeWords } from '../words.ts';
import { Icon } from './Icon.tsx';
import { ClaimedIcon, SignedIcon, VerifiedIcon } from './icons.ts';

export const gradeIcons = { claimed: ClaimedIcon, verified: VerifiedIcon, signed: SignedIcon };

/** How surely a fact is known; explains itself on hover and focus. */
export function GradeMark({ grade, source }: { grade: Grade; source?: DetailView['source']['kind'] }): JSX.Element {
  const id = useId();
  const { label } = gradeWords[grade];
  return (
    <span class={`grade grade-${grade}`}>
      <button type="button" class="grade-mark" aria-label={label} aria-describedby={id}>
        <Icon of={gradeIcons[grade]} size={14} />
      </button>
      <span class="tip" role="tooltip" id={id}>
        <strong>{label}</strong> {gradeMeaning(grade, source)}
      </span>
    </span>
  );
}
