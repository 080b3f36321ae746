// What an agent does to a contact: changes what is known of it, blocks it, puts it away, erases it; and how another one is found.
import type { ContactView } from '../../shared/api.ts';
import type { ContactSummary } from '../../shared/protocol.ts';
import type { FactValue } from '../../shared/bot/types.ts';
import type { Api, ApiFailure, ApiResult } from '../api.ts';
import type { Connection } from '../connection.ts';
import { contactName } from '../words.ts';
import type { Toasts } from './toasts.ts';

type Who = Pick<ContactSummary, 'id' | 'name' | 'email'>;

/** What is left out stays, null clears. */
export interface Patch {
  email?: string | null;
  name?: string | null;
  phone?: string | null;
  company?: string | null;
  custom_attributes?: Record<string, FactValue>;
}

export interface People {
  read(contact: string): Promise<ApiResult<ContactView>>;
  edit(contact: string, patch: Patch): Promise<ApiFailure | null>;
  /** With a toast that can undo it. */
  block(contact: Who, blocked: boolean): Promise<void>;
  archive(contact: Who, archived: boolean): Promise<void>;
  /** For good. */
  erase(contact: Who): Promise<ApiFailure | null>;
  /** Contacts with these words in name, email, phone, company or user id; those heard of last first. Null where they cannot be had. */
  search(words: string): Promise<readonly ContactSummary[] | null>;
}

/** Conversations looked through; one contact may have several. */
const searched = 50;

export function createPeople({ api, connection, toasts }: { api: Api; connection: Connection; toasts: Toasts }): People {
  const failed = (what: string, { message }: ApiFailure): void => toasts.show(`${what} ${message}`, { tone: 'error' });
  return {
    read: (contact) => api.call('GET /api/v1/contacts/:contact', { params: { contact } }),
    async edit(contact, patch) {
      const result = await api.call('PATCH /api/v1/contacts/:contact', { params: { contact }, body: patch });
      return result.ok ? null : result;
    },
    async block(contact, blocked) {
      const result = await api.call('POST /api/v1/contacts/:contact/block', { params: { contact: contact.id }, body: { blocked } });
      const name = contactName(contact);
      if (!result.ok) return failed(blocked ? `${name} was not blocked.` : `${name} is still blocked.`, result);
      const words = blocked ? `${name} is blocked and cannot write any more.` : `${name} can write again.`;
      toasts.show(words, { action: { label: 'Undo', run: () => void this.block(contact, !blocked) } });
    },
    async archive(contact, archived) {
      const result = await api.call('POST /api/v1/contacts/:contact/archive', { params: { contact: contact.id }, body: { archived } });
      const name = contactName(contact);
      if (!result.ok) return failed(archived ? `${name} was not archived.` : `${name} is still archived.`, result);
      const words = archived ? `${name} is archived until they are heard of again.` : `${name} is back from the archive.`;
      toasts.show(words, { action: { label: 'Undo', run: () => void this.archive(contact, !archived) } });
    },
    async erase(contact) {
      const result = await api.call('DELETE /api/v1/contacts/:contact', { params: { contact: contact.id } });
      const name = contactName(contact);
      if (!result.ok && result.mergedInto !== undefined)
        return {
          ...result,
          message: `${name} was merged into another contact meanwhile. Nothing was erased: look at who they are now first.`,
        };
      // Somebody else was quicker.
      if (!result.ok && result.code !== 'contact_gone') return result;
      toasts.show(`${name} was erased.`);
      return null;
    },
    async search(words) {
      const search = words.trim();
      const reply = await connection.send('conversation.list', {
        filter: 'all',
        limit: searched,
        ...(search !== '' && { search, searchIn: 'contacts' }),
      });
      if (!reply.ok) return null;
      return [...new Map(reply.conversations.map(({ contact }) => [contact.id, contact])).values()];
    },
  };
}
