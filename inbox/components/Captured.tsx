// What a message gave away, and what its author said to that: the other end of the link on the card.
import type { JSX } from 'preact';
import type { CapturedStatus, CapturedView, MessageView } from '../../shared/conversation.ts';
import type { DetailView } from '../../shared/protocol.ts';
import { attributeLabel, detailWords } from '../words.ts';
import { Icon } from './Icon.tsx';
import { CheckIcon, EditIcon, LeadTypeIcon, XIcon } from './icons.ts';

export interface CapturedMark {
  field: string;
  value: string;
  status: CapturedStatus | null;
  suggestion: string | null;
}

/** By the message itself where it says so, else by the contact's details that name it as their source. */
export function capturedIn({ captured = [] }: Pick<MessageView, 'captured'>, details: readonly DetailView[]): CapturedMark[] {
  const said = captured.map(({ field, value, status, suggestion }: CapturedView): CapturedMark => {
    return { field, value, status: status ?? null, suggestion: suggestion ?? null };
  });
  const others = details
    .filter((detail) => !said.some(({ field }) => field === detail.field))
    .map(({ field, value, suggestion }): CapturedMark => ({ field, value, status: null, suggestion }));
  return [...said, ...others];
}

export const isStillTheirs = ({ status }: CapturedMark): boolean => status !== 'withdrawn';

const statusIcons = { confirmed: CheckIcon, changed: EditIcon, withdrawn: XIcon };

export function Captured({ details }: { details: readonly CapturedMark[] }): JSX.Element {
  const open = details.filter(({ status }) => status === null);
  const answered = details.flatMap(({ status, ...detail }) => (status === null ? [] : [{ ...detail, status }]));
  return (
    <>
      {open.length > 0 ? <p class="captured">{openWords(open)}</p> : null}
      {answered.map(({ field, value, status }) => (
        <p key={`${field} ${value}`} class={`captured is-${status}`}>
          <Icon of={statusIcons[status]} size={12} /> {answerWords(field, value, status)}
        </p>
      ))}
    </>
  );
}

function openWords(details: readonly CapturedMark[]): JSX.Element {
  const fields = [...new Set(details.map(({ field }) => attributeLabel(field).toLowerCase()))];
  const words = new Intl.ListFormat('en').format(fields);
  const doubt = details.find(({ suggestion }) => suggestion !== null);
  return (
    <>
      <Icon of={LeadTypeIcon} size={12} /> {words.charAt(0).toUpperCase() + words.slice(1)} captured
      {doubt ? ` · meant ${doubt.suggestion}?` : ''}
    </>
  );
}

function answerWords(field: string, value: string, status: CapturedStatus): string {
  const name = attributeLabel(field);
  if (status === 'confirmed') return `${name} captured · confirmed by the visitor`;
  return status === 'changed' ? `${name} corrected by the visitor: ${detailWords(field, value)}` : `${name} withdrawn by the visitor`;
}
