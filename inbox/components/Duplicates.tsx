import type { JSX } from 'preact';
import type { ContactSummary, DuplicateView } from '../../shared/protocol.ts';
import { inboxPath } from '../router.ts';
import { contactName } from '../words.ts';
import { useInbox } from './context.ts';
import { TypeBadge } from './TypeBadge.tsx';

/** Others with the same email, for a person to judge (M3). */
export function Duplicates({ duplicates }: { duplicates: readonly DuplicateView[] }): JSX.Element | null {
  if (duplicates.length === 0) return null;
  return (
    <section class="card-section" aria-labelledby="card-duplicates">
      <h3 id="card-duplicates">Possible duplicates — unverified</h3>
      <ul class="others">
        {duplicates.map(({ contact }) => (
          <Duplicate key={contact.id} contact={contact} />
        ))}
      </ul>
      <p class="card-small">They have the same email. Nothing was merged: typing an address proves nothing.</p>
    </section>
  );
}

function Duplicate({ contact }: { contact: ContactSummary }): JSX.Element {
  const { filter, newestConversation } = useInbox();
  const conversation = newestConversation(contact.id);
  const words = (
    <>
      <span class="duplicate-words">
        <span class="duplicate-name">{contactName(contact)}</span>
        {contact.name === null ? null : <span class="duplicate-email">{contact.email}</span>}
      </span>
      <TypeBadge type={contact.type} unverified={contact.unverified} />
    </>
  );
  return (
    <li>
      {conversation === null ? (
        <span class="duplicate">{words}</span>
      ) : (
        <a class="duplicate" href={inboxPath(filter.value, conversation)} title="Open their newest conversation">
          {words}
        </a>
      )}
    </li>
  );
}
