// How identities are proved and what API tokens may do, as owners read it.
import type { IdentityMode, KeyAlgorithm, TokenScope } from '../shared/api.ts';
import type { LeadMerging } from '../shared/contact.ts';

interface Words {
  label: string;
  meaning: string;
}

export const modeWords: Record<IdentityMode, Words> = {
  off: {
    label: 'Off',
    meaning: 'For development. Anybody may say who they are, and is marked as unverified. A wrong proof is still refused.',
  },
  optional: {
    label: 'Optional',
    meaning: 'Users with a proof are verified. Without one they may chat, marked as unverified, and see only what was said on that device.',
  },
  required: {
    label: 'Required',
    meaning: 'Only your server can say who somebody is: without a valid proof, identify is refused. Visitors and leads chat as before.',
  },
};

export const mergingWords: Record<LeadMerging, Words> = {
  same_email_or_none: {
    label: 'When the email fits',
    meaning:
      'They become one if the lead gave the user’s email, or none. With another email the chat stays a lead of its own, marked as a possible duplicate.',
  },
  always: {
    label: 'Always',
    meaning: 'Whatever was said on the device goes into the account. On a shared computer that may be another person’s chat.',
  },
  never: {
    label: 'Never',
    meaning: 'A lead stays a lead. You merge the two by hand where you know that they are one person.',
  },
};

export const algorithmWords: Record<KeyAlgorithm, string> = {
  RS256: 'RS256 (RSA, 2048 bits or more)',
  ES256: 'ES256 (EC, P-256)',
  EdDSA: 'EdDSA (Ed25519)',
};

export const scopeWords: Record<TokenScope, Words> = {
  'contacts:read': { label: 'Read contacts', meaning: 'Look up contacts with all that is known about them.' },
  'contacts:write': {
    label: 'Change contacts',
    meaning: 'Edit, merge, block and archive contacts, and mail them a link that proves their email.',
  },
  'contacts:erase': { label: 'Erase contacts', meaning: 'Delete everything personal about a contact, for good.' },
  identity: { label: 'Sign users in', meaning: 'Get proofs of identity for any user of your app.' },
  'settings:read': { label: 'Read settings', meaning: 'See settings, flows, teams and reports. No secrets.' },
  'settings:write': { label: 'Change settings', meaning: 'Change the bot, business hours, score rules and teams.' },
  'audit:read': { label: 'Read the audit log', meaning: 'See who did what, and to whom.' },
};
