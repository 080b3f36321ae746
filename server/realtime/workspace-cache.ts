// Every command and every handshake needs its workspace: read once for all that ask at the same time.
import { findWorkspaceByAppId } from '../store/workspaces.ts';
import type { Workspace } from '../store/workspaces.ts';
import { systemScope } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import type { WorkspaceCache } from './shared.ts';

/** A workspace's settings take effect on open sockets within this time, ms. */
const ttlMs = 2000;
/** What is older is read anew before it ends, while it still serves: a busy workspace waits for nothing. */
const renewMs = 1000;
const most = 1000;

interface Entry {
  workspace: Promise<Workspace | null>;
  readAt: number;
  renewing: boolean;
}

export function createWorkspaceCache(store: Store, now: () => number): WorkspaceCache {
  const kept = new Map<string, Entry>();

  function read(appId: string): Entry {
    const workspace = store.in(systemScope).read((tx) => findWorkspaceByAppId(tx, appId));
    return { workspace, readAt: now(), renewing: false };
  }

  /** The ones asked for last stay: strangers' ids push out strangers' ids. */
  function keep(appId: string, entry: Entry): void {
    kept.delete(appId);
    kept.set(appId, entry);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
  }

  return {
    byAppId(appId) {
      const entry = kept.get(appId);
      const age = entry ? now() - entry.readAt : ttlMs;
      if (!entry || age >= ttlMs) {
        // All who ask meanwhile wait for this one promise and go on in the order they came: messages keep theirs by it.
        const fresh = read(appId);
        keep(appId, fresh);
        fresh.workspace.catch(() => kept.get(appId) === fresh && kept.delete(appId));
        return fresh.workspace;
      }
      if (age >= renewMs && !entry.renewing) {
        entry.renewing = true;
        const fresh = read(appId);
        fresh.workspace.then(
          // Unless it was forgotten meanwhile: then this may be what it was before the change.
          () => kept.get(appId) === entry && keep(appId, fresh),
          () => (entry.renewing = false),
        );
      }
      return entry.workspace;
    },
    forget(workspaceId) {
      for (const [appId, entry] of kept) {
        // After the read under way: who asked before the change still goes on before who asks after it.
        const workspace = entry.workspace.then((before) => (before?.id === workspaceId ? read(appId).workspace : before));
        const fresh = { workspace, readAt: entry.readAt, renewing: false };
        kept.set(appId, fresh);
        workspace.catch(() => kept.get(appId) === fresh && kept.delete(appId));
      }
    },
  };
}
