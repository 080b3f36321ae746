// @vitest-environment happy-dom
// The list of flows, and what makes a new one.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApi } from '../../inbox/api.ts';
import { blankFlow, createFlows, yieldsOf } from '../../inbox/flows/list.ts';
import { parseFlow } from '../../shared/bot/flow.ts';
import { createFakeFlows } from './flow-scene.ts';

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => void vi.useRealTimers());

describe('the list of flows', () => {
  it('sums up what came of each flow over its versions and policies', () => {
    const row = { flow_name: 'x', version: 1, policy: 'flow' as const, conversations: 10, leads: 4, qualified: 1 };
    const yields = yieldsOf({
      since: '',
      rows: [
        { ...row, flow: 'a' },
        { ...row, flow: 'a', version: 2 },
        { ...row, flow: 'b' },
      ],
    });
    expect([yields.get('a'), yields.get('b')?.leads]).toEqual([{ conversations: 20, leads: 8, qualified: 2 }, 4]);
  });

  it('a blank flow has no fault', () => {
    expect(parseFlow({ id: 'x', version: 1, name: 'New', ...blankFlow }).ok).toBe(true);
  });

  it('says what went wrong and loads again', async () => {
    const server = createFakeFlows();
    const flows = createFlows(createApi(server.request));
    server.isDown = true;
    await flows.load();
    expect([flows.all.value, flows.failure.value?.code]).toEqual([null, 'unreachable']);
    server.isDown = false;
    await flows.load();
    expect([flows.all.value?.length, flows.failure.value]).toEqual([1, null]);
  });
});
