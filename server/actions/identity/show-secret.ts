// The identity secrets in the clear, for whoever owns them. Whoever has one can be any user, so that it was looked at stands in the log.
import type { Deps } from '../../deps.ts';
import { unseal } from '../../seal.ts';
import { getWorkspace } from '../../store/workspaces.ts';
import { act } from '../act.ts';
import { workspaceOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { tellWorkspaceFact } from '../workspace-fact.ts';
import { existing } from './settings.ts';

/** Nothing is shown where that cannot be written down. */
export function showSecret(deps: Deps, actor: Actor): Promise<{ identity_secret: string; next_identity_secret: string | null }> {
  return act(deps, workspaceOf(actor), async (tx) => {
    const { identitySecret, identitySecretNext: next } = existing(tx, await getWorkspace(tx));
    const reply = {
      identity_secret: unseal(identitySecret, deps.secretKey),
      next_identity_secret: next === null ? null : unseal(next, deps.secretKey),
    };
    return { reply, published: await tellWorkspaceFact(tx, deps.now(), 'identity.secret_shown', actor) };
  });
}
