import type { JSX } from 'preact';
import type { ContactType } from '../../shared/contact.ts';
import { typeWords } from '../words.ts';
import { Icon } from './Icon.tsx';
import { LeadTypeIcon, UnverifiedIcon, UserTypeIcon, VisitorTypeIcon } from './icons.ts';

const typeIcons = { visitor: VisitorTypeIcon, lead: LeadTypeIcon, user: UserTypeIcon };

/** Never colour alone: an icon and the word. `turned` plays the one quiet highlight of a promotion; `spelt` says doubts in full. */
export function TypeBadge({
  type,
  unverified = false,
  turned = false,
  spelt = false,
}: {
  type: ContactType;
  unverified?: boolean;
  turned?: boolean;
  spelt?: boolean;
}): JSX.Element {
  const isUnproven = type === 'user' && unverified;
  return (
    <span
      key={type}
      class={`badge badge-${type} ${isUnproven ? 'is-unproven' : ''} ${turned ? 'is-turned' : ''}`}
      title={isUnproven ? 'Says it is this user, without proof' : undefined}
    >
      <Icon of={isUnproven ? UnverifiedIcon : typeIcons[type]} size={12} />
      {typeWords[type]}
      {isUnproven ? <span class={spelt ? 'badge-doubt' : 'hidden'}> unverified</span> : null}
    </span>
  );
}
