// What the loader asks for before anybody chats: the same for every visitor, so that caches in between may answer.
import { firstSight } from '../../shared/bot/engine.ts';
import type { WidgetSettings } from '../../shared/settings.ts';
import { loadFlow } from '../actions/bot.ts';
import { Refusal } from '../actions/refusal.ts';
import { isOriginAllowed, isSameHost } from '../origin.ts';
import { listAgents } from '../store/agents.ts';
import { readReplyTimes } from '../store/reply-times.ts';
import { systemScope } from '../store/store.ts';
import type { Workspace } from '../store/workspaces.ts';
import { findWorkspaceByAppId, markScriptSeen } from '../store/workspaces.ts';
import type { Handler, HttpContext } from './context.ts';

/** With fewer answers than this, a promise about the next one would be a guess. */
const enoughAnswers = 3;
/** Reply times are read at most this often. */
const replyTimesMs = 60_000;

export function settingsHandlers(context: HttpContext): { 'GET /api/widget/settings': Handler<'GET /api/widget/settings'> } {
  const { deps, options } = context;
  const replyMinutes = createReplyMinutes(context);
  return {
    async 'GET /api/widget/settings'({ query, origin, referrer, here, setHeader }) {
      const workspace = await deps.store.in(systemScope).read((tx) => findWorkspaceByAppId(tx, query.app_id));
      if (!workspace) throw new Refusal('unknown_app');
      if (!isOriginAllowed(origin, workspace.settings.allowedOrigins, options.publicUrl ?? here)) throw new Refusal('origin_refused');
      if (workspace.scriptSeenAt === null && !isDemo(referrer, here))
        await deps.store.in(workspace.id).write((tx) => markScriptSeen(tx, deps.now()));
      setHeader('Cache-Control', 'public, max-age=60');
      return settingsOf(context, workspace, await replyMinutes(workspace.id));
    },
  };
}

/** Our own demo page is not the operator's site. */
function isDemo(referrer: string | undefined, here: string): boolean {
  return referrer !== undefined && isSameHost(referrer, here) && new URL(referrer).pathname === '/demo';
}

async function settingsOf({ deps, live }: HttpContext, workspace: Workspace, replyMinutes: number | null): Promise<WidgetSettings> {
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
    replyMinutes,
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

/** The median of late, kept for a minute: every page view asks. */
function createReplyMinutes({ deps }: HttpContext): (workspaceId: string) => Promise<number | null> {
  const kept = new Map<string, { minutes: number | null; until: number }>();
  return async (workspaceId) => {
    const entry = kept.get(workspaceId);
    if (entry && entry.until > deps.now()) return entry.minutes;
    const times = (await deps.store.in(workspaceId).read(readReplyTimes)).toSorted((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)];
    const minutes = median === undefined || times.length < enoughAnswers ? null : Math.max(1, Math.round(median / 60_000));
    kept.set(workspaceId, { minutes, until: deps.now() + replyTimesMs });
    return minutes;
  };
}
