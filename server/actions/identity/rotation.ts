// A new identity secret without a moment in which proofs fail: both verify until the host signs with the new one.
import type { IdentitySettings } from '../../../shared/api.ts';
import type { EventType } from '../../../shared/events.ts';
import type { Deps } from '../../deps.ts';
import { newToken } from '../../deps.ts';
import { seal } from '../../seal.ts';
import { getWorkspace, lockWorkspace, saveIdentitySecrets, updateWorkspace } from '../../store/workspaces.ts';
import type { SecretSlot, Workspace } from '../../store/workspaces.ts';
import type { Tx } from '../../store/query.ts';
import { act } from '../act.ts';
import { workspaceOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { Refusal } from '../refusal.ts';
import { tellWorkspaceFact } from '../workspace-fact.ts';
import { existing, identitySettingsOf } from './settings.ts';
import type { FixedMode } from './settings.ts';

interface Step {
  fact: EventType;
  data: Record<string, string>;
  save(tx: Tx, before: Workspace, now: number): Promise<void>;
}

/** @throws Refusal rotation_under_way */
export function startRotation(deps: Deps, actor: Actor, fixed: FixedMode): Promise<IdentitySettings> {
  return take(deps, actor, fixed, {
    fact: 'identity.secret_rotated',
    data: {},
    async save(tx, before, now) {
      if (before.identitySecretNext !== null) throw new Refusal('rotation_under_way');
      const sealed = seal(
        newToken((bytes) => deps.random(bytes)),
        deps.secretKey,
      );
      await saveIdentitySecrets(tx, { current: currentSlot(before), next: { sealed, at: now, usedAt: null } });
    },
  });
}

/** @throws Refusal no_rotation */
export function finishRotation(deps: Deps, actor: Actor, fixed: FixedMode): Promise<IdentitySettings> {
  return take(deps, actor, fixed, {
    fact: 'identity.secret_retired',
    data: { slot: 'former' },
    async save(tx, before, now) {
      if (before.identitySecretNext === null) throw new Refusal('no_rotation');
      const current = { sealed: before.identitySecretNext, usedAt: before.identitySecretNextUsedAt };
      await saveIdentitySecrets(tx, { current, next: null });
      await updateWorkspace(tx, { settings: { ...before.settings, identitySecretAt: before.identitySecretNextAt ?? now } });
    },
  });
}

/** @throws Refusal no_rotation */
export function dropRotation(deps: Deps, actor: Actor, fixed: FixedMode): Promise<IdentitySettings> {
  return take(deps, actor, fixed, {
    fact: 'identity.secret_retired',
    data: { slot: 'next' },
    async save(tx, before) {
      if (before.identitySecretNext === null) throw new Refusal('no_rotation');
      await saveIdentitySecrets(tx, { current: currentSlot(before), next: null });
    },
  });
}

const currentSlot = (w: Workspace): SecretSlot => ({ sealed: w.identitySecret, usedAt: w.identitySecretUsedAt });

async function take(deps: Deps, actor: Actor, fixed: FixedMode, { fact, data, save }: Step): Promise<IdentitySettings> {
  const now = deps.now();
  return act(deps, workspaceOf(actor), async (tx) => {
    await save(tx, existing(tx, await lockWorkspace(tx)), now);
    const reply = identitySettingsOf(existing(tx, await getWorkspace(tx)), fixed);
    return { reply, published: await tellWorkspaceFact(tx, now, fact, actor, data) };
  });
}
