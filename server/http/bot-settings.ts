import { workspaceOf } from '../actions/actor.ts';
import { changeBotSettings, readBotSettings } from '../actions/flow/bot-settings.ts';
import type { Names } from '../actions/flow/known-names.ts';
import type { Handler, HttpContext } from './context.ts';

type Route = 'GET /api/v1/settings/bot' | 'PATCH /api/v1/settings/bot';

export function botSettingsHandlers({ deps, live }: HttpContext, names: Names): { [K in Route]: Handler<K> } {
  return {
    async 'GET /api/v1/settings/bot'({ actor }) {
      return readBotSettings(deps, workspaceOf(actor));
    },
    async 'PATCH /api/v1/settings/bot'({ actor, body }) {
      const settings = await changeBotSettings(deps, names, workspaceOf(actor), body);
      live.forgetWorkspace(workspaceOf(actor));
      return settings;
    },
  };
}
