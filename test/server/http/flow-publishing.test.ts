import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FlowReply, FlowVersionView } from '../../../shared/api.ts';
import { qualify } from '../../../shared/bot/flows/qualify.ts';
import { ensureWorkspace } from '../../../server/actions/ensure-workspace.ts';
import { faultyFlow, flowDesk, saying } from '../../helpers/flow-desk.ts';
import type { FlowDesk } from '../../helpers/flow-desk.ts';

let desk: FlowDesk;
beforeEach(async () => {
  desk = await flowDesk();
});
afterEach(() => desk.server.close());

const jumping = (flow: string): object => ({ name: 'Jumper', start: 'hello', steps: { hello: { type: 'jump', flow } } });

describe('publishing', () => {
  it('makes a version of the draft, with who did it and why', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    const { rev } = await desk.save(id, 1, saying('Hi'));
    desk.server.pass(1000);
    const flow = await desk.publish(id, rev, ' first one ');
    expect(flow).toMatchObject({ published_version: 1, has_changes: false, active: false, draft: { rev, body: { version: 1 } } });
    expect(flow.versions).toEqual([
      { version: 1, published_at: new Date(desk.server.deps.now()).toISOString(), published_by: 'Mia Berg', note: 'first one' },
    ]);
    const version = await desk.ask<FlowVersionView & { body: unknown }>('GET', `/api/v1/flows/${id}/versions/1`);
    expect(version).toEqual({ ...flow.versions[0], body: { id, version: 1, ...saying('Hi') } });
    expect((await desk.refused('GET', `/api/v1/flows/${id}/versions/2`)).code).toBe('not_found');
  });

  it('is refused for a draft with faults, each of them named by its step', async () => {
    const { id } = await desk.create({ flow: faultyFlow });
    const problem = await desk.refused('POST', `/api/v1/flows/${id}/publish`, { rev: 1 });
    expect(problem).toMatchObject({ status: 422, code: 'flow_faulty' });
    expect(problem.errors?.map((e) => e.pointer)).toContain('/steps/a~0b~1c');
    expect(problem.errors?.every((e) => e.message.length > 10)).toBe(true);
    expect((await desk.get(id)).published_version).toBeNull();
  });

  it('names each step with a fault', async () => {
    const { id } = await desk.create({ flow: { ...faultyFlow, steps: { hello: { type: 'say', text: '', next: 'nowhere' } } } });
    const { errors = [] } = await desk.refused('POST', `/api/v1/flows/${id}/publish`, { rev: 1 });
    expect(errors.length).toBeGreaterThanOrEqual(2);
    expect(new Set(errors.map((e) => e.pointer))).toEqual(new Set(['/steps/hello']));
  });

  it('is refused where it goes on with a flow that nobody published, or gives to nobody', async () => {
    const { id: other } = await desk.create({ name: 'Other' });
    const { id } = await desk.create({ flow: jumping(other) });
    expect(await desk.refused('POST', `/api/v1/flows/${id}/publish`, { rev: 1 })).toMatchObject({
      code: 'flow_faulty',
      errors: [{ pointer: '/steps/hello', message: expect.stringContaining('not published') }],
    });
    await desk.publish(other, 1);
    await desk.publish(id, 1);
    for (const who of [{ team: 9 }, { agent: 9 }]) {
      const steps = { hello: { type: 'assign', ...who, next: 'bye' }, bye: { type: 'end' } };
      const { rev, faults } = await desk.save(id, (await desk.get(id)).draft.rev, { ...saying(''), steps });
      expect(faults).toMatchObject([{ step: 'hello', code: 'missing-target' }]);
      expect((await desk.refused('POST', `/api/v1/flows/${id}/publish`, { rev })).code).toBe('flow_faulty');
    }
  });

  it('of a draft that somebody changed meanwhile is refused', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    await desk.save(id, 1, saying('Hi'));
    expect(await desk.refused('POST', `/api/v1/flows/${id}/publish`, { rev: 1 })).toMatchObject({ status: 409, code: 'draft_conflict' });
  });

  it('twice at once gives two versions', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    await Promise.all(['a', 'b'].map((note) => desk.publish(id, 1, note)));
    const { versions } = await desk.get(id);
    expect(versions.map((v) => v.version)).toEqual([2, 1]);
    expect(new Set(versions.map((v) => v.note))).toEqual(new Set(['a', 'b']));
  });

  it('the active flow is for new conversations at once; another one is for nobody yet', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    await desk.publish(id, 1);
    expect(await desk.active()).toEqual({ id: 'qualify', version: qualify.version });
    await desk.publish('qualify', 0);
    expect(await desk.active()).toEqual({ id: 'qualify', version: qualify.version + 1 });
    expect(desk.server.forgotten).toContain(desk.server.workspace.id);
  });

  it('an old version again makes it the newest and the draft, too; the old versions stay', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    await desk.publish(id, (await desk.save(id, 1, saying('first'))).rev);
    const { rev } = await desk.save(id, 2, saying('second'));
    await desk.publish(id, rev);
    const flow = await desk.ask<FlowReply>('POST', `/api/v1/flows/${id}/rollback`, { version: 1 });
    expect(flow.versions.map((v) => [v.version, v.note])).toEqual([
      [3, 'Back to version 1'],
      [2, null],
      [1, null],
    ]);
    expect(flow).toMatchObject({
      published_version: 3,
      has_changes: false,
      draft: { rev: rev + 1, body: { version: 3, ...saying('first') } },
    });
    expect((await desk.ask<{ body: object }>('GET', `/api/v1/flows/${id}/versions/2`)).body).toMatchObject(saying('second'));
    expect((await desk.refused('POST', `/api/v1/flows/${id}/rollback`, { version: 9 })).code).toBe('not_found');
  });
});

describe('activating', () => {
  it('makes new conversations begin with what is published of a flow', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    const { rev } = await desk.publish(id, 1).then((flow) => flow.draft);
    await desk.publish(id, rev);
    expect(await desk.ask<FlowReply>('POST', `/api/v1/flows/${id}/activate`, {})).toMatchObject({ active: true });
    expect(await desk.active()).toEqual({ id, version: 2 });
    expect((await desk.flows()).map((f) => [f.id, f.active])).toEqual([
      [id, true],
      ['qualify', false],
    ]);
  });

  it('wants a published flow', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    expect(await desk.refused('POST', `/api/v1/flows/${id}/activate`, {})).toMatchObject({
      code: 'bad_request',
      detail: expect.stringContaining('Publish'),
    });
    expect((await desk.active()).id).toBe('qualify');
  });
});

describe('deleting', () => {
  it('takes a flow away for good: its id is not given again', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    await desk.publish(id, 1);
    expect(await desk.ask('DELETE', `/api/v1/flows/${id}`)).toEqual({ ok: true });
    expect((await desk.flows()).map((f) => f.id)).toEqual(['qualify']);
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['DELETE', '', undefined],
      ['GET', '/versions/1', undefined],
      ['GET', '/funnel', undefined],
      ['PUT', '/draft', { rev: 1, body: {} }],
      ['POST', '/publish', { rev: 1 }],
      ['POST', '/rollback', { version: 1 }],
      ['POST', '/activate', {}],
    ] as const)
      expect(await desk.refused(method, `/api/v1/flows/${id}${path}`, body)).toMatchObject({ status: 404, code: 'not_found' });
    expect((await desk.create({ name: 'Greeter' })).id).toBe('greeter-2');
  });

  it('the active flow is refused', async () => {
    expect(await desk.refused('DELETE', '/api/v1/flows/qualify')).toMatchObject({ status: 409, code: 'in_use' });
    expect(await desk.flows()).toHaveLength(1);
  });

  it('a flow that another published one goes on with is refused, until that one no longer does', async () => {
    const target = await desk.create({ name: 'Target' });
    await desk.publish(target.id, 1);
    const { id } = await desk.create({ flow: jumping(target.id) });
    await desk.publish(id, 1);
    expect(await desk.refused('DELETE', `/api/v1/flows/${target.id}`)).toMatchObject({
      status: 409,
      code: 'in_use',
      detail: expect.stringContaining('Jumper'),
    });
    await desk.publish(id, (await desk.save(id, 1, saying('Hi'))).rev);
    expect(await desk.ask('DELETE', `/api/v1/flows/${target.id}`)).toEqual({ ok: true });
  });

  it('a flow that the software brought stays deleted when the server starts again', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    await desk.publish(id, 1);
    await desk.ask('POST', `/api/v1/flows/${id}/activate`, {});
    await desk.ask('DELETE', '/api/v1/flows/qualify');
    await ensureWorkspace(desk.server.deps, { identityMode: null, allowedOrigins: null });
    expect((await desk.flows()).map((f) => f.id)).toEqual([id]);
    expect(await desk.active()).toEqual({ id, version: 1 });
  });
});

describe('a start of newer software, with a newer default flow', () => {
  const newer = { version: qualify.version + 5, name: 'Qualify, but better' };
  async function update(): Promise<void> {
    const { version, name } = qualify;
    try {
      Object.assign(qualify, newer);
      await ensureWorkspace(desk.server.deps, { identityMode: null, allowedOrigins: null });
    } finally {
      Object.assign(qualify, { version, name });
    }
  }

  it('brings it to a workspace that uses the default one', async () => {
    await update();
    expect(await desk.active()).toEqual({ id: 'qualify', version: newer.version });
    expect(await desk.flows()).toMatchObject([{ name: newer.name, published_version: newer.version, has_changes: false }]);
  });

  it('leaves a draft as it was edited', async () => {
    await desk.save('qualify', 0, saying('Ours'));
    await update();
    expect(await desk.active()).toEqual({ id: 'qualify', version: newer.version });
    expect(await desk.get('qualify')).toMatchObject({ has_changes: true, draft: { rev: 1, body: saying('Ours') } });
  });

  it('leaves a workspace the version it published itself', async () => {
    await desk.publish('qualify', 0, 'ours');
    desk.server.pass(1);
    await desk.publish('qualify', 0, 'ours again');
    await update();
    expect(await desk.active()).toEqual({ id: 'qualify', version: qualify.version + 2 });
    expect((await desk.get('qualify')).versions.map((v) => v.note)).toEqual(['ours again', 'ours', null]);
  });

  it('leaves a workspace the flow it activated, and adds the newer one beside it', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    await desk.publish(id, 1);
    await desk.ask('POST', `/api/v1/flows/${id}/activate`, {});
    await update();
    expect(await desk.active()).toEqual({ id, version: 1 });
    expect((await desk.get('qualify')).published_version).toBe(newer.version);
  });
});
