import { createApiToken, readApiTokens, revokeToken } from '../actions/identity/api-tokens.ts';
import type { Handler, HttpContext } from './context.ts';

type Route = 'GET /api/v1/tokens' | 'POST /api/v1/tokens' | 'DELETE /api/v1/tokens/:token';

export function apiTokenHandlers({ deps }: HttpContext): { [K in Route]: Handler<K> } {
  return {
    'GET /api/v1/tokens': async ({ signedIn: { agent } }) => ({ data: await readApiTokens(deps, agent.workspaceId) }),
    'POST /api/v1/tokens': ({ actor, body }) => createApiToken(deps, actor, body),
    'DELETE /api/v1/tokens/:token': ({ actor, params }) => revokeToken(deps, actor, params.token),
  };
}
