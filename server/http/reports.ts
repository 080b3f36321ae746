import { workspaceOf } from '../actions/actor.ts';
import { createReports } from '../actions/flow/reports.ts';
import type { Handler, HttpContext } from './context.ts';

type Route = 'GET /api/v1/flows/:flow/funnel' | 'GET /api/v1/reports/capture';

export function reportHandlers({ deps }: HttpContext): { [K in Route]: Handler<K> } {
  const reports = createReports(deps);
  return {
    async 'GET /api/v1/flows/:flow/funnel'({ actor, params, query }) {
      return reports.funnel(workspaceOf(actor), params.flow, query);
    },
    async 'GET /api/v1/reports/capture'({ actor, query }) {
      return reports.captures(workspaceOf(actor), query);
    },
  };
}
