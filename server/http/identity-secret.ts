import { unseal } from '../seal.ts';
import { getWorkspace } from '../store/workspaces.ts';
import type { Handler, HttpContext } from './context.ts';

type Route = 'GET /api/v1/identity_secret';

export function identitySecretHandlers({ deps }: HttpContext): { [K in Route]: Handler<K> } {
  return {
    async 'GET /api/v1/identity_secret'({ signedIn: { agent } }) {
      const workspace = await deps.store.in(agent.workspaceId).read(getWorkspace);
      if (!workspace) throw new Error(`agent ${agent.id} has no workspace ${agent.workspaceId}`);
      return { identity_secret: unseal(workspace.identitySecret, deps.secretKey) };
    },
  };
}
