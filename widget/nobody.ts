import type { MeView } from '../shared/protocol.ts';

/** What `boot` and the like answer of a visitor whom the server does not know yet. */
export const anonymous = { contact_id: null, type: 'visitor', verified: false } as const;

/** Who the visitor is before the server has said. */
export const nobody: MeView = { contact_id: null, type: 'visitor', verified: false, email: null, name: null };
