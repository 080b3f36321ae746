// What a flow may name that is not in it: people, teams, other flows, attributes, tags. Loaded once per editor.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { FlowSummary, TeamView } from '../../shared/api.ts';
import type { AgentView } from '../../shared/protocol.ts';
import type { Api } from '../api.ts';

export interface Names {
  agents: readonly AgentView[];
  teams: readonly TeamView[];
  flows: readonly FlowSummary[];
  attributes: readonly string[];
  tags: readonly string[];
}

export const noNames: Names = { agents: [], teams: [], flows: [], attributes: [], tags: [] };

/** What cannot be loaded stays empty: ids and names can be typed all the same. */
export function createNames(api: Api): ReadonlySignal<Names> {
  const names = signal(noNames);
  const put = (more: Partial<Names>): void => void (names.value = { ...names.peek(), ...more });
  void api.call('GET /api/v1/agents').then((result) => result.ok && put({ agents: result.data.data }));
  void api.call('GET /api/v1/teams').then((result) => result.ok && put({ teams: result.data.data }));
  void api.call('GET /api/v1/flows').then((result) => result.ok && put({ flows: result.data.data }));
  void api.call('GET /api/v1/attributes').then((result) => result.ok && put(result.data));
  return names;
}
