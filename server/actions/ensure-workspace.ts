// The one workspace of a fresh install, with the default flow published; at every start, what the operator's settings say of it.
import type { IdentityMode } from '../../shared/api.ts';
import { qualify } from '../../shared/bot/flows/qualify.ts';
import type { Deps } from '../deps.ts';
import { newToken } from '../deps.ts';
import { seal } from '../seal.ts';
import { insertFlow, isOwnFlow } from '../store/flows.ts';
import type { Tx } from '../store/query.ts';
import { systemScope } from '../store/store.ts';
import type { Workspace } from '../store/workspaces.ts';
import { firstWorkspace, getWorkspace, insertWorkspace, updateWorkspace } from '../store/workspaces.ts';

/** Fixed, so that two nodes which start at once on one database cannot both make one. */
const firstId = 'main';

export interface WorkspaceWishes {
  /** Null: leave what is stored. */
  identityMode: IdentityMode | null;
  allowedOrigins: string[] | null;
}

type Tools = Pick<Deps, 'store' | 'now' | 'random' | 'secretKey'>;

export async function ensureWorkspace(deps: Tools, wishes: WorkspaceWishes): Promise<Workspace> {
  const found = await deps.store.in(systemScope).read(firstWorkspace);
  const id = found?.id ?? (await makeFirst(deps));
  return deps.store.in(id).write(async (tx) => {
    const isOurs = await publishDefaultFlow(tx, deps.now());
    const workspace = await stored(tx);
    await updateWorkspace(tx, {
      ...(wishes.identityMode && { identityMode: wishes.identityMode }),
      ...(wishes.allowedOrigins && { settings: { ...workspace.settings, allowedOrigins: wishes.allowedOrigins } }),
      // A release's newer default flow is for workspaces which still use the default one, and not their own version of it.
      ...(isOurs && usesDefaultFlow(workspace) && { flow: { id: qualify.id, version: qualify.version } }),
      // Something must be set for the statement to be one.
      name: workspace.name,
    });
    return stored(tx);
  });
}

async function makeFirst(deps: Tools): Promise<string> {
  const random = (bytes: number): Uint8Array => deps.random(bytes);
  const workspace = {
    id: firstId,
    appId: `app_${Buffer.from(random(10)).toString('hex')}`,
    name: 'Our team',
    identitySecret: seal(newToken(random), deps.secretKey),
    identityMode: 'optional',
    settings: {},
    now: deps.now(),
  } as const;
  try {
    await deps.store.in(firstId).write((tx) => insertWorkspace(tx, workspace));
  } catch (error) {
    if (!(await deps.store.in(firstId).read(getWorkspace))) throw error;
  }
  return firstId;
}

/** False where the workspace published its own version of the default flow: then its versions are its own from there on. */
async function publishDefaultFlow(tx: Tx, now: number): Promise<boolean> {
  if (await isOwnFlow(tx, qualify.id)) return false;
  await insertFlow(tx, { id: qualify.id, version: qualify.version, body: JSON.stringify(qualify), now });
  return true;
}

function usesDefaultFlow({ flowId, flowVersion }: Workspace): boolean {
  return flowId === null || (flowId === qualify.id && (flowVersion ?? 0) < qualify.version);
}

async function stored(tx: Tx): Promise<Workspace> {
  const workspace = await getWorkspace(tx);
  if (!workspace) throw new Error(`workspace ${tx.workspaceId} was not stored`);
  return workspace;
}
