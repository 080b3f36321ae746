import { changeBotSettings, readBotSettings } from '../actions/flow/bot-settings.ts';
import type { Names } from '../actions/flow/known-names.ts';
import type { Handler, HttpContext } from './context.ts';

type Route = 'GET /api/v1/settings/bot' | 'PATCH /api/v1/settings/bot';

export function botSettingsHandlers({ deps, live }: HttpContext, names: Names): { [K in Route]: Handler<K> } {
  return {
    async 'GET /api/v1/settings/bot'({ signedIn: { agent } }) {
      return readBotSettings(deps, agent.workspaceId);
    },
    async 'PATCH /api/v1/settings/bot'({ signedIn: { agent }, body }) {
      const settings = await changeBotSettings(deps, names, agent.workspaceId, body);
      live.forgetWorkspace(agent.workspaceId);
      return settings;
    },
  };
}
