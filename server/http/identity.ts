// How identities are proved: settings, the secret and its rotation, and tokens for hosts that cannot sign.
import { workspaceOf } from '../actions/actor.ts';
import { makeIdentityToken } from '../actions/identity/identity-token.ts';
import { dropRotation, finishRotation, startRotation } from '../actions/identity/rotation.ts';
import { showSecret } from '../actions/identity/show-secret.ts';
import { changeIdentitySettings, readIdentitySettings } from '../actions/identity/settings.ts';
import type { Handler, HttpContext } from './context.ts';

type Route =
  | 'GET /api/v1/identity_secret'
  | 'POST /api/v1/identity_secret/rotation'
  | 'POST /api/v1/identity_secret/rotation/finish'
  | 'DELETE /api/v1/identity_secret/rotation'
  | 'GET /api/v1/settings/identity'
  | 'PATCH /api/v1/settings/identity'
  | 'POST /api/v1/identity_tokens';

export function identityHandlers({ deps, live, options }: HttpContext): { [K in Route]: Handler<K> } {
  const fixed = options.identityMode ?? null;
  /** Open sockets check the next proof by what holds now. */
  async function changed<T>(workspaceId: string, work: Promise<T>): Promise<T> {
    const reply = await work;
    live.forgetWorkspace(workspaceId);
    return reply;
  }
  return {
    'GET /api/v1/identity_secret': ({ actor }) => showSecret(deps, actor),
    'POST /api/v1/identity_secret/rotation': ({ actor }) => changed(workspaceOf(actor), startRotation(deps, actor, fixed)),
    'POST /api/v1/identity_secret/rotation/finish': ({ actor }) => changed(workspaceOf(actor), finishRotation(deps, actor, fixed)),
    'DELETE /api/v1/identity_secret/rotation': ({ actor }) => changed(workspaceOf(actor), dropRotation(deps, actor, fixed)),
    'GET /api/v1/settings/identity': ({ actor }) => readIdentitySettings(deps, workspaceOf(actor), fixed),
    'PATCH /api/v1/settings/identity': ({ actor, body }) => changed(workspaceOf(actor), changeIdentitySettings(deps, actor, body, fixed)),
    'POST /api/v1/identity_tokens': ({ actor, body }) => makeIdentityToken(deps, workspaceOf(actor), body),
  };
}
