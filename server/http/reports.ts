import { createReports } from '../actions/flow/reports.ts';
import type { Handler, HttpContext } from './context.ts';

type Route = 'GET /api/v1/flows/:flow/funnel' | 'GET /api/v1/reports/capture';

export function reportHandlers({ deps }: HttpContext): { [K in Route]: Handler<K> } {
  const reports = createReports(deps);
  return {
    async 'GET /api/v1/flows/:flow/funnel'({ signedIn: { agent }, params, query }) {
      return reports.funnel(agent.workspaceId, params.flow, query);
    },
    async 'GET /api/v1/reports/capture'({ signedIn: { agent }, query }) {
      return reports.captures(agent.workspaceId, query);
    },
  };
}
