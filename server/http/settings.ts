// What the loader asks for before anybody chats: the same for every visitor, so that caches in between may answer.
import { firstSight } from '../../shared/bot/engine.ts';
import type { WidgetSettings } from '../../shared/settings.ts';
import { loadFlow } from '../actions/bot.ts';
import { Refusal } from '../actions/refusal.ts';
import { isOriginAllowed, isSameHost } from '../origin.ts';
import { listAgents } from '../store/agents.ts';
import { systemScope } from '../store/store.ts';
import type { Workspace } from '../store/workspaces.ts';
import { findWorkspaceByAppId, markScriptSeen } from '../store/workspaces.ts';
import type { Handler, HttpContext } from './context.ts';

export function settingsHandlers(context: HttpContext): { 'GET /api/widget/settings': Handler<'GET /api/widget/settings'> } {
  const { deps, options } = context;
  return {
    async 'GET /api/widget/settings'({ query, origin, referrer, here, setHeader }) {
      const workspace = await deps.store.in(systemScope).read((tx) => findWorkspaceByAppId(tx, query.app_id));
      if (!workspace) throw new Refusal('unknown_app');
      if (!isOriginAllowed(origin, workspace.settings.allowedOrigins, options.publicUrl ?? here)) throw new Refusal('origin_refused');
      if (workspace.scriptSeenAt === null && !isDemo(referrer, here))
        await deps.store.in(workspace.id).write((tx) => markScriptSeen(tx, deps.now()));
      setHeader('Cache-Control', 'public, max-age=60');
      return settingsOf(context, workspace);
    },
  };
}

/** Our own demo page is not the operator's site. */
function isDemo(referrer: string | undefined, here: string): boolean {
  return referrer !== undefined && isSameHost(referrer, here) && new URL(referrer).pathname === '/demo';
}

async function settingsOf({ deps, live }: HttpContext, workspace: Workspace): Promise<WidgetSettings> {
  const { brand, theme, alignment, load, storage } = workspace.settings;
  const [agents, greeting] = await deps.store
    .in(workspace.id)
    .read(async (tx) => [await listAgents(tx), await greetingOf(workspace, (id, version) => loadFlow(tx, deps, id, version))] as const);
  return {
    appId: workspace.appId,
    name: workspace.name,
    brand,
    theme,
    alignment,
    team: agents.slice(0, 3).map(({ name, avatar }) => ({ name, avatar })),
    online: agents.some((agent) => live.isAgentOnline(workspace.id, agent.id)),
    replyMinutes: null,
    greeting,
    load,
    storage,
  };
}

type LoadFlow = (id: string, version: number) => ReturnType<typeof loadFlow>;

async function greetingOf({ settings, flowId, flowVersion }: Workspace, load: LoadFlow): Promise<WidgetSettings['greeting']> {
  const flow = settings.bot === 'on' && flowId !== null && flowVersion !== null ? await load(flowId, flowVersion) : null;
  return flow ? firstSight(flow) : { texts: [], chips: [] };
}
