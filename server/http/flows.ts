import { workspaceOf } from '../actions/actor.ts';
import { createFlow, deleteFlow, saveDraft } from '../actions/flow/change-flow.ts';
import type { Names } from '../actions/flow/known-names.ts';
import { activateFlow, publishFlow, rollBack } from '../actions/flow/publish-flow.ts';
import { readFlow, readFlows, readVersion } from '../actions/flow/read-flow.ts';
import type { Handler, HttpContext } from './context.ts';

type Route =
  | 'GET /api/v1/flows'
  | 'POST /api/v1/flows'
  | 'GET /api/v1/flows/:flow'
  | 'DELETE /api/v1/flows/:flow'
  | 'PUT /api/v1/flows/:flow/draft'
  | 'POST /api/v1/flows/:flow/publish'
  | 'POST /api/v1/flows/:flow/rollback'
  | 'POST /api/v1/flows/:flow/activate'
  | 'GET /api/v1/flows/:flow/versions/:version';

export function flowHandlers({ deps, live }: HttpContext, names: Names): { [K in Route]: Handler<K> } {
  const checks = { deps, names };
  /** New conversations and other flows' drafts see what is published now. */
  function published(workspaceId: string): void {
    names.forgetFlows(workspaceId);
    live.forgetWorkspace(workspaceId);
  }
  return {
    async 'GET /api/v1/flows'({ actor }) {
      return { data: await readFlows(deps, workspaceOf(actor)) };
    },
    async 'POST /api/v1/flows'({ signedIn: { agent }, body }) {
      const id = await createFlow(deps, agent, body);
      names.forgetFlows(agent.workspaceId);
      return readFlow(checks, agent.workspaceId, id);
    },
    async 'GET /api/v1/flows/:flow'({ actor, params }) {
      return readFlow(checks, workspaceOf(actor), params.flow);
    },
    async 'DELETE /api/v1/flows/:flow'({ signedIn: { agent }, params }) {
      await deleteFlow(deps, agent, params.flow);
      names.forgetFlows(agent.workspaceId);
      return { ok: true };
    },
    async 'PUT /api/v1/flows/:flow/draft'({ signedIn: { agent }, params, body }) {
      return saveDraft(checks, agent, params.flow, body);
    },
    async 'POST /api/v1/flows/:flow/publish'({ signedIn: { agent }, params, body }) {
      await publishFlow(checks, agent, params.flow, body);
      published(agent.workspaceId);
      return readFlow(checks, agent.workspaceId, params.flow);
    },
    async 'POST /api/v1/flows/:flow/rollback'({ signedIn: { agent }, params, body }) {
      await rollBack(checks, agent, params.flow, body.version);
      published(agent.workspaceId);
      return readFlow(checks, agent.workspaceId, params.flow);
    },
    async 'POST /api/v1/flows/:flow/activate'({ signedIn: { agent }, params }) {
      await activateFlow(deps, agent, params.flow);
      published(agent.workspaceId);
      return readFlow(checks, agent.workspaceId, params.flow);
    },
    async 'GET /api/v1/flows/:flow/versions/:version'({ actor, params }) {
      return readVersion(deps, workspaceOf(actor), params.flow, params.version);
    },
  };
}
