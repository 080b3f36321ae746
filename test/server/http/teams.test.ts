import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentView } from '../../../shared/protocol.ts';
import type { TeamView } from '../../../shared/api.ts';
import { flowDesk, saying } from '../../helpers/flow-desk.ts';
import type { FlowDesk } from '../../helpers/flow-desk.ts';
import { aColleague } from '../../helpers/http-server.ts';
import { aContact } from '../../helpers/rows.ts';

let desk: FlowDesk;
beforeEach(async () => {
  desk = await flowDesk();
});
afterEach(() => desk.server.close());

const teams = async (): Promise<TeamView[]> => (await desk.ask<{ data: TeamView[] }>('GET', '/api/v1/teams')).data;
const agents = async (): Promise<AgentView[]> => (await desk.ask<{ data: AgentView[] }>('GET', '/api/v1/agents')).data;

describe('agents', () => {
  it('are listed with who is there, and without what is secret', async () => {
    await aColleague(desk.server);
    desk.server.online.add(2);
    expect(await agents()).toEqual([
      { id: 1, name: 'Mia Berg', email: 'mia@example.com', avatar: null, online: false },
      { id: 2, name: 'Ben', email: 'ben@example.com', avatar: null, online: true },
    ]);
  });
});

describe('teams', () => {
  it('are made, renamed, filled and deleted', async () => {
    await aColleague(desk.server);
    const made = await desk.ask<TeamView>('POST', '/api/v1/teams', { name: ' Sales ', members: [2, 1, 2] });
    expect(made).toEqual({ id: expect.any(Number), name: 'Sales', members: [1, 2] });
    await desk.ask('POST', '/api/v1/teams', { name: 'Help' });
    expect((await teams()).map((t) => [t.name, t.members])).toEqual([
      ['Help', []],
      ['Sales', [1, 2]],
    ]);
    const url = `/api/v1/teams/${made.id}`;
    expect(await desk.ask('PATCH', url, { name: 'Sales EU' })).toEqual({ ...made, name: 'Sales EU' });
    expect(await desk.ask('PATCH', url, { members: [2] })).toEqual({ id: made.id, name: 'Sales EU', members: [2] });
    expect(await desk.ask('DELETE', url)).toEqual({ ok: true });
    expect((await teams()).map((t) => t.name)).toEqual(['Help']);
  });

  it('have agents of this workspace only', async () => {
    const problem = await desk.refused('POST', '/api/v1/teams', { name: 'Sales', members: [1, 99] });
    expect(problem).toMatchObject({ status: 400, errors: [{ pointer: '/members/1' }] });
    expect(await teams()).toEqual([]);
  });

  it('that are none are not found, and addresses that are none are refused', async () => {
    expect(await desk.refused('PATCH', '/api/v1/teams/7', { name: 'x' })).toMatchObject({ status: 404, code: 'not_found' });
    expect(await desk.refused('DELETE', '/api/v1/teams/7')).toMatchObject({ status: 404 });
    for (const id of ['x', '0', '-1', '1.5']) expect(await desk.refused('DELETE', `/api/v1/teams/${id}`)).toMatchObject({ status: 400 });
    expect(await desk.refused('POST', '/api/v1/teams', { name: '  ' })).toMatchObject({ status: 400, errors: [{ pointer: '/name' }] });
  });

  it('which a published flow assigns to are not deleted', async () => {
    const { id: team } = await desk.ask<TeamView>('POST', '/api/v1/teams', { name: 'Sales' });
    const steps = { ...saying('Hi').steps, hello: { type: 'assign', team, next: 'bye' } };
    const { id } = await desk.create({ flow: { ...saying('Hi'), steps } });
    await desk.publish(id, 1);
    expect(await desk.refused('DELETE', `/api/v1/teams/${team}`)).toMatchObject({ status: 409, code: 'in_use' });
    await desk.publish(id, (await desk.save(id, 1, saying('Hi'))).rev);
    expect(await desk.ask('DELETE', `/api/v1/teams/${team}`)).toEqual({ ok: true });
  });
});

describe('the names that conditions and texts may use', () => {
  it('are the attributes contacts have or flows set, and the tags in use, in order', async () => {
    const { deps, workspace } = desk.server;
    const store = deps.store.in(workspace.id);
    const contact = await aContact(store, { attributes: { plan: 'pro', seats: 4 } });
    await aContact(store, { attributes: { seats: null, city: 'Oslo' } });
    await store.write(async (tx) => {
      for (const tag of ['vip', 'beta', 'Ärger'])
        await tx.execute((db) =>
          db.insertInto('contact_tags').values({ workspace_id: tx.workspaceId, contact_id: contact.id, tag, created_at: 1 }),
        );
    });
    const names = await desk.ask<{ attributes: string[]; tags: string[] }>('GET', '/api/v1/attributes');
    expect(names.attributes).toEqual(expect.arrayContaining(['city', 'plan', 'seats', 'team_size']));
    expect(names.attributes).toEqual(names.attributes.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(names.tags).toEqual(['beta', 'vip', 'Ärger']);
  });
});
