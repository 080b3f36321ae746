import type { JSX } from 'preact';
import type { ContactCard } from '../../shared/protocol.ts';
import { inboxPath } from '../router.ts';
import { useInbox } from './context.ts';
import { ShortTime } from './Time.tsx';

export function OtherConversations({ contact }: { contact: ContactCard }): JSX.Element | null {
  const { selectedId, filter } = useInbox();
  const others = contact.conversations.filter((conversation) => conversation.id !== selectedId.value);
  if (others.length === 0) return null;
  return (
    <section class="card-section" aria-labelledby="card-others">
      <h3 id="card-others">Other conversations</h3>
      <ul class="others">
        {others.map(({ id, status, preview, lastAt }) => (
          <li key={id}>
            <a href={inboxPath(filter.value, id)}>
              <span class={`status status-${status}`}>{status === 'open' ? 'Open' : status === 'closed' ? 'Closed' : 'Later'}</span>
              <span class="other-preview">{preview === '' ? 'No messages yet' : preview}</span>
              <ShortTime at={lastAt} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
