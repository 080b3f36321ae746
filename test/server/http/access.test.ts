import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../shared/api.ts';
import type { RouteName } from '../../../shared/api.ts';
import { accessOf } from '../../../server/http/access.ts';
import { Agent, aColleague, setUpOwner, startHttp } from '../../helpers/http-server.ts';
import type { HttpServer } from '../../helpers/http-server.ts';

let server: HttpServer;
let owner: Agent;
let colleague: Agent;
beforeAll(async () => {
  server = await startHttp();
  owner = await setUpOwner(server);
  colleague = await aColleague(server);
});
afterAll(() => server.close());

const names = Object.keys(routes) as RouteName[];
const ownerRoutes = names.filter((name) => accessOf(name).who === 'owners');
const changing = names.filter((name) => !name.startsWith('GET ') && accessOf(name).who !== 'everybody');
const split = (name: string): [method: string, path: string] => {
  const [method = '', path = ''] = name.split(' ');
  return [
    method,
    path
      .replace(':flow', 'qualify')
      .replace(':team', '1')
      .replace(':version', '1')
      .replace(':contact', '0'.repeat(24))
      .replace(':token', '1'),
  ];
};

describe('who may do what', () => {
  it('whatever changes what everybody works with is for owners; the rest is one’s own session and work on contacts', () => {
    const forAll = changing.filter((name) => accessOf(name).who === 'agents');
    expect(forAll).toEqual([
      'DELETE /api/v1/session',
      'PATCH /api/v1/contacts/:contact',
      'POST /api/v1/contacts/merge/preview',
      'POST /api/v1/contacts/merge',
      'POST /api/v1/merges/:merge/undo',
      'POST /api/v1/contacts/:contact/block',
      'POST /api/v1/contacts/:contact/archive',
      'POST /api/v1/contacts/:contact/duplicates/dismiss',
      'POST /api/v1/contacts/:contact/verification',
    ]);
  });

  it.each(ownerRoutes)('%s is refused to an agent who is no owner', async (name) => {
    const answer = await colleague.call(...split(name), name.startsWith('GET') ? undefined : {});
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('owners') });
  });

  it.each(ownerRoutes.filter((name) => !name.startsWith('GET')))('%s is refused to an owner without the CSRF token', async (name) => {
    const answer = await owner.call(...split(name), {}, { 'x-csrf-token': 'wrong' });
    expect([answer.status, answer.body.code]).toEqual([403, 'csrf_failed']);
  });

  it.each(ownerRoutes.filter((name) => !name.startsWith('GET')))('%s is refused to a page of another site', async (name) => {
    const answer = await owner.call(...split(name), {}, { origin: 'https://evil.example' });
    expect([answer.status, answer.body.code]).toEqual([403, 'csrf_failed']);
  });

  it.each(['/flows', '/flows/qualify', '/reports/capture', '/settings/bot', '/agents', '/teams', '/attributes'])(
    'GET /api/v1%s is for every agent',
    async (path) => {
      expect((await colleague.call('GET', `/api/v1${path}`)).status).toBe(200);
    },
  );

  it('a body is read only of who may send one', async () => {
    const huge = JSON.stringify({ flow: { steps: {}, note: 'x'.repeat(3_000_000) } });
    expect((await new Agent(server.url).call('POST', '/api/v1/flows', huge)).status).toBe(401);
    expect((await colleague.call('POST', '/api/v1/flows', huge)).status).toBe(403);
    expect((await owner.call('POST', '/api/v1/flows', huge)).status).toBe(413);
    expect((await owner.call('POST', '/api/v1/flows', '{"name":')).body).toMatchObject({ status: 400, code: 'bad_request' });
  });

  it('of another workspace nothing is seen and nothing changed', async () => {
    const { insertWorkspace } = await import('../../../server/store/workspaces.ts');
    const { insertFlow } = await import('../../../server/store/flows.ts');
    const { insertTeam } = await import('../../../server/store/teams.ts');
    const team = await server.deps.store.in('other').write(async (tx) => {
      const row = {
        id: 'other',
        appId: 'app_other',
        name: 'x',
        identitySecret: 's',
        identityMode: 'optional',
        settings: {},
        now: 1,
      } as const;
      await insertWorkspace(tx, row);
      await insertFlow(tx, { id: 'theirs', version: 1, body: JSON.stringify({ name: 'Theirs', steps: {} }), now: 1 });
      return insertTeam(tx, { name: 'Theirs', now: 1 });
    });
    for (const [method, path, body] of [
      ['GET', '/flows/theirs', undefined],
      ['GET', '/flows/theirs/versions/1', undefined],
      ['GET', '/flows/theirs/funnel', undefined],
      ['PUT', '/flows/theirs/draft', { rev: 0, body: {} }],
      ['POST', '/flows/theirs/publish', { rev: 0 }],
      ['POST', '/flows/theirs/activate', {}],
      ['DELETE', '/flows/theirs', undefined],
      ['PATCH', `/teams/${team}`, { name: 'Ours' }],
      ['DELETE', `/teams/${team}`, undefined],
    ] as const)
      expect((await owner.call(method, `/api/v1${path}`, body)).body).toMatchObject({ status: 404, code: 'not_found' });
    expect(JSON.stringify((await owner.call('GET', '/api/v1/flows')).body)).not.toContain('Theirs');
    expect((await owner.call('GET', '/api/v1/teams')).body).toEqual({ data: [] });
  });
});
