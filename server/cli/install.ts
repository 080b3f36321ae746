// What a command works on: the data of this install, beside the server that may run on it.
import { createLimits } from '../limits.ts';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Actor } from '../actions/actor.ts';
import type { Deps } from '../deps.ts';
import { createLog } from '../log.ts';
import { readSecretKey } from '../secret-key.ts';
import { unseal } from '../seal.ts';
import { openStoreBeside, systemScope } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { findWorkspaceByAppId, onlyWorkspace } from '../store/workspaces.ts';
import type { Workspace } from '../store/workspaces.ts';
import type { Config } from '../config.ts';
import { Fault } from './fault.ts';
import { databaseOf, inWords } from './own.ts';

export interface Install {
  workspace: Workspace;
  /** For actions: nobody is connected here to whom anything could be told. */
  deps: Deps;
  /** Who does it. */
  operator: Actor;
}

/**
 * Opens the data, does `work` and closes it. A running server sees what was written: each request and socket command reads its workspace
 * at most two seconds old (realtime/workspace-cache.ts), on every node.
 * @param appId which app; may be left out where there is one
 */
export async function withInstall<T>(config: Config, appId: string | undefined, work: (install: Install) => Promise<T>): Promise<T> {
  const store = await inWords(() => openStoreBeside(databaseOf(config)));
  try {
    const secretKey = keyOf(config);
    const workspace = await workspaceOf(store, appId);
    openedSecret(workspace.identitySecret, secretKey);
    const operator = { kind: 'operator', workspaceId: workspace.id } as const;
    return await work({ workspace, deps: depsOn(store, secretKey), operator });
  } finally {
    await store.close();
  }
}

export const depsOn = (store: Store, secretKey: Uint8Array): Deps => ({
  store,
  secretKey,
  now: Date.now,
  random: (bytes) => randomBytes(bytes),
  log: createLog('warn'),
  publish: { committed() {} },
  team: { isOnline: () => false },
  limits: createLimits(false),
  jobs: { wake() {} },
});

function keyOf(config: Config): Uint8Array {
  try {
    return readSecretKey(config.secretKey, config.dataDir);
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === undefined) throw new Fault((error as Error).message);
    throw new Fault(
      `${join(config.dataDir, 'secret.key')} cannot be read (${code}). Say where the data lies (--data-dir), or give SECRET_KEY.`,
    );
  }
}

/** @throws Fault where SECRET_KEY is not the one it was sealed with */
export function openedSecret(sealed: string, secretKey: Uint8Array): string {
  try {
    return unseal(sealed, secretKey);
  } catch (error) {
    throw new Fault((error as Error).message);
  }
}

async function workspaceOf(store: Store, appId: string | undefined): Promise<Workspace> {
  const everywhere = store.in(systemScope);
  const found = await everywhere.read((tx) => (appId === undefined ? onlyWorkspace(tx) : findWorkspaceByAppId(tx, appId)));
  if (found) return found;
  throw new Fault(
    appId === undefined
      ? 'There is not exactly one app here. Say which one: --app app_…'
      : `There is no app ${JSON.stringify(appId)} here. Its id stands in the snippet of your page.`,
    2,
  );
}
