import { expect, it } from 'vitest';
import type { AskPolicy, BotState } from '../../../shared/bot/types.ts';
import type { Deps } from '../../../server/deps.ts';
import { createReports } from '../../../server/actions/flow/reports.ts';
import type { Reports } from '../../../server/actions/flow/reports.ts';
import { insertFlow } from '../../../server/store/flows.ts';
import { insertMessage } from '../../../server/store/messages.ts';
import { beganAfter, countCaptures, fromNewest, readFunnelPage } from '../../../server/store/reports.ts';
import type { Place } from '../../../server/store/reports.ts';
import type { ScopedStore, Store } from '../../../server/store/store.ts';
import { describeStores } from '../../helpers/databases.ts';
import { saying } from '../../helpers/flow-desk.ts';
import { aContact, aConversation, aMessage, aWorkspace } from '../../helpers/rows.ts';

const dayMs = 86_400_000;
const now = 1000 * dayMs;

interface Begun {
  at: number;
  flow: string | null;
  version: number;
  policy: AskPolicy | null;
  state: Partial<BotState> | null;
  wrote: boolean;
  captured: boolean;
  qualified: boolean;
}

/** A conversation as the bot's turns would have left it. */
async function begin(scope: ScopedStore, more: Partial<Begun> = {}): Promise<number> {
  const c: Begun = { at: now, flow: 'f', version: 1, policy: 'flow', state: null, wrote: true, captured: false, qualified: false, ...more };
  const contact = await aContact(scope);
  const id = await aConversation(scope, contact.id, c.at);
  await scope.write(async (tx) => {
    await tx.execute((db) =>
      db
        .updateTable('conversations')
        .set({
          flow_id: c.flow,
          flow_version: c.version,
          ask_policy: c.policy,
          bot_active: 1,
          bot_state: c.state === null ? null : JSON.stringify({ flow: c.flow, version: c.version, answers: {}, outcome: null, ...c.state }),
          captured_at: c.captured ? c.at : null,
          qualified_at: c.qualified ? c.at : null,
        })
        .where('id', '=', id),
    );
    await insertMessage(tx, aMessage(id, 1, { side: 'bot', author: { kind: 'bot', id: null, name: null } }));
    if (c.wrote) await insertMessage(tx, aMessage(id, 2));
  });
  return id;
}

describeStores('what reports are counted from', (places) => {
  it('is read newest first in pages that leave nothing out and show nothing twice, also within one millisecond', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    for (const at of [5, 5, 5, 6, 7, 7, 9]) await begin(scope, { at, state: { step: `s${at}` } });
    await begin(scope, { at: 4 });
    await begin(scope, { version: 2 });
    await begin(scope, { flow: 'g' });
    await begin(scope, { flow: null });
    const steps: unknown[] = [];
    for (let from: Place | null = fromNewest; from !== null;) {
      const place: Place = from;
      const page = await scope.read((tx) => readFunnelPage(tx, { id: 'f', version: 1 }, { since: 5, from: place, limit: 2 }));
      expect(page.conversations.length).toBeLessThanOrEqual(2);
      steps.push(...page.conversations.map((c) => c.state?.step));
      from = page.next;
    }
    expect(steps).toEqual(['s9', 's7', 's7', 's6', 's5', 's5', 's5']);
  });

  it('captures are counted per policy, of conversations in which the visitor wrote, from and to a time', async () => {
    const scope = await aWorkspace(await places.open(), 'w1');
    await begin(scope, { at: 5 });
    await begin(scope, { at: 6, captured: true });
    await begin(scope, { at: 6, captured: true, qualified: true, policy: 'up-front' });
    await begin(scope, { at: 6, wrote: false, captured: true });
    await begin(scope, { at: 7, policy: null });
    await begin(scope, { at: 8 });
    await begin(scope, { at: 6, version: 2 });
    const counts = await scope.read((tx) => countCaptures(tx, { id: 'f', version: 1 }, 5, 8));
    expect(counts.toSorted((a, b) => b.conversations - a.conversations || (a.policy < b.policy ? -1 : 1))).toEqual([
      { policy: 'flow', conversations: 2, leads: 1, qualified: 0 },
      { policy: 'flow', conversations: 1, leads: 0, qualified: 0 },
      { policy: 'up-front', conversations: 1, leads: 1, qualified: 1 },
    ]);
    expect(await scope.read((tx) => beganAfter(tx, { id: 'f', version: 1 }, 5, 1))).toBe(6);
    expect(await scope.read((tx) => beganAfter(tx, { id: 'f', version: 1 }, 5, 9))).toBeNull();
  });
});

describeStores('reports', (places) => {
  async function desk(): Promise<{ store: Store; scope: ScopedStore; reports: Reports; pass(ms: number): void }> {
    let clock = now;
    const store = await places.open();
    const scope = await aWorkspace(store, 'w1');
    for (const version of [1, 2])
      await scope.write((tx) => insertFlow(tx, { id: 'f', version, body: JSON.stringify({ ...saying('Hi'), id: 'f', version }), now: 1 }));
    return { store, scope, reports: createReports({ store, now: () => clock } as Deps), pass: (ms) => void (clock += ms) };
  }

  it('the funnel counts the newest version’s conversations of the last thirty days', async () => {
    const { scope, reports } = await desk();
    await begin(scope, { version: 2, state: { path: ['hello', 'bye'], step: null, outcome: 'end' }, captured: true });
    await begin(scope, { version: 2, state: { path: ['hello'], step: 'hello' } });
    await begin(scope, { version: 2, at: now - 31 * dayMs, state: { path: ['hello'], step: 'hello' } });
    await begin(scope, { version: 1, state: { path: ['hello'], step: 'hello' } });
    expect(await reports.funnel('w1', 'f', {})).toEqual({
      flow: 'f',
      version: 2,
      since: new Date(now - 30 * dayMs).toISOString(),
      conversations: 2,
      leads: 1,
      qualified: 0,
      steps: { hello: { reached: 2, answered: 0, dropped: 0, waiting: 1 }, bye: { reached: 1, answered: 0, dropped: 0, waiting: 0 } },
      edges: { 'hello>bye': 1 },
      sampled: false,
    });
    expect(await reports.funnel('w1', 'f', { version: 1 })).toMatchObject({ version: 1, conversations: 1 });
    expect(await reports.funnel('w1', 'f', { days: 60 })).toMatchObject({ conversations: 3, steps: { hello: { dropped: 1 } } });
    await expect(reports.funnel('w1', 'f', { version: 3 })).rejects.toMatchObject({ failure: { code: 'not_found' } });
    await expect(reports.funnel('w2', 'f', {})).rejects.toMatchObject({ failure: { code: 'not_found' } });
  });

  it('are counted again after a quarter of a minute', async () => {
    const { scope, reports, pass } = await desk();
    const seen = async (): Promise<unknown[]> => [
      (await reports.funnel('w1', 'f', {})).conversations,
      (await reports.captures('w1', {})).rows.length,
    ];
    expect(await seen()).toEqual([0, 0]);
    await begin(scope, { version: 2 });
    pass(14_999);
    expect(await seen()).toEqual([0, 0]);
    pass(1);
    expect(await seen()).toEqual([1, 1]);
  });

  it('are the same in however many pieces they are counted; a funnel of many is one of the newest', async () => {
    const { scope, store, reports } = await desk();
    for (const at of [1, 1, 1, 1, 2, 3, 3])
      await begin(scope, { version: 2, at: now - dayMs + at, captured: at > 1, state: { path: ['hello'] } });
    const limits = { funnelPiece: 2, funnelMost: 4, capturePiece: 2 };
    const pieces = createReports({ store, now: () => now } as Deps, limits);
    expect((await pieces.captures('w1', {})).rows).toEqual((await reports.captures('w1', {})).rows);
    expect((await pieces.captures('w1', {})).rows).toMatchObject([{ conversations: 7, leads: 3 }]);
    expect(await reports.funnel('w1', 'f', {})).toMatchObject({ conversations: 7, leads: 3, sampled: false });
    expect(await pieces.funnel('w1', 'f', {})).toMatchObject({
      conversations: 4,
      leads: 3,
      steps: { hello: { reached: 4 } },
      sampled: true,
    });
    const most = createReports({ store, now: () => now } as Deps, { ...limits, funnelMost: 100 });
    expect(await most.funnel('w1', 'f', {})).toEqual(await reports.funnel('w1', 'f', {}));
  });

  it('capture rates are told per flow, version and policy, also of a flow under a new name', async () => {
    const { scope, reports } = await desk();
    await begin(scope, { version: 1, captured: true });
    await begin(scope, { version: 1 });
    await begin(scope, { version: 2, policy: 'up-front', captured: true, qualified: true });
    await begin(scope, { version: 2, policy: 'never' });
    await begin(scope, { version: 2, at: now - 40 * dayMs });
    const { rows, since } = await reports.captures('w1', {});
    const key = { flow: 'f', flow_name: 'Greeter' };
    expect(since).toBe(new Date(now - 30 * dayMs).toISOString());
    expect(rows.toSorted((a, b) => a.version - b.version || (a.policy < b.policy ? -1 : 1))).toEqual([
      { ...key, version: 1, policy: 'flow', conversations: 2, leads: 1, qualified: 0 },
      { ...key, version: 2, policy: 'never', conversations: 1, leads: 0, qualified: 0 },
      { ...key, version: 2, policy: 'up-front', conversations: 1, leads: 1, qualified: 1 },
    ]);
    expect((await reports.captures('w1', { days: 50 })).rows).toContainEqual({
      ...key,
      version: 2,
      policy: 'flow',
      conversations: 1,
      leads: 0,
      qualified: 0,
    });
  });
});
