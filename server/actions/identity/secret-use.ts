// When a secret last proved somebody: by it an owner sees that a rotated one is out of use.
import type { Deps } from '../../deps.ts';
import { touchIdentitySecret } from '../../store/workspaces.ts';
import type { Workspace } from '../../store/workspaces.ts';

/** Written at most this often. */
const touchMs = 60_000;

/** By sealed secret. A process has as many as it has workspaces in use. */
const notedAt = new WeakMap<Deps['store'], Map<string, number>>();

/** Nobody waits for it, and it may fail: who is proved goes on. */
export function noteSecretUse(deps: Deps, workspace: Workspace, sealed: string): void {
  const noted = notedAt.get(deps.store) ?? new Map<string, number>();
  notedAt.set(deps.store, noted);
  const now = deps.now();
  const stored = sealed === workspace.identitySecret ? workspace.identitySecretUsedAt : workspace.identitySecretNextUsedAt;
  if (now - Math.max(stored ?? 0, noted.get(sealed) ?? 0) < touchMs) return;
  noted.set(sealed, now);
  void deps.store
    .in(workspace.id)
    .write((tx) => touchIdentitySecret(tx, sealed, now))
    .catch((error: unknown) => deps.log.warn({ error }, 'the use of an identity secret was not noted'));
}
