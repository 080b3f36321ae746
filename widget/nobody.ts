import type { MeView } from '../shared/protocol.ts';

/** Who the visitor is before the server has said. */
export const nobody: MeView = { contact_id: null, type: 'visitor', verified: false, email: null, name: null };
