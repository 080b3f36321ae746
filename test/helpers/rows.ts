// Rows for the store's own tests, written through the store.
import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { contactId } from '../../shared/ids.ts';
import { insertContact, newContact } from '../../server/store/contacts.ts';
import type { ContactRow } from '../../server/store/contacts.ts';
import { insertConversation } from '../../server/store/insert-conversation.ts';
import type { Message } from '../../server/store/messages.ts';
import type { ScopedStore, Store } from '../../server/store/store.ts';
import { insertWorkspace } from '../../server/store/workspaces.ts';

let made = 0;

export async function aWorkspace(store: Store, id: string): Promise<ScopedStore> {
  const scope = store.in(id);
  const row = { id, appId: `app_${id}`, name: id, identitySecret: 'sealed', identityMode: 'optional', settings: {}, now: 1 } as const;
  await scope.write((tx) => insertWorkspace(tx, row));
  return scope;
}

export async function aContact(scope: ScopedStore, more: Partial<ContactRow> = {}): Promise<ContactRow> {
  return scope.write(async (tx) => {
    const empty = newContact(contactId(1, randomBytes(6)), tx.workspaceId, 1, { pageUrl: null, pageTitle: null, language: null });
    const contact = { ...empty, ...more };
    await insertContact(tx, contact);
    return contact;
  });
}

/** @returns its id */
export async function aConversation(scope: ScopedStore, contact: string, now = 1): Promise<number> {
  const cid = `begin-${++made}`;
  const conversation = await scope.write((tx) =>
    insertConversation(tx, { contactId: contact, sessionHash: 'hash', cid, botActive: false, began: null, now, isFirst: false }),
  );
  if (!conversation) throw new Error(`conversation ${cid} was there before`);
  return conversation.id;
}

export function aMessage(conversationId: number, seq: number, more: Partial<Message> = {}): Omit<Message, 'id' | 'editedAt' | 'deletedAt'> {
  return {
    conversationId,
    seq,
    side: 'contact',
    cid: `cid-${String(++made).padStart(6, '0')}`,
    bodyHash: 'hash',
    author: { kind: 'contact', id: 'c', name: null },
    kind: 'text',
    text: `message ${seq}`,
    data: {},
    createdAt: seq,
    ...more,
  };
}

/** The promise must fail, with whatever error the database gives. */
export async function rejected(work: Promise<unknown>): Promise<void> {
  const [outcome] = await Promise.allSettled([work]);
  expect(outcome?.status).toBe('rejected');
}
