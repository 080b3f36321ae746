// Contacts that may be the same person, each with what speaks for it and against it, for a person to judge (M3).
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ContactSummary, DuplicateView, EvidenceRow } from '../../shared/protocol.ts';
import { conversationWords, fieldLabel, reasonWords } from '../merge-words.ts';
import { inboxPath } from '../router.ts';
import { contactName } from '../words.ts';
import { Avatar } from './Avatar.tsx';
import { BlockedSign } from './BlockedMark.tsx';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { DifferentIcon, GoToIcon, OneSideIcon, SameIcon } from './icons.ts';
import { RelativeTime } from './Time.tsx';
import { TypeBadge } from './TypeBadge.tsx';

/** The rest waits behind a button: what is known of this one is what the card is for. */
const shownAtFirst = 1;

export function Duplicates(): JSX.Element | null {
  const { dismissals } = useInbox();
  const [isWhole, setWhole] = useState(false);
  const all = dismissals.duplicates.value;
  if (all.length === 0) return null;
  const shown = isWhole ? all : all.slice(0, shownAtFirst);
  const more = all.length - shown.length;
  return (
    <section class="card-section duplicates" aria-labelledby="card-duplicates">
      <h3 id="card-duplicates">
        {all.length === 1 ? 'Possible duplicate' : `${all.length} possible duplicates`} <span class="card-aside">unverified</span>
      </h3>
      <ul class="duplicate-list">
        {shown.map((duplicate) => (
          <Duplicate key={duplicate.contact.id} duplicate={duplicate} />
        ))}
      </ul>
      {more > 0 ? (
        <button type="button" class="button button-quiet button-small show-more" onClick={() => setWhole(true)}>
          Show {more} more
        </button>
      ) : null}
    </section>
  );
}

function Duplicate({ duplicate: { contact, reasons, evidence, conversations, lastSeenAt } }: { duplicate: DuplicateView }): JSX.Element {
  const { card } = useInbox();
  const types = { here: card.contact.value?.type ?? 'visitor', there: contact.type };
  return (
    <li class="duplicate">
      <div class="person">
        <Avatar of={{ kind: 'contact', id: contact.id, name: contact.name ?? contact.email }} size={28} />
        <span class="person-words">
          <span class="person-name" dir="auto" title={contactName(contact)}>
            {contactName(contact)}
          </span>
          {contact.name === null || contact.email === null ? null : <span class="person-email">{contact.email}</span>}
        </span>
        <TypeBadge type={contact.type} unverified={contact.unverified} />
        {contact.blocked ? <BlockedSign /> : null}
      </div>
      {reasons.map((reason) => (
        <p key={reason} class="duplicate-why">
          {reasonWords(reason, evidence, types)}
        </p>
      ))}
      <AtAGlance evidence={evidence} />
      <p class="duplicate-small">
        <span>
          {conversationWords(conversations)} · seen <RelativeTime at={lastSeenAt} />
        </span>
        <NewestLink contact={contact} />
      </p>
      <Judge contact={contact} />
    </li>
  );
}

const groups = [
  { match: 'same', label: 'Same', icon: SameIcon },
  { match: 'different', label: 'Different', icon: DifferentIcon },
  { match: 'one_side', label: 'Only one side', icon: OneSideIcon },
] as const;

function AtAGlance({ evidence }: { evidence: readonly EvidenceRow[] }): JSX.Element | null {
  const rows = groups
    .map((group) => ({ ...group, fields: evidence.filter(({ match }) => match === group.match).map(({ field }) => fieldLabel(field)) }))
    .filter(({ fields }) => fields.length > 0);
  if (rows.length === 0) return null;
  return (
    <dl class="glance">
      {rows.map(({ match, label, icon, fields }) => (
        <div key={match} class={`glance-${match}`}>
          <dt>
            <Icon of={icon} size={13} /> {label}
          </dt>
          <dd>{listWords(fields)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** "Email, language, user id". */
function listWords([first = '', ...others]: readonly string[]): string {
  return [first, ...others.map((label) => label.charAt(0).toLowerCase() + label.slice(1))].join(', ');
}

function NewestLink({ contact }: { contact: ContactSummary }): JSX.Element | null {
  const { filter, newestConversation } = useInbox();
  const conversation = newestConversation(contact.id);
  if (conversation === null) return null;
  return (
    <a class="duplicate-link" href={inboxPath(filter.value, conversation)}>
      Open the newest <Icon of={GoToIcon} size={12} />
    </a>
  );
}

function Judge({ contact }: { contact: ContactSummary }): JSX.Element {
  const { card, merging, dismissals } = useInbox();
  const here = card.contact.value?.id ?? '';
  return (
    <div class="duplicate-actions">
      <button type="button" class="button button-small" onClick={() => merging.compare(here, contact.id)}>
        Compare
      </button>
      <button
        type="button"
        class="button button-small button-quiet"
        onClick={() => dismissals.dismiss(here, contact.id, contactName(contact))}
      >
        Not the same
      </button>
    </div>
  );
}
