import type { ContactCard } from '../../shared/protocol.ts';
import { useInbox } from './context.ts';

interface Whereabouts {
  /** Known to be here; never while there is no connection to hear of their leaving. */
  isOnline: boolean;
  /** The last word of the server, however old. */
  wasOnline: boolean;
  isCurrent: boolean;
  page: ContactCard['page'];
}

/** Where a contact is; `known`: their card, where it is loaded. */
export function useWhereabouts(contact: string, known: ContactCard | null): Whereabouts {
  const { presence, status } = useInbox();
  const here = presence.contacts.value.get(contact);
  const wasOnline = here?.online ?? known?.online ?? false;
  const isCurrent = status.value === 'online';
  return { isOnline: isCurrent && wasOnline, wasOnline, isCurrent, page: here?.page ?? known?.page ?? null };
}
