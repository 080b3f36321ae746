// What is known of two contacts, side by side: how surely, and whether it fits.
import type { JSX } from 'preact';
import type { ContactView } from '../../shared/api.ts';
import type { EvidenceRow } from '../../shared/protocol.ts';
import { conversationWords, fieldLabel, fieldWords, matchWords } from '../merge-words.ts';
import type { Compared } from '../state/merging.ts';
import { contactName, gradeWords } from '../words.ts';
import { ArchivedMark } from './ArchivedMark.tsx';
import { Avatar } from './Avatar.tsx';
import { BlockedMark } from './BlockedMark.tsx';
import { gradeIcons } from './GradeMark.tsx';
import { Icon } from './Icon.tsx';
import { CheckIcon, DifferentIcon, OneSideIcon, SameIcon, SignedIcon } from './icons.ts';
import { RelativeTime } from './Time.tsx';
import { TypeBadge } from './TypeBadge.tsx';

export function MergeEvidence({ compared }: { compared: Compared }): JSX.Element {
  const { here, there, evidence, preview } = compared;
  const countOf = ({ id }: ContactView): number => (id === preview.into.id ? preview.conversations.kept : preview.conversations.moved);
  return (
    // With their roles: laid out as a grid, a table's own would be lost.
    <table class="evidence" role="table">
      <caption class="hidden">The two beside each other</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" class="evidence-corner">
            What is known of both, and how surely
          </th>
          {[here, there].map((view) => (
            <th key={view.id} role="columnheader" scope="col">
              <Person view={view} conversations={countOf(view)} survives={view.id === preview.into.id} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {evidence.map((row) => (
          <Row key={row.field} row={row} />
        ))}
      </tbody>
    </table>
  );
}

interface PersonProps {
  view: ContactView;
  conversations: number;
  survives: boolean;
}

function Person({ view, conversations, survives }: PersonProps): JSX.Element {
  const isUnverified = view.type === 'user' && !view.verified;
  return (
    <div class={`evidence-person ${survives ? 'is-survivor' : ''}`}>
      <span class="evidence-who">
        <Avatar of={{ kind: 'contact', id: view.id, name: view.name ?? view.email, avatar: view.avatar }} size={40} />
        <span class="person-name" dir="auto" title={contactName(view)}>
          {contactName(view)}
        </span>
      </span>
      <span class="evidence-marks">
        <TypeBadge type={view.type} unverified={isUnverified} spelt />
        {view.verified ? (
          <span class="proof is-proven">
            <Icon of={SignedIcon} size={13} /> Verified
          </span>
        ) : null}
        {view.blocked ? <BlockedMark /> : null}
        {view.archived_at === null ? null : <ArchivedMark at={Date.parse(view.archived_at)} />}
      </span>
      <span class="evidence-when">
        First seen <RelativeTime at={Date.parse(view.created_at)} />
      </span>
      <span class="evidence-when">
        Last seen <RelativeTime at={Date.parse(view.last_seen_at)} />
      </span>
      <span class="evidence-when">{conversationWords(conversations)}</span>
      <span class={`evidence-fate ${survives ? 'is-survivor' : ''}`}>
        {survives ? (
          <>
            <Icon of={CheckIcon} size={12} /> Survives
          </>
        ) : (
          'Becomes part of the other one'
        )}
      </span>
    </div>
  );
}

const matchIcons = { same: SameIcon, different: DifferentIcon, one_side: OneSideIcon };

function Row({ row: { field, here, there, match } }: { row: EvidenceRow }): JSX.Element {
  return (
    <tr role="row" class={`evidence-row match-${match}`} data-field={field}>
      <th role="rowheader" scope="row">
        <span class="evidence-row-head">
          <span class="evidence-label">{fieldLabel(field)}</span>
          <span class="match">
            <Icon of={matchIcons[match]} size={12} /> {matchWords[match]}
          </span>
        </span>
      </th>
      <Side field={field} side={here} />
      <Side field={field} side={there} />
    </tr>
  );
}

function Side({ field, side }: { field: string; side: EvidenceRow['here'] }): JSX.Element {
  if (side === null) {
    return (
      <td role="cell" class="is-nothing">
        <span aria-hidden="true">—</span>
        <span class="hidden">not known</span>
      </td>
    );
  }
  return (
    <td role="cell">
      <span class="evidence-value" dir="auto" title={field === 'first_touch' ? side.value : undefined}>
        {fieldWords(field, side.value)}
      </span>
      {side.grade === null ? null : (
        <span class={`grade-word grade-${side.grade}`} title={gradeWords[side.grade].meaning}>
          <Icon of={gradeIcons[side.grade]} size={12} /> {gradeWords[side.grade].label}
        </span>
      )}
    </td>
  );
}
