// What an owner does in the editor, by its routes: for journeys that are about what comes after it.
import { expect } from 'vitest';
import type { AgentSide, Stage } from './stage.ts';

/** Makes a flow known and publishes it. @returns its id */
export async function publishFlow(stage: Stage, agent: AgentSide, body: { id: string }): Promise<string> {
  const made = (await post(stage, agent, '', { flow: body })) as { id: string; draft: { rev: number } };
  await post(stage, agent, `/${made.id}/publish`, { rev: made.draft.rev });
  return made.id;
}

/** Makes it the flow of new conversations. */
export async function activateFlow(stage: Stage, agent: AgentSide, body: { id: string }): Promise<void> {
  await post(stage, agent, `/${await publishFlow(stage, agent, body)}/activate`, {});
}

async function post(stage: Stage, agent: AgentSide, path: string, data: object): Promise<unknown> {
  const { request } = agent.page;
  const { csrf_token } = (await (await request.get(`${stage.server.url}/api/v1/me`)).json()) as { csrf_token: string };
  const answer = await request.post(`${stage.server.url}/api/v1/flows${path}`, { data, headers: { 'x-csrf-token': csrf_token } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}
