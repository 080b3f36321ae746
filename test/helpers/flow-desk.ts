// An owner at the routes of flows, and what it sees there.
import { expect } from 'vitest';
import type { FlowReply, FlowSummary, Problem } from '../../shared/api.ts';
import { getWorkspace } from '../../server/store/workspaces.ts';
import { setUpOwner, startHttp } from './http-server.ts';
import type { Agent, HttpServer } from './http-server.ts';

export interface FlowDesk {
  server: HttpServer;
  owner: Agent;
  /** Fails with the refusal where there is one. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  refused(method: string, path: string, body?: unknown): Promise<Problem>;
  flows(): Promise<FlowSummary[]>;
  get(id: string): Promise<FlowReply>;
  create(body: object): Promise<FlowReply>;
  save(id: string, rev: number, body: unknown): Promise<{ rev: number; faults: { step: string | null }[] }>;
  publish(id: string, rev: number, note?: string): Promise<FlowReply>;
  /** What new conversations begin with. */
  active(): Promise<{ id: string | null | undefined; version: number | null | undefined }>;
}

export async function flowDesk(): Promise<FlowDesk> {
  const server = await startHttp();
  const owner = await setUpOwner(server);
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await owner.call(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }
  return {
    server,
    owner,
    ask,
    async refused(method, path, body) {
      const answer = await owner.call(method, path, body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      return answer.body as unknown as Problem;
    },
    flows: async () => (await ask<{ data: FlowSummary[] }>('GET', '/api/v1/flows')).data,
    get: (id) => ask('GET', `/api/v1/flows/${id}`),
    create: (body) => ask('POST', '/api/v1/flows', body),
    save: (id, rev, body) => ask('PUT', `/api/v1/flows/${id}/draft`, { rev, body }),
    publish: (id, rev, note) => ask('POST', `/api/v1/flows/${id}/publish`, { rev, note }),
    async active() {
      const workspace = await server.deps.store.in(server.workspace.id).read(getWorkspace);
      return { id: workspace?.flowId, version: workspace?.flowVersion };
    },
  };
}

export const saying = (text: string): { name: string; start: string; steps: Record<string, object> } => ({
  name: 'Greeter',
  start: 'hello',
  steps: { hello: { type: 'say', text, next: 'bye' }, bye: { type: 'end' } },
});
export const faultyFlow = { ...saying('Hi'), steps: { hello: { type: 'say', text: 'Hi', next: 'nowhere' }, 'a~b/c': { type: 'end' } } };
