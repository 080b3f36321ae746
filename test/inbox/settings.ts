// A server's settings in memory, for tests of the settings page: what was sent is kept, what is answered can be replaced.
import type { BotSettings, CaptureReport, TeamView } from '../../shared/api.ts';
import type { Api } from '../../inbox/api.ts';
import { createApi } from '../../inbox/api.ts';
import { createFakeFetch, doneChecklist, noon } from './scene.ts';

export const settings: BotSettings = { bot: 'on', ask_policy: 'flow', extraction: 'all', consent: null, hours: null, score_rules: [] };

type Answer = { status?: number; body: unknown };

export interface FakeSettings {
  api: Api;
  /** Bodies sent to a route, in order. */
  sentTo(route: string): unknown[];
  /** From now on a route is answered so. */
  answer(route: string, answer: (body: unknown) => Answer): void;
}

export const row = (more: Partial<CaptureReport['rows'][number]>): CaptureReport['rows'][number] => ({
  flow: 'qualify',
  flow_name: 'Sales qualifying',
  version: 1,
  policy: 'flow',
  conversations: 0,
  leads: 0,
  qualified: 0,
  ...more,
});

export function fakeSettings(saved: Partial<BotSettings> = {}, rows: CaptureReport['rows'] = [], teams: TeamView[] = []): FakeSettings {
  let held: BotSettings = { ...settings, ...saved };
  const patch = (body: unknown): Answer => {
    const change = body as Partial<BotSettings>;
    const consent =
      change.consent === undefined ? held.consent : change.consent && { ...change.consent, version: (held.consent?.version ?? 0) + 1 };
    held = { ...held, ...change, consent };
    return { body: held };
  };
  const routes: Record<string, (body: unknown) => Answer> = {
    'GET /api/v1/checklist': () => ({ body: doneChecklist }),
    'GET /api/v1/settings/bot': () => ({ body: held }),
    'PATCH /api/v1/settings/bot': patch,
    'GET /api/v1/reports/capture': () => ({ body: { since: new Date(noon).toISOString(), rows } }),
    'GET /api/v1/attributes': () => ({ body: { attributes: ['team_size'], tags: [] } }),
    'GET /api/v1/teams': () => ({ body: { data: teams } }),
  };
  const { request, asked } = createFakeFetch(routes);
  return {
    api: createApi(request),
    sentTo: (route) => asked.filter((call) => call.route === route).map((call) => call.body),
    answer: (route, answer) => void (routes[route] = answer),
  };
}

/** An answer that comes when the test says so. */
export const refused = (detail: string, status = 503): Answer => ({
  status,
  body: { code: status === 403 ? 'forbidden' : 'unavailable', detail },
});
