// What keeps a draft from being published: the flow's own faults, and what it names that is not there.
import type { FlowFault } from '../../../shared/bot/flow.ts';
import { parseFlow } from '../../../shared/bot/flow.ts';
import type { Deps } from '../../deps.ts';
import { listAgents } from '../../store/agents.ts';
import { deletedFlows } from '../../store/flow-drafts.ts';
import { listFlowKeys } from '../../store/flows.ts';
import type { Tx } from '../../store/query.ts';
import { listTeams } from '../../store/teams.ts';
import { stepsOf } from './json.ts';
import type { Names } from './known-names.ts';
import { answersBefore } from './outline.ts';

interface Others {
  flows: ReadonlySet<string>;
  teams: ReadonlySet<number>;
  agents: ReadonlySet<number>;
}

export interface Checks {
  deps: Deps;
  names: Names;
}

/** More than anybody draws; checking takes a time that grows faster than the flow. */
const mostSteps = 1000;
/** Of more than these, nobody reads the rest before the first are mended. */
const mostFaults = 200;

/** What is wrong with this body as the draft of that flow. */
export async function faultsOf({ deps, names }: Checks, workspaceId: string, id: string, body: unknown): Promise<FlowFault[]> {
  const count = stepsOf(body).length;
  if (count > mostSteps)
    return [{ code: 'bad-field', step: null, message: `A flow may have at most ${mostSteps} steps; this one has ${count}.` }];
  const { attributes } = await names.ofContacts(workspaceId);
  const answers = answersBefore(id, await names.ofFlows(workspaceId));
  const others = await deps.store.in(workspaceId).read(readOthers);
  const parsed = parseFlow(body, { attributes, answers });
  const faults = [...(parsed.ok ? [] : parsed.faults), ...stepsOf(body).flatMap(([step, json]) => missing(step, json, id, others))];
  return faults.slice(0, mostFaults);
}

async function readOthers(tx: Tx): Promise<Others> {
  const deleted = await deletedFlows(tx);
  const flows = (await listFlowKeys(tx)).map((key) => key.id).filter((id) => !deleted.has(id));
  return {
    flows: new Set(flows),
    teams: new Set((await listTeams(tx)).map((team) => team.id)),
    agents: new Set((await listAgents(tx)).map((agent) => agent.id)),
  };
}

function missing(step: string, json: Record<string, unknown>, id: string, others: Others): FlowFault[] {
  const fault = (message: string): FlowFault => ({ code: 'missing-target', step, message: `Step “${step}” ${message}` });
  const { type, flow, team, agent } = json;
  const faults: FlowFault[] = [];
  if (type === 'jump' && typeof flow === 'string' && flow.trim() !== '' && flow !== id && !others.flows.has(flow))
    faults.push(fault(`jumps to the flow “${flow}”, which is not published.`));
  if (type === 'assign' && typeof team === 'number' && !others.teams.has(team)) faults.push(fault('assigns to a team that is gone.'));
  if (type === 'assign' && typeof agent === 'number' && !others.agents.has(agent)) faults.push(fault('assigns to a person who is gone.'));
  return faults;
}
