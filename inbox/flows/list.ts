// Every flow of the workspace: listed, made, deleted, put in force.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { CaptureReport, FlowSummary } from '../../shared/api.ts';
import type { Api, ApiFailure, ApiResult } from '../api.ts';

/** What came of a flow in the last 30 days, over all its versions and policies. */
export interface Yield {
  conversations: number;
  leads: number;
  qualified: number;
}

export interface Flows {
  /** Null until loaded. */
  readonly all: ReadonlySignal<readonly FlowSummary[] | null>;
  readonly failure: ReadonlySignal<ApiFailure | null>;
  readonly yields: ReadonlySignal<ReadonlyMap<string, Yield>>;
  load(): Promise<void>;
  /** The new flow's id. */
  create(flow: { name?: string; flow?: unknown }): Promise<ApiResult<string>>;
  activate(id: string): Promise<ApiFailure | null>;
  remove(id: string): Promise<ApiFailure | null>;
}

const reportDays = 30;

/** A flow to begin with: it says something, asks something and ends. */
export const blankFlow = {
  start: 'hello',
  steps: {
    hello: { type: 'say', text: 'Hi! I’m a bot, with real people right behind me.', next: 'question' },
    question: { type: 'ask-text', text: 'What can we do for you?', open: true, next: 'bye' },
    bye: { type: 'end', text: 'Thanks! The team will see it and answer here.' },
  },
};

export function createFlows(api: Api): Flows {
  const all = signal<readonly FlowSummary[] | null>(null);
  const failure = signal<ApiFailure | null>(null);
  const yields = signal<ReadonlyMap<string, Yield>>(new Map());

  async function load(): Promise<void> {
    failure.value = null;
    void api.call('GET /api/v1/reports/capture', { query: { days: reportDays } }).then((report) => {
      if (report.ok) yields.value = yieldsOf(report.data);
    });
    const result = await api.call('GET /api/v1/flows');
    if (result.ok) all.value = result.data.data;
    else failure.value = result;
  }

  return {
    all,
    failure,
    yields,
    load,
    async create(flow) {
      const result = await api.call('POST /api/v1/flows', { body: flow });
      return result.ok ? { ok: true, data: result.data.id } : result;
    },
    async activate(id) {
      const result = await api.call('POST /api/v1/flows/:flow/activate', { params: { flow: id }, body: {} });
      if (!result.ok) return result;
      await load();
      return null;
    },
    async remove(id) {
      const result = await api.call('DELETE /api/v1/flows/:flow', { params: { flow: id } });
      if (!result.ok) return result;
      all.value = (all.peek() ?? []).filter((flow) => flow.id !== id);
      return null;
    },
  };
}

export function yieldsOf({ rows }: CaptureReport): Map<string, Yield> {
  const map = new Map<string, Yield>();
  for (const { flow, conversations, leads, qualified } of rows) {
    const sum = map.get(flow) ?? { conversations: 0, leads: 0, qualified: 0 };
    map.set(flow, { conversations: sum.conversations + conversations, leads: sum.leads + leads, qualified: sum.qualified + qualified });
  }
  return map;
}
