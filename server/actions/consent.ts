// The text shown before or after somebody gives an address, and the record of it.
import type { Consent } from '../../shared/bot/types.ts';
import { bestTag } from '../../shared/bot/localize.ts';
import { insertConsent, listConsents } from '../store/consents.ts';
import type { WorkspaceSettings } from '../store/workspaces.ts';
import { addContactFact } from './turn.ts';
import type { Turn } from './turn.ts';

/** The workspace's text in the visitor's language; null where none is configured. */
export function consentFor({ consent }: Pick<WorkspaceSettings, 'consent'>, language: string | null): Consent | null {
  if (consent === null) return null;
  const tag = language === null ? null : bestTag(Object.keys(consent.translations), language);
  return { version: consent.version, text: (tag === null ? undefined : consent.translations[tag]) ?? consent.text };
}

/**
 * `asked`: it stood with the question that was answered. `told`: it was shown after an address was given unasked. Once for each
 * version in a conversation; who was asked or told before needs not be told again.
 */
export async function recordConsent(turn: Turn, consent: Consent, how: 'asked' | 'told', message: number | null): Promise<void> {
  if (await hasConsent(turn, consent, how)) return;
  await insertConsent(turn.tx, {
    contactId: turn.contact.id,
    version: consent.version,
    text: consent.text,
    how,
    conversationId: turn.conversation.id,
    messageId: message,
    at: turn.now,
  });
  addContactFact(turn, 'consent.given', { version: consent.version, how, message });
}

export async function hasConsent(turn: Turn, consent: Consent, how: 'asked' | 'told'): Promise<boolean> {
  const before = await listConsents(turn.tx, turn.contact.id);
  return before.some((row) => row.version === consent.version && (how === 'told' || row.conversationId === turn.conversation.id));
}
