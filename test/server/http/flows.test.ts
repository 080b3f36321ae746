import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readyFlows } from '../../../shared/bot/flows/index.ts';
import { qualify } from '../../../shared/bot/flows/qualify.ts';
import { faultyFlow, flowDesk, saying } from '../../helpers/flow-desk.ts';
import type { FlowDesk } from '../../helpers/flow-desk.ts';
import { aColleague } from '../../helpers/http-server.ts';

let desk: FlowDesk;
beforeEach(async () => {
  desk = await flowDesk();
});
afterEach(() => desk.server.close());

describe('a fresh workspace', () => {
  it('has the default flow: active, published, with a draft that equals it', async () => {
    expect(await desk.flows()).toEqual([
      {
        id: 'qualify',
        name: qualify.name,
        active: true,
        published_version: qualify.version,
        published_at: new Date(desk.server.deps.now()).toISOString(),
        draft_updated_at: new Date(desk.server.deps.now()).toISOString(),
        has_changes: false,
      },
    ]);
    const flow = await desk.get('qualify');
    expect(flow.draft).toEqual({ rev: 0, body: JSON.parse(JSON.stringify(qualify)), faults: [], updated_by: null });
    expect(flow.versions).toEqual([{ version: qualify.version, published_at: flow.published_at, published_by: null, note: null }]);
  });

  it('shows flows to every agent', async () => {
    const colleague = await aColleague(desk.server);
    for (const path of ['', '/qualify', `/qualify/versions/${qualify.version}`, '/qualify/funnel'])
      expect((await colleague.call('GET', `/api/v1/flows${path}`)).status).toBe(200);
  });
});

describe('a new flow', () => {
  it('begins blank with something to say, to ask and to end with, and without a fault', async () => {
    const flow = await desk.create({ name: '  Größe & Ångström  ' });
    expect(flow).toMatchObject({
      id: 'grosse-angstrom',
      name: 'Größe & Ångström',
      active: false,
      published_version: null,
      has_changes: true,
    });
    expect(flow.draft).toMatchObject({ rev: 1, faults: [], updated_by: 'Mia Berg', body: { id: 'grosse-angstrom', version: 0 } });
    const { steps } = flow.draft.body as { steps: Record<string, { type: string }> };
    expect(Object.values(steps).map((step) => step.type)).toEqual(['say', 'ask-text', 'end']);
    expect((await desk.flows()).map((f) => f.id)).toEqual(['grosse-angstrom', 'qualify']);
  });

  it('gets an id of its own, for life: two of one name are told apart, a new name changes nothing', async () => {
    const ids = [];
    for (const name of ['Support', 'Support', 'サポート', 'サポート', '!']) ids.push((await desk.create({ name })).id);
    expect(ids).toEqual(['support', 'support-2', 'flow', 'flow-2', 'flow-3']);
    await desk.save('support-2', 1, { ...saying('Hi'), name: 'Sales', id: 'hijack', version: 99 });
    const flow = await desk.get('support-2');
    expect(flow).toMatchObject({ id: 'support-2', name: 'Sales', draft: { body: { id: 'support-2', version: 0, name: 'Sales' } } });
  });

  it.each(readyFlows.map(({ id, flow }) => [id, flow] as const))('begins as the ready one %s, without a fault', async (template, flow) => {
    const made = await desk.create({ template });
    expect(made).toMatchObject({ name: flow.name, published_version: null, draft: { faults: [] } });
    expect((made.draft.body as { steps: object }).steps).toEqual(JSON.parse(JSON.stringify(flow.steps)));
    expect((await desk.publish(made.id, 1)).published_version).toBe(1);
  });

  it('begins as a ready one under another name', async () => {
    expect(await desk.create({ template: 'qualify', name: 'Sales' })).toMatchObject({
      id: 'sales',
      name: 'Sales',
      draft: { body: { name: 'Sales' } },
    });
  });

  it('begins as an exported one, whole or not, and is what was exported', async () => {
    const exported = (await desk.get('qualify')).draft.body as Record<string, unknown>;
    const flow = await desk.create({ flow: exported });
    expect(flow).toMatchObject({ id: 'qualify-and-capture', name: qualify.name, draft: { faults: [] } });
    expect(flow.draft.body).toEqual({ ...exported, id: 'qualify-and-capture', version: 0 });
    const broken = await desk.create({ flow: faultyFlow });
    expect(broken.draft.faults.length).toBeGreaterThan(0);
  });

  it.each([
    ['a ready flow there is none of', { template: 'nothing' }, '/template'],
    ['both a ready flow and a file', { template: 'qualify', flow: {} }, '/template'],
    ['a file that is no flow', { flow: { name: 'package', dependencies: {} } }, '/flow'],
    ['a list', { flow: [] }, '/flow'],
    ['U+0000 in a text', { flow: saying('a\0b') }, '/flow'],
  ])('is refused: %s', async (_, body, pointer) => {
    expect(await desk.refused('POST', '/api/v1/flows', body)).toMatchObject({ status: 400, code: 'bad_request', errors: [{ pointer }] });
    expect(await desk.flows()).toHaveLength(1);
  });
});

describe('a draft', () => {
  it('is kept whole or not, and says what is wrong with it', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    const saved = await desk.save(id, 1, faultyFlow);
    expect(saved.rev).toBe(2);
    expect(saved.faults.map((fault) => fault.step)).toContain('a~b/c');
    expect((await desk.save(id, 2, {})).faults.map((fault) => fault.step)).toEqual(expect.arrayContaining([null]));
    expect((await desk.get(id)).draft).toMatchObject({ rev: 3, body: { id, version: 0 }, updated_by: 'Mia Berg' });
  });

  it('changed by somebody else meanwhile is refused, and theirs stays', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    await desk.save(id, 1, saying('first'));
    expect(await desk.refused('PUT', `/api/v1/flows/${id}/draft`, { rev: 1, body: saying('second') })).toMatchObject({
      status: 409,
      code: 'draft_conflict',
      errors: [{ pointer: '/rev', message: 'the draft is at 2 by now' }],
    });
    expect((await desk.get(id)).draft.body).toMatchObject(saying('first'));
  });

  it('that is saved again because the answer was lost is no conflict', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    expect((await desk.save(id, 1, saying('first'))).rev).toBe(2);
    expect((await desk.save(id, 1, saying('first'))).rev).toBe(2);
  });

  it('of two saves at once one wins and one is told', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    const answers = await Promise.all(
      ['a', 'b'].map((text) => desk.owner.call('PUT', `/api/v1/flows/${id}/draft`, { rev: 1, body: saying(text) })),
    );
    expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('differs from what is published, and no longer once it is as it was', async () => {
    const { draft } = await desk.get('qualify');
    const body = draft.body as Record<string, unknown>;
    const changed = await desk.save('qualify', draft.rev, { ...body, name: 'Ours' });
    expect((await desk.flows())[0]).toMatchObject({ name: 'Ours', has_changes: true });
    await desk.save('qualify', changed.rev, body);
    expect((await desk.flows())[0]).toMatchObject({ name: qualify.name, has_changes: false });
  });

  it('may speak of attributes that contacts have or another flow sets, and of no others', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    expect((await desk.save(id, 1, saying('{{contact.team_size|Hello}}'))).faults).toEqual([]);
    expect((await desk.save(id, 2, saying('{{contact.shoe_size|Hello}}'))).faults).toMatchObject([{ step: 'hello', code: 'unknown-fact' }]);
  });

  it('may speak of what a flow asked that goes on with it, before either is published', async () => {
    const asks = (text: string, next: object): object => ({
      ...saying(text),
      steps: { hello: { type: 'say', text, next: 'topic' }, topic: { type: 'ask-text', text: 'And?', next: 'after' }, after: next },
    });
    const last = await desk.create({ flow: asks('About {{answer.city|that}}.', { type: 'end' }) });
    expect(last.draft.faults).toMatchObject([{ code: 'unknown-fact', step: 'hello' }]);
    const middle = await desk.create({ flow: asks('Hi', { type: 'jump', flow: last.id }) });
    const first = {
      ...saying(''),
      start: 'city',
      steps: { city: { type: 'ask-text', text: 'Where?', next: 'on' }, on: { type: 'jump', flow: middle.id } },
    };
    await desk.create({ flow: first });
    expect((await desk.get(last.id)).draft.faults).toEqual([]);
    await desk.publish(last.id, 1);
  });

  it('of more than a thousand steps is kept and told to be too long; one of a thousand in a row is checked', async () => {
    const { id } = await desk.create({ name: 'Long' });
    const row = (count: number): object => {
      const steps = Array.from({ length: count - 1 }, (_, i) => [`s${i}`, { type: 'say', text: 'Hi', next: `s${i + 1}` }]);
      return { name: 'Long', start: 's0', steps: { ...Object.fromEntries(steps), [`s${count - 1}`]: { type: 'end' } } };
    };
    expect((await desk.save(id, 1, row(1000))).faults).toEqual([]);
    expect((await desk.save(id, 2, row(1001))).faults).toMatchObject([{ step: null, message: expect.stringContaining('1001') }]);
    expect((await desk.refused('POST', `/api/v1/flows/${id}/publish`, { rev: 3 })).code).toBe('flow_faulty');
  });

  it('up to 512 kB is taken, and what is larger is refused in words', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    const large = (bytes: number) => ({ ...saying('Hi'), note: 'x'.repeat(bytes) });
    expect((await desk.save(id, 1, large(500_000))).rev).toBe(2);
    for (const bytes of [530_000, 1_100_000])
      expect(await desk.refused('PUT', `/api/v1/flows/${id}/draft`, { rev: 2, body: large(bytes) })).toMatchObject({
        status: 413,
        code: 'too_large',
      });
    expect(await desk.refused('POST', '/api/v1/teams', { name: 'x'.repeat(70_000) })).toMatchObject({
      status: 413,
      detail: expect.stringContaining('64 kB'),
    });
  });

  it.each([
    ['a text', 'flow', 400],
    ['null', null, 400],
    ['a list', [], 400],
    ['nothing', undefined, 400],
  ])('is an object and not %s', async (_, body, status) => {
    expect(await desk.refused('PUT', '/api/v1/flows/qualify/draft', { rev: 0, body })).toMatchObject({ status, code: 'bad_request' });
  });

  it('nested without end is refused and harms nobody', async () => {
    const body = `{"rev":0,"body":{"steps":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`;
    expect(await desk.refused('PUT', '/api/v1/flows/qualify/draft', body)).toMatchObject({ status: 400, errors: [{ pointer: '/body' }] });
  });

  it('cannot change what objects inherit, and half a surrogate pair becomes a character that every database holds', async () => {
    const { id } = await desk.create({ name: 'Greeter' });
    const sent = `{"rev":1,"body":{"__proto__":{"polluted":true},"start":"\\ud800","steps":{}}}`;
    await desk.ask('PUT', `/api/v1/flows/${id}/draft`, sent);
    const { body } = (await desk.get(id)).draft as { body: Record<string, unknown> };
    expect(Object.keys(body)).toEqual(['id', 'version', 'start', 'steps']);
    expect(body['start']).toBe('\uFFFD');
  });
});

describe('addresses that are none', () => {
  it.each(['Qualify', 'a_b', '-a', 'a'.repeat(65), '%00'])('a flow cannot be called %s', async (id) => {
    expect(await desk.refused('GET', `/api/v1/flows/${id}`)).toMatchObject({ status: 400, errors: [{ pointer: '/flow' }] });
  });

  it('versions are numbers from 1', async () => {
    for (const version of ['0', 'x', '1.5', '-1', '1e99'])
      expect(await desk.refused('GET', `/api/v1/flows/qualify/versions/${version}`)).toMatchObject({
        status: 400,
        errors: [{ pointer: '/version' }],
      });
  });
});
