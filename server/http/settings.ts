// What the loader asks for before anybody chats: the same for every visitor of a language, so that caches in between may answer.
import { firstSight } from '../../shared/bot/engine.ts';
import type { Flow } from '../../shared/bot/flow.ts';
import { bestTag, defaultLanguage, languagesOf } from '../../shared/bot/localize.ts';
import { backWords, isOpen, nextOpening } from '../../shared/hours.ts';
import { brandFill } from '../../shared/brand.ts';
import type { WidgetSettings } from '../../shared/settings.ts';
import { consentFor } from '../actions/consent.ts';
import { loadFlow } from '../actions/flows.ts';
import { Refusal } from '../actions/refusal.ts';
import { replyMinutes } from '../actions/reply-minutes.ts';
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
      const own = options.publicUrl ?? here;
      if (!isOriginAllowed(origin, workspace.settings.allowedOrigins, own)) throw new Refusal('origin_refused');
      if (workspace.scriptSeenAt === null && !isOwnPage(referrer, own))
        await deps.store.in(workspace.id).write((tx) => markScriptSeen(tx, deps.now()));
      setHeader('Cache-Control', 'public, max-age=60');
      return settingsOf(context, workspace, query.language ?? null);
    },
  };
}

/** The demo page is not the operator's site, and the inbox, which takes its colour from the settings, has no script. */
function isOwnPage(referrer: string | undefined, own: string): boolean {
  return referrer !== undefined && isSameHost(referrer, own) && /^\/(demo|inbox|setup)(\/|$)/.test(new URL(referrer).pathname);
}

async function settingsOf({ deps, live }: HttpContext, workspace: Workspace, language: string | null): Promise<WidgetSettings> {
  const { brand, theme, alignment, load, storage } = workspace.settings;
  const { agents, flow, minutes } = await deps.store.in(workspace.id).read(async (tx) => ({
    agents: await listAgents(tx),
    flow: isBotOn(workspace) ? await loadFlow(tx, deps, workspace.flowId, workspace.flowVersion) : null,
    minutes: await replyMinutes(tx, deps),
  }));
  const team: Team = {
    online: agents.some((agent) => live.isAgentOnline(workspace.id, agent.id)),
    backAt: backAtOf(workspace, deps.now()),
    now: deps.now(),
  };
  return {
    appId: workspace.appId,
    name: workspace.name,
    brand,
    fill: brandFill(brand),
    theme,
    alignment,
    team: agents.slice(0, 3).map(({ name, avatar }) => ({ name, avatar })),
    online: team.online,
    replyMinutes: minutes,
    ...(flow ? greetingOf(flow, workspace, language, team) : { greeting: { texts: [], chips: [] } }),
    ...(team.backAt !== null && { backAt: team.backAt }),
    load,
    storage,
  };
}

function isBotOn(workspace: Workspace): workspace is Workspace & { flowId: string; flowVersion: number } {
  return workspace.settings.bot === 'on' && workspace.flowId !== null && workspace.flowVersion !== null;
}

interface Team {
  online: boolean;
  /** When it opens, where it is closed now and will ever open. */
  backAt: number | null;
  now: number;
}

function backAtOf({ settings: { hours } }: Workspace, now: number): number | null {
  return hours === null || isOpen(hours, now) ? null : nextOpening(hours, now);
}

/** What the bot would say first to somebody nothing is known about but the language. */
function greetingOf(flow: Flow, workspace: Workspace, asked: string | null, team: Team): Pick<WidgetSettings, 'greeting' | 'language'> {
  const { settings } = workspace;
  const languages = languagesOf(flow);
  const language = (asked === null ? null : bestTag(languages, asked)) ?? languages[0] ?? defaultLanguage;
  const zone = settings.hours?.timeZone ?? 'UTC';
  const facts = {
    'contact.language': language,
    'team.online': team.online,
    'team.open': settings.hours === null || isOpen(settings.hours, team.now),
    'team.back': team.backAt === null ? null : backWords(team.backAt, team.now, zone, language),
  };
  const greeting = firstSight(flow, facts, { policy: settings.askPolicy, consent: consentFor(settings, language) });
  return { greeting, ...(languages.length > 1 && { language }) };
}
