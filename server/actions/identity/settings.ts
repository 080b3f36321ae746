// How identities are proved in this workspace: the mode, what becomes of leads, and the host's public key.
import type { z } from 'zod';
import type { IdentityMode, IdentitySettings, routes } from '../../../shared/api.ts';
import { readPublicKey } from '../../public-key.ts';
import type { Deps } from '../../deps.ts';
import type { Tx } from '../../store/query.ts';
import type { Workspace, WorkspaceSettings } from '../../store/workspaces.ts';
import { getWorkspace, lockWorkspace, updateWorkspace } from '../../store/workspaces.ts';
import { act } from '../act.ts';
import { workspaceOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { rfc3339, rfc3339OrNull } from '../contact/view.ts';
import { Refusal } from '../refusal.ts';
import { tellWorkspaceFact } from '../workspace-fact.ts';

type Patch = z.output<(typeof routes)['PATCH /api/v1/settings/identity']['body']>;

/** IDENTITY_MODE, where the operator set it. */
export type FixedMode = IdentityMode | null;

export async function readIdentitySettings(deps: Deps, workspaceId: string, fixed: FixedMode): Promise<IdentitySettings> {
  return deps.store.in(workspaceId).read(async (tx) => identitySettingsOf(existing(tx, await getWorkspace(tx)), fixed));
}

export function existing(tx: Tx, workspace: Workspace | null): Workspace {
  if (!workspace) throw new Error(`there is no workspace ${tx.workspaceId}`);
  return workspace;
}

export function identitySettingsOf(workspace: Workspace, fixed: FixedMode): IdentitySettings {
  const { settings, identitySecretNextAt: nextAt } = workspace;
  return {
    mode: workspace.identityMode,
    mode_from: fixed === null ? 'workspace' : 'configuration',
    lead_merging: settings.leadMerging,
    public_key: settings.identityKey,
    secret: {
      created_at: rfc3339(settings.identitySecretAt ?? workspace.createdAt),
      last_used_at: rfc3339OrNull(workspace.identitySecretUsedAt),
    },
    next_secret:
      workspace.identitySecretNext === null
        ? null
        : { created_at: rfc3339(nextAt ?? workspace.createdAt), last_used_at: rfc3339OrNull(workspace.identitySecretNextUsedAt) },
  };
}

/** What is left out stays. @throws Refusal settings_fixed, invalid_public_key */
export async function changeIdentitySettings(deps: Deps, actor: Actor, patch: Patch, fixed: FixedMode): Promise<IdentitySettings> {
  if (patch.mode !== undefined && fixed !== null)
    throw new Refusal('settings_fixed', `IDENTITY_MODE=${fixed} in the server's configuration decides this.`);
  const key = patch.public_key && readPublicKey(patch.public_key);
  if (key && !key.ok)
    throw new Refusal('invalid_public_key', key.reason, { errors: [{ pointer: '/public_key/pem', message: key.reason }] });
  const now = deps.now();
  return act(deps, workspaceOf(actor), async (tx) => {
    const before = existing(tx, await lockWorkspace(tx));
    const after: Workspace = {
      ...before,
      identityMode: patch.mode ?? before.identityMode,
      settings: patched(before.settings, patch, key === undefined ? undefined : key && key.key),
    };
    const reply = identitySettingsOf(after, fixed);
    const changes = changesOf(before, after);
    if (Object.keys(changes).length === 0) return { reply };
    await updateWorkspace(tx, { settings: after.settings, identityMode: after.identityMode });
    return { reply, published: await tellWorkspaceFact(tx, now, 'identity.settings_changed', actor, changes) };
  });
}

function patched(settings: WorkspaceSettings, patch: Patch, key: IdentitySettings['public_key'] | undefined): WorkspaceSettings {
  return {
    ...settings,
    ...(patch.lead_merging && { leadMerging: patch.lead_merging }),
    ...(key !== undefined && { identityKey: key }),
  };
}

/** What is new, in words for the log; of a key its algorithm. */
function changesOf(before: Workspace, after: Workspace): Record<string, string> {
  const { settings: a } = before;
  const { settings: b } = after;
  return {
    ...(before.identityMode !== after.identityMode && { mode: after.identityMode }),
    ...(a.leadMerging !== b.leadMerging && { lead_merging: b.leadMerging }),
    ...(JSON.stringify(a.identityKey) !== JSON.stringify(b.identityKey) && { public_key: b.identityKey?.algorithm ?? 'none' }),
  };
}
