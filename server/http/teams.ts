// Agents and their teams, and the names that contacts' attributes and tags have: what forms of the inbox offer to choose from.
import { workspaceOf } from '../actions/actor.ts';
import type { TeamView } from '../../shared/api.ts';
import { Refusal } from '../actions/refusal.ts';
import { userOf } from '../actions/flow/change-flow.ts';
import type { Names } from '../actions/flow/known-names.ts';
import { listAgents } from '../store/agents.ts';
import type { Tx } from '../store/query.ts';
import { deleteTeam, findTeam, insertTeam, listTeams, lockTeam, renameTeam, setMembers } from '../store/teams.ts';
import type { Handler, HttpContext } from './context.ts';

type Route =
  | 'GET /api/v1/agents'
  | 'GET /api/v1/teams'
  | 'POST /api/v1/teams'
  | 'PATCH /api/v1/teams/:team'
  | 'DELETE /api/v1/teams/:team'
  | 'GET /api/v1/attributes';

export function teamHandlers({ deps, live }: HttpContext, names: Names): { [K in Route]: Handler<K> } {
  return {
    async 'GET /api/v1/agents'({ actor }) {
      const agents = await deps.store.in(workspaceOf(actor)).read(listAgents);
      const data = agents.map(({ id, name, email, avatar }) => ({
        id,
        name,
        email,
        avatar,
        online: live.isAgentOnline(workspaceOf(actor), id),
      }));
      return { data };
    },
    async 'GET /api/v1/teams'({ actor }) {
      return { data: await deps.store.in(workspaceOf(actor)).read(listTeams) };
    },
    async 'POST /api/v1/teams'({ actor, body }) {
      return deps.store.in(workspaceOf(actor)).write(async (tx) => {
        const id = await insertTeam(tx, { name: body.name, now: deps.now() });
        if (body.members) await replaceMembers(tx, id, body.members);
        return teamOf(tx, id);
      });
    },
    async 'PATCH /api/v1/teams/:team'({ actor, params, body }) {
      return deps.store.in(workspaceOf(actor)).write(async (tx) => {
        if (!(await lockTeam(tx, params.team))) throw new Refusal('not_found');
        if (body.name !== undefined) await renameTeam(tx, params.team, body.name);
        if (body.members) await replaceMembers(tx, params.team, body.members);
        return teamOf(tx, params.team);
      });
    },
    async 'DELETE /api/v1/teams/:team'({ actor, params }) {
      await deps.store.in(workspaceOf(actor)).write(async (tx) => {
        if (!(await lockTeam(tx, params.team))) throw new Refusal('not_found');
        const user = await userOf(tx, (step) => step['team'] === params.team);
        if (user !== null)
          throw new Refusal('in_use', `The flow “${user}” assigns conversations to this team. Change and publish it first.`);
        await deleteTeam(tx, params.team);
      });
      return { ok: true };
    },
    async 'GET /api/v1/attributes'({ actor }) {
      return names.ofContacts(workspaceOf(actor));
    },
  };
}

async function replaceMembers(tx: Tx, id: number, wished: readonly number[]): Promise<void> {
  const agents = new Set((await listAgents(tx)).map((agent) => agent.id));
  const errors = wished.flatMap((agent, i) => (agents.has(agent) ? [] : [{ pointer: `/members/${i}`, message: 'there is no such agent' }]));
  if (errors.length > 0) throw new Refusal('bad_request', undefined, { errors });
  await setMembers(tx, id, [...new Set(wished)]);
}

async function teamOf(tx: Tx, id: number): Promise<TeamView> {
  const team = await findTeam(tx, id);
  if (!team) throw new Error(`team ${id} was not stored`);
  return team;
}
