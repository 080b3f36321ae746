import { expect, it } from 'vitest';
import {
  deletedFlows,
  findDraft,
  flowNames,
  insertDraft,
  listFlows,
  lockDraft,
  markDeleted,
  updateDraft,
} from '../../../server/store/flow-drafts.ts';
import type { Draft } from '../../../server/store/flow-drafts.ts';
import {
  findFlowBody,
  findPublished,
  insertFlow,
  isOwnFlow,
  listFlowKeys,
  listPublished,
  listVersions,
} from '../../../server/store/flows.ts';
import { insertAgent } from '../../../server/store/agents.ts';
import { createFlow, saveDraft } from '../../../server/actions/flow/change-flow.ts';
import { createNames } from '../../../server/actions/flow/known-names.ts';
import { publishFlow } from '../../../server/actions/flow/publish-flow.ts';
import type { Deps } from '../../../server/deps.ts';
import type { Store } from '../../../server/store/store.ts';
import { getWorkspace, updateWorkspace } from '../../../server/store/workspaces.ts';
import { describeStores } from '../../helpers/databases.ts';
import { saying } from '../../helpers/flow-desk.ts';
import { aWorkspace } from '../../helpers/rows.ts';

const body = (name: string, text = ''): string => JSON.stringify({ name, text, steps: {} });
const draft = (id: string, more: Partial<Draft> = {}): Draft => ({
  id,
  name: id,
  body: body(id),
  rev: 1,
  updatedBy: null,
  updatedAt: 5,
  ...more,
});

describeStores('published flows', (places) => {
  it('are found by version, the newest, and all; a version never changes', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    const agent = await scope.write(async (tx) => {
      const made = await insertAgent(tx, { email: 'a@example.com', name: 'Ada', role: 'owner', passwordHash: 'x', now: 1 });
      expect(await insertFlow(tx, { id: 'f', version: 1, body: body('F'), now: 1 })).toBe(true);
      expect(await isOwnFlow(tx, 'f')).toBe(false);
      expect(await insertFlow(tx, { id: 'f', version: 10, body: body('F', 'ten'), publishedBy: made.id, note: 'why', now: 2 })).toBe(true);
      expect(await insertFlow(tx, { id: 'f', version: 9, body: body('F', 'nine'), now: 3 })).toBe(true);
      expect(await insertFlow(tx, { id: 'f', version: 10, body: '{}', now: 4 })).toBe(false);
      await insertFlow(tx, { id: 'g', version: 1, body: body('G'), now: 4 });
      return made;
    });
    expect(agent.name).toBe('Ada');
    await scope.read(async (tx) => {
      expect(await findFlowBody(tx, 'f', 9)).toBe(body('F', 'nine'));
      expect(await findPublished(tx, 'f')).toEqual({ id: 'f', version: 10, body: body('F', 'ten'), publishedAt: 2 });
      expect(await findPublished(tx, 'h')).toBeNull();
      expect(await listVersions(tx, 'f')).toEqual([
        { version: 10, publishedAt: 2, publishedBy: 'Ada', note: 'why' },
        { version: 9, publishedAt: 3, publishedBy: null, note: null },
        { version: 1, publishedAt: 1, publishedBy: null, note: null },
      ]);
      expect((await listPublished(tx)).map((flow) => [flow.id, flow.version])).toEqual([
        ['f', 10],
        ['g', 1],
      ]);
      expect(await listFlowKeys(tx)).toHaveLength(4);
      expect([await isOwnFlow(tx, 'f'), await isOwnFlow(tx, 'g')]).toEqual([true, false]);
    });
  });
});

describeStores('drafts of flows', (places) => {
  it('where there is none, what is published stands for it, until it is changed', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    await scope.write((tx) => insertFlow(tx, { id: 'f', version: 3, body: body('Ours'), now: 7 }));
    const standing = draft('f', { name: 'Ours', body: body('Ours'), rev: 0, updatedAt: 7 });
    expect(await scope.read((tx) => findDraft(tx, 'f'))).toEqual(standing);
    const entry = { id: 'f', name: 'Ours', publishedVersion: 3, publishedAt: 7, draftUpdatedAt: 7, hasChanges: false };
    expect(await scope.read(listFlows)).toEqual([entry]);
    await scope.write(async (tx) => {
      expect(await lockDraft(tx, 'f')).toEqual(standing);
      await updateDraft(tx, draft('f', { name: 'Theirs', body: body('Theirs'), rev: 1, updatedAt: 8 }));
    });
    expect(await scope.read(listFlows)).toEqual([{ ...entry, name: 'Theirs', draftUpdatedAt: 8, hasChanges: true }]);
    expect(await scope.read((tx) => findDraft(tx, 'f'))).toMatchObject({ rev: 1, body: body('Theirs') });
  });

  it('are listed by name, with what is published of them and whether that is the same', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    await scope.write(async (tx) => {
      await insertDraft(tx, draft('never', { name: 'B' }));
      await insertDraft(tx, draft('same', { name: 'A' }));
      await insertFlow(tx, { id: 'same', version: 1, body: body('old'), now: 1 });
      await insertFlow(tx, { id: 'same', version: 2, body: body('same'), now: 2 });
      await insertFlow(tx, { id: 'software', version: 1, body: body('C'), now: 3 });
      expect(await insertDraft(tx, draft('same', { name: 'again' }))).toBe(false);
    });
    expect((await scope.read(listFlows)).map((f) => [f.name, f.publishedVersion, f.hasChanges])).toEqual([
      ['A', 2, false],
      ['B', null, true],
      ['C', 1, false],
    ]);
  });

  it('a deleted flow is gone, its id stays taken and its versions stay for what runs and was counted', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    await scope.write(async (tx) => {
      await insertFlow(tx, { id: 'f', version: 1, body: body('F'), now: 1 });
      await lockDraft(tx, 'f');
      await markDeleted(tx, 'f', 2);
    });
    await scope.write(async (tx) => {
      expect(await lockDraft(tx, 'f')).toBeNull();
      expect(await findDraft(tx, 'f')).toBeNull();
      expect(await listFlows(tx)).toEqual([]);
      expect(await deletedFlows(tx)).toEqual(new Set(['f']));
      expect(await flowNames(tx)).toEqual(new Map([['f', 'F']]));
      expect(await findFlowBody(tx, 'f', 1)).toBe(body('F'));
      expect(await insertDraft(tx, draft('f'))).toBe(false);
    });
  });

  it('are each workspace’s own', async () => {
    const store = await places.open();
    const [one, two] = [await aWorkspace(store, 'w1'), await aWorkspace(store, 'w2')];
    await one.write(async (tx) => {
      await insertDraft(tx, draft('f'));
      await insertFlow(tx, { id: 'f', version: 1, body: body('F'), now: 1 });
    });
    await two.write(async (tx) => {
      expect(await lockDraft(tx, 'f')).toBeNull();
      await updateDraft(tx, draft('f', { name: 'stolen' }));
      await markDeleted(tx, 'f', 1);
    });
    expect(await two.read(listFlows)).toEqual([]);
    expect(await one.read((tx) => findDraft(tx, 'f'))).toMatchObject({ name: 'f' });
  });
});

const agent = { id: 1, workspaceId: 'w1' };
const checking = (deps: Deps) => ({ deps, names: createNames(deps) });
const depsOf = (store: Store): Deps => ({ store, now: () => 1 }) as Deps;

describeStores('two nodes on one flow', (places) => {
  /** The same database twice where it can be opened twice: SQLite's directory belongs to one process. */
  async function nodes(): Promise<[Deps, Deps]> {
    const place = await places.fresh();
    const first = await places.open(place);
    const second = places.dialect === 'postgres' ? await places.open(place) : first;
    await aWorkspace(first, 'w1');
    return [depsOf(first), depsOf(second)];
  }
  const many = 6;
  const both = <T>([one, two]: [Deps, Deps], work: (deps: Deps, i: number) => Promise<T>): Promise<PromiseSettledResult<T>[]> =>
    Promise.allSettled(Array.from({ length: many }, (_, i) => work(i % 2 === 0 ? one : two, i)));

  it('simultaneous publications are a version each, none of them lost, and the newest is the active one', async () => {
    const deps = await nodes();
    const id = await createFlow(deps[0], agent, { flow: saying('Hi') });
    await deps[0].store.in('w1').write((tx) => updateWorkspace(tx, { flow: { id, version: 0 } }));
    const outcomes = await both(deps, (node, i) => publishFlow(checking(node), agent, id, { rev: 1, note: `note ${i}` }));
    expect(outcomes.map((o) => o.status)).toEqual(Array.from({ length: many }, () => 'fulfilled'));
    const { versions, workspace, entries } = await deps[1].store.in('w1').read(async (tx) => ({
      versions: await listVersions(tx, id),
      workspace: await getWorkspace(tx),
      entries: await listFlows(tx),
    }));
    expect(versions.map((v) => v.version)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(new Set(versions.map((v) => v.note)).size).toBe(many);
    expect(workspace).toMatchObject({ flowId: id, flowVersion: many });
    expect(entries).toMatchObject([{ publishedVersion: many, hasChanges: false }]);
  });

  it('of simultaneous saves of one revision exactly one is kept, and the others are told', async () => {
    const deps = await nodes();
    const id = await createFlow(deps[0], agent, { flow: saying('Hi') });
    const outcomes = await both(deps, (node, i) => saveDraft(checking(node), agent, id, { rev: 1, body: saying(`${i}`) }));
    const refusals = outcomes.flatMap((o) => (o.status === 'rejected' ? [o.reason as { failure: { code: string } }] : []));
    expect(refusals.map((r) => r.failure.code)).toEqual(Array.from({ length: many - 1 }, () => 'draft_conflict'));
    const kept = outcomes.findIndex((o) => o.status === 'fulfilled');
    const after = await deps[1].store.in('w1').read((tx) => findDraft(tx, id));
    expect(after?.rev).toBe(2);
    expect(JSON.parse(after?.body ?? '')).toMatchObject(saying(`${kept}`));
  });

  it('simultaneous first changes of a flow that came with the software make one draft', async () => {
    const deps = await nodes();
    await deps[0].store.in('w1').write((tx) => insertFlow(tx, { id: 'f', version: 1, body: JSON.stringify(saying('Hi')), now: 1 }));
    const outcomes = await both(deps, (node, i) => saveDraft(checking(node), agent, 'f', { rev: 0, body: saying(`${i}`) }));
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
  });
});
