import type { Deps } from '../deps.ts';
import { findSession, updateSession } from '../store/sessions.ts';
import { act } from './act.ts';
import type { Visitor } from './session.ts';

/** [M16] Logout: the session is revoked for good and its other sockets are closed. Ending twice is no error. */
export async function endSession(deps: Deps, visitor: Visitor): Promise<object> {
  const { tokenHash } = visitor;
  if (tokenHash === null) return {};
  return act(deps, visitor.workspace.id, async (tx) => {
    const session = await findSession(tx, tokenHash);
    if (!session || session.revokedAt !== null) return { reply: {} };
    await updateSession(tx, tokenHash, { revokedAt: deps.now() });
    return {
      reply: {},
      published: {
        workspaceId: tx.workspaceId,
        items: [],
        joins: [],
        ended: [{ sessionHash: tokenHash, reason: 'logout', exceptSocket: visitor.socketId }],
      },
    };
  });
}
